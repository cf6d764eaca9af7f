"""When things happened before the demo's first morning: working time as an axis, and the instants cases came in."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from itertools import accumulate
from random import Random

from pkui.base.clock import local
from pkui.domain.calendar import Calendar
from pkui.domain.office import OfficeSettings, at

DAY = timedelta(days=1)
HISTORY_DAYS = 365
LONGEST_AGO_DAYS = HISTORY_DAYS + 40
MINUTE, HOUR = 60, 3600
_KIND_BITS = 4
_TRIES = 40


class Kind(IntEnum):
    """What has become of a case by now."""

    CLOSED = 0
    FRESH = 1
    URGENT = 2
    NEAR = 3
    PUT_BACK = 4
    HELD = 5
    WAITING = 6
    TRIED = 7
    FORGOTTEN = 8
    REOPENED = 9
    TEMPORARY = 10
    RECORDS = 11


@dataclass(frozen=True)
class Quotas:
    """How many cases of each kind; `held` by username is how many each person holds."""

    kinds: dict[Kind, int]
    held: dict[str, int]


class WorkingTime:
    """The call hours of every working day up to `start` as one axis in seconds; instants are POSIX seconds."""

    def __init__(self, calendar: Calendar, office: OfficeSettings, start: datetime) -> None:
        self.calendar, self.office, self.start = calendar, office, start
        self.end = int(start.timestamp())
        self.today = local(start).date()
        days = [self.today - back * DAY for back in range(LONGEST_AGO_DAYS, -1, -1)]
        self.working_days = [day for day in days if calendar.is_working_day(day)]
        spans = []
        for day in self.working_days:
            first, last = at(day, office.calls_from).timestamp(), at(day, office.calls_to).timestamp()
            if first < self.end:
                spans.append((int(first), int(min(last, self.end))))
        self._starts = [first for first, _ in spans]
        self._lengths = [last - first for first, last in spans]
        self._before = [0, *accumulate(self._lengths)]

    @property
    def total(self) -> int:
        """The seconds worked up to now."""
        return self._before[-1]

    def position(self, instant: int) -> int:
        """Working seconds before an instant."""
        span = bisect_right(self._starts, instant) - 1
        return self._before[span] + min(instant - self._starts[span], self._lengths[span]) if span >= 0 else 0

    def instant(self, position: int) -> int:
        """The instant at which that many seconds had been worked."""
        span = min(bisect_right(self._before, position) - 1, len(self._starts) - 1)
        return self._starts[span] + position - self._before[span]

    def back(self, working_days: int) -> date:
        """The working day that many before the newest one up to now."""
        return self.working_days[-1 - working_days]


def moment(instant: int) -> datetime:
    """POSIX seconds as an aware UTC instant."""
    return datetime.fromtimestamp(instant, UTC)


class Arrivals:
    """Draws when cases of each kind were registered."""

    def __init__(self, chance: Random, axis: WorkingTime) -> None:
        self._chance, self._axis = chance, axis
        self._midnights: dict[date, int] = {}
        newest = axis.back(1) if axis.back(0) == axis.today else axis.back(0)
        gap = (axis.today - newest).days
        self._closed_days = [newest + n * DAY for n in range(1, gap)]
        days = [axis.today - back * DAY for back in range(HISTORY_DAYS, 0, -1)]
        self._history = days
        self._weights = list(accumulate(1.0 if axis.calendar.is_working_day(day) else 0.22 for day in days))

    def plan(self, quotas: Quotas) -> Iterator[tuple[int, Kind]]:
        """Every case as (registered, kind) in the order of registration; kept small, as there may be many."""
        packed = sorted(
            self.draw(kind) << _KIND_BITS | kind for kind, count in quotas.kinds.items() for _ in range(count)
        )
        return ((value >> _KIND_BITS, Kind(value & (1 << _KIND_BITS) - 1)) for value in packed)

    def draw(self, kind: Kind) -> int:
        """When such a case was registered: late enough to be still as it is, early enough to have got there."""
        axis, room = self._axis, _ROOM[kind]
        instant = axis.end - HOUR
        for _ in range(_TRIES):
            instant = self._on(self._day(kind), urgent=kind is Kind.URGENT)
            if axis.position(instant) <= axis.total - room:
                return instant
        return min(instant, axis.instant(axis.total - room))

    def _day(self, kind: Kind) -> date:
        chance, axis = self._chance, self._axis
        if kind is Kind.CLOSED:
            return chance.choices(self._history, cum_weights=self._weights)[0]
        if kind is Kind.URGENT:
            return axis.today
        if kind in _BACK:
            return axis.back(chance.randint(*_BACK[kind]))
        share = chance.random()
        if share < 0.12:
            return axis.today
        if share < 0.26 and self._closed_days:
            return chance.choice(self._closed_days)
        return axis.back(1 if share < 0.70 else 2 if share < 0.93 else 3 if share < 0.98 else chance.randint(4, 8))

    def _on(self, day: date, *, urgent: bool) -> int:
        """An instant of that day as forms come in, most of them before noon; today only what is past."""
        midnight = self._midnights.get(day)
        if midnight is None:
            midnight = self._midnights[day] = int(at(day, time(0)).timestamp())
        last = self._axis.end - 2 * MINUTE
        if day < self._axis.today:
            return min(last, midnight + int(self._chance.triangular(6 * HOUR, 22.5 * HOUR, 11 * HOUR)))
        earliest = last - 100 * MINUTE if urgent else midnight + 6 * HOUR
        return self._chance.randint(min(earliest, last - 30 * MINUTE), last)


_BACK = {
    Kind.PUT_BACK: (2, 3),
    Kind.HELD: (1, 3),
    Kind.WAITING: (2, 18),
    Kind.TRIED: (5, 7),
    Kind.FORGOTTEN: (2, 6),
    Kind.REOPENED: (8, 30),
    Kind.TEMPORARY: (1, 2),
    Kind.RECORDS: (1, 3),
}
"""How many working days ago a case of that kind came in."""

_ROOM = {
    **dict.fromkeys(Kind, 0),
    Kind.CLOSED: 2 * HOUR,
    Kind.PUT_BACK: 7 * HOUR,
    Kind.HELD: HOUR // 2,
    Kind.WAITING: 7 * HOUR,
    Kind.TRIED: 21 * HOUR,
    Kind.FORGOTTEN: 4 * HOUR,
    Kind.REOPENED: 30 * HOUR,
    Kind.TEMPORARY: HOUR // 2,
    Kind.RECORDS: HOUR // 2,
}
"""Working time a case of that kind needs between its registration and now, in seconds."""
