"""One day of calls over everybody who rings: hours worked, absences, booked calls, and what is still free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pkui.domain.calendar import ONE_DAY, DayKind
from pkui.domain.office import at
from pkui.domain.permissions import Grant, Permission, grant
from pkui.services.callbacks_office import whole
from pkui.services.desk import Work, use_case
from storage.callbacks import BookedRecord as BookedRecord
from storage.callbacks import count_waiting, read_absences, read_shifts, read_standing
from storage.staff import read_staff

CLOCK_DAYS = 3
"""How near a night in which the clock changes is told."""


@dataclass(frozen=True)
class PersonsDay:
    """One row: spans worked are local wall time, half-open; those away are instants of that day."""

    username: str
    name: str
    work: tuple[tuple[time, time], ...]
    away: tuple[tuple[datetime, datetime], ...]
    booked: tuple[BookedRecord, ...]
    free_minutes: int


@dataclass(frozen=True)
class OfficeDay:
    """A day; `closed` says why nobody works, `clock_change` is the Sunday nearby on which the clock is moved.

    `waiting` calls have no answer yet; above `plan_above` of them a plan is offered.
    """

    day: date
    closed: DayKind | None
    clock_change: date | None
    hours: tuple[time, time]
    people: tuple[PersonsDay, ...]
    waiting: int
    plan_above: int

    @property
    def calls(self) -> int:
        """How many calls have a time."""
        return sum(len(one.booked) for one in self.people)

    @property
    def free_minutes(self) -> int:
        """What everybody has left of the day, in minutes."""
        return sum(one.free_minutes for one in self.people)


@use_case(Permission.READ_QUEUE, writes=False)
def office_day(work: Work, on: date | None = None) -> OfficeDay:
    """The day over everybody in a team who rings and works then, or has a call; today if no day is given."""
    day = on or work.today
    start, end = at(day, time.min), at(day + ONE_DAY, time.min)
    kind = work.calendar.kind(day)
    shifts, booked = read_shifts(work.session, day, day), read_standing(work.session, start, end)
    absences = read_absences(work.session, start, end)
    rows = []
    for one in read_staff(work.session, day, work.now):
        if grant(one.roles, Permission.WORK_CASES) is Grant.NO:
            continue
        hours = tuple((a, b) for who, _day, a, b in shifts if who == one.id)
        away = tuple((max(a, start), min(b or end, end)) for who, a, b in absences if who == one.id)
        calls = tuple(record for record in booked if record.adviser_id == one.id)
        if calls or (hours and one.teams):
            free = _free(day, hours, [*away, *(whole(call) for call in calls)], work.now)
            rows.append(PersonsDay(one.username, one.name, hours, away, calls, free))
    return OfficeDay(
        day=day,
        closed=None if kind is DayKind.WORKING_DAY else kind,
        clock_change=clock_change_near(day),
        hours=(work.office.opens, work.office.closes),
        people=tuple(rows),
        waiting=count_waiting(work.session),
        plan_above=work.office.plan_above_waiting,
    )


def overlap(one: BookedRecord, start: datetime, end: datetime) -> timedelta:
    """How much of that time a booked call takes of its adviser, preparation and after-work included."""
    begins, ends = whole(one)
    return max(timedelta(), min(end, ends) - max(start, begins))


def clock_change_near(day: date) -> date | None:
    """The day within three days of this one on which the clock is moved, if there is one."""
    for offset in range(-CLOCK_DAYS, CLOCK_DAYS + 1):
        other = day + timedelta(days=offset)
        if at(other, time.min).utcoffset() != at(other + ONE_DAY, time.min).utcoffset():
            return other
    return None


def _free(
    day: date, hours: Iterable[tuple[time, time]], taken: Iterable[tuple[datetime, datetime]], now: datetime
) -> int:
    """Minutes worked from now on that neither absence nor call takes."""
    spans = sorted(taken)
    total = timedelta()
    for starts, ends in hours:
        here, until = max(at(day, starts), now), at(day, ends)
        for begins, over in spans:
            if begins >= until:
                break
            if over > here:
                total += max(timedelta(), begins - here)
                here = max(here, over)
        total += max(timedelta(), until - here)
    return int(total.total_seconds()) // 60
