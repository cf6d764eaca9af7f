"""What becomes of the load when everyone works her own cases in the queue's order: what is late, how evenly it lies."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pkui.domain.workload.model import UNIT, Item, Seat


@dataclass(frozen=True)
class Person:
    """One person's load: minutes in all, minutes she has on the first day and on all days, cases that will be late."""

    username: str
    cases: int
    minutes: int
    today: int
    capacity: int
    late: int

    @property
    def share(self) -> int:
        """Percent of her minutes that are taken; 100 where there is load and no time."""
        if not self.capacity:
            return 100 if self.minutes else 0
        return round(self.minutes * 100 / self.capacity)


@dataclass(frozen=True)
class Outlook:
    """The load of these days. `late` counts cases by class that cannot be done by their day, `lanes` by team."""

    people: tuple[Person, ...]
    late: dict[int, int]
    lanes: dict[str, int]

    @property
    def late_in_all(self) -> int:
        """Every case that cannot be done by its day."""
        return sum(self.late.values())

    @property
    def spread(self) -> int:
        """Percentage points between the fullest and the emptiest of those who are at work."""
        shares = [one.share for one in self.people if one.capacity]
        return max(shares) - min(shares) if shares else 0


def outlook(seats: Sequence[Seat], items: Iterable[Item], days: Sequence[date]) -> Outlook:
    """The load as it stands. Cases of nobody, and of people without a seat, are late when due within the days."""
    held: dict[str | None, list[Item]] = defaultdict(list)
    for item in items:
        held[item.holder].append(item)
    late: list[Item] = []
    people = []
    for seat in seats:
        own = held.pop(seat.username, [])
        missed = _missed(own, [seat.free.get(day, 0) // UNIT for day in days], days)
        late += missed
        people.append(
            Person(
                seat.username,
                len(own),
                sum(one.units for one in own) * UNIT,
                seat.free.get(days[0], 0),
                sum(seat.free.get(day, 0) for day in days),
                len(missed),
            )
        )
    late += [item for rest in held.values() for item in rest if item.due <= days[-1]]
    ranks, lanes = Counter(item.rank for item in late), Counter(item.lane for item in late)
    return Outlook(tuple(people), dict(sorted(ranks.items())), dict(sorted(lanes.items())))


def _missed(items: list[Item], room: list[int], days: Sequence[date]) -> list[Item]:
    """The cases not done by their day when they are worked in the order of class and day due."""
    missed, day = [], 0
    for item in sorted(items, key=lambda one: (one.rank != 1, one.due, one.rank, one.number)):
        left = item.units
        while left and day < len(days):
            taken = min(left, room[day])
            room[day] -= taken
            left -= taken
            if left:
                day += 1
        done_on = days[day] if not left else None
        if (done_on is None and item.due <= days[-1]) or (done_on is not None and done_on > item.due):
            missed.append(item)
    return missed
