"""The last two aims, once the days stand: the adviser who rang before, and an even load; no call changes its day."""

from pkui.domain.callbacks.bits import lowest, starts
from pkui.domain.callbacks.sheet import Sheet


def tidy(sheet: Sheet) -> None:
    """Gives calls to the adviser who rang before where that is free, then evens out the minutes of each day."""
    numbers = {adviser.id: number for number, adviser in enumerate(sheet.board.instance.advisers)}
    for index in sheet.todo:
        number = numbers.get(sheet.tasks[index].call.previous_adviser or "")
        if sheet.desk[index] >= 0 and number in sheet.able[sheet.tasks[index].call.skill]:
            _move(sheet, index, sheet.desk[index] // sheet.width * sheet.width + number)
    for day in range(sheet.board.days):
        _even(sheet, day)
    sheet.log.clear()


def _move(sheet: Sheet, index: int, desk: int) -> bool:
    """Moves a call to a desk of the same day if there is room."""
    task = sheet.tasks[index]
    room = starts(sheet.free[desk], task.slots) & task.starts[desk // sheet.width]
    if desk == sheet.desk[index] or not room:
        return False
    sheet.take(index)
    sheet.put(index, desk, lowest(room))
    return True


def _even(sheet: Sheet, day: int) -> None:
    """Takes calls from the adviser with the least time left to the one with the most, while that narrows the gap."""
    desks = [desk for desk in range(day * sheet.width, (day + 1) * sheet.width) if sheet.base[desk]]
    for _ in range(4 * len(desks)):
        order = sorted(desks, key=lambda desk: (sheet.free[desk].bit_count(), desk))
        if not any(_relieve(sheet, full, free) for full in order[:2] for free in reversed(order[-2:])):
            return


def _relieve(sheet: Sheet, full: int, free: int) -> bool:
    """Moves one call from a full desk to a freer one if that leaves them closer; a known adviser keeps the call."""
    gap = sheet.free[free].bit_count() - sheet.free[full].bit_count()
    keeps = sheet.board.who(full)
    for index in sorted(sheet.on[full]):
        task = sheet.tasks[index]
        able = free % sheet.width in sheet.able[task.call.skill]
        if able and task.slots < gap and task.call.previous_adviser != keeps and _move(sheet, index, free):
            return True
    return False
