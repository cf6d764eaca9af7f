"""The office's load: who carries what, what came and went, and what nobody who is here may be dealt."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pkui.base.clock import local_date
from pkui.domain.codes import EventKind
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.routing import orphans
from pkui.services.desk import Work, use_case
from pkui.services.load import Load, load_of, waiting_of
from storage.staff import StaffRecord
from storage.workload import OpenCase, read_flow, read_team_names

DAYS_BACK = 7
"""How many working days the curves of a team go back, today included."""


@dataclass(frozen=True)
class PersonLoad:
    """What one person carries, in expected minutes; capacity is what is left of today and of the days looked at."""

    username: str
    name: str
    teams: tuple[str, ...]
    absent: bool
    absent_until: datetime | None
    open: int
    minutes: int
    by_class: tuple[int, int, int, int]
    overdue: int
    due_today: int
    capacity_minutes: int
    capacity_week_minutes: int


@dataclass(frozen=True)
class TeamLoad:
    """What a team has open; `came` and `went` count its cases by working day, the oldest day first."""

    team: str
    name: str | None
    open: int
    unassigned: int
    overdue: int
    oldest: datetime | None
    came: tuple[int, ...]
    went: tuple[int, ...]


@dataclass(frozen=True)
class Workload:
    """The load at an instant; `orphans` are open cases that nobody who is here may be dealt, by queue number."""

    as_of: datetime
    days: tuple[date, ...]
    people: tuple[PersonLoad, ...]
    teams: tuple[TeamLoad, ...]
    orphans: tuple[int, ...]


@use_case(Permission.MOVE_CASES, writes=False)
def workload(work: Work) -> Workload:
    """The load of everyone who works cases, by name, and of every open team."""
    load = load_of(work)
    held: dict[UUID | None, list[OpenCase]] = defaultdict(list)
    for case in load.cases:
        held[case.assignee_id].append(case)
    return Workload(
        work.now,
        load.days,
        tuple(_person(work, load, one, held.get(one.id, [])) for one in load.people),
        tuple(_teams(work, load)),
        tuple(_orphans(work, load)),
    )


@use_case(Permission.MOVE_CASES, writes=False)
def behind(work: Work, what: str, *, username: str | None = None, team: str | None = None) -> list[int]:
    """The queue numbers behind a figure of a person or a team, in the queue's order.

    `what`: open, unassigned, overdue, due_today, class_1 to class_4, or orphans.
    """
    load = load_of(work)
    if what == "orphans":
        return _orphans(work, load)
    ids = {one.username: one.id for one in load.people}
    counted = _counted(work, what)
    return [
        case.queue_number
        for case in load.cases
        if counted(case)
        and (team is None or case.team == team)
        and (username is None or case.assignee_id == ids.get(username))
    ]


def _counted(work: Work, what: str) -> Callable[[OpenCase], bool]:
    if what.startswith("class_"):
        return lambda case: case.priority_class == int(what.removeprefix("class_"))
    return {
        "open": lambda _case: True,
        "unassigned": lambda case: case.assignee_id is None,
        "overdue": lambda case: case.due_at < work.now,
        "due_today": lambda case: local_date(case.due_at) <= work.today,
    }[what]


def _person(work: Work, load: Load, one: StaffRecord, cases: Sequence[OpenCase]) -> PersonLoad:
    classes = Counter(case.priority_class for case in cases)
    free = load.free[one.username]
    return PersonLoad(
        username=one.username,
        name=one.name,
        teams=tuple(sorted(one.teams)),
        absent=one.absent,
        absent_until=one.absent_until,
        open=len(cases),
        minutes=sum(load.expected(case) for case in cases),
        by_class=(classes[1], classes[2], classes[3], classes[4]),
        overdue=_count(cases, _counted(work, "overdue")),
        due_today=_count(cases, _counted(work, "due_today")),
        capacity_minutes=free.get(work.today, 0),
        capacity_week_minutes=sum(free.values()),
    )


def _teams(work: Work, load: Load) -> Iterable[TeamLoad]:
    days = _days_back(work)
    flow: dict[tuple[str, EventKind], Counter[date]] = defaultdict(Counter)
    for team, kind, instant in read_flow(work.session, at(days[0], time.min)):
        flow[team, kind][local_date(instant)] += 1
    by_team: dict[str, list[OpenCase]] = defaultdict(list)
    for case in load.cases:
        by_team[case.team].append(case)
    names = read_team_names(work.session, work.today)
    for team in [*names, *sorted(set(by_team) - set(names))]:
        cases = by_team.get(team, [])
        yield TeamLoad(
            team=team,
            name=names.get(team),
            open=len(cases),
            unassigned=_count(cases, _counted(work, "unassigned")),
            overdue=_count(cases, _counted(work, "overdue")),
            oldest=min((case.received_at for case in cases), default=None),
            came=tuple(flow[team, EventKind.RECEIVED][day] for day in days),
            went=tuple(flow[team, EventKind.CLOSED][day] for day in days),
        )


def _days_back(work: Work) -> list[date]:
    day, days = work.today, [work.today]
    while len(days) < DAYS_BACK:
        day -= timedelta(days=1)
        if work.calendar.is_working_day(day):
            days.append(day)
    return days[::-1]


def _orphans(work: Work, load: Load) -> list[int]:
    free = [case for case in load.cases if case.assignee_id is None]
    here = [(one.roles, one.teams) for one in load.people if not one.absent]
    left = orphans([waiting_of(case) for case in free], here, work.office)
    lost = {(case.topic, case.complexity, case.team, case.registered_at) for case in left}
    return [case.queue_number for case in free if _place(case) in lost]


def _place(case: OpenCase) -> tuple[object, ...]:
    found = waiting_of(case)
    return found.topic, found.complexity, found.team, found.registered_at


def _count(cases: Iterable[OpenCase], counted: Callable[[OpenCase], bool]) -> int:
    return sum(1 for case in cases if counted(case))
