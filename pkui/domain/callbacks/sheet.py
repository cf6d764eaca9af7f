"""A plan in the making: what is free at every desk, where every call stands, what it costs; each step can be undone."""

from collections.abc import Mapping, Sequence

from pkui.domain.callbacks.bits import block, lowest, starts
from pkui.domain.callbacks.board import Board

NOWHERE = -1
WORK_OF_PLACING = 4
Place = tuple[int, int]


class Sheet:
    """Calls on a board. `base` is what is free without the calls in `todo`; only those are placed and moved."""

    def __init__(self, board: Board, base: Sequence[int], todo: Sequence[int]) -> None:
        self.board, self.base, self.todo, self.width = board, tuple(base), tuple(todo), board.advisers
        self.tasks = board.tasks
        self.free = list(base)
        self.desk = [NOWHERE] * len(board.tasks)
        self.slot = [0] * len(board.tasks)
        self.now = [task.idle for task in board.tasks]
        self.on: list[list[int]] = [[] for _ in base]
        self.total = sum(board.tasks[index].idle for index in todo)
        self.log: list[tuple[int, int, int]] = []
        self.runs: list[dict[int, int]] = [{} for _ in base]
        self.looked = 0
        skills = [sum(number in able for able in board.skilled.values()) for number in range(self.width)]
        self.able = {
            skill: tuple(sorted(able, key=lambda number: (skills[number], number)))
            for skill, able in board.skilled.items()
        }

    def put(self, index: int, desk: int, slot: int) -> None:
        """Places a call that has no place."""
        task = self.tasks[index]
        self.looked += WORK_OF_PLACING
        self.log.append((index, NOWHERE, 0))
        self.free[desk] &= ~(((1 << task.slots) - 1) << slot)
        self.runs[desk] = {}
        self.on[desk].append(index)
        self.desk[index], self.slot[index] = desk, slot
        cost = task.cost[desk // self.width]
        self.total += cost - self.now[index]
        self.now[index] = cost

    def take(self, index: int) -> None:
        """Takes a call off its place."""
        task, desk, slot = self.tasks[index], self.desk[index], self.slot[index]
        self.log.append((index, desk, slot))
        self.free[desk] |= ((1 << task.slots) - 1) << slot
        self.runs[desk] = {}
        self.on[desk].remove(index)
        self.desk[index] = NOWHERE
        self.total += task.idle - self.now[index]
        self.now[index] = task.idle

    def undo(self, mark: int) -> None:
        """Goes back to when the log was that long."""
        log = self.log
        while len(log) > mark:
            index, desk, slot = log.pop()
            if desk < 0:
                self.take(index)
            else:
                self.put(index, desk, slot)
            log.pop()

    def fit(self, index: int, below: float) -> Place | None:
        """A free place on the cheapest day that costs less than `below`, advisers with the fewest skills first."""
        task, width, runs = self.tasks[index], self.width, self.runs
        length, able = task.slots, self.able[task.call.skill]
        for day in task.open_on:
            if task.cost[day] >= below:
                return None
            mask, first = task.starts[day], day * width
            self.looked += len(able)
            for number in able:
                desk = first + number
                run = runs[desk].get(length)
                if run is None:
                    run = runs[desk][length] = starts(self.free[desk], length)
                if run & mask:
                    return desk, lowest(run & mask)
        return None

    def overlapping(self, desk: int, slot: int, length: int) -> list[int]:
        """The calls at a desk that stand in the way of one of that length."""
        if not block(slot, slot + length) & ~self.free[desk]:
            return []
        end, found = slot + length, []
        for index in self.on[desk]:
            begin = self.slot[index]
            if begin < end and begin + self.tasks[index].slots > slot:
                found.append(index)
        return found

    def places(self) -> dict[int, Place]:
        """Where every placed call stands."""
        return {index: (self.desk[index], self.slot[index]) for index in self.todo if self.desk[index] >= 0}

    def restore(self, places: Mapping[int, Place]) -> None:
        """Makes the sheet stand exactly as the places say."""
        for index in self.todo:
            if self.desk[index] >= 0 and places.get(index) != (self.desk[index], self.slot[index]):
                self.take(index)
        for index, place in places.items():
            if self.desk[index] < 0:
                self.put(index, *place)
        self.log.clear()
