"""Keeps the plan that stands where planning anew finds nothing better: nobody's time moves for nothing."""

from collections.abc import Mapping

from pkui.domain.callbacks.bits import block
from pkui.domain.callbacks.board import Board
from pkui.domain.callbacks.instance import Confirmed
from pkui.domain.callbacks.outcome import Plan, objective_of
from pkui.domain.callbacks.repair import place_of, reinsert
from pkui.domain.callbacks.sheet import Place, Sheet


def better_of(board: Board, found: Plan, before: Mapping[str, Confirmed]) -> tuple[Plan, bool]:
    """The plan that was found, or the one that stands where the other costs no less; and whether it is that one.

    `before` are the times that stand, by case. What still holds of them is kept, and what has no time yet is put where
    there is room.
    """
    places = _kept(board, before)
    if cost_of(board, places) > cost_of(board, found.places):
        return found, False
    return Plan(places, objective_of(board, places), found.bound), True


def cost_of(board: Board, places: Mapping[int, Place]) -> int:
    """What a plan costs in the aims together: class 1 late, then waiting past the cap, then weighted tardiness."""
    costs = (
        task.cost[places[task.index][0] // board.advisers] if task.index in places else task.idle
        for task in board.tasks
    )
    return sum(costs)


def _kept(board: Board, before: Mapping[str, Confirmed]) -> dict[int, Place]:
    held, free, taken = dict[int, Place](), list(board.free), list(board.open)
    for index, (desk, slot) in board.kept.items():
        taken[desk] &= ~block(slot, slot + board.tasks[index].slots)
    for index in board.todo:
        task = board.tasks[index]
        place = place_of(board, before[task.call.id]) if task.call.id in before else None
        if place is None or not _holds(board, index, place, taken):
            continue
        need = block(place[1], place[1] + task.slots)
        free[place[0]] &= ~need
        taken[place[0]] &= ~need
        held[index] = place
    sheet = Sheet(board, free, [index for index in board.todo if index not in held])
    reinsert(sheet, before)
    return {**board.kept, **held, **sheet.places()}


def _holds(board: Board, index: int, place: Place, taken: list[int]) -> bool:
    """Whether a time is still one the call may have: in a window, with an adviser who may and is free."""
    task, (desk, slot) = board.tasks[index], place
    need = block(slot, slot + task.slots)
    able = desk % board.advisers in board.skilled[task.call.skill]
    return able and bool(task.starts[desk // board.advisers] >> slot & 1) and taken[desk] & need == need
