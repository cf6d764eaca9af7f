"""An adviser's week as the grid shows it: hours worked, absences, booked calls, and the patient's call times."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pkui.domain.bookings import Length
from pkui.domain.calendar import ONE_DAY
from pkui.domain.codes import PriorityClass
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.windows import CallWindow, merge
from pkui.services.callbacks_office import people_for, whole, wishes_of
from pkui.services.callbacks_refusals import away_on
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from storage.callbacks import BookedRecord, read_absences, read_shifts, read_standing, read_standing_of
from storage.cases import patient_of

WEEKDAYS = 5


@dataclass(frozen=True)
class Colleague:
    """Somebody who may ring about the case."""

    username: str
    name: str


@dataclass(frozen=True)
class Day:
    """One day of the grid; spans are local wall time, half-open. `closed`: the office is."""

    day: date
    closed: bool
    work: tuple[tuple[time, time], ...]
    away: tuple[tuple[datetime, datetime], ...]
    booked: tuple[BookedRecord, ...]
    windows: tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class Week:
    """Monday to Friday of one adviser, beside the case that is to be booked."""

    adviser: Colleague
    colleagues: tuple[Colleague, ...]
    days: tuple[Day, ...]
    hours: tuple[time, time]
    queue_number: int
    case_number: str
    version: int
    patient_name: str | None
    protected: bool
    due_at: datetime
    any_time: bool
    length: Length
    booking: BookedRecord | None


@use_case(Permission.REGISTER)
def week(work: Work, queue_number: int, *, username: str | None = None, on: date | None = None) -> Week:
    """The week that holds a day, of the adviser named; else the holder's, one's own, or the first who may ring.

    The look-up is logged.
    """
    case = open_to_read(work, queue_number, "call_times")
    people = people_for(work, case)
    wanted = (username, next((one.username for one in people if one.id == case.assignee_id), None))
    chosen = next((one for name in (*wanted, work.person.username) for one in people if one.username == name), None)
    adviser = chosen or people[0]
    first = _monday(on or work.today)
    wishes = wishes_of(work, case)
    start, end = at(first, time.min), at(first + timedelta(days=WEEKDAYS), time.min)
    shifts = [one for one in read_shifts(work.session, first, first + timedelta(days=WEEKDAYS)) if one[0] == adviser.id]
    absences = [(a, b or end) for who, a, b in read_absences(work.session, start, end) if who == adviser.id]
    booked = read_standing(work.session, start, end, adviser_id=adviser.id)
    any_time = case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    calls = work.office.calls_from, work.office.calls_to
    days = []
    for day in (first + timedelta(days=number) for number in range(WEEKDAYS)):
        here, there = at(day, time.min), at(day + ONE_DAY, time.min)
        closed = not work.calendar.is_working_day(day)
        nothing = closed or (away_on(day, wishes.unavailable) and not any_time)
        days.append(
            Day(
                day=day,
                closed=closed,
                work=tuple((a, b) for _who, on_day, a, b in shifts if on_day == day),
                away=tuple((max(a, here), min(b, there)) for a, b in absences if a < there and b > here),
                booked=tuple(one for one in booked if here <= one.starts_at < there),
                windows=() if nothing else (calls,) if any_time else _inside(day, wishes.windows, calls),
            )
        )
    patient = patient_of(work.session, case)
    return Week(
        adviser=Colleague(adviser.username, adviser.name),
        colleagues=tuple(Colleague(one.username, one.name) for one in people),
        days=tuple(days),
        hours=(work.office.opens, work.office.closes),
        queue_number=case.queue_number,
        case_number=case.case_number,
        version=case.version or 0,
        patient_name=patient.name,
        protected=patient.protected,
        due_at=case.due_at,
        any_time=any_time,
        length=wishes.length,
        booking=read_standing_of(work.session, [case.id]).get(case.id),
    )


def holds(one: BookedRecord, start: datetime, end: datetime) -> bool:
    """Whether a booked call takes some of that time of its adviser."""
    begins, ends = whole(one)
    return begins < end and start < ends


def _inside(day: date, windows: tuple[CallWindow, ...], calls: tuple[time, time]) -> tuple[tuple[time, time], ...]:
    """The patient's windows of that weekday inside the call hours."""
    that_day = [one for one in merge(windows) if one.weekday == day.isoweekday()]
    clipped = [(max(one.start, calls[0]), min(one.end, calls[1])) for one in that_day]
    return tuple(one for one in clipped if one[0] < one[1])


def _monday(day: date) -> date:
    """The Monday of the day's week; of a weekend the next one."""
    return day - timedelta(days=day.weekday()) if day.weekday() < WEEKDAYS else day + timedelta(days=7 - day.weekday())
