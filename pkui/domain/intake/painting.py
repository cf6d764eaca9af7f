"""Painting weekly call times on a grid: spans are added and taken away, exactly as long as they are."""

from collections.abc import Iterable

from pkui.domain.windows import CallWindow, merge


def painted(windows: Iterable[CallWindow], span: CallWindow) -> tuple[CallWindow, ...]:
    """The windows with one more span; what overlaps or touches becomes one."""
    return merge([*windows, span])


def erased(windows: Iterable[CallWindow], span: CallWindow) -> tuple[CallWindow, ...]:
    """The windows without a span; what lies on either side of it stays."""
    left: list[CallWindow] = []
    for one in windows:
        if one.weekday != span.weekday or one.end <= span.start or span.end <= one.start:
            left.append(one)
            continue
        if one.start < span.start:
            left.append(CallWindow(one.weekday, one.start, span.start))
        if span.end < one.end:
            left.append(CallWindow(one.weekday, span.end, one.end))
    return tuple(left)


def covered(windows: Iterable[CallWindow], span: CallWindow) -> bool:
    """Whether the whole span lies inside a window."""
    return any(one.weekday == span.weekday and one.start <= span.start and span.end <= one.end for one in windows)
