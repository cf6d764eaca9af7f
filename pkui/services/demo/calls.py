"""Calls that have a time in the demo: the next ones of cases that advisers hold, some of them agreed with the patient.

They were booked before anybody fell ill this morning, so there is something to mend.
"""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

from pkui.base.keys import new_key
from pkui.domain.bookings import call_start, length_of, slots_between, window_used
from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.slots import OfficeCalendar
from pkui.domain.codes import BookingState, CaseState, EventKind, PriorityClass
from pkui.domain.permissions import Permission
from pkui.services.callbacks_office import Wishes, call_of, instance_of, office_of, working_days
from pkui.services.desk import Work, use_case
from storage.callbacks import read_unavailable, read_waiting, read_windows
from storage.staff import read_staff
from storage.tables.callbacks import Booking, BookingSlot
from storage.tables.cases import Case

DAYS = 4
MOST = 80
AMONG = 24
"""Each call takes one of so many times its adviser could first ring at, as calls agreed one by one do."""
AGREED_SHARE = 0.35


@use_case(Permission.REGISTER)
def book_demo_calls(work: Work, chance: Random) -> int:
    """Books at most `MOST` calls over the next days, each with the holder of its case; how many."""
    people = read_staff(work.session, work.today, work.now)
    office = office_of(work, people, working_days(work, work.today, DAYS))
    names = {one.id: one.username for one in people}
    ill = {names[who] for who, _start, end in office.absences if end is None and who in names}
    office = replace(office, taken=tuple(one for one in office.taken if one.adviser not in ill))
    calendar = OfficeCalendar(board_of(instance_of(work, office, "demo", ())), {})
    held = [case for case in read_waiting(work.session) if _booked_ahead(case)]
    chosen = chance.sample(held, min(MOST, len(held)))
    windows = read_windows(work.session, [case.id for case in chosen])
    away = read_unavailable(work.session, [case.id for case in chosen])
    patients, count = set[UUID](), 0
    for case in chosen:
        length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
        wishes = Wishes(windows.get(case.id, ()), away.get(case.id, ()), length)
        if case.patient_id in patients or wishes.unavailable or case.assignee_id is None:
            continue
        booking = _booking(work, case, wishes, calendar, names[case.assignee_id], chance)
        if booking is not None:
            patients.add(case.patient_id)
            _write(work, case, booking, names[case.assignee_id])
            count += 1
    return count


def _booked_ahead(case: Case) -> bool:
    """Held and waiting for its first call or the next, and not so urgent that it is rung at once."""
    return case.state is CaseState.ASSIGNED and case.priority_class != PriorityClass.MAXIMUM_WAITING_TIME


def _booking(
    work: Work, case: Case, wishes: Wishes, calendar: OfficeCalendar, own: str, chance: Random
) -> Booking | None:
    call = call_of(work, case, wishes, own=own)
    offers = [one for one in calendar.offers(call, AMONG) if one.own_adviser]
    if not offers:
        return None
    offer = chance.choice(offers)
    calendar.book(offer.adviser, offer.start, call.minutes)
    start, talk = call_start(offer.start, wishes.length), wishes.length.talk
    window = window_used(start, talk, wishes.windows)
    agreed = chance.random() < AGREED_SHARE
    assert case.assignee_id is not None  # noqa: S101 - only held cases come here
    return Booking(
        id=new_key(work.now, chance),
        case_id=case.id,
        patient_id=case.patient_id,
        adviser_id=case.assignee_id,
        state=BookingState.AGREED if agreed else BookingState.PLANNED,
        agreed_at=work.now if agreed else None,
        attempt=case.attempts + 1,
        starts_at=start,
        ends_at=start + timedelta(minutes=talk),
        preparation_minutes=wishes.length.preparation,
        after_minutes=wishes.length.after,
        window_from=window.start if window else None,
        window_to=window.end if window else None,
        made_by=case.assignee_id,
        made_at=work.now,
    )


def _write(work: Work, case: Case, booking: Booking, adviser: str) -> None:
    """The booking with its slots; the case waits for its call."""
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    work.session.add(booking)
    work.session.flush()
    slots = slots_between(booking.starts_at - before, booking.ends_at + after)
    work.session.add_all(BookingSlot(adviser_id=booking.adviser_id, slot=slot, booking_id=booking.id) for slot in slots)
    case.state = CaseState.SCHEDULED
    agreed = booking.state is BookingState.AGREED
    work.event(case, EventKind.CALL_BOOKED, at=booking.starts_at.isoformat(), agreed=agreed, to=adviser)
