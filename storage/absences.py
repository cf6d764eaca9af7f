"""Reads what must not wait for somebody who is away, her absences, and the moves made for them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import Direction
from storage.tables.callbacks import Booking
from storage.tables.cases import Case
from storage.tables.contacts import Contact
from storage.tables.moves import MoveBatch
from storage.tables.staff import Absence


def read_held(session: Session, staff_id: UUID, *, lock: bool = False) -> Sequence[Case]:
    """The open cases a person holds, in the queue's order; locked when they are to be moved."""
    query = (
        sa.select(Case)
        .where(col(Case.closed_at).is_(None), col(Case.assignee_id) == staff_id)
        .order_by(col(Case.priority_class), col(Case.due_at), col(Case.queue_number))
    )
    return session.scalars(query.with_for_update(of=Case) if lock else query).all()


def read_calls(session: Session, adviser_id: UUID, start: datetime, end: datetime) -> list[tuple[Booking, Case]]:
    """The standing calls of an adviser that begin in a stretch, in the order of time, with their cases."""
    rows = session.execute(
        sa.select(Booking, Case)
        .join(Case, col(Case.id) == col(Booking.case_id))
        .where(
            col(Booking.adviser_id) == adviser_id,
            col(Booking.done_at).is_(None),
            col(Booking.starts_at) >= start,
            col(Booking.starts_at) < end,
        )
        .order_by(col(Booking.starts_at))
    )
    return [(row[0], row[1]) for row in rows]


def read_replied(session: Session, cases: Sequence[UUID], today: date) -> set[UUID]:
    """The cases in which somebody answered us last, or an answer was promised for today or earlier."""
    rows = session.execute(
        sa.select(col(Contact.case_id), col(Contact.direction), col(Contact.answer_promised_on))
        .where(col(Contact.case_id).in_(cases))
        .order_by(col(Contact.at), col(Contact.id))
    )
    newest = {case_id: (direction, promised) for case_id, direction, promised in rows}
    return {
        case_id
        for case_id, (direction, promised) in newest.items()
        if direction is Direction.INCOMING or (promised is not None and promised <= today)
    }


def newest_absence_moved(session: Session, staff_id: UUID) -> Absence | None:
    """The person's absence whose moves were made last, if they stand."""
    return session.scalars(
        sa.select(Absence)
        .join(MoveBatch, col(MoveBatch.absence_id) == col(Absence.id))
        .where(col(Absence.staff_id) == staff_id, col(MoveBatch.undone_at).is_(None))
        .order_by(col(MoveBatch.made_at).desc(), col(MoveBatch.id).desc())
        .limit(1)
    ).first()


def batches_of(session: Session, absence_id: UUID) -> Sequence[MoveBatch]:
    """The moves made for an absence that stand, the newest first."""
    query = sa.select(MoveBatch).where(col(MoveBatch.absence_id) == absence_id, col(MoveBatch.undone_at).is_(None))
    return session.scalars(query.order_by(col(MoveBatch.made_at).desc(), col(MoveBatch.id).desc())).all()


def read_begun(session: Session, now: datetime, midnight: datetime, *, lock: bool = False) -> Sequence[Absence]:
    """The absences that hold now and for which nothing has been moved since they began, or not yet today."""
    moved = sa.exists().where(
        col(MoveBatch.absence_id) == col(Absence.id),
        col(MoveBatch.made_at) >= col(Absence.starts_at),
        col(MoveBatch.made_at) >= midnight,
    )
    query = (
        sa.select(Absence)
        .where(
            col(Absence.starts_at) <= now,
            sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > now),
            sa.not_(moved),
        )
        .order_by(col(Absence.starts_at), col(Absence.id))
    )
    return session.scalars(query.with_for_update(of=Absence) if lock else query).all()


def absences_at(session: Session, staff_id: UUID, now: datetime) -> Sequence[Absence]:
    """The absences of a person that hold at an instant."""
    query = sa.select(Absence).where(
        col(Absence.staff_id) == staff_id,
        col(Absence.starts_at) <= now,
        sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > now),
    )
    return session.scalars(query).all()


def drop_absence(session: Session, absence: Absence) -> None:
    """Removes an absence that never held for any time; moves made for it stay in their batch."""
    session.execute(sa.update(MoveBatch).where(col(MoveBatch.absence_id) == absence.id).values(absence_id=None))
    session.delete(absence)
