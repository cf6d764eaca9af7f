"""Improves a plan by ejection chains: a call takes a better day, those in its way look for another place, and so on.

A chain is kept when the plan got no worse, else undone; so the plan is valid after every chain and the search can
stop at any moment. Calls that ended a failed chain are dearer to eject from then on (after Nagata and Braysy 2009).
The outcome depends on the plan, the seed and the amount of work allowed, never on the clock, unless it is told to stop.
"""

from collections.abc import Callable
from random import Random

from pkui.domain.callbacks.bits import lowest
from pkui.domain.callbacks.gaps import Gaps
from pkui.domain.callbacks.relaxation import Relaxation
from pkui.domain.callbacks.sheet import Sheet

BETWEEN_LOOKS = 64
DEPTH = 6
SAMPLES = 6
DEPTH_FIRST_CLASS = 16
SAMPLES_FIRST_CLASS = 12
SLACK_FIRST_CLASS = 10
SHARE_PROMISING = 0.75
SHARE_GAPS = 0.1
SHARE_GAPS_WHEN_OVERBOOKED = 0.5
OVERBOOKED = 0.4
PATIENCE = 300_000
PATIENCE_A_CALL = 500


class Chains:
    """The search on one sheet; `looked` of the sheet counts its work in desks looked at."""

    def __init__(self, sheet: Sheet, seed: int, relaxation: Relaxation | None = None) -> None:
        self.sheet, self.random = sheet, Random(seed)  # noqa: S311 - a search, no secret
        self.stubborn = [1.0] * len(sheet.tasks)
        self.hope = [float(task.idle) for task in sheet.tasks]
        for index in sheet.todo:
            task = sheet.tasks[index]
            price = relaxation.price[index] if relaxation else (0.0,) * len(task.cost)
            self.hope[index] = min([task.idle, *(task.cost[day] + price[day] for day in task.open_on)])
        self.depth, self.samples = DEPTH, SAMPLES

    def first_class(self, work: int, keep_going: Callable[[], bool], bound: int) -> None:
        """Longer chains for the class-1 calls that are late or left out, until only the bound's number of them is.

        Other aims may get a little worse on the way, so that two class-1 calls can change places.
        """
        sheet, rnd = self.sheet, self.random.random
        urgent = [index for index in sheet.todo if sheet.tasks[index].call.rank == 1]
        limit = sheet.looked + work
        slack = SLACK_FIRST_CLASS * sheet.board.instance.weights[1] if urgent else 0
        self.depth, self.samples = DEPTH_FIRST_CLASS, SAMPLES_FIRST_CLASS
        best, places = len(urgent) + 1, sheet.places()
        while sheet.looked < limit and keep_going():
            late = [index for index in urgent if sheet.now[index] >= sheet.board.late_cost]
            if len(late) < best:
                best, places = len(late), sheet.places()
            if best <= bound:
                break
            self.chain(late[int(len(late) * rnd())], int(rnd() * slack))
        sheet.restore(places)
        self.depth, self.samples = DEPTH, SAMPLES

    def improvable(self) -> list[int]:
        """The calls that could stand on a cheaper day than they do."""
        sheet = self.sheet
        return [i for i in sheet.todo if sheet.now[i] > sheet.tasks[i].cost[sheet.tasks[i].open_on[0]]]

    def run(self, work: int, keep_going: Callable[[], bool]) -> None:
        """Searches until the work is done, a third of it went by without a gain, nothing is left, or told to stop.

        Mostly it tries calls that cost more than the flow's prices say they need to.
        """
        sheet, rnd = self.sheet, self.random.random
        limit, last, total = sheet.looked + work, sheet.looked, sheet.total
        patience = max(work // 3, PATIENCE + PATIENCE_A_CALL * len(sheet.todo))
        gaps = Gaps(sheet, self.random, self.hope)
        while sheet.looked < min(limit, last + patience) and keep_going():
            if sheet.total < total:
                last, total = sheet.looked, sheet.total
            calls = self.improvable()
            if not calls:
                return
            promising = [index for index in calls if sheet.now[index] - self.hope[index] > 0.5] or calls
            free = gaps.free()
            share = SHARE_GAPS_WHEN_OVERBOOKED if len(calls) > OVERBOOKED * len(sheet.todo) else SHARE_GAPS
            for _ in range(max(BETWEEN_LOOKS, len(sheet.todo) // 10)):
                if free and rnd() < share:
                    gaps.cover(*free[int(len(free) * rnd())], self._settle)
                    continue
                some = promising if rnd() < SHARE_PROMISING else calls
                self.chain(some[int(len(some) * rnd())])
        sheet.log.clear()

    def chain(self, index: int, slack: int = 0) -> bool:
        """Moves one call to a cheaper day; whether it did so without making the plan worse by more than `slack`."""
        sheet = self.sheet
        task, goal = sheet.tasks[index], sheet.now[index]
        if goal <= task.cost[task.open_on[0]]:
            return False
        before, mark = sheet.total + slack, len(sheet.log)
        if sheet.desk[index] >= 0:
            sheet.take(index)
        place, pending = sheet.fit(index, goal), list[int]()
        if place:
            sheet.put(index, *place)
        elif not (self._push_in(index, goal, pending) and self._settle(pending, before)):
            sheet.undo(mark)
            return False
        sheet.log.clear()
        return True

    def _settle(self, pending: list[int], before: int) -> bool:
        """Finds places for the ejected calls, ejecting others where needed; False when it costs or takes too much."""
        sheet, tasks, hope = self.sheet, self.sheet.tasks, self.hope
        for _ in range(self.depth):
            while pending:
                index = pending[-1]
                idle = tasks[index].idle
                others = sum(tasks[other].idle - hope[other] for other in pending[:-1])
                limit = min(idle, before - sheet.total + idle + others) + 0.5
                place = sheet.fit(index, limit)
                if not place:
                    break
                pending.pop()
                sheet.put(index, *place)
            if not pending or (len(pending) == 1 and sheet.total <= before):
                return sheet.total <= before
            pending.pop()
            if not self._push_in(index, limit, pending):
                break
        self.stubborn[index] += 1
        return False

    def _push_in(self, index: int, below: float, pending: list[int]) -> bool:
        """Puts a call on a day that costs less than `below`, at the sampled place whose calls are easiest to eject."""
        sheet, rnd, stubborn = self.sheet, self.random.random, self.stubborn
        task = sheet.tasks[index]
        days = [day for day in task.open_on if task.cost[day] < below]
        if not days:
            return False
        able, length, least = sheet.able[task.call.skill], task.slots, float("inf")
        found: tuple[int, int, list[int]] | None = None
        sheet.looked += self.samples
        for _ in range(self.samples):
            day = days[int(len(days) * rnd())]
            desk = day * sheet.width + able[int(len(able) * rnd())]
            mask = sheet.startable(desk, length) & task.starts[day]
            if not mask:
                continue
            skip = int(mask.bit_length() * rnd())
            slot = lowest(mask >> skip) + skip
            in_the_way = sheet.overlapping(desk, slot, length)
            effort = sum(stubborn[other] * sheet.tasks[other].slots * (1 + rnd() * 0.5) for other in in_the_way)
            if effort < least:
                least, found = effort, (desk, slot, in_the_way)
        if found is None:
            return False
        desk, slot, in_the_way = found
        for other in in_the_way:
            sheet.take(other)
        sheet.put(index, desk, slot)
        pending.extend(sorted(in_the_way, key=lambda other: sheet.tasks[other].slots))
        return True
