"""At the start of the day: whose last window before the due date is today and will be missed, and what saves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pkui.domain.callbacks.bits import block, each, lowest, starts
from pkui.domain.callbacks.board import Board, Task
from pkui.domain.callbacks.instance import Wall
from pkui.domain.callbacks.sheet import Place, Sheet

EXTRA_MINUTES = 10
TODAY = 0


class Saving(StrEnum):
    """The smallest change that lets a call be made in time."""

    FREE = "free_time"
    SWAP = "swap"
    LONGER = "longer"
    NOW = "call_now"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A call that will be late, and what saves it.

    `adviser` and `start` are where it would be rung; `other` is the call a swap moves, to `other_adviser` at
    `other_start`; `minutes` is how much longer the adviser would have to be there, or the break later.
    """

    case: str
    rank: int
    saving: Saving
    adviser: str | None = None
    start: Wall | None = None
    other: str | None = None
    other_adviser: str | None = None
    other_start: Wall | None = None
    minutes: int = 0


def alarms(board: Board, places: Mapping[int, Place]) -> tuple[Alarm, ...]:
    """The calls whose last window in time is today and that the plan misses, class 1 first."""
    sheet = Sheet(board, board.free, board.todo)
    sheet.restore({index: place for index, place in places.items() if index not in board.kept})
    found = [_saved(sheet, board.tasks[index]) for index in board.todo if _missed(sheet, board.tasks[index])]
    return tuple(sorted(found, key=lambda alarm: (alarm.rank, alarm.case)))


def _missed(sheet: Sheet, task: Task) -> bool:
    """Whether today is the last day with a start in time, and the plan has the call later or nowhere."""
    in_time = [day for day in task.open_on if task.tardy[day] == 0]
    return bool(in_time) and max(in_time) == TODAY and sheet.now[task.index] > task.cost[TODAY]


def _saved(sheet: Sheet, task: Task) -> Alarm:
    call, board = task.call, sheet.board
    for number in sheet.able[call.skill]:
        room = starts(sheet.free[number], task.slots) & task.starts[TODAY]
        if room:
            return Alarm(call.id, call.rank, Saving.FREE, board.who(number), board.when(number, lowest(room)))
    return _swap(sheet, task) or _longer(sheet, task) or _now(sheet, task) or Alarm(call.id, call.rank, Saving.NOTHING)


def _swap(sheet: Sheet, task: Task) -> Alarm | None:
    """One planned call makes way and finds another place that costs no more; shortest call first."""
    board = sheet.board
    there = [other for number in sheet.able[task.call.skill] for other in sheet.on[number]]
    for other in sorted(there, key=lambda index: (sheet.tasks[index].slots, index)):
        mark, desk, cost = len(sheet.log), sheet.desk[other], sheet.now[other]
        sheet.take(other)
        room = starts(sheet.free[desk], task.slots) & task.starts[TODAY]
        for slot in each(room & ~(room << 1) | room & ~(room >> 1)):
            held = block(slot, slot + task.slots)
            sheet.flip(desk, held)
            place = sheet.fit(other, cost + 1)
            sheet.flip(desk, held)
            if place:
                sheet.undo(mark)
                moved = sheet.tasks[other].call.id
                return Alarm(
                    task.call.id, task.call.rank, Saving.SWAP, board.who(desk), board.when(desk, slot),
                    moved, board.who(place[0]), board.when(*place),
                )  # fmt: skip
        sheet.undo(mark)
    return None


def _longer(sheet: Sheet, task: Task) -> Alarm | None:
    """An adviser stays, comes or goes on break ten minutes off the plan; the shortest such change first."""
    board, instance = sheet.board, sheet.board.instance
    for extra in range(1, EXTRA_MINUTES // instance.slot + 1):
        for number in sheet.able[task.call.skill]:
            work = board.work[number]
            grown = work
            for _ in range(extra):
                grown |= grown << 1 | grown >> 1
            room = starts(sheet.free[number] | (grown & ~work), task.slots) & task.starts[TODAY] if work else 0
            if room:
                start = board.when(number, lowest(room))
                return Alarm(
                    task.call.id, task.call.rank, Saving.LONGER, board.who(number), start,
                    minutes=extra * instance.slot,
                )  # fmt: skip
    return None


def _now(sheet: Sheet, task: Task) -> Alarm | None:
    """The first time today when an adviser is free for it, outside the patient's windows: needs a reason."""
    board = sheet.board
    first = max(0, -(-board.instance.now.minute // board.instance.slot) - board.origin)
    past = block(0, first) if board.instance.now.day >= board.instance.days[TODAY] else 0
    found = [
        (lowest(room), number)
        for number in sheet.able[task.call.skill]
        if (room := starts(sheet.free[number] & ~past, task.slots))
    ]
    if not found:
        return None
    slot, number = min(found)
    return Alarm(task.call.id, task.call.rank, Saving.NOW, board.who(number), board.when(number, slot))
