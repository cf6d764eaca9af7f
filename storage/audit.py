"""Reads the access log for people: who looked at whom, with the case's number and no name of a patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.access_codes import AccessKind
from storage.tables.access import AccessLogEntry as Log
from storage.tables.cases import Case
from storage.tables.staff import Staff, StaffTeam


@dataclass(frozen=True)
class LogRow:
    """One row of the log as people read it."""

    number: int
    at: datetime
    username: str | None
    name: str | None
    kind: AccessKind
    what: str
    place: str
    patient_id: UUID | None
    case_number: str | None
    purpose: str | None
    criterion_kind: str | None
    hits: int | None


@dataclass(frozen=True)
class Wanted:
    """Which rows: of one person, one patient, from an instant to another; the newest `limit` of them."""

    staff_id: UUID | None = None
    patient_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    kinds: tuple[AccessKind, ...] = ()
    limit: int | None = 200


def read_log(session: Session, wanted: Wanted) -> list[LogRow]:
    """The rows wanted, the newest first."""
    query = (
        sa.select(
            *(col(one) for one in (Log.number, Log.at)),
            *(col(one) for one in (Staff.username, Staff.name)),
            *(col(one) for one in (Log.kind, Log.what, Log.place, Log.patient_id)),
            col(Case.case_number),
            *(col(one) for one in (Log.purpose, Log.criterion_kind, Log.hits)),
        )
        .join(Staff, col(Staff.id) == col(Log.staff_id), isouter=True)
        .join(Case, col(Case.id) == col(Log.case_id), isouter=True)
        .where(*_conditions(wanted))
        .order_by(col(Log.at).desc(), col(Log.id).desc())
    )
    return [LogRow(*row) for row in session.execute(query.limit(wanted.limit) if wanted.limit else query)]


def read_units(session: Session, staff_usernames: Sequence[str]) -> dict[str, list[tuple[str, Any, Any]]]:
    """The teams of these people with their first and last days, by username."""
    found: dict[str, list[tuple[str, Any, Any]]] = {}
    rows = session.execute(
        sa.select(col(Staff.username), col(StaffTeam.team), col(StaffTeam.valid_from), col(StaffTeam.valid_to))
        .join(StaffTeam, col(StaffTeam.staff_id) == col(Staff.id))
        .where(col(Staff.username).in_(staff_usernames))
        .order_by(col(StaffTeam.valid_from))
    )
    for username, team, first, last in rows:
        found.setdefault(username, []).append((team, first, last))
    return found


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.staff_id is not None:
        found.append(col(Log.staff_id) == wanted.staff_id)
    if wanted.patient_id is not None:
        found.append(col(Log.patient_id) == wanted.patient_id)
    if wanted.since is not None:
        found.append(col(Log.at) >= wanted.since)
    if wanted.until is not None:
        found.append(col(Log.at) < wanted.until)
    if wanted.kinds:
        found.append(col(Log.kind).in_(wanted.kinds))
    return found
