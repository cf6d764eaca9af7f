"""Why a time cannot be booked: the rule that is in the way, with what helps to choose a better one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pkui.base.clock import local, local_date
from pkui.base.errors import Refused
from pkui.domain.bookings import SLOT_MINUTES, slots_between
from pkui.domain.callbacks.slots import Refusal
from pkui.domain.codes import PriorityClass
from pkui.domain.windows import Unavailable
from pkui.services.callbacks_office import Office, Wishes
from pkui.services.desk import Work
from storage.callbacks import BookedRecord, holder_of, read_booking
from storage.staff import StaffRecord
from storage.tables.callbacks import Booking
from storage.tables.cases import Case


def away_on(day: date, unavailable: Sequence[Unavailable]) -> bool:
    """Whether the patient cannot be called on that day."""
    return any(period.first <= day <= period.last for period in unavailable)


def refuse_moment(work: Work, case: Case, wishes: Wishes, at: datetime, *, agreed: bool) -> None:
    """The rules that ask nothing of any adviser."""
    wall_time = local(at)
    day = wall_time.date()
    if wall_time.minute % SLOT_MINUTES or wall_time.second or wall_time.microsecond:
        raise Refused("off_the_grid")
    if at < work.now:
        raise Refused("time_past")
    if not work.calendar.is_working_day(day):
        raise Refused("closed_day", on=day.isoformat())
    if agreed or case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        return
    if away_on(day, wishes.unavailable):
        raise Refused("patient_away", on=day.isoformat())
    if not wishes.windows:
        raise Refused("no_window")
    hours = work.office.calls_from, work.office.calls_to
    if not hours[0] <= wall_time.time() < hours[1]:
        raise Refused("outside_call_hours", times=_times([hours]))


def refusal(
    work: Work,
    case: Case,
    wishes: Wishes,
    office: Office,
    one: StaffRecord,
    at: datetime,
    broken: Sequence[Refusal],
    moving: UUID | None,
) -> Refused:
    """The first rule in the way, with what a person needs to choose better."""
    if Refusal.ATTEMPTS_USED in broken:
        return Refused("attempts_used", count=case.attempts)
    if Refusal.TOO_SOON in broken and case.retry_from is not None:
        return Refused("too_soon", on=local_date(case.retry_from).isoformat())
    if Refusal.PAST in broken:
        return Refused("time_past")
    if Refusal.OUTSIDE_WINDOW in broken:
        return _outside(work, case, wishes, at)
    begins, ends = (
        at - timedelta(minutes=wishes.length.preparation),
        at + timedelta(minutes=wishes.length.talk + wishes.length.after),
    )
    for staff_id, away_from, away_until in office.absences:
        if staff_id == one.id and away_from < ends and (away_until is None or away_until > begins):
            return Refused("adviser_away", adviser=one.username)
    other = holder_of(work.session, one.id, slots_between(begins, ends), leaving_out=moving)
    if other is not None:
        return taken(other)
    return Refused("adviser_not_at_work", adviser=one.username)


def _outside(work: Work, case: Case, wishes: Wishes, at: datetime) -> Refused:
    if case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        return Refused("outside_call_hours", times=_times([(work.office.calls_from, work.office.calls_to)]))
    that_day = [one for one in wishes.windows if one.weekday == local(at).isoweekday()]
    if not that_day:
        return Refused("no_window_that_day", on=local_date(at).isoformat())
    return Refused("outside_window", times=_times([(one.start, one.end) for one in that_day]))


def _times(spans: Sequence[tuple[time, time]]) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in spans]


def taken(other: BookedRecord) -> Refused:
    """The time is another call's."""
    return Refused("time_taken", by=other.by, adviser=other.adviser, at=other.starts_at.isoformat())


def booked_already(work: Work, standing: Booking) -> Refused:
    """The patient has a call with a time, in this case or another of hers."""
    record = read_booking(work.session, standing.id)
    return Refused("booked_already", queue_number=record.queue_number, by=record.by, at=record.starts_at.isoformat())
