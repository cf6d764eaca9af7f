"""Reads what a day begins with: who waits for what, as queue numbers in the queue's order, and counts of the rest."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.codes import ApprovalState, BookingState, CaseState, DraftState
from storage.tables.callbacks import Booking
from storage.tables.cases import Case
from storage.tables.moves import Approval
from storage.tables.outbox import Draft

_CASES, _BOOKINGS, _APPROVALS, _DRAFTS = (sa.inspect(table).local_table for table in (Case, Booking, Approval, Draft))
_OPEN = _CASES.c.closed_at.is_(None)
_ORDER = (_CASES.c.priority_class, _CASES.c.due_at, _CASES.c.queue_number)


def _numbers(session: Session, *conditions: sa.ColumnElement[bool]) -> list[int]:
    query = sa.select(_CASES.c.queue_number).where(_OPEN, *conditions).order_by(*_ORDER)
    return list(session.connection().scalars(query))


def read_unanswered_class_1(session: Session) -> list[int]:
    """Open cases of class 1 that nobody has answered."""
    return _numbers(session, _CASES.c.priority_class == 1, _CASES.c.answered_at.is_(None))


def read_reasons(session: Session) -> list[tuple[int, Sequence[Any]]]:
    """Queue number and stored reasons of every open case of class 2."""
    query = sa.select(_CASES.c.queue_number, _CASES.c.why).where(_OPEN, _CASES.c.priority_class == 2)
    return [(row[0], row[1]) for row in session.connection().execute(query.order_by(*_ORDER))]


def read_overdue(session: Session, now: datetime) -> list[int]:
    """Open cases whose answer, or next step, is late."""
    return _numbers(session, _CASES.c.due_at < now)


def read_follow_ups(session: Session, until: date) -> list[int]:
    """Waiting cases to be looked at again by that day."""
    return _numbers(session, _CASES.c.state == CaseState.WAITING, _CASES.c.follow_up_on <= until)


def read_agreed(session: Session, start: datetime, end: datetime) -> list[int]:
    """Cases with a call agreed with the patient between two instants."""
    agreed = sa.select(_BOOKINGS.c.case_id).where(
        _BOOKINGS.c.state == BookingState.AGREED, _BOOKINGS.c.starts_at >= start, _BOOKINGS.c.starts_at < end
    )
    return _numbers(session, _CASES.c.id.in_(agreed))


def read_received(session: Session, since: datetime) -> list[int]:
    """Open cases registered since then."""
    return _numbers(session, _CASES.c.registered_at >= since)


def read_to_approve(session: Session) -> list[int]:
    """Open cases in which a colleague is asked to approve a course."""
    asked = sa.select(_APPROVALS.c.case_id).where(_APPROVALS.c.state == ApprovalState.ASKED)
    return _numbers(session, _CASES.c.id.in_(asked))


def count_drafts(session: Session) -> int:
    """Texts that nobody has sent or discarded."""
    query = sa.select(sa.func.count()).select_from(_DRAFTS).where(_DRAFTS.c.state == DraftState.DRAFT)
    return session.connection().scalar(query) or 0
