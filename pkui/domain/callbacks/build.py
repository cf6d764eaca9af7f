"""The first plan: days from the flow and the desks of a day packed one after another, or plain order of urgency."""

from pkui.domain.callbacks.lines import Candidate, best_line
from pkui.domain.callbacks.relaxation import Relaxation
from pkui.domain.callbacks.sheet import Sheet


def by_urgency(sheet: Sheet) -> None:
    """Places calls where they fit, the most costly to leave out per slot first, then those with the fewest starts."""

    def order(index: int) -> tuple[float, int, int]:
        """Most lost per slot first, then fewest starts left."""
        task = sheet.tasks[index]
        gain = sheet.now[index] - task.cost[task.open_on[0]]
        return -gain / task.slots, sum(mask.bit_count() for mask in task.starts), index

    for index in sorted(sheet.todo, key=order):
        place = sheet.fit(index, sheet.now[index])
        if place:
            if sheet.desk[index] >= 0:
                sheet.take(index)
            sheet.put(index, *place)
    sheet.log.clear()


def by_flow(sheet: Sheet, relaxation: Relaxation) -> None:
    """Packs every desk with calls the flow sends to its day, the least skilled adviser first, then fills the gaps."""
    board = sheet.board
    skills = [[skill for skill in sorted(sheet.able) if n in sheet.able[skill]] for n in range(sheet.width)]
    for day in range(board.days):
        gains: dict[tuple[str, int], list[Candidate]] = {}
        for index in sheet.todo:
            if relaxation.day.get(index) == day:
                task = sheet.tasks[index]
                gain = second_best(sheet, relaxation, index, day) - task.cost[day] + 0.01
                gains.setdefault((task.call.skill, task.slots), []).append((gain, index, task.starts[day]))
        for number in sorted(range(sheet.width), key=lambda n: (len(skills[n]), n)):
            desk = day * sheet.width + number
            candidates: dict[int, list[Candidate]] = {}
            for (skill, length), some in sorted(gains.items()):
                if skill in skills[number]:
                    waiting = [candidate for candidate in some if sheet.desk[candidate[1]] < 0]
                    candidates.setdefault(length, []).extend(waiting)
            for index, slot in best_line(sheet.free[desk], candidates):
                sheet.put(index, desk, slot)
    by_urgency(sheet)


def second_best(sheet: Sheet, relaxation: Relaxation, index: int, day: int) -> float:
    """What a call costs, time at its price, on the best other day or left out."""
    task = sheet.tasks[index]
    price = relaxation.price[index]
    return min([task.idle, *(task.cost[other] + price[other] for other in task.open_on if other != day)])
