"""Writes and reads the cases that were moved together, for taking them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.keys import new_key
from pkui.domain.codes import MoveKind
from storage.tables.callbacks import Booking, BookingSlot
from storage.tables.cases import Case
from storage.tables.moves import Move, MoveBatch


def newest_batch(session: Session, since: datetime) -> MoveBatch | None:
    """The moves made last since then that nobody has taken back; those of an absence go with the absence."""
    query = sa.select(MoveBatch).where(
        col(MoveBatch.undone_at).is_(None), col(MoveBatch.made_at) >= since, col(MoveBatch.kind) != MoveKind.ABSENCE
    )
    order = (col(MoveBatch.made_at).desc(), col(MoveBatch.id).desc())
    return session.scalars(query.order_by(*order).with_for_update()).first()


def moves_of(session: Session, batch_id: UUID) -> Sequence[Move]:
    """The moves of a batch in the order they were made."""
    return session.scalars(sa.select(Move).where(col(Move.batch_id) == batch_id).order_by(col(Move.id))).all()


def add_move(
    session: Session,
    batch: MoveBatch,
    case: Case,
    now: datetime,
    *,
    before: UUID | None,
    old: dict[str, Any],
    booking_from: UUID | None,
) -> None:
    """Keeps one case's move: who had it `before`, what else of it was `old`, and who had its call."""
    session.flush()
    session.add(
        Move(
            id=new_key(now),
            batch_id=batch.id,
            case_id=case.id,
            from_id=before,
            to_id=case.assignee_id,
            version=case.version or 0,
            old=old,
            booking_from=booking_from,
        )
    )


def give_call(session: Session, booking: Booking, adviser_id: UUID) -> bool:
    """Gives a call with a time to another adviser at the same time; False where her time is taken."""
    slots = list(session.scalars(sa.select(col(BookingSlot.slot)).where(col(BookingSlot.booking_id) == booking.id)))
    taken = sa.select(col(BookingSlot.slot)).where(
        col(BookingSlot.adviser_id) == adviser_id, col(BookingSlot.slot).in_(slots)
    )
    if session.scalars(taken.limit(1)).first() is not None:
        return False
    try:
        with session.begin_nested():
            booking.adviser_id = adviser_id
            session.flush()
            mine = col(BookingSlot.booking_id) == booking.id
            session.execute(sa.update(BookingSlot).where(mine).values(adviser_id=adviser_id))
    except sa.exc.IntegrityError:
        return False
    return True
