"""A person's hours: the stretches of a day, the days they hold, and which booked calls they leave without a place."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

Hours = tuple[time, time]
"""From a wall time to another of the same day, the second not included."""
LONGEST = 93
"""How many days hours may be given for at once."""


class BadHours(ValueError):
    """Stretches that end before they begin, or meet each other."""


def ordered(stretches: Iterable[Hours]) -> tuple[Hours, ...]:
    """The stretches of a day in the order of time; those that touch become one. Raises BadHours."""
    found: list[Hours] = []
    for one in sorted(stretches):
        if one[0] >= one[1]:
            raise BadHours
        if found and found[-1][1] == one[0]:
            found[-1] = (found[-1][0], one[1])
        else:
            found.append(one)
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise BadHours
    return tuple(found)


def days_between(first: date, last: date, is_working_day: Callable[[date], bool]) -> tuple[date, ...]:
    """The working days from one day to another, both included. Raises ValueError for none, or more than a quarter."""
    count = (last - first).days + 1
    if not 0 < count <= LONGEST:
        raise ValueError("days")
    found = tuple(day for day in (first + timedelta(days=number) for number in range(count)) if is_working_day(day))
    if not found:
        raise ValueError("days")
    return found


def inside(start: time, end: time, stretches: Sequence[Hours]) -> bool:
    """Whether one stretch holds all of that time."""
    return any(one[0] <= start and end <= one[1] for one in stretches)
