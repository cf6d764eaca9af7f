"""A plan in the making: what is free at every desk, where every call stands, what it costs; each step can be undone."""

from collections.abc import Mapping, Sequence

from pkui.domain.callbacks.bits import lowest, starts
from pkui.domain.callbacks.board import Board, Task

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
        self.holder = [[NOWHERE] * (mask.bit_length() + 1) for mask in base]
        self.possible: list[dict[int, int]] = [{} for _ in base]
        self.together: list[dict[int, int]] = [{} for _ in range(board.days)]
        kinds = sorted({(task.call.skill, task.slots) for task in board.tasks})
        number = {kind: place for place, kind in enumerate(kinds)}
        self.kind = [number[task.call.skill, task.slots] for task in board.tasks]
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
        self.together[desk // self.width] = {}
        self.on[desk].append(index)
        self.holder[desk][slot : slot + task.slots] = [index] * task.slots
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
        self.together[desk // self.width] = {}
        self.on[desk].remove(index)
        self.holder[desk][slot : slot + task.slots] = [NOWHERE] * task.slots
        self.desk[index] = NOWHERE
        self.total += task.idle - self.now[index]
        self.now[index] = task.idle

    def flip(self, desk: int, slots: int) -> None:
        """Makes free slots of a desk taken and taken ones free, for somebody who only looks and flips back."""
        self.free[desk] ^= slots
        self.runs[desk] = {}
        self.together[desk // self.width] = {}

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
        task, kind = self.tasks[index], self.kind[index]
        for day in task.open_on:
            if task.cost[day] >= below:
                return None
            self.looked += 1
            room = self.together[day].get(kind)
            if room is None:
                room = self._together(task, day, kind)
            if room & task.starts[day]:
                return self._first(task, day)
        return None

    def _together(self, task: Task, day: int, kind: int) -> int:
        """The starts that any able adviser has free on a day for a call of this kind."""
        runs, length, first, room = self.runs, task.slots, day * self.width, 0
        able = self.able[task.call.skill]
        self.looked += len(able)
        for number in able:
            desk = first + number
            run = runs[desk].get(length)
            if run is None:
                run = runs[desk][length] = starts(self.free[desk], length)
            room |= run
        self.together[day][kind] = room
        return room

    def _first(self, task: Task, day: int) -> Place:
        """The first adviser with a free start, and the earliest one."""
        mask, first = task.starts[day], day * self.width
        for number in self.able[task.call.skill]:
            room = self.runs[first + number][task.slots] & mask
            if room:
                return first + number, lowest(room)
        raise LookupError(task.index)

    def overlapping(self, desk: int, slot: int, length: int) -> list[int]:
        """The calls at a desk that stand in the way of one of that length."""
        holder, end, found = self.holder[desk], slot + length, []
        while slot < end:
            index = holder[slot]
            if index < 0:
                slot += 1
            else:
                found.append(index)
                slot = self.slot[index] + self.tasks[index].slots
        return found

    def startable(self, desk: int, length: int) -> int:
        """The starts at a desk for a call of that length if none of the calls in question stood there."""
        room = self.possible[desk].get(length)
        if room is None:
            room = self.possible[desk][length] = starts(self.base[desk], length)
        return room

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
