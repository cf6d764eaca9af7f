"""Proposals to move cases: somebody is away, a backlog is to be worked off, a day is to be evened out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pkui.base.errors import BadInput
from pkui.domain.codes import MoveKind
from pkui.domain.folding import fold
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.reason import Reason
from pkui.domain.workload.balance import MOST_MOVES, Move, after, propose
from pkui.domain.workload.model import Item, Seat
from pkui.domain.workload.outlook import Outlook
from pkui.services.desk import Desk, Work, use_case
from pkui.services.load import Load, busy_numbers, items_of, load_of
from pkui.services.moving import Change, Moved, move_cases
from storage.workload import OpenCase, read_words


class Goal(StrEnum):
    """What a proposal is for."""

    ABSENT = "absent"
    BACKLOG = "backlog"
    EVEN = "even"


@dataclass(frozen=True)
class Wish:
    """What is asked for: a username and her last day away, or a team or words of the department for a backlog."""

    goal: Goal
    username: str | None = None
    until: date | None = None
    team: str | None = None
    words: str = ""
    most: int = MOST_MOVES


@dataclass(frozen=True)
class ProposedMove:
    """One case that would change hands, as it was read; `able` may all finish it, by username."""

    queue_number: int
    case_number: str
    version: int
    holder: str | None
    to: str
    why: tuple[Reason, ...]
    able: tuple[str, ...]


@dataclass(frozen=True)
class Rebalancing:
    """A proposal with the load before and after; `edited` gives it with other moves."""

    wish: Wish
    days: tuple[date, ...]
    names: dict[str, str]
    moves: tuple[ProposedMove, ...]
    before: Outlook
    after: Outlook
    seats: tuple[Seat, ...]
    items: tuple[Item, ...]

    def edited(self, moves: Sequence[ProposedMove]) -> "Rebalancing":
        """The proposal with these moves instead, and the load after them."""
        plain = [Move(one.queue_number, one.holder, one.to, one.why) for one in moves]
        return replace(self, moves=tuple(moves), after=after(self.seats, self.items, self.days, plain))


@use_case(Permission.MOVE_CASES, writes=False)
def rebalance(work: Work, wish: Wish) -> Rebalancing:
    """What could move and what that would do; nothing is written. Raises BadInput for unknown people, teams or days.

    Cases that somebody works on stay where they are. What nobody holds weighs on nobody, unless it is the backlog that
    is to be dealt out.
    """
    load = load_of(work, also_away=_away(work, wish))
    if wish.username is not None and wish.username not in {one.username for one in load.people}:
        raise BadInput("no_such_person")
    everything, seats = items_of(work, load, pinned=busy_numbers(work)), load.seats()
    movable = _movable(work, load, everything, wish)
    items = [item for item in everything if item.holder is not None or item.number in movable]
    found = propose(seats, items, load.days, movable, most=wish.most)
    cases = {case.queue_number: case for case in load.cases}
    skills = {item.number: item.skill for item in items}
    return Rebalancing(
        wish,
        load.days,
        {one.username: one.name for one in load.people},
        tuple(_proposed(move, cases[move.number], skills[move.number], seats) for move in found.moves),
        found.before,
        found.after,
        tuple(seats),
        tuple(items),
    )


def apply(desk: Desk, moves: Sequence[ProposedMove]) -> Moved:
    """Makes these moves in one transaction that can be taken back today."""
    changes = [Change(move.queue_number, move.version, to=move.to) for move in moves]
    return move_cases(desk, changes, kind=MoveKind.REBALANCE)


def _proposed(move: Move, case: OpenCase, skill: str, seats: Sequence[Seat]) -> ProposedMove:
    able = tuple(seat.username for seat in seats if skill in seat.skills and seat.username != move.holder)
    return ProposedMove(case.queue_number, case.case_number, case.version, move.holder, move.to, move.why, able)


def _away(work: Work, wish: Wish) -> list[tuple[str, datetime]]:
    if wish.goal is not Goal.ABSENT:
        return []
    if wish.username is None or wish.until is None or wish.until < work.today:
        raise BadInput("bad_days")
    return [(wish.username, at(wish.until, time.min) + timedelta(days=1))]


def _movable(work: Work, load: Load, items: Sequence[Item], wish: Wish) -> frozenset[int]:
    """The cases the wish is about: hers, those nobody holds, or those somebody holds."""
    if wish.goal is Goal.ABSENT:
        return frozenset(item.number for item in items if item.holder == wish.username)
    if wish.goal is Goal.EVEN:
        return frozenset(item.number for item in items if item.holder is not None)
    wanted = _about(work, load.cases, wish.words)
    return frozenset(
        item.number
        for item in items
        if item.holder is None
        and (wish.team is None or item.lane == wish.team)
        and (wanted is None or item.number in wanted)
    )


def _about(work: Work, cases: Sequence[OpenCase], words: str) -> frozenset[int] | None:
    """The cases whose department or course holds every word; None without words."""
    looked_for = fold(words).split()
    if not looked_for:
        return None
    said: dict[UUID, str] = {case_id: fold(text) for case_id, text in read_words(work.session)}
    return frozenset(case.queue_number for case in cases if all(word in said.get(case.id, "") for word in looked_for))
