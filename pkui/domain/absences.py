"""Days and half days away as stretches of time, and whether a day has somebody for the maximum waiting times."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pkui.domain.office import at

NOON = time(12)
Stretch = tuple[datetime, datetime]
"""From an instant to another, the second not included."""


class Half(StrEnum):
    """Which part of the first and last day a person is away."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Away:
    """A person is away from an instant on, until one not included; None is until further notice."""

    starts_at: datetime
    ends_at: datetime | None

    def holds_at(self, now: datetime) -> bool:
        """Whether she is away at that instant."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)

    def meets(self, stretch: Stretch) -> bool:
        """Whether she is away for some of that time."""
        return self.starts_at < stretch[1] and (self.ends_at is None or stretch[0] < self.ends_at)


def away_between(first: date, last: date, half: Half = Half.DAY) -> Away:
    """Whole days from midnight to midnight of the office's wall time; a half day is one date, parted at noon.

    Raises ValueError where the last day comes before the first, or a half is asked of several days.
    """
    if last < first or (half is not Half.DAY and first != last):
        raise ValueError("days")
    start = at(first, NOON if half is Half.AFTERNOON else time(0))
    end = at(first, NOON) if half is Half.MORNING else at(last + timedelta(days=1), time(0))
    return Away(start, end)


def uncovered_days(
    stretches: Mapping[str, Collection[Stretch]],
    away: Mapping[str, Collection[Away]],
    lane: Mapping[date, Collection[str]],
) -> list[date]:
    """The days of a roster on which nobody of the lane is at work for any stretch.

    `stretches`: when each person works; `lane`: who answers for maximum waiting times each day, stand-ins included.
    Days on which nobody at all works are no days of the roster.
    """
    found = []
    for day, people in sorted(lane.items()):
        worked = {who: [one for one in times if one[0].date() == day] for who, times in stretches.items()}
        if any(worked.values()) and not present_on(people, worked, away):
            found.append(day)
    return found


def present_on(
    people: Iterable[str], worked: Mapping[str, Collection[Stretch]], away: Mapping[str, Collection[Away]]
) -> list[str]:
    """Who of these people works some stretch without being away for any of it."""
    return [
        one
        for one in people
        if any(not any(gone.meets(time) for gone in away.get(one, ())) for time in worked.get(one, ()))
    ]
