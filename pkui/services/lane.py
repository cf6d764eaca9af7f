"""Whether every day of the roster has somebody for the maximum waiting times, and who could take a day that has not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from pkui.base.errors import Refused
from pkui.domain.absences import Away, Stretch, present_on, uncovered_days
from pkui.domain.codes import Role
from pkui.domain.office import at
from pkui.domain.routing import LANE, cover_chain
from pkui.services.desk import Work
from storage.callbacks import read_absences, read_shifts
from storage.roster import read_covers
from storage.staff import read_staff

LOOK_AHEAD = timedelta(days=14)
"""How far an absence without an end, or a roster, is looked at."""


@dataclass(frozen=True)
class LaneGap:
    """A day of the roster without anyone for the lane, and the advisers at work who could take it."""

    day: date
    names: tuple[str, ...]


def lane_gaps(work: Work, first: date, last: date | None, *, of: UUID | None = None) -> list[LaneGap]:
    """The days from today on without anyone of the lane or its stand-ins at work; none where the lane is empty.

    `of`: only where this person is of the lane, or stands in for it.
    """
    first = max(first, work.today)
    last = min(last or first + LOOK_AHEAD, first + LOOK_AHEAD)
    works, away = _roster(work, first, last)
    lane = _lane(work, first, last)
    if of is not None:
        lane = {day: people for day, people in lane.items() if str(of) in people}
    lane = {day: people for day, people in lane.items() if people}
    return [LaneGap(day, _could(work, day, works, away)) for day in uncovered_days(works, away, lane)]


def uncovered(work: Work, first: date, last: date | None = None) -> frozenset[date]:
    """The days without anyone for the lane, those included on which nobody is of it: asked before a change."""
    first = max(first, work.today)
    last = last or first + LOOK_AHEAD
    return frozenset(uncovered_days(*_roster(work, first, last), _lane(work, first, last)))


def require_covered(work: Work, known: Collection[date], first: date, last: date | None = None) -> None:
    """Raises Refused('lane_uncovered') with who could take it where a change leaves another day than before without."""
    new = sorted(uncovered(work, first, last) - set(known))
    if new:
        names = _could(work, new[0], *_roster(work, new[0], new[0]))
        raise Refused("lane_uncovered", on=new[0].isoformat(), names=", ".join(names) or "-")


def _roster(work: Work, first: date, last: date) -> tuple[dict[str, list[Stretch]], dict[str, list[Away]]]:
    """When everybody works and is away on these days, by key."""
    end = at(last + timedelta(days=1), time(0))
    works: dict[str, list[Stretch]] = {}
    for staff_id, day, starts, ends in read_shifts(work.session, first, last):
        works.setdefault(str(staff_id), []).append((at(day, starts), at(day, ends)))
    away: dict[str, list[Away]] = {}
    for staff_id, begins, until in read_absences(work.session, at(first, time(0)), end):
        away.setdefault(str(staff_id), []).append(Away(begins, until))
    return works, away


def _lane(work: Work, first: date, last: date) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        members = [one.id for one in read_staff(work.session, day, work.now) if LANE in one.teams]
        covers = read_covers(work.session, day)
        line = dict.fromkeys([*members, *(other for one in members for other in cover_chain(one, covers, day))])
        found[day] = [str(one) for one in line]
    return found


def _could(work: Work, day: date, works: dict[str, list[Stretch]], away: dict[str, list[Away]]) -> tuple[str, ...]:
    advisers = {str(one.id): one.name for one in read_staff(work.session, day, work.now) if Role.ADVISER in one.roles}
    worked = {who: [one for one in times if one[0].date() == day] for who, times in works.items()}
    return tuple(advisers[one] for one in present_on(advisers, worked, away))
