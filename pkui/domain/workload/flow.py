"""Who should carry how much of each kind of case: a flow of minutes that is cheapest in lateness, evenness and moves.

Minutes of cases that are alike (asking for the same, of one class, due the same day, with the same holder) are one
source. They stay with the holder or go to a pool from which everyone who may finish them takes. A person's minutes
due on a day run backwards for nothing and forwards for the price of being late; her days take them at a price that
rises as they fill up, which is what evens the load out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pkui.domain.callbacks.simplex import PLENTY, SINK, Network, Simplex
from pkui.domain.workload.model import UNIT, Item, Seat

LATE = {1: 80, 2: 40, 3: 20, 4: 10}
"""What five minutes of a class cost for each working day they are late."""
UNDONE_DAYS = 3
"""How many days after the last one what has found no time counts as done."""
MOVE = 3
"""What moving five minutes costs; a case stays where it is unless that buys more."""
FILLING = ((20, 0), (40, 1), (60, 2), (80, 3), (100, 6))
"""Up to which percent a day's minutes cost how much each."""

Alike = tuple[str, int, int, str | None]
"""Skill, class, index of the day due, and holder."""


@dataclass(frozen=True)
class Quota:
    """Steps of five minutes of a kind of case that go from one holder (nobody: None) into the pool, or from it."""

    given: dict[Alike, int]
    taken: dict[tuple[str, int, int], dict[str, int]]


def quotas(seats: Sequence[Seat], items: Iterable[Item], days: Sequence[date], movable: frozenset[int]) -> Quota:
    """How many steps of each kind should change hands. Cases not in `movable` weigh on their holders and stay."""
    return _Build(seats, days).solve(items, movable)


def due_index(due: date, days: Sequence[date]) -> int:
    """The first of the days on which it is due or overdue; one past the last where it is due later."""
    return next((index for index, day in enumerate(days) if due <= day), len(days))


class _Build:
    def __init__(self, seats: Sequence[Seat], days: Sequence[date]) -> None:
        self.seats, self.days = {seat.username: seat for seat in seats}, days
        self.network = Network()
        self.lines: dict[tuple[str, int], list[int]] = {}
        self.pools: dict[tuple[str, int, int], int] = {}
        self.out_of: dict[int, tuple[tuple[str, int, int], str]] = {}
        self.given: dict[int, Alike] = {}
        for seat in seats:
            self._seat(seat)

    def solve(self, items: Iterable[Item], movable: frozenset[int]) -> Quota:
        """How many of each kind go to whom, and how many stay."""
        stay: dict[tuple[str, int, int], int] = defaultdict(int)
        may: dict[Alike, int] = defaultdict(int)
        for item in items:
            due = due_index(item.due, self.days)
            if item.number in movable:
                may[item.skill, item.rank, due, item.holder] += item.units
            elif item.holder in self.seats:
                stay[item.holder or "", item.rank, due] += item.units
        for (holder, rank, due), units in sorted(stay.items()):
            self._supply(self.lines[holder, rank][due], units)
        for alike, units in sorted(may.items(), key=lambda one: (one[0][:3], one[0][3] or "")):
            self._source(alike, units)
        simplex = Simplex(self.network)
        simplex.solve(lambda: True)
        given = {alike: simplex.flow[arc] for arc, alike in self.given.items() if simplex.flow[arc]}
        taken: dict[tuple[str, int, int], dict[str, int]] = defaultdict(dict)
        for arc, (pool, username) in self.out_of.items():
            if simplex.flow[arc]:
                taken[pool][username] = simplex.flow[arc]
        return Quota(given, dict(taken))

    def _seat(self, seat: Seat) -> None:
        network = self.network
        hours = []
        for day in self.days:
            node, before = network.node(), 0
            units = seat.free.get(day, 0) // UNIT
            for percent, cost in FILLING:
                network.arc(node, SINK, units * percent // 100 - before, cost)
                before = units * percent // 100
            hours.append(node)
        for rank, late in LATE.items():
            line = [network.node() for _ in range(len(self.days) + 1)]
            for index, node in enumerate(line[:-1]):
                network.arc(node, line[index + 1], PLENTY, late)
            network.arc(line[-1], SINK, PLENTY, late * UNDONE_DAYS)
            for index, node in enumerate(line[1:], 1):
                network.arc(node, line[index - 1], PLENTY)
            for index, node in enumerate(hours):
                network.arc(line[index], node, PLENTY)
            self.lines[seat.username, rank] = line

    def _supply(self, to: int, units: int) -> None:
        self.network.arc(self.network.node(units), to, PLENTY)

    def _source(self, alike: Alike, units: int) -> None:
        """Minutes that may move: kept by the holder, or given to the pool."""
        skill, rank, due, holder = alike
        pool = self._pool(skill, rank, due)
        node = self.network.node(units)
        if holder in self.seats:
            self.network.arc(node, self.lines[holder or "", rank][due], PLENTY)
            arc = self.network.arc(node, pool, PLENTY, MOVE)
        else:
            arc = self.network.arc(node, pool, PLENTY)
        self.given[arc] = alike

    def _pool(self, skill: str, rank: int, due: int) -> int:
        key = (skill, rank, due)
        if key not in self.pools:
            self.pools[key] = node = self.network.node()
            left = LATE[rank] * (len(self.days) - min(due, len(self.days) - 1) + UNDONE_DAYS)
            self.network.arc(node, SINK, PLENTY, left + MOVE)
            for username, seat in self.seats.items():
                if skill in seat.skills:
                    arc = self.network.arc(node, self.lines[username, rank][due], PLENTY)
                    self.out_of[arc] = (key, username)
        return self.pools[key]
