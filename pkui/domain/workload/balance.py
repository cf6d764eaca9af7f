"""A proposal that explains itself: which case goes from whom to whom and why, with at most so many moves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pkui.domain.reason import Reason
from pkui.domain.workload.flow import Alike, Quota, due_index, quotas
from pkui.domain.workload.model import Item, Seat
from pkui.domain.workload.outlook import Outlook, outlook

MOST_MOVES = 40
"""How many cases a proposal moves unless told otherwise: what a person can read through."""


@dataclass(frozen=True)
class Move:
    """One case that changes hands; `holder` is who has it now, None for nobody."""

    number: int
    holder: str | None
    to: str
    why: tuple[Reason, ...]


@dataclass(frozen=True)
class Proposal:
    """The moves, the most urgent first, and the load of these days before and after them."""

    moves: tuple[Move, ...]
    before: Outlook
    after: Outlook


def propose(
    seats: Sequence[Seat],
    items: Sequence[Item],
    days: Sequence[date],
    movable: frozenset[int],
    *,
    most: int = MOST_MOVES,
) -> Proposal:
    """Moves among the `movable` cases that make less late and the load more even, none to who may not finish the case.

    Of more than `most` moves the most urgent are kept.
    """
    movable = frozenset(item.number for item in items if item.number in movable and not item.pinned)
    quota = quotas(seats, items, days, movable)
    by_number = {item.number: item for item in items}
    picked = _Picking(seats, days, quota).pick([by_number[number] for number in sorted(movable)])
    order = sorted(picked, key=lambda one: _urgency(by_number[one.number]))[:most]
    return Proposal(tuple(order), outlook(seats, items, days), after(seats, items, days, order))


def after(seats: Sequence[Seat], items: Sequence[Item], days: Sequence[date], moves: Sequence[Move]) -> Outlook:
    """The load once these moves are made."""
    to = {move.number: move.to for move in moves}
    moved = [replace(item, holder=to[item.number]) if item.number in to else item for item in items]
    return outlook(seats, moved, days)


def _urgency(item: Item) -> tuple[int, date, int]:
    return item.rank, item.due, item.number


class _Picking:
    """Turns minutes into cases: of those alike, the ones that lose least by changing hands, each to whom it suits."""

    def __init__(self, seats: Sequence[Seat], days: Sequence[date], quota: Quota) -> None:
        self.seats = {seat.username: seat for seat in seats}
        self.days, self.quota = days, quota

    def pick(self, items: Sequence[Item]) -> list[Move]:
        """The single cases that fill the quota."""
        alike: dict[Alike, list[Item]] = defaultdict(list)
        for item in items:
            alike[item.skill, item.rank, due_index(item.due, self.days), item.holder].append(item)
        pools: dict[tuple[str, int, int], list[Item]] = defaultdict(list)
        for kind, units in self.quota.given.items():
            pools[kind[:3]] += self._given(alike[kind], units)
        moves = []
        for pool, found in pools.items():
            moves += self._taken(found, dict(self.quota.taken.get(pool, {})))
        return moves

    def _given(self, items: list[Item], units: int) -> list[Item]:
        """Whole cases of about that many minutes, first those the holder has not spoken about."""
        chosen = []
        for item in sorted(items, key=lambda one: (one.holder in one.known_by, -one.units, one.number)):
            if units <= 0:
                break
            if units * 2 >= item.units:
                chosen.append(item)
                units -= item.units
        return chosen

    def _taken(self, items: list[Item], room: dict[str, int]) -> list[Move]:
        moves = []
        for item in sorted(items, key=lambda one: (-len(one.known_by), -one.units, one.number)):
            able = [name for name, units in room.items() if units > 0 and name != item.holder]
            if able:
                able += [name for name in item.known_by if name not in able and self._suits(item, name)]
                to = min(able, key=lambda name: self._rank(item, name, room))
                room[to if to in room else max(able, key=lambda name: room.get(name, 0))] -= item.units
                moves.append(Move(item.number, item.holder, to, self._why(item, to)))
        return moves

    def _rank(self, item: Item, name: str, room: dict[str, int]) -> tuple[bool, int, int, str]:
        return name not in item.known_by, -self._chances(item, name), -room.get(name, 0), name

    def _suits(self, item: Item, name: str) -> bool:
        """Whether somebody who has spoken with the patient may take the case and is here in time."""
        seat = self.seats.get(name)
        return name != item.holder and seat is not None and item.skill in seat.skills and self._chances(item, name) > 0

    def _chances(self, item: Item, username: str) -> int:
        """On how many days up to the day due she is at work while the patient may be rung."""
        free = self.seats[username].free
        by = [day for day in self.days if day <= max(item.due, self.days[0])]
        return sum(1 for day in by if free.get(day, 0) and (item.open_on is None or day in item.open_on))

    def _why(self, item: Item, to: str) -> tuple[Reason, ...]:
        found = []
        if item.holder is None:
            found.append(Reason("nobody_holds"))
        else:
            there = item.holder in self.seats and self._chances(replace(item, open_on=None), item.holder)
            found.append(Reason("holder_full" if there else "holder_away"))
        if to in item.known_by:
            found.append(Reason("knows_the_patient"))
        days = self._chances(item, to)
        if days:
            found.append(Reason("at_work_in_time", {"days": days}))
        return tuple(found)
