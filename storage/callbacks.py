"""Reads the office's calendar and the calls that have a time, and writes bookings with their slots."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from pkui.domain.codes import BookingState, ContactResult, Direction, Party, ReplyChannel, Topic
from pkui.domain.windows import CallWindow, Unavailable
from storage.tables.callbacks import Booking, BookingSlot, CallbackPlan
from storage.tables.cases import Case
from storage.tables.contacts import CallWindowRow, Contact, UnavailablePeriod
from storage.tables.patients import Patient
from storage.tables.staff import Absence, Shift, Staff

NEWEST_CALLS = 2_000
"""How many of the newest outgoing calls tell when people answer."""

_WAITING = (
    col(Case.closed_at).is_(None),
    col(Case.answered_at).is_(None),
    col(Case.reply_channel) == ReplyChannel.PHONE,
    col(Case.topic) != Topic.ACCEPTANCE_REQUEST,
)
_DIALLED = (ContactResult.REACHED, ContactResult.NO_ANSWER, ContactResult.BUSY, ContactResult.VOICEMAIL)


@dataclass(frozen=True)
class BookedRecord:
    """One booking as calendars and lists show it; `by` is the username of who made it."""

    id: UUID
    case_id: UUID
    patient_id: UUID
    queue_number: int
    case_number: str
    patient_name: str | None
    protected: bool
    adviser_id: UUID
    adviser: str
    adviser_name: str
    state: BookingState
    attempt: int
    starts_at: datetime
    ends_at: datetime
    preparation_minutes: int
    after_minutes: int
    window_from: time | None
    window_to: time | None
    plan_id: UUID | None
    by: str
    by_name: str


def read_shifts(session: Session, first: date, last: date) -> list[tuple[UUID, date, time, time]]:
    """Every stretch of work on these days."""
    rows = session.execute(
        sa.select(col(Shift.staff_id), col(Shift.day), col(Shift.starts), col(Shift.ends))
        .where(col(Shift.day).between(first, last))
        .order_by(col(Shift.staff_id), col(Shift.day), col(Shift.starts))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def read_absences(session: Session, start: datetime, end: datetime) -> list[tuple[UUID, datetime, datetime | None]]:
    """Who is away at some time of a stretch: from when, and until when where an end is known."""
    rows = session.execute(
        sa.select(col(Absence.staff_id), col(Absence.starts_at), col(Absence.ends_at)).where(
            col(Absence.starts_at) < end, sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > start)
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


def read_standing(
    session: Session, start: datetime, end: datetime, *, adviser_id: UUID | None = None
) -> list[BookedRecord]:
    """The standing bookings that begin in a stretch, in the order of time; of one adviser where one is named."""
    query = _booked().where(col(Booking.done_at).is_(None), col(Booking.starts_at).between(start, end))
    if adviser_id is not None:
        query = query.where(col(Booking.adviser_id) == adviser_id)
    return _records(session, query)


def read_taken(
    session: Session, start: datetime, end: datetime, *, leaving_out: UUID | None = None
) -> list[tuple[str, datetime, datetime]]:
    """Whose time standing bookings take in a stretch, by username, preparation and after-work included.

    No key is read: turning hundreds of them into values costs more than the slot search itself.
    """
    query = (
        sa.select(
            col(Staff.username), col(Booking.starts_at), col(Booking.ends_at), col(Booking.preparation_minutes),
            col(Booking.after_minutes),
        )
        .join(Staff, col(Staff.id) == col(Booking.adviser_id))
        .where(col(Booking.done_at).is_(None), col(Booking.starts_at).between(start, end))
    )  # fmt: skip
    if leaving_out is not None:
        query = query.where(col(Booking.id) != leaving_out)
    return [
        (row[0], row[1] - timedelta(minutes=row[3]), row[2] + timedelta(minutes=row[4]))
        for row in session.execute(query)
    ]


def read_booking(session: Session, booking_id: UUID) -> BookedRecord:
    """One booking as lists show it."""
    return _records(session, _booked().where(col(Booking.id) == booking_id))[0]


def read_standing_of(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, BookedRecord]:
    """The standing booking of each of these cases that has one."""
    query = _booked().where(col(Booking.done_at).is_(None), col(Booking.case_id).in_(case_ids))
    return {record.case_id: record for record in _records(session, query)}


def read_booked_at(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each of these cases has a call, where it has one."""
    rows = session.execute(
        sa.select(col(Booking.case_id), col(Booking.starts_at)).where(
            col(Booking.done_at).is_(None), col(Booking.case_id).in_(case_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def standing_of(session: Session, *, patient_id: UUID | None = None, case_id: UUID | None = None) -> Booking | None:
    """The standing booking of a patient or a case, to be changed."""
    query = sa.select(Booking).where(col(Booking.done_at).is_(None))
    query = query.where(col(Booking.patient_id) == patient_id if patient_id else col(Booking.case_id) == case_id)
    return session.scalars(query.with_for_update()).first()


def holder_of(
    session: Session, adviser_id: UUID, slots: Iterable[int], *, leaving_out: UUID | None = None
) -> BookedRecord | None:
    """The first booking that has one of these slots, but for the one left out."""
    query = (
        sa.select(col(BookingSlot.booking_id))
        .where(col(BookingSlot.adviser_id) == adviser_id, col(BookingSlot.slot).in_(list(slots)))
        .order_by(col(BookingSlot.slot))
        .limit(1)
    )
    if leaving_out is not None:
        query = query.where(col(BookingSlot.booking_id) != leaving_out)
    found = session.scalar(query)
    return read_booking(session, found) if found else None


def add_booking(session: Session, booking: Booking, slots: Iterable[int]) -> bool:
    """Writes a booking with its slots; False, and nothing written, where slots or the patient are taken."""
    try:
        with session.begin_nested():
            session.add(booking)
            session.flush()
            session.add_all(
                BookingSlot(adviser_id=booking.adviser_id, slot=slot, booking_id=booking.id) for slot in slots
            )
            session.flush()
    except IntegrityError:
        return False
    return True


def finish(session: Session, booking: Booking, state: BookingState, at: datetime) -> None:
    """Ends a standing booking and gives its slots back."""
    booking.state, booking.done_at = state, at
    session.flush()
    session.execute(sa.delete(BookingSlot).where(col(BookingSlot.booking_id) == booking.id))


def revive(session: Session, booking: Booking, slots: Iterable[int]) -> bool:
    """Lets a booking stand again with its slots; False where they or the patient are taken."""
    try:
        with session.begin_nested():
            booking.state = BookingState.PLANNED if booking.agreed_at is None else BookingState.AGREED
            booking.done_at, booking.replaced_by = None, None
            session.flush()
            session.add_all(
                BookingSlot(adviser_id=booking.adviser_id, slot=slot, booking_id=booking.id) for slot in slots
            )
            session.flush()
    except IntegrityError:
        return False
    return True


def read_waiting(session: Session) -> Sequence[Case]:
    """The open cases that nobody has answered and that want a call, in the queue's order."""
    query = sa.select(Case).where(*_WAITING)
    return session.scalars(query.order_by(col(Case.priority_class), col(Case.due_at), col(Case.queue_number))).all()


def count_waiting(session: Session) -> int:
    """How many wait for a call."""
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*_WAITING)) or 0


def read_cases(session: Session, ids: Collection[UUID]) -> Sequence[Case]:
    """These cases, in the queue's order."""
    query = sa.select(Case).where(col(Case.id).in_(ids))
    return session.scalars(query.order_by(col(Case.priority_class), col(Case.due_at), col(Case.queue_number))).all()


def newest_plan(session: Session) -> CallbackPlan | None:
    """The plan applied last that nobody took back."""
    query = sa.select(CallbackPlan).where(col(CallbackPlan.undone_at).is_(None))
    return session.scalars(query.order_by(col(CallbackPlan.applied_at).desc(), col(CallbackPlan.id).desc())).first()


def bookings_of_plan(session: Session, plan_id: UUID) -> tuple[Sequence[Booking], Sequence[Booking]]:
    """The bookings a plan made that still stand, and those that made way for it."""
    made = sa.select(Booking).where(col(Booking.plan_id) == plan_id, col(Booking.done_at).is_(None))
    gone = sa.select(Booking).where(col(Booking.replaced_by) == plan_id)
    return session.scalars(made).all(), session.scalars(gone).all()


def read_answering(session: Session) -> list[tuple[datetime, bool]]:
    """The newest outgoing calls to patients, and whether each reached her."""
    rows = session.execute(
        sa.select(col(Contact.at), col(Contact.result))
        .where(
            col(Contact.party) == Party.PATIENT,
            col(Contact.direction) == Direction.OUTGOING,
            col(Contact.result).in_(_DIALLED),
        )
        .order_by(col(Contact.id).desc())
        .limit(NEWEST_CALLS)
    )
    return [(row[0], row[1] is ContactResult.REACHED) for row in rows]


def read_windows(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[CallWindow, ...]]:
    """The weekly windows of these cases, in the week's order."""
    rows = session.execute(
        sa.select(
            col(CallWindowRow.case_id), col(CallWindowRow.weekday), col(CallWindowRow.starts), col(CallWindowRow.ends)
        )
        .where(col(CallWindowRow.case_id).in_(case_ids))
        .order_by(col(CallWindowRow.weekday), col(CallWindowRow.starts))
    )
    found: dict[UUID, tuple[CallWindow, ...]] = {}
    for case_id, weekday, starts, ends in rows:
        found[case_id] = (*found.get(case_id, ()), CallWindow(weekday, starts, ends))
    return found


def read_unavailable(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, tuple[Unavailable, ...]]:
    """The days on which these patients cannot be called."""
    rows = session.execute(
        sa.select(col(UnavailablePeriod.case_id), col(UnavailablePeriod.first_day), col(UnavailablePeriod.last_day))
        .where(col(UnavailablePeriod.case_id).in_(case_ids))
        .order_by(col(UnavailablePeriod.first_day))
    )
    found: dict[UUID, tuple[Unavailable, ...]] = {}
    for case_id, first, last in rows:
        found[case_id] = (*found.get(case_id, ()), Unavailable(first, last))
    return found


_maker = sa.orm.aliased(Staff)


def _booked() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            col(Booking.id), col(Booking.case_id), col(Booking.patient_id), col(Case.queue_number),
            col(Case.case_number), col(Patient.name), col(Patient.protected), col(Booking.adviser_id),
            col(Staff.username), col(Staff.name), col(Booking.state), col(Booking.attempt), col(Booking.starts_at),
            col(Booking.ends_at), col(Booking.preparation_minutes), col(Booking.after_minutes),
            col(Booking.window_from), col(Booking.window_to), col(Booking.plan_id),
            col(_maker.username), col(_maker.name),
        )
        .join(Case, col(Case.id) == col(Booking.case_id))
        .join(Patient, col(Patient.id) == col(Booking.patient_id))
        .join(Staff, col(Staff.id) == col(Booking.adviser_id))
        .join(_maker, col(_maker.id) == col(Booking.made_by))
        .order_by(col(Booking.starts_at), col(Booking.id))
    )  # fmt: skip


def _records(session: Session, query: sa.Select[*tuple[Any, ...]]) -> list[BookedRecord]:
    return [BookedRecord(*row) for row in session.execute(query)]
