"""Writes many new cases at once: rows are gathered by table and written in an order their references allow."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from storage.base import Base
from storage.tables.cases import Case, CaseLink
from storage.tables.contacts import CallWindowRow, Consent, Contact, Representative, UnavailablePeriod
from storage.tables.intake import IntakeReceipt
from storage.tables.outbox import Draft
from storage.tables.patients import Patient, PatientName
from storage.tables.records import Attachment, Event, Fact, Note, Segment

_ORDER: tuple[type[Base], ...] = (
    Patient, PatientName, Case, CaseLink, CallWindowRow, UnavailablePeriod, Representative, Consent, Contact,
    Fact, Segment, Note, Attachment, Draft, IntakeReceipt, Event,
)  # fmt: skip
_INSERTS = {table: sa.insert(sa.inspect(table).local_table) for table in _ORDER}
MOST_VARIABLES = 500


class Rows:
    """Rows by table, as values by column."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: type[Base], **values: Any) -> dict[str, Any]:
        """Puts one row in line; its values may change until it is written. Rows of a table name the same columns."""
        self._rows[table].append(values)
        return values

    def write(self, session: Session) -> None:
        """Writes every row in line, one statement a table."""
        for table in _ORDER:
            if self._rows[table]:
                session.connection().execute(_INSERTS[table], self._rows[table])
        self._rows.clear()


def read_patients_by_index(session: Session, indexes: Sequence[bytes]) -> list[Patient]:
    """The known patients among these blind indexes."""
    found: list[Patient] = []
    for start in range(0, len(indexes), MOST_VARIABLES):
        some = indexes[start : start + MOST_VARIABLES]
        found += session.scalars(sa.select(Patient).where(col(Patient.identifier_index).in_(some)))
    return found


def read_open_cases_of(session: Session, patients: Sequence[UUID]) -> list[tuple[UUID, UUID, int, str]]:
    """The open cases of these patients: patient, case, queue number, case number, in the order of their numbers."""
    query = (
        sa.select(col(Case.patient_id), col(Case.id), col(Case.queue_number), col(Case.case_number))
        .where(col(Case.patient_id).in_(patients), col(Case.closed_at).is_(None))
        .order_by(col(Case.queue_number))
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)] if patients else []


def mark_changed(session: Session, cases: Sequence[UUID], at: datetime) -> None:
    """Bumps the version of these cases, so that a write based on how they were is refused."""
    if cases:
        session.execute(
            sa.update(Case).where(col(Case.id).in_(cases)).values(changed_at=at, version=col(Case.version) + 1)
        )
