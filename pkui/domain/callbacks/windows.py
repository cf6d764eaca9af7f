"""Windows a patient chooses, checked before they are kept: each problem is a code, none is mended in silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pkui.domain.callbacks.instance import MINUTES_A_DAY, Span, Window


class WindowProblem(StrEnum):
    """Why a window cannot be kept."""

    NO_WEEKDAY = "no_weekday"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    ACROSS_MIDNIGHT = "across_midnight"
    OFF_THE_GRID = "off_the_grid"
    TOO_SHORT = "too_short"
    OUTSIDE_HOURS = "outside_hours"


@dataclass(frozen=True, slots=True)
class Hours:
    """The office's call hours by weekday (absent: none), the shortest call and the grid, in minutes."""

    by_weekday: dict[int, Span]
    shortest: int
    slot: int


def window_problems(window: Window, hours: Hours) -> tuple[WindowProblem, ...]:
    """Every rule the window breaks."""
    if window.weekday not in range(7):
        return (WindowProblem.NO_WEEKDAY,)
    if window.end > MINUTES_A_DAY or window.end < window.start:
        return (WindowProblem.ACROSS_MIDNIGHT,)
    if window.end == window.start:
        return (WindowProblem.ENDS_BEFORE_IT_STARTS,)
    open_hours = hours.by_weekday.get(window.weekday, Span(0, 0))
    usable = min(window.end, open_hours.end) - max(window.start, open_hours.start)
    broken = {
        WindowProblem.OFF_THE_GRID: bool(window.start % hours.slot or window.end % hours.slot),
        WindowProblem.TOO_SHORT: window.end - window.start < hours.shortest,
        WindowProblem.OUTSIDE_HOURS: usable < min(hours.shortest, window.end - window.start),
    }
    return tuple(problem for problem, is_broken in broken.items() if is_broken)


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The windows with overlapping ones made one; windows that only touch stay two."""
    found: list[Window] = []
    for window in sorted(windows):
        if found and found[-1].weekday == window.weekday and window.start < found[-1].end:
            found[-1] = Window(window.weekday, found[-1].start, max(found[-1].end, window.end))
        else:
            found.append(window)
    return tuple(found)


def longest(windows: Sequence[Window]) -> int:
    """The minutes of the longest window; 0 without any."""
    return max((window.end - window.start for window in windows), default=0)
