"""What a plan is worth and why a call is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pkui.domain.callbacks.bits import starts
from pkui.domain.callbacks.board import Board


class Unplaced(StrEnum):
    """Why a call has no time in the plan."""

    NO_WINDOW = "no_window"
    NO_SKILL = "no_skill"
    TOO_LONG = "too_long"
    NO_ROOM = "no_room"
    ATTEMPTS_USED = "attempts_used"


@dataclass(frozen=True, slots=True)
class Objective:
    """The first two aims: class-1 calls late or left out, and weighted working days late."""

    class1_late: int
    weighted_tardiness: int


@dataclass(frozen=True, slots=True)
class Bound:
    """What no plan can beat in either aim alone."""

    class1_late: int
    weighted_tardiness: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Places by task (desk and slot), agreed calls included, what they are worth and what the best could be worth."""

    places: Mapping[int, tuple[int, int]]
    objective: Objective
    bound: Bound


def objective_of(board: Board, places: Mapping[int, tuple[int, int]]) -> Objective:
    """What a plan is worth, agreed calls included."""
    late = tardiness = 0
    for task in board.tasks:
        if task.index in places:
            day = places[task.index][0] // board.advisers
            late += task.late[day]
            tardiness += task.tardy[day]
        else:
            late += task.call.rank == 1
            tardiness += task.tardy_idle
    return Objective(late, tardiness)


def why_unplaced(board: Board, index: int) -> Unplaced:
    """The first reason that keeps a call out of the plan.

    No window: none of them, on a day of the horizon from now and the next attempt on, meets the hours of an adviser
    who may take the call. No room: some do, but other calls have the time.
    """
    task = board.tasks[index]
    if task.call.attempts_used >= task.call.max_attempts:
        return Unplaced.ATTEMPTS_USED
    able = board.skilled[task.call.skill]
    if not any(board.work[day * board.advisers + number] for day in range(board.days) for number in able):
        return Unplaced.NO_SKILL
    longest = max((window.end - window.start for window in task.call.windows), default=0)
    hours = [work for desk, work in enumerate(board.work) if desk % board.advisers in able]
    if 0 < longest < task.call.minutes or not any(starts(work, task.slots) for work in hours):
        return Unplaced.TOO_LONG
    return Unplaced.NO_ROOM if task.open_on else Unplaced.NO_WINDOW
