"""Call windows (ringetider): weekly spans of local wall time, turned into moments somebody may be rung."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from pkui.domain.calendar import ONE_DAY, Calendar

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CLOCK_CHANGE = time(1, tzinfo=UTC)
"""When clocks change in the EU, spring and autumn (directive 2000/84/EC, articles 2 and 3)."""
HORIZON_DAYS = 35
"""How far ahead the next window is looked for, in days."""


SPANS_KEPT = 4_096
"""Spans remembered: patients choose the same hours of the same days."""


class WindowRefusal(StrEnum):
    """Why a window cannot be used."""

    ACROSS_MIDNIGHT_OR_EMPTY = "across_midnight_or_empty"
    NO_USABLE_WINDOW = "no_usable_window"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True, order=True)
class CallWindow:
    """One weekly span of wall time; `weekday` is ISO 1-7, `end` is not part of it. Raises ValueError if empty."""

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:
            raise ValueError("weekday is not ISO 1-7")
        if self.start >= self.end:
            raise ValueError("a window ends after it starts, on the same day")


@dataclass(frozen=True, slots=True, order=True)
class Unavailable:
    """Days on which the person cannot be reached, the first and the last included. Raises ValueError if reversed."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after the day it starts")


@dataclass(frozen=True, slots=True, order=True)
class HoursFrom:
    """Hours that hold from a day on."""

    first: date
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class CallHours:
    """The office's dated call hours; before the first step nobody is rung."""

    steps: tuple[HoursFrom, ...]

    @classmethod
    def always(cls, opens: time, closes: time) -> "CallHours":
        """The same hours on every day."""
        return cls((HoursFrom(date.min, opens, closes),))

    def on(self, day: date) -> tuple[time, time] | None:
        """The hours of that day, whatever weekday it is; None before the first step."""
        holding = max((step for step in self.steps if step.first <= day), default=None)
        return (holding.opens, holding.closes) if holding else None


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A window on one day, clipped to the call hours: aware UTC instants and the local day."""

    start: datetime
    end: datetime
    day: date

    def is_open(self, now: datetime) -> bool:
        """Whether that moment lies inside; the end does not."""
        return self.start <= now < self.end


def merge(windows: Iterable[CallWindow]) -> tuple[CallWindow, ...]:
    """The same time as few windows, in order: overlapping and touching ones become one."""
    merged: list[CallWindow] = []
    for window in sorted(windows):
        last = merged[-1] if merged else None
        if last is not None and last.weekday == window.weekday and window.start <= last.end:
            merged[-1] = CallWindow(last.weekday, last.start, max(last.end, window.end))
        else:
            merged.append(window)
    return tuple(merged)


def refusal(start: time, end: time, hours: tuple[time, time] | None, shortest: timedelta) -> WindowRefusal | None:
    """Why a window is of no use in these call hours for a call of that length; None where it is."""
    if start >= end:
        return WindowRefusal.ACROSS_MIDNIGHT_OR_EMPTY
    clipped = _clip(start, end, hours)
    if clipped is None:
        return WindowRefusal.NO_USABLE_WINDOW
    length = datetime.combine(date.min, clipped[1]) - datetime.combine(date.min, clipped[0])
    return WindowRefusal.TOO_SHORT if length < shortest else None


def _clip(start: time, end: time, hours: tuple[time, time] | None) -> tuple[time, time] | None:
    if hours is None:
        return None
    start, end = max(start, hours[0]), min(end, hours[1])
    return (start, end) if start < end else None


@lru_cache(maxsize=SPANS_KEPT)
def span(day: date, start: time, end: time) -> tuple[datetime, datetime] | None:
    """The UTC instants of a span of wall time in Copenhagen, None where the clock leaves nothing of it.

    Every instant of the answer shows a wall time inside the span. Where clocks go forward, the missing hour is
    cut off. Where they go back, a span that reaches out of the repeated hour keeps to its outer side, and one
    that lies wholly within it means the first time round.
    """
    first = max(_readings(day, start))
    last = min(_readings(day, end))
    if first >= last:
        first = min(_readings(day, start))
    return (first, last) if first < last else None


def _readings(day: date, wall: time) -> set[datetime]:
    """The instants a wall time may mean: one, two where it is repeated, the jump itself where it is missing."""
    local = datetime.combine(day, wall, COPENHAGEN)
    early, late = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    exists = early.astimezone(COPENHAGEN).replace(tzinfo=None) == local.replace(tzinfo=None)
    return {early, late} if exists else {datetime.combine(day, CLOCK_CHANGE)}


def occurrences(
    windows: Sequence[CallWindow],
    unavailable: Sequence[Unavailable],
    calendar: Calendar,
    call_hours: CallHours,
    first: date,
    days: int,
) -> list[Occurrence]:
    """Every span in which the person may be rung on these days, in order: working days and call hours only.

    Raises OutsideCalendar where the holidays of a year are unknown.
    """
    return list(_walk(windows, unavailable, calendar, call_hours, first, days))


def _walk(
    windows: Sequence[CallWindow],
    unavailable: Sequence[Unavailable],
    calendar: Calendar,
    call_hours: CallHours,
    first: date,
    days: int,
) -> Iterator[Occurrence]:
    by_weekday: dict[int, list[CallWindow]] = {}
    for window in merge(windows):
        by_weekday.setdefault(window.weekday, []).append(window)
    for offset in range(days if by_weekday else 0):
        day = first + timedelta(days=offset)
        today = by_weekday.get(day.isoweekday())
        if not today or any(period.first <= day <= period.last for period in unavailable):
            continue
        if not calendar.is_working_day(day):
            continue
        for window in today:
            clipped = _clip(window.start, window.end, call_hours.on(day))
            instants = span(day, *clipped) if clipped else None
            if instants:
                yield Occurrence(*instants, day)


def current_or_next(
    windows: Sequence[CallWindow],
    unavailable: Sequence[Unavailable],
    calendar: Calendar,
    call_hours: CallHours,
    now: datetime,
    horizon_days: int = HORIZON_DAYS,
) -> Occurrence | None:
    """The span that is open now, else the next one within the horizon; `is_open(now)` tells which."""
    today = now.astimezone(COPENHAGEN).date()
    coming = _walk(windows, unavailable, calendar, call_hours, today, horizon_days)
    return next((occurrence for occurrence in coming if occurrence.end > now), None)


def usable_within(
    windows: Sequence[CallWindow],
    unavailable: Sequence[Unavailable],
    calendar: Calendar,
    call_hours: CallHours,
    now: datetime,
    working_days: int = 5,
) -> bool:
    """Whether the person may be rung today or within that many working days; if not: "no usable window"."""
    today = now.astimezone(COPENHAGEN).date()
    days = (calendar.add_working_days(today, working_days) - today) // ONE_DAY + 1
    return current_or_next(windows, unavailable, calendar, call_hours, now, days) is not None
