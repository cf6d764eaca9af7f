"""Who is dealt which case: teams, who is here, what is kept for whom, and who stands in for somebody who is away.

Source: the office's routing. Maximum waiting times go to their team, to every adviser when none of it is free or after
an hour. Simple cases are kept for temporary staff, while one is here, until half their time to due is used. A team
nobody answers for is everybody's, so that nothing falls out. Nobody is dealt what she may not finish.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from pkui.domain.calendar import Calendar
from pkui.domain.codes import Complexity, Role, Team, Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.permissions import RECORD_TOPICS, Grant, Permission, grant

P = TypeVar("P", bound=Hashable)
EVERYBODYS = frozenset({Team.GENERAL.value, Team.SIMPLE_ONLY.value})
"""The teams whose cases every adviser of the general team is dealt."""
LANE = Team.MAXIMUM_WAITING_TIME.value
LAST = datetime(9999, 1, 1, tzinfo=UTC)
"""An instant at which nothing is kept for anybody any more."""


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody of a role is here today in a team (None: in none); `free`: at the desk, no class 1 case in hand."""

    team: str | None
    role: Role
    free: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What the people who are here mean for dealing.

    `staffed`: teams with somebody who may finish every case of theirs. `lane_free`: somebody of the team of maximum
    waiting times can take one now. `temporary`: simple cases are kept.
    """

    staffed: frozenset[str]
    lane_free: bool
    temporary: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case that nobody holds, as dealing sees it."""

    topic: Topic
    complexity: Complexity
    team: str
    registered_at: datetime
    kept_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """What a person may be dealt at an instant. None sets no limit.

    `shared`: with her own teams she is dealt every team but these. `lane_before`: cases of the lane registered by then.
    `kept_at`: what is kept for temporary staff beyond that instant is not for her.
    """

    teams: frozenset[str] | None
    others_but: frozenset[str] | None = None
    lane_before: datetime | None = None
    simple_only: bool = False
    topics: frozenset[Topic] | None = None
    kept_at: datetime | None = None

    def allows(self, case: Waiting) -> bool:
        """Whether the person is dealt this case; the queue's statement asks the same of the database."""
        if self.simple_only and case.complexity is not Complexity.SIMPLE:
            return False
        if self.topics is not None and case.topic not in self.topics:
            return False
        if self.kept_at is not None and case.kept_until is not None and case.kept_until > self.kept_at:
            return False
        return self._of_team(case)

    def _of_team(self, case: Waiting) -> bool:
        if self.teams is None or case.team in self.teams:
            return True
        if self.others_but is not None and case.team not in self.others_but:
            return True
        return self.lane_before is not None and case.team == LANE and case.registered_at <= self.lane_before


def situation(posts: Iterable[Post]) -> Situation:
    """What these people mean for dealing."""
    here = list(posts)
    able = [one for one in here if grant({one.role}, Permission.WORK_CASES) is Grant.YES]
    return Situation(
        staffed=frozenset(one.team for one in able if one.team is not None),
        lane_free=any(one.free for one in able if one.team == LANE),
        temporary=any(one.role is Role.TEMPORARY for one in here),
    )


def deal(
    roles: Collection[Role], teams: Collection[str], now: datetime, here: Situation, office: OfficeSettings
) -> Deal | None:
    """What a person is dealt; None where her roles let her work on no case."""
    match grant(roles, Permission.WORK_CASES):
        case Grant.NO:
            return None
        case Grant.RECORD_TOPICS:
            return Deal(teams=None, topics=RECORD_TOPICS)
        case Grant.SIMPLE_ONLY:
            return Deal(teams=EVERYBODYS, simple_only=True)
    if Role.SYSTEM in roles:
        return Deal(teams=None)
    own = frozenset(teams)
    if Team.GENERAL in own:
        own |= EVERYBODYS
    to_all = now - timedelta(minutes=office.first_to_all_minutes) if here.lane_free else now
    return Deal(
        teams=own,
        others_but=_answered_for(here) | {LANE},
        lane_before=to_all,
        kept_at=now if here.temporary else None,
    )


def _answered_for(here: Situation) -> frozenset[str]:
    """Teams with somebody to finish their cases; the simple ones are the general team's."""
    return here.staffed | EVERYBODYS if Team.GENERAL in here.staffed else here.staffed - {Team.SIMPLE_ONLY}


def orphans(
    cases: Iterable[Waiting], people: Iterable[tuple[Collection[Role], Collection[str]]], office: OfficeSettings
) -> list[Waiting]:
    """The cases that none of the people who are here may be dealt, now or when what keeps a case for others has passed.

    `people`: roles and teams of everyone who is here. None are left over where one of them may finish every case.
    """
    here = list(people)
    posts = [Post(team, role, False) for roles, teams in here for role in roles for team in teams or (None,)]
    found = situation(posts)
    deals = [deal(roles, teams, LAST, found, office) for roles, teams in here]
    return [case for case in cases if not any(one is not None and one.allows(case) for one in deals)]


def kept_until(
    complexity: Complexity, team: str, start: datetime, due: datetime, office: OfficeSettings, calendar: Calendar
) -> datetime | None:
    """Until when a simple case is kept for temporary staff: a share of its opening hours from `start` to `due`."""
    if complexity is not Complexity.SIMPLE or team not in EVERYBODYS:
        return None
    open_ = _opening(start, due, office, calendar)
    left = sum(((end - begin) for begin, end in open_), timedelta()) * office.kept_percent / 100
    for begin, end in open_:
        if left <= end - begin:
            return begin + left if left else None
        left -= end - begin
    return None


def _opening(
    start: datetime, end: datetime, office: OfficeSettings, calendar: Calendar
) -> list[tuple[datetime, datetime]]:
    """The stretches in which the office is open between two instants."""
    day, last = start.astimezone(COPENHAGEN).date(), end.astimezone(COPENHAGEN).date()
    found = []
    while day <= last:
        if calendar.is_working_day(day):
            begin, close = max(start, at(day, office.opens)), min(end, office.closing(day))
            if begin < close:
                found.append((begin, close))
        day += timedelta(days=1)
    return found


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody stands in for another from one day to another, both included; the smallest position comes first."""

    person: Hashable
    substitute: Hashable
    position: int
    first: date
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds that day."""
        return self.first <= day and (self.last is None or day <= self.last)


def cover_chain(person: P, covers: Sequence[Cover], on: date) -> list[P]:
    """Everyone who stands in for a person that day, nearest first: her own substitutes in order, then theirs.

    Each person comes once and never the person herself, so that a circle ends.
    """
    named: dict[Hashable, list[Cover]] = {}
    for one in covers:
        if one.holds_on(on):
            named.setdefault(one.person, []).append(one)
    found: dict[Hashable, None] = {person: None}
    line: list[Hashable] = [person]
    for current in line:
        for one in sorted(named.get(current, ()), key=lambda cover: cover.position):
            if one.substitute not in found:
                found[one.substitute] = None
                line.append(one.substitute)
    return line[1:]  # type: ignore[return-value]
