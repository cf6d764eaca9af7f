"""Mends a plan after an absence or another change: what still has its place keeps it, the rest finds a new one.

Calls that lost their place look for the same time with another adviser, then the same day, then the cheapest day.
A class-1 call that would be late may displace calls of other classes, which then look for a place in the same way.
A short search on the calls that move anyway, and on none that a patient agreed to, comes last.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pkui.domain.callbacks.bits import block, each, lowest, starts
from pkui.domain.callbacks.board import Board
from pkui.domain.callbacks.chains import Chains
from pkui.domain.callbacks.instance import Confirmed
from pkui.domain.callbacks.outcome import Objective, objective_of
from pkui.domain.callbacks.sheet import Place, Sheet

WORK = 1_000_000


class MoveReason(StrEnum):
    """Why a call gets another time, or none."""

    PLACE_GONE = "place_gone"
    DISPLACED = "displaced_by_class_1"
    BETTER = "planned_better"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Move:
    """A call's time before and after, None for no time, and why it changes.

    `by` is the class-1 call it makes way for.
    """

    case: str
    before: Confirmed | None
    after: Confirmed | None
    reason: MoveReason
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposal: what changes, and the whole plan with it. Times that nobody moves are not among the moves."""

    moves: tuple[Move, ...]
    places: Mapping[int, Place]
    objective: Objective


def repair(
    board: Board,
    before: Mapping[str, Confirmed],
    *,
    seed: int = 1,
    work: int = WORK,
    movable: Collection[str] = (),
    gone: Collection[str] = (),
    keep_going: Callable[[], bool] = lambda: True,
) -> Repair:
    """Mends the plan `before` (by case) on a board that holds today's people.

    Only calls that lost their place, calls without one, those displaced by class 1 and those named as movable change.
    `gone` are calls that cannot keep their time for another reason than the adviser's.
    """
    standing = {i: p for i, p in _still_there(board, before).items() if board.tasks[i].call.id not in gone}
    frozen = {index: place for index, place in standing.items() if board.tasks[index].call.id not in movable}
    sheet = _sheet(board, frozen)
    sheet.restore({index: place for index, place in standing.items() if index not in frozen})
    reinsert(sheet, before)
    displaced = dict[int, str]()
    while found := _displacement(sheet, frozen):
        index, desk, slot, others = found
        places = sheet.places()
        displaced |= dict.fromkeys(others, board.tasks[index].call.id)
        frozen = {other: place for other, place in frozen.items() if other not in displaced}
        sheet = _sheet(board, frozen)
        sheet.restore({**{i: p for i, p in places.items() if i != index}, index: (desk, slot)})
        reinsert(sheet, before)
    Chains(sheet, seed).run(work, keep_going)
    places = {**frozen, **sheet.places()}
    return Repair(_moves(board, before, places, displaced, standing), places, objective_of(board, places))


def place_of(board: Board, time: Confirmed) -> Place | None:
    """Desk and slot of an adviser's time; None when it lies outside the board."""
    numbers = {adviser.id: number for number, adviser in enumerate(board.instance.advisers)}
    slot = time.start.minute // board.instance.slot - board.origin
    if time.adviser not in numbers or time.start.day not in board.instance.days or slot < 0:
        return None
    return board.instance.days.index(time.start.day) * board.advisers + numbers[time.adviser], slot


def _still_there(board: Board, before: Mapping[str, Confirmed]) -> dict[int, Place]:
    """The calls whose adviser is still free for them; agreed ones claim their place first."""
    found, free = dict[int, Place](), list(board.open)
    for task in sorted(board.tasks, key=lambda task: (task.index not in board.kept, task.index)):
        place = board.kept.get(task.index)
        if place is None and task.call.id in before:
            place = place_of(board, before[task.call.id])
        if place is not None:
            need = block(place[1], place[1] + task.slots)
            if free[place[0]] & need == need:
                free[place[0]] ^= need
                found[task.index] = place
    return found


def _sheet(board: Board, frozen: Mapping[int, Place]) -> Sheet:
    """A sheet on which only what is not frozen can stand and move."""
    base = list(board.open)
    for index, (desk, slot) in frozen.items():
        base[desk] &= ~block(slot, slot + board.tasks[index].slots)
    todo = [
        task.index
        for task in board.tasks
        if task.index not in frozen and task.open_on and task.call.attempts_used < task.call.max_attempts
    ]
    return Sheet(board, base, todo)


def reinsert(sheet: Sheet, before: Mapping[str, Confirmed]) -> None:
    """Places every call without one: those that had a time first, class 1 and the dearest ahead."""
    waiting = [index for index in sheet.todo if sheet.desk[index] < 0]

    def order(index: int) -> tuple[bool, int, float, int]:
        """Those that had a time, then class 1, then most lost per slot."""
        task = sheet.tasks[index]
        return task.call.id not in before, task.call.rank != 1, -task.idle / task.slots, index

    for index in sorted(waiting, key=order):
        had = before.get(sheet.tasks[index].call.id)
        soonest = _soonest if sheet.tasks[index].call.rank == 1 else _cheapest
        place = (_near(sheet, index, had) if had else None) or soonest(sheet, index)
        if place:
            sheet.put(index, *place)
    sheet.log.clear()


def _cheapest(sheet: Sheet, index: int) -> Place | None:
    return sheet.fit(index, sheet.now[index])


def _soonest(sheet: Sheet, index: int) -> Place | None:
    """The earliest free time on the cheapest day, whoever rings: class 1 waits for nobody."""
    task = sheet.tasks[index]
    for day in task.open_on:
        found = [
            (lowest(room), desk)
            for number in sheet.able[task.call.skill]
            for desk in [day * sheet.width + number]
            if (room := starts(sheet.free[desk], task.slots) & task.starts[day])
        ]
        if found and task.cost[day] < sheet.now[index]:
            slot, desk = min(found)
            return desk, slot
    return None


def _near(sheet: Sheet, index: int, had: Confirmed) -> Place | None:
    """The same time with another adviser, else the first free time of the same day."""
    task, was = sheet.tasks[index], place_of(sheet.board, had)
    if was is None:
        return None
    day = was[0] // sheet.width
    any_time: Place | None = None
    for number in sheet.able[task.call.skill]:
        desk = day * sheet.width + number
        room = starts(sheet.free[desk], task.slots) & task.starts[day]
        if room >> was[1] & 1:
            return desk, was[1]
        if room and any_time is None:
            any_time = desk, each(room)[0]
    return any_time


def _displacement(sheet: Sheet, frozen: Mapping[int, Place]) -> tuple[int, int, int, list[int]] | None:
    """The first class-1 call that is late or left out, and the place that displaces the fewest and shortest calls."""
    at: dict[int, list[int]] = {}
    for index, (desk, _) in frozen.items():
        at.setdefault(desk, []).append(index)
    for index in sheet.todo:
        task = sheet.tasks[index]
        if sheet.now[index] < sheet.board.late_cost or task.call.rank != 1:
            continue
        found = [
            (len(others), sum(sheet.tasks[other].slots for other in others), desk, slot, others)
            for day in task.open_on
            if not task.late[day]
            for number in sheet.able[task.call.skill]
            for desk in [day * sheet.width + number]
            for slot in each(starts(sheet.board.open[desk], task.slots) & task.starts[day])
            for others in [_in_the_way(sheet, frozen, at.get(desk, []), slot, task.slots)]
            if all(sheet.tasks[other].call.rank != 1 for other in others)
            and _only_frozen(sheet, desk, slot, task.slots)
        ]
        if found:
            _, _, desk, slot, others = min(found)
            return index, desk, slot, others
    return None


def _in_the_way(sheet: Sheet, frozen: Mapping[int, Place], here: list[int], slot: int, slots: int) -> list[int]:
    """The frozen calls at a desk that overlap the slots."""
    return [
        index
        for index in here
        if frozen[index][1] < slot + slots and slot < frozen[index][1] + sheet.tasks[index].slots
    ]


def _only_frozen(sheet: Sheet, desk: int, slot: int, slots: int) -> bool:
    """Whether nothing but frozen calls stands in these slots."""
    return not block(slot, slot + slots) & sheet.base[desk] & ~sheet.free[desk]


def _moves(
    board: Board,
    before: Mapping[str, Confirmed],
    places: Mapping[int, Place],
    displaced: Mapping[int, str],
    still: Mapping[int, Place],
) -> tuple[Move, ...]:
    found = []
    for task in board.tasks:
        had = before.get(task.call.id)
        place = places.get(task.index)
        time = Confirmed(board.who(place[0]), board.when(*place)) if place else None
        if had == time:
            continue
        if had is None:
            reason = MoveReason.NEW
        elif task.index in displaced:
            reason = MoveReason.DISPLACED
        else:
            reason = MoveReason.BETTER if task.index in still else MoveReason.PLACE_GONE
        found.append(Move(task.call.id, had, time, reason, displaced.get(task.index)))
    return tuple(found)
