"""The open cases as minutes, and the minutes people have: what the workload screen counts and a proposal moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pkui.base.clock import local_date
from pkui.domain.bookings import length_of
from pkui.domain.codes import Complexity
from pkui.domain.office import OfficeSettings, at
from pkui.domain.permissions import Grant, Permission, grant
from pkui.domain.routing import LAST, Deal, Waiting, deal
from pkui.domain.workload.minutes import Kind, Step, minutes_by_kind
from pkui.domain.workload.model import Item, Seat
from pkui.services.callbacks_office import working_days
from pkui.services.desk import Work
from pkui.services.queue import situation_of
from storage.callbacks import read_absences, read_shifts
from storage.staff import StaffRecord, read_staff
from storage.workload import OpenCase, read_done, read_held, read_known_by, read_open, read_weekdays

DAYS = 5
"""How many working days the load is looked at over, today included."""
LEARNT_OVER = timedelta(days=60)
BUSY_FOR = timedelta(minutes=15)
"""How long after something was written on a case its holder still counts as working on it."""
LUNCH = timedelta(minutes=30)

_learnt: dict[tuple[str, date], dict[Kind, int]] = {}
"""Minutes by kind, worked out once a day for each database."""


@dataclass(frozen=True)
class Load:
    """Everyone who works cases, the days looked at, free minutes by username and day, and the open cases."""

    people: tuple[StaffRecord, ...]
    days: tuple[date, ...]
    free: Mapping[str, Mapping[date, int]]
    cases: tuple[OpenCase, ...]
    minutes: Mapping[Kind, int]
    deals: Mapping[str, Deal]

    def expected(self, case: OpenCase) -> int:
        """How long a case of its kind takes, in minutes."""
        usual = length_of(case.complexity, interpreter=False).whole
        return self.minutes.get((case.topic.value, case.complexity.value), usual)

    def seats(self) -> list[Seat]:
        """The people as a proposal sees them."""
        kinds = {_skill(case): waiting_of(case) for case in self.cases}
        return [
            Seat(
                one.username,
                self.free[one.username],
                frozenset(skill for skill, case in kinds.items() if self.deals[one.username].allows(case)),
            )
            for one in self.people
        ]


def load_of(work: Work, *, also_away: Iterable[tuple[str, datetime]] = ()) -> Load:
    """The load at this instant; `also_away`: usernames as if they were away from now until an instant."""
    everybody = read_staff(work.session, work.today, work.now)
    people = tuple(one for one in everybody if grant(one.roles, Permission.WORK_CASES) is not Grant.NO)
    days = working_days(work, work.today, DAYS)
    here = situation_of(work)
    deals = {one.username: deal(one.roles, one.teams, LAST, here, work.office) for one in people}
    return Load(
        people,
        days,
        _free(work, people, days, dict(also_away)),
        tuple(read_open(work.session)),
        _minutes(work),
        {username: found for username, found in deals.items() if found is not None},
    )


def items_of(work: Work, load: Load, *, pinned: frozenset[int]) -> list[Item]:
    """The cases as a proposal sees them; those of `pinned` stay where they are."""
    names = {one.id: one.username for one in load.people}
    weekdays, known = read_weekdays(work.session), read_known_by(work.session)
    return [
        Item(
            number=case.queue_number,
            holder=names.get(case.assignee_id, str(case.assignee_id)) if case.assignee_id else None,
            rank=case.priority_class,
            due=local_date(case.due_at),
            minutes=load.expected(case),
            skill=_skill(case),
            lane=case.team,
            pinned=case.queue_number in pinned,
            known_by=frozenset(names[one] for one in known.get(case.id, ()) if one in names),
            open_on=_days_open(weekdays.get(case.id), load.days),
        )
        for case in load.cases
    ]


def busy_numbers(work: Work) -> frozenset[int]:
    """The cases somebody is working on: held on a screen, or written on a moment ago."""
    written = {done.queue_number for done in read_done(work.session, work.now - BUSY_FOR)}
    return frozenset(written.union(read_held(work.session, work.now)))


def waiting_of(case: OpenCase) -> Waiting:
    """The case as dealing sees it, when nothing is kept for anybody any more."""
    return Waiting(case.topic, case.complexity, case.team, case.registered_at)


def _skill(case: OpenCase) -> str:
    return f"{case.team}/{case.topic.value}/{case.complexity.value}"


def _days_open(weekdays: frozenset[int] | None, days: Sequence[date]) -> frozenset[date] | None:
    return None if weekdays is None else frozenset(day for day in days if day.isoweekday() in weekdays)


def _minutes(work: Work) -> dict[Kind, int]:
    key = (work.desk.store.url, work.today)
    if key not in _learnt:
        steps = (
            Step(str(one.staff_id), one.at, one.queue_number, (one.topic.value, one.complexity.value))
            for one in read_done(work.session, work.now - LEARNT_OVER)
        )
        planned = {one.value: length_of(one, interpreter=False).whole for one in Complexity}
        found = minutes_by_kind(steps, planned)
        _learnt.clear()
        _learnt[key] = found
    return _learnt[key]


def _free(
    work: Work, people: Sequence[StaffRecord], days: Sequence[date], also_away: Mapping[str, datetime]
) -> dict[str, dict[date, int]]:
    """Minutes at work from now on, by username and day."""
    start, end = work.now, at(days[-1], time.min) + timedelta(days=1)
    shifts: dict[tuple[UUID, date], list[tuple[datetime, datetime]]] = {}
    for staff_id, day, starts, ends in read_shifts(work.session, days[0], days[-1]):
        shifts.setdefault((staff_id, day), []).append((at(day, starts), at(day, ends)))
    rostered = {day for _who, day in shifts}
    away: dict[UUID, list[tuple[datetime, datetime]]] = {}
    for who, begins, ends_at in read_absences(work.session, start, end):
        away.setdefault(who, []).append((begins, ends_at or end))
    for one in people:
        if one.username in also_away:
            away.setdefault(one.id, []).append((start, also_away[one.username]))
    return {
        one.username: {
            day: sum(
                _left(stretch, start, away.get(one.id, ()))
                for stretch in shifts.get((one.id, day), () if day in rostered else _office_day(work.office, day))
            )
            for day in days
        }
        for one in people
    }


def _office_day(office: OfficeSettings, day: date) -> list[tuple[datetime, datetime]]:
    """A day without a roster: the office's hours less lunch."""
    return [(at(day, office.opens), at(day, office.closes) - LUNCH)]


def _left(stretch: tuple[datetime, datetime], now: datetime, away: Iterable[tuple[datetime, datetime]]) -> int:
    """Minutes of a stretch that are still to come and that no absence takes."""
    left = [(max(stretch[0], now), stretch[1])]
    for gone in away:
        left = [part for begins, ends in left for part in ((begins, min(ends, gone[0])), (max(begins, gone[1]), ends))]
        left = [part for part in left if part[0] < part[1]]
    return sum(max(0, int((ends - begins).total_seconds()) // 60) for begins, ends in left)
