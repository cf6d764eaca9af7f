"""Cases as ORM objects for writing, and everything of one case read for showing."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.errors import Refused
from pkui.domain.codes import EventKind
from storage.base import Base
from storage.tables.cases import Case, CaseLink
from storage.tables.contacts import Consent, Contact, Representative
from storage.tables.office import Counter
from storage.tables.patients import Patient
from storage.tables.records import Attachment, Event, Fact, Note, Segment
from storage.tables.staff import Staff

Row = TypeVar("Row", bound=Base)
_QUEUE_NUMBER = re.compile(r"[0-9]{1,12}")


def case_by_number(session: Session, queue_number: int, *, lock: bool = False) -> Case:
    """The case with that queue number, locked for this transaction when it is to be changed. Raises Refused.

    Rows that merely refer to a locked case, such as the access log's, do not wait for it.
    """
    query = sa.select(Case).where(col(Case.queue_number) == queue_number)
    case = session.scalars(query.with_for_update(key_share=True) if lock else query).first()
    if case is None:
        raise Refused("no_case", queue_number=queue_number)
    return case


def queue_number_of(session: Session, number: str) -> int:
    """The queue number behind what a person calls a case: '4120' or '2026-004120'. Raises Refused.

    The refusal repeats nothing: what was asked for may be a person number.
    """
    asked = (
        col(Case.queue_number) == int(number) if _QUEUE_NUMBER.fullmatch(number) else col(Case.case_number) == number
    )
    found = session.scalar(sa.select(col(Case.queue_number)).where(asked))
    if found is None:
        raise Refused("no_case")
    return found


def patient_of(session: Session, case: Case) -> Patient:
    """The patient of a case."""
    return session.get_one(Patient, case.patient_id)


def add_event(
    session: Session,
    case_id: UUID,
    kind: EventKind,
    *,
    at: datetime,
    staff_id: UUID | None,
    reason: str | None,
    details: dict[str, Any],
) -> None:
    """Adds one row to the case's history."""
    session.add(Event(case_id=case_id, kind=kind, at=at, staff_id=staff_id, reason=reason, details=details))


Cases = UUID | Sequence[UUID]
"""One case, or a case and those merged into it."""


def rows_of(session: Session, table: type[Row], cases: Cases, *order: Any) -> Sequence[Row]:
    """Every row of a table that belongs to these cases, in the order of the columns given."""
    case_column: sa.ColumnElement[UUID] = sa.inspect(table).columns["case_id"]
    theirs = case_column == cases if isinstance(cases, UUID) else case_column.in_(cases)
    return session.scalars(sa.select(table).where(theirs).order_by(*order)).all()


def read_facts(session: Session, cases: Cases) -> dict[str, Fact]:
    """The newest fact of each name."""
    return {fact.name: fact for fact in rows_of(session, Fact, cases, col(Fact.recorded_at), col(Fact.id))}


def read_contacts(session: Session, cases: Cases) -> Sequence[Contact]:
    """Every contact, oldest first."""
    return rows_of(session, Contact, cases, col(Contact.at), col(Contact.id))


def read_notes(session: Session, cases: Cases) -> Sequence[Note]:
    """Every note, oldest first."""
    return rows_of(session, Note, cases, col(Note.at), col(Note.id))


def read_events(session: Session, cases: Cases) -> Sequence[Event]:
    """Every event, oldest first."""
    return rows_of(session, Event, cases, col(Event.id))


def read_segments(session: Session, case_id: UUID) -> Sequence[Segment]:
    """The case's courses in their order."""
    return rows_of(session, Segment, case_id, col(Segment.number))


def read_attachments(session: Session, cases: Cases) -> Sequence[Attachment]:
    """What came with the enquiry."""
    return rows_of(session, Attachment, cases, col(Attachment.filename))


def read_representatives(session: Session, cases: Cases) -> Sequence[Representative]:
    """Who speaks for the patient."""
    return rows_of(session, Representative, cases, col(Representative.id))


def read_consents(session: Session, cases: Cases) -> Sequence[Consent]:
    """What the patient agreed to, oldest first."""
    return rows_of(session, Consent, cases, col(Consent.given_at))


def read_links(session: Session, case_id: UUID) -> list[tuple[int, str, bool]]:
    """The person's other cases linked to this one: queue number, case number, whether open."""
    query = (
        sa.select(col(Case.queue_number), col(Case.case_number), col(Case.closed_at).is_(None))
        .join(CaseLink, col(CaseLink.other_id) == col(Case.id))
        .where(col(CaseLink.case_id) == case_id)
        .order_by(col(Case.queue_number))
    )
    return [(row[0], row[1], bool(row[2])) for row in session.execute(query)]


def read_staff_names(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    """The names of these people."""
    rows = session.execute(sa.select(col(Staff.id), col(Staff.name)).where(col(Staff.id).in_(ids)))
    return {row[0]: row[1] for row in rows}


def read_names_by_username(session: Session, usernames: set[str]) -> dict[str, str]:
    """The names behind these usernames."""
    rows = session.execute(sa.select(col(Staff.username), col(Staff.name)).where(col(Staff.username).in_(usernames)))
    return {row[0]: row[1] for row in rows}


def take_numbers(session: Session, name: str, count: int) -> int:
    """Takes `count` numbers from a counter and returns the first. Call it last: the row stays locked until commit."""
    taken = session.execute(
        sa.update(Counter)
        .where(col(Counter.name) == name)
        .values(value=col(Counter.value) + count)
        .returning(col(Counter.value))
    ).scalar_one()
    return int(taken) - count + 1
