"""Calls with a time: how long they take, the rules of a booking as a one-call instance, and when people answer."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from pkui.domain.callbacks.instance import Span, Wall, Window, instant, wall
from pkui.domain.codes import Complexity
from pkui.domain.windows import COPENHAGEN, CallWindow, merge

SLOT_MINUTES = 5
SLOT_SECONDS = SLOT_MINUTES * 60
HORIZON_WORKING_DAYS = 10
"""How far ahead a time is looked for."""
BEST = 5
"""How many times are offered."""
USUAL_DAYS = 5
MOST_DAYS = 10
"""How many working days a plan covers."""
SECONDS = 5.0
"""How long the planner searches at most."""
PRIOR_CALLS = 20
"""How many calls at the office's own average an hour's rate begins with, so that three lucky calls decide nothing."""


@dataclass(frozen=True, slots=True)
class Length:
    """Minutes of an adviser that a call takes: before, while and after they talk; each a multiple of five."""

    preparation: int
    talk: int
    after: int

    @property
    def whole(self) -> int:
        """All of it."""
        return self.preparation + self.talk + self.after


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of an adviser, by username."""

    adviser: str
    start: datetime


_LENGTHS = {Complexity.SIMPLE: Length(5, 10, 5), Complexity.ORDINARY: Length(5, 20, 5)}


def length_of(complexity: Complexity, *, interpreter: bool) -> Length:
    """How long a call is planned to take; with an interpreter everything is said twice."""
    usual = _LENGTHS[complexity]
    return Length(usual.preparation, usual.talk * 2, usual.after) if interpreter else usual


def slots_between(start: datetime, end: datetime) -> range:
    """The five-minute steps since 1970-01-01 UTC that a span takes; half-open."""
    return range(int(start.timestamp()) // SLOT_SECONDS, -(-int(end.timestamp()) // SLOT_SECONDS))


def minute_of(at: time) -> int:
    """Minutes after midnight."""
    return at.hour * 60 + at.minute


def windows_of(windows: Iterable[CallWindow], hours: tuple[time, time], length: Length) -> tuple[Window, ...]:
    """The patient's windows inside the call hours, widened by what comes before and after the talk.

    A whole call lies inside a widened window exactly when its talk lies inside the patient's.
    """
    found = []
    for one in merge(windows):
        start, end = max(one.start, hours[0]), min(one.end, hours[1])
        if start < end:
            found.append(widened(one.weekday - 1, minute_of(start), minute_of(end), length))
    return tuple(found)


def hour_by_hour(windows: Iterable[Window], length: Length) -> tuple[Window, ...]:
    """Widened windows cut at the full hours of the talk, so that a time in each hour is found.

    A piece too short for the talk is left out; a window that has only such pieces stays whole.
    """
    found: list[Window] = []
    for one in windows:
        start, end = one.start + length.preparation, one.end - length.after
        cuts = [start, *range((start // 60 + 1) * 60, end, 60), end]
        pieces = [piece for piece in pairwise(cuts) if piece[1] - piece[0] >= length.talk]
        found += [widened(one.weekday, *piece, length) for piece in pieces] or [one]
    return tuple(found)


def widened(weekday: int, start: int, end: int, length: Length) -> Window:
    """A window of the talk as one of the whole call, on the grid; never across midnight."""
    begins, ends = -(-start // SLOT_MINUTES) * SLOT_MINUTES, end // SLOT_MINUTES * SLOT_MINUTES
    return Window(weekday, max(0, begins - length.preparation), min(24 * 60, ends + length.after))


def spans_by_day(start: datetime, end: datetime, days: Sequence[date]) -> list[tuple[date, Span]]:
    """A stretch of time as minutes of the local days it touches, among these days."""
    first, last = wall(start, COPENHAGEN), wall(end, COPENHAGEN)
    if end.second or end.microsecond:
        last = Wall(last.day, last.minute + 1)
    if first.day == last.day:
        return [(first.day, Span(first.minute, last.minute))] if first.day in days and first < last else []
    found = []
    for day in days:
        if first.day <= day <= last.day:
            begins = first.minute if day == first.day else 0
            ends = last.minute if day == last.day else 24 * 60
            if begins < ends:
                found.append((day, Span(begins, ends)))
    return found


def earlier(moment: datetime, minutes: int) -> Wall:
    """The wall time that many minutes before an instant."""
    return wall(moment.astimezone(UTC) - timedelta(minutes=minutes), COPENHAGEN)


def call_start(block: Wall, length: Length) -> datetime:
    """When the talk begins (UTC) in a block of time that begins with the preparation."""
    return instant(block, COPENHAGEN) + timedelta(minutes=length.preparation)


def window_used(call: datetime, talk: int, windows: Iterable[CallWindow]) -> CallWindow | None:
    """The patient's window that the whole talk lies in."""
    begins = wall(call, COPENHAGEN)
    for one in merge(windows):
        inside = minute_of(one.start) <= begins.minute and begins.minute + talk <= minute_of(one.end)
        if one.weekday == begins.day.isoweekday() and inside:
            return one
    return None


def answering(log: Iterable[tuple[datetime, bool]]) -> Mapping[tuple[int, int], float]:
    """How likely people answer by ISO weekday and local hour, from outgoing calls and whether they reached anyone.

    Each hour begins with `PRIOR_CALLS` calls at the average of them all (a beta prior), so that an hour with few calls
    stays near the average. Hours nobody rang in are not in it.
    """
    tried: Counter[tuple[int, int]] = Counter()
    reached: Counter[tuple[int, int]] = Counter()
    for at, answered in log:
        local = at.astimezone(COPENHAGEN)
        hour = local.isoweekday(), local.hour
        tried[hour] += 1
        reached[hour] += answered
    average = reached.total() / tried.total() if tried else 0.0
    return {hour: (reached[hour] + PRIOR_CALLS * average) / (count + PRIOR_CALLS) for hour, count in tried.items()}


def likely(at: datetime, rates: Mapping[tuple[int, int], float]) -> float:
    """The rate of an instant's hour; of an hour nobody rang in, the mean of the known ones."""
    local = at.astimezone(COPENHAGEN)
    known = rates.get((local.isoweekday(), local.hour))
    if known is not None:
        return known
    return sum(rates.values()) / len(rates) if rates else 0.0
