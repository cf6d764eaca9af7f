"""Reads what an adviser's day is made of: her reminders, what others did with her cases, and who waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import CaseState, EventKind, Party
from storage.tables.access import AccessLogEntry
from storage.tables.cases import Case
from storage.tables.records import Event, Segment
from storage.tables.reminders import Reminder
from storage.tables.staff import Staff


@dataclass(frozen=True)
class DoneRecord:
    """One event of a case, by whom; `mine` when by the person asked about."""

    id: int
    case_id: UUID
    at: datetime
    kind: EventKind
    details: dict[str, Any]
    reason: str | None
    by: str | None
    mine: bool


@dataclass(frozen=True)
class WaitingRecord:
    """An open case that waits for somebody outside the office, with the names its main course gives."""

    queue_number: int
    waiting_for: Party
    waiting_text: str | None
    follow_up_on: date
    team: str
    assignee_id: UUID | None
    version: int
    department: str | None
    hospital: str | None
    provider: str | None


def read_reminders(session: Session, staff_id: UUID) -> dict[int, tuple[datetime, str | None]]:
    """A person's reminders by queue number."""
    rows = session.execute(
        sa.select(col(Case.queue_number), col(Reminder.at), col(Reminder.text))
        .join(Case, col(Case.id) == col(Reminder.case_id))
        .where(col(Reminder.staff_id) == staff_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def read_done(session: Session, case_ids: Sequence[UUID], staff_id: UUID) -> list[DoneRecord]:
    """Everything that happened to these cases, in the order it happened."""
    rows = session.execute(
        sa.select(
            col(Event.id), col(Event.case_id), col(Event.at), col(Event.kind), col(Event.details), col(Event.reason),
            col(Staff.name), col(Event.staff_id),
        )
        .join(Staff, col(Staff.id) == col(Event.staff_id), isouter=True)
        .where(col(Event.case_id).in_(case_ids))
        .order_by(col(Event.id))
    )  # fmt: skip
    found = []
    for row in rows:
        values: list[Any] = [*row[:7], row[7] == staff_id]
        found.append(DoneRecord(*values))
    return found


def read_looked(session: Session, case_ids: Sequence[UUID], staff_id: UUID) -> dict[UUID, datetime]:
    """When a person last looked at each of these cases."""
    rows = session.execute(
        sa.select(col(AccessLogEntry.case_id), sa.func.max(col(AccessLogEntry.at)))
        .where(
            col(AccessLogEntry.staff_id) == staff_id,
            col(AccessLogEntry.kind) == AccessKind.LOOK_UP,
            col(AccessLogEntry.case_id).in_(case_ids),
        )
        .group_by(col(AccessLogEntry.case_id))
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


def read_waiting_for(session: Session, parties: Sequence[Party]) -> list[WaitingRecord]:
    """The open cases that wait for one of these, by follow-up date and number, with their main course's names."""
    main = sa.select(
        col(Segment.case_id), col(Segment.referring_department), col(Segment.referring_hospital),
        col(Segment.provider_name),
    ).where(col(Segment.main)).subquery()  # fmt: skip
    rows = session.execute(
        sa.select(
            col(Case.queue_number), col(Case.waiting_for), col(Case.waiting_text), col(Case.follow_up_on),
            col(Case.team), col(Case.assignee_id), col(Case.version), main.c.referring_department,
            main.c.referring_hospital, main.c.provider_name,
        )
        .join(main, main.c.case_id == col(Case.id), isouter=True)
        .where(
            col(Case.closed_at).is_(None), col(Case.state) == CaseState.WAITING, col(Case.waiting_for).in_(parties)
        )
        .order_by(col(Case.follow_up_on), col(Case.queue_number))
    )  # fmt: skip
    return [WaitingRecord(*row) for row in rows]


def read_numbers(session: Session, case_ids: Sequence[UUID]) -> list[int]:
    """The queue numbers of these cases, in their order."""
    query = sa.select(col(Case.queue_number)).where(col(Case.id).in_(case_ids)).order_by(col(Case.queue_number))
    return list(session.scalars(query))
