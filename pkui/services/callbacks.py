"""Booking a case's next call: the best free times, booking one of them or being told the rule, and cancelling."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.bookings import (
    BEST,
    HORIZON_WORKING_DAYS,
    answering,
    call_start,
    hour_by_hour,
    likely,
    slots_between,
    window_used,
)
from pkui.domain.callbacks.instance import wall
from pkui.domain.callbacks.slots import Offer
from pkui.domain.codes import BookingState, CaseState, EventKind, PriorityClass
from pkui.domain.permissions import Permission
from pkui.domain.windows import COPENHAGEN, CallHours, usable_within
from pkui.services.attempts import attempts_allowed
from pkui.services.booked import end_booking
from pkui.services.callbacks_office import (
    Wishes,
    calendar_of,
    call_of,
    office_of,
    people_for,
    rings,
    wishes_of,
    working_days,
)
from pkui.services.callbacks_refusals import away_on, booked_already, refusal, refuse_moment, taken
from pkui.services.callbacks_tell import told
from pkui.services.cases import open_for_change
from pkui.services.company import not_held_by_another
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from pkui.services.standing import place_anew
from storage.callbacks import (
    BookedRecord as BookedRecord,
)
from storage.callbacks import (
    add_booking,
    holder_of,
    read_answering,
    read_booking,
    read_standing_of,
    standing_of,
)
from storage.staff import StaffRecord, read_staff
from storage.tables.callbacks import Booking
from storage.tables.cases import Case

LOOKED_AT = 400
"""How many free times are ranked anew by when people answer."""
USABLE_WORKING_DAYS = 5


class NoTime(StrEnum):
    """Why a patient has no time to be offered, so that somebody asks her for another one."""

    CLOSED = "closed"
    ATTEMPTS_USED = "attempts_used"
    NO_WINDOW = "no_window"
    NO_USABLE_WINDOW = "no_usable_window"
    NOBODY_FREE = "nobody_free"


@dataclass(frozen=True)
class FreeTime:
    """A time that can be booked now; `days_late` counts working days after the due date."""

    start: datetime
    end: datetime
    adviser: str
    adviser_id: UUID
    adviser_name: str
    own_adviser: bool
    days_late: int
    preparation_minutes: int
    after_minutes: int


@dataclass(frozen=True)
class FreeTimes:
    """The best times for a case's next call, and what is to be known beside them.

    `why_none` is set where there is none; `few` where the patient has no usable window in the next five working days.
    """

    times: tuple[FreeTime, ...]
    why_none: NoTime | None
    few: bool
    attempt: int
    attempts_allowed: int | None


@use_case(Permission.REGISTER)
def free(work: Work, queue_number: int, *, limit: int = BEST) -> FreeTimes:
    """The best feasible times: those that keep the due date, then the own adviser's, soonest, least disturbing.

    From the second attempt on, the hours of a day come in the order in which people have answered there. Logged.
    """
    case = open_to_read(work, queue_number, "free_times")
    wishes = wishes_of(work, case)
    found = offers(work, case, wishes, limit) if case.closed_at is None else []
    return FreeTimes(
        times=tuple(found),
        why_none=None if found else _why_none(work, case, wishes),
        few=not _usable(work, case, wishes),
        attempt=case.attempts + 1,
        attempts_allowed=attempts_allowed(work, case),
    )


@use_case(Permission.REGISTER)
def book(
    work: Work,
    queue_number: int,
    *,
    at: datetime,
    adviser: str | None = None,
    agreed: bool = False,
    move: bool = False,
    version: int | None = None,
) -> BookedRecord:
    """Books the next call, or refuses with the rule or with who works on the case. A free case becomes the adviser's.

    `agreed` with the patient binds the office and may lie outside her window; `move` gives up the time the case has.
    """
    case = open_for_change(work, queue_number, version)
    not_held_by_another(work, queue_number)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    before = standing_of(work.session, patient_id=case.patient_id)
    if before is not None and (before.case_id != case.id or not move):
        raise booked_already(work, before)
    wishes = wishes_of(work, case)
    chosen = _adviser_for(work, case, wishes, at, adviser, agreed=agreed, moving=before)
    if before is not None:
        _cancel(work, case, before)
    booking = booking_for(work, case, wishes, chosen.id, at, agreed=agreed)
    write(work, case, booking)
    if case.assignee_id is None:
        case.assignee_id = chosen.id
        work.event(case, EventKind.ASSIGNED, to=chosen.username)
    if agreed:
        told(work, case)
    schedule(work, case)
    work.event(case, EventKind.CALL_BOOKED, at=at.isoformat(), agreed=agreed, to=chosen.username,
               outside_window=booking.window_from is None)  # fmt: skip
    work.log(AccessKind.CHANGE, "booking", patient_id=case.patient_id, case_id=case.id)
    work.session.flush()
    return read_booking(work.session, booking.id)


@use_case(Permission.REGISTER)
def agree(work: Work, queue_number: int, *, version: int | None = None) -> BookedRecord:
    """The patient agreed to the time her call is planned for: from now on it binds."""
    case = open_for_change(work, queue_number, version)
    not_held_by_another(work, queue_number)
    booking = standing_of(work.session, case_id=case.id)
    if booking is None:
        raise Refused("not_booked", queue_number=queue_number)
    booking.state, booking.agreed_at = BookingState.AGREED, work.now
    told(work, case)
    schedule(work, case)
    work.event(case, EventKind.CALL_BOOKED, at=booking.starts_at.isoformat(), agreed=True)
    work.session.flush()
    return read_booking(work.session, booking.id)


@use_case(Permission.REGISTER)
def cancel(work: Work, queue_number: int, *, reason: str | None = None, version: int | None = None) -> BookedRecord:
    """Cancels the call the case has. Raises Refused('not_booked') where it has none."""
    case = open_for_change(work, queue_number, version)
    not_held_by_another(work, queue_number)
    booking = standing_of(work.session, case_id=case.id)
    if booking is None:
        raise Refused("not_booked", queue_number=queue_number)
    _cancel(work, case, booking, reason)
    work.session.flush()
    return read_booking(work.session, booking.id)


@use_case(Permission.READ_QUEUE)
def booking_of(work: Work, queue_number: int) -> BookedRecord | None:
    """The call the case has a time for; the look-up is logged."""
    case = open_to_read(work, queue_number, "booking")
    return read_standing_of(work.session, [case.id]).get(case.id)


@use_case(Permission.READ_QUEUE)
def booking_with(work: Work, booking_id: UUID) -> BookedRecord:
    """One booking as it stands now; the look-up is logged."""
    found = read_booking(work.session, booking_id)
    open_to_read(work, found.queue_number, "booking")
    return found


def _cancel(work: Work, case: Case, booking: Booking, reason: str | None = None) -> None:
    end_booking(work, case, booking, BookingState.CANCELLED)
    work.event(case, EventKind.CALL_CANCELLED, reason=reason, at=booking.starts_at.isoformat())


def schedule(work: Work, case: Case) -> None:
    """The case waits for its call, where somebody holds it; its place is found with the call in mind."""
    if case.assignee_id is not None and case.state in (CaseState.NEW, CaseState.ASSIGNED, CaseState.REOPENED):
        case.state = CaseState.SCHEDULED
    work.session.flush()
    place_anew(work, case)


def write(work: Work, case: Case, booking: Booking) -> None:
    """Writes the booking with its slots. Raises Refused naming who was first where the time or patient is taken."""
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    slots = slots_between(booking.starts_at - before, booking.ends_at + after)
    adviser_id = booking.adviser_id
    if add_booking(work.session, booking, slots):
        return
    holder = holder_of(work.session, adviser_id, slots)
    if holder is not None:
        raise taken(holder)
    standing = standing_of(work.session, patient_id=case.patient_id)
    if standing is not None:
        raise booked_already(work, standing)
    raise Refused("time_gone")


def booking_for(work: Work, case: Case, wishes: Wishes, adviser_id: UUID, at: datetime, *, agreed: bool) -> Booking:
    """The booking of a case's next call at a time, not yet written."""
    talk = wishes.length.talk
    window = window_used(at, talk, wishes.windows)
    return Booking(
        id=new_key(work.now),
        case_id=case.id,
        patient_id=case.patient_id,
        adviser_id=adviser_id,
        state=BookingState.AGREED if agreed else BookingState.PLANNED,
        agreed_at=work.now if agreed else None,
        attempt=case.attempts + 1,
        starts_at=at,
        ends_at=at + timedelta(minutes=talk),
        preparation_minutes=wishes.length.preparation,
        after_minutes=wishes.length.after,
        window_from=window.start if window else None,
        window_to=window.end if window else None,
        made_by=work.person.id,
        made_at=work.now,
    )


def offers(work: Work, case: Case, wishes: Wishes, limit: int) -> list[FreeTime]:
    """The best feasible times of a case that is open, as many as asked for."""
    days = working_days(work, work.today, HORIZON_WORKING_DAYS)
    days = tuple(day for day in days if not away_on(day, wishes.unavailable))
    people = [one for one in people_for(work, case) if _rings(one, case)]
    if not days or not people:
        return []
    own = next((one.username for one in people if one.id == case.assignee_id), None)
    office = office_of(work, people, days, leaving_out=_own_booking(work, case))
    call = call_of(work, case, wishes, own=own)
    if case.attempts:
        call = replace(call, windows=hour_by_hour(call.windows, wishes.length))
    calendar = calendar_of(work, office, case, call)
    found = calendar.offers(call, LOOKED_AT if case.attempts else limit)
    if case.attempts:
        rates = answering(read_answering(work.session))

        def rank(offer: Offer) -> tuple[int, bool, date, float]:
            """Fewest days late, the case's own adviser, the earliest day, then where she answers most often."""
            likelihood = likely(call_start(offer.start, wishes.length), rates)
            return offer.days_late, not offer.own_adviser, offer.start.day, -likelihood

        found = sorted(found, key=rank)[:limit]
    who = {one.username: one for one in people}
    return [_free_time(offer, wishes, who[offer.adviser]) for offer in found]


def _free_time(offer: Offer, wishes: Wishes, one: StaffRecord) -> FreeTime:
    start, length = call_start(offer.start, wishes.length), wishes.length
    return FreeTime(
        start=start,
        end=start + timedelta(minutes=length.talk),
        adviser=offer.adviser,
        adviser_id=one.id,
        adviser_name=one.name,
        own_adviser=offer.own_adviser,
        days_late=offer.days_late,
        preparation_minutes=length.preparation,
        after_minutes=length.after,
    )


def _rings(one: StaffRecord, case: Case) -> bool:
    """Whether the person rings about the case: her own, or one she is dealt."""
    return one.id == case.assignee_id or rings(one, case)


def _own_booking(work: Work, case: Case) -> UUID | None:
    found = read_standing_of(work.session, [case.id]).get(case.id)
    return found.id if found else None


def _usable(work: Work, case: Case, wishes: Wishes) -> bool:
    if case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        return True
    hours = CallHours.always(work.office.calls_from, work.office.calls_to)
    return usable_within(wishes.windows, wishes.unavailable, work.calendar, hours, work.now, USABLE_WORKING_DAYS)


def _why_none(work: Work, case: Case, wishes: Wishes) -> NoTime:
    allowed = attempts_allowed(work, case)
    if case.closed_at is not None:
        return NoTime.CLOSED
    if allowed is not None and case.attempts >= allowed:
        return NoTime.ATTEMPTS_USED
    if not wishes.windows and allowed is not None:
        return NoTime.NO_WINDOW
    return NoTime.NOBODY_FREE if _usable(work, case, wishes) else NoTime.NO_USABLE_WINDOW


def _adviser_for(
    work: Work,
    case: Case,
    wishes: Wishes,
    at: datetime,
    username: str | None,
    *,
    agreed: bool,
    moving: Booking | None,
) -> StaffRecord:
    """Who rings at that time. Raises Refused with the rule that is in the way of the one named, or of everybody."""
    day = local_date(at)
    refuse_moment(work, case, wishes, at, agreed=agreed)
    left_out = moving.id if moving else None
    able = people_for(work, case)
    if username is not None:
        people = [_named(work, able, username)]
    else:
        people = sorted((one for one in able if _rings(one, case)), key=lambda one: _preferred(work, case, one))
    office = office_of(work, people, (day,), leaving_out=left_out)
    call = call_of(work, case, wishes, own=None, agreed=agreed)
    calendar = calendar_of(work, office, case, call)
    block = wall(at - timedelta(minutes=wishes.length.preparation), COPENHAGEN)
    first: Refused | None = None
    for one in people:
        broken = calendar.refusals(call, one.username, block)
        if not broken:
            return one
        first = first or refusal(work, case, wishes, office, one, at, broken, left_out)
    raise first or Refused("nobody_rings")


def _named(work: Work, able: Sequence[StaffRecord], username: str) -> StaffRecord:
    name = username.strip().casefold()
    found = next((one for one in able if one.username == name), None)
    if found is None:
        known = read_staff(work.session, work.today, work.now, username=name)
        raise Refused("colleague_may_not") if known else BadInput("no_such_person")
    return found


def _preferred(work: Work, case: Case, one: StaffRecord) -> tuple[bool, bool, str]:
    return one.id != case.assignee_id, one.id != work.person.id, one.username
