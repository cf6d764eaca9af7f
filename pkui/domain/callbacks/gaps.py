"""Fills slots that stay free: a call that covers one is pushed in, and those in its way look for another place.

Where there are more calls than hours nearly all that is lost is lost in such gaps.
"""

from collections.abc import Callable
from random import Random

from pkui.domain.callbacks.bits import block, each
from pkui.domain.callbacks.sheet import Sheet

SAMPLES = 12
WORK = 24


class Gaps:
    """The free slots of a sheet, and the calls that could cover them by day and skill."""

    def __init__(self, sheet: Sheet, random: Random, hope: list[float]) -> None:
        self.sheet, self.random, self.hope = sheet, random, hope
        pool: dict[tuple[int, str], list[int]] = {}
        for index in sheet.todo:
            task = sheet.tasks[index]
            for day in task.open_on:
                pool.setdefault((day, task.call.skill), []).append(index)
        self.pools = [
            [pool[day, skill] for skill, able in sorted(sheet.able.items()) if number in able and (day, skill) in pool]
            for day in range(sheet.board.days)
            for number in range(sheet.width)
        ]

    def free(self) -> list[tuple[int, int]]:
        """Every free slot that some call could want, with its desk."""
        return [
            (desk, slot)
            for desk, mask in enumerate(self.sheet.free)
            if self.pools[desk] and mask
            for slot in each(mask)
        ]

    def cover(self, desk: int, slot: int, settle: Callable[[list[int], int], bool]) -> bool:
        """Covers a free slot with the most promising call of a sample; whether the plan got no worse by it."""
        sheet = self.sheet
        found = self._sample(desk, slot) if sheet.free[desk] >> slot & 1 else None
        if found is None:
            return False
        index, begin, in_the_way = found
        before, mark = sheet.total, len(sheet.log)
        for other in (index, *in_the_way):
            if sheet.desk[other] >= 0:
                sheet.take(other)
        sheet.put(index, desk, begin)
        in_the_way.sort(key=lambda other: sheet.tasks[other].slots)
        if (in_the_way and not settle(in_the_way, before)) or sheet.total > before:
            sheet.undo(mark)
            return False
        sheet.log.clear()
        return True

    def _sample(self, desk: int, slot: int) -> tuple[int, int, list[int]] | None:
        """A call, its start over the slot and the calls in its way: the one that gains most at the flow's prices."""
        sheet, rnd, pools, hope = self.sheet, self.random.random, self.pools[desk], self.hope
        day, most = desk // sheet.width, 0.0
        found: tuple[int, int, list[int]] | None = None
        sheet.looked += WORK
        for _ in range(SAMPLES):
            pool = pools[int(len(pools) * rnd())]
            index = pool[int(len(pool) * rnd())]
            task = sheet.tasks[index]
            gain = float(sheet.now[index] - task.cost[day])
            if gain <= most:
                continue
            room = sheet.startable(desk, task.slots) & task.starts[day]
            begins = each(room & block(max(0, slot - task.slots + 1), slot + 1))
            if not begins:
                continue
            begin = begins[int(len(begins) * rnd())]
            in_the_way = sheet.overlapping(desk, begin, task.slots)
            gain -= sum(max(0.0, hope[other] - sheet.now[other]) for other in in_the_way)
            if gain > most and index not in in_the_way:
                most, found = gain, (index, begin, in_the_way)
        return found
