"""The office as bitmasks: what every adviser has free on every day, where every call may start, and what a day costs.

A desk is one adviser on one day, numbered `day * advisers + adviser`. Slots are counted from the earliest hour
anybody works, so the numbers stay small.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pkui.domain.callbacks.bits import block, each, starts
from pkui.domain.callbacks.instance import MINUTES_A_DAY, Call, Instance, Wall

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What an office may add to the instance's own aims: a share of today and tomorrow kept free, and a longest wait.

    The wait is in working days from the day the enquiry came in; None sets no limit.
    """

    held_back_percent: int = 0
    longest_wait: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One call on the board: its length in slots and, by day, tardiness, cost, whether class 1 is late, and its starts.

    The cost joins the aims in their order: class 1 late, then waiting past the ageing cap, then weighted tardiness.
    `idle` and `tardy_idle` are for leaving it out; `open_on` are the days with a start, cheapest and soonest first.
    """

    index: int
    call: Call
    slots: int
    tardy: tuple[int, ...]
    tardy_idle: int
    cost: tuple[int, ...]
    idle: int
    late: tuple[bool, ...]
    starts: tuple[int, ...]
    open_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A compiled instance. `free` is by desk, after shifts, breaks, bookings and the calls agreed with patients."""

    instance: Instance
    origin: int
    work: tuple[int, ...]
    open: tuple[int, ...]
    free: tuple[int, ...]
    tasks: tuple[Task, ...]
    kept: Mapping[int, tuple[int, int]]
    lost: tuple[int, ...]
    todo: tuple[int, ...]
    late_cost: int
    skilled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def advisers(self) -> int:
        """How many advisers there are."""
        return len(self.instance.advisers)

    @property
    def days(self) -> int:
        """How many days the horizon has."""
        return len(self.instance.days)

    def when(self, desk: int, slot: int) -> Wall:
        """The wall time of a slot at a desk."""
        return Wall(self.instance.days[desk // self.advisers], (slot + self.origin) * self.instance.slot)

    def who(self, desk: int) -> str:
        """The adviser of a desk."""
        return self.instance.advisers[desk % self.advisers].id


def working_ordinals(days: Iterable[date], closed: frozenset[date]) -> dict[date, int]:
    """For each day the number of working days up to and including it, counted from the first of them all."""
    wanted = sorted(set(days))
    found: dict[date, int] = {}
    count, day = 0, wanted[0]
    for goal in wanted:
        while day <= goal:
            count += day.weekday() < 5 and day not in closed
            day += ONE_DAY
        found[goal] = count
    return found


def board_of(instance: Instance, rules: Rules = Rules()) -> Board:
    """Compiles an instance: masks, costs, and which agreed calls still have their place."""
    first = min((shift.hours.start for adviser in instance.advisers for shift in adviser.shifts), default=0)
    origin = first // 60 * 60 // instance.slot
    work, opened = _calendars(instance, origin)
    kept, lost, free = _agreed(instance, origin, opened)
    skilled = {
        skill: tuple(number for number, adviser in enumerate(instance.advisers) if adviser.can(skill))
        for skill in sorted({call.skill for call in instance.calls})
    }
    prices = _price_list(instance, rules)
    tasks = tuple(
        _task(instance, origin, index, call, prices, skilled[call.skill], work)
        for index, call in enumerate(instance.calls)
    )
    todo = tuple(
        task.index
        for task in tasks
        if task.index not in kept and task.call.attempts_used < task.call.max_attempts and task.open_on
    )
    _hold_back(instance, free, rules)
    return Board(instance, origin, work, opened, tuple(free), tasks, kept, lost, todo, prices.late, skilled)


def _hold_back(instance: Instance, free: list[int], rules: Rules) -> None:
    """Takes a share of the first two days' free slots out of the plan, by turns late in the day and before noon."""
    width = len(instance.advisers)
    for desk in range(min(len(free), 2 * width)):
        slots = each(free[desk])
        count = -(-len(slots) * rules.held_back_percent // 100)
        end = len(slots) if desk % 2 == 0 else max(count, len(slots) // 2)
        for slot in slots[end - count : end]:
            free[desk] &= ~(1 << slot)


@dataclass(frozen=True, slots=True)
class _PriceList:
    """Working days as numbers, and what a breach of each aim costs beside one unit of tardiness."""

    ordinal: Mapping[date, int]
    late: int
    aged: int
    cap: int | None


def _price_list(instance: Instance, rules: Rules) -> _PriceList:
    """One unit of an aim outweighs everything the aims after it can add up to."""
    created = [call.created.day for call in instance.calls if call.created]
    ordinal = working_ordinals([*instance.days, *(call.due for call in instance.calls), *created], instance.closed)
    worst = 1 + sum(
        instance.weights[call.rank] * max(1, ordinal[instance.days[-1]] + instance.extra_days - ordinal[call.due])
        for call in instance.calls
    )
    if rules.longest_wait is None:
        return _PriceList(ordinal, worst, 0, None)
    slots = sum(call.minutes // instance.slot for call in instance.calls)
    most = slots * (ordinal[instance.days[-1]] + instance.extra_days)
    return _PriceList(ordinal, worst * (most + 1), worst, rules.longest_wait)


def _calendars(instance: Instance, origin: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """By desk: the hours worked less breaks, and the same less bookings."""
    width = len(instance.advisers)
    row = {day: number * width for number, day in enumerate(instance.days)}
    column = {adviser.id: number for number, adviser in enumerate(instance.advisers)}
    work = [0] * (width * len(instance.days))

    def mask(start: int, end: int) -> int:
        """The bits of the slots between two minutes."""
        return block(start // instance.slot - origin, end // instance.slot - origin)

    for number, adviser in enumerate(instance.advisers):
        for shift in adviser.shifts:
            if shift.day in row:
                hours = mask(*shift.hours)
                for rest in shift.breaks:
                    hours &= ~mask(max(rest.start, shift.hours.start), rest.end)
                work[row[shift.day] + number] |= hours
    opened = list(work)
    for booking in instance.bookings:
        if booking.day in row:
            start = max(booking.span.start, origin * instance.slot)
            opened[row[booking.day] + column[booking.adviser]] &= ~mask(start, booking.span.end)
    return tuple(work), tuple(opened)


def _agreed(
    instance: Instance, origin: int, opened: tuple[int, ...]
) -> tuple[dict[int, tuple[int, int]], tuple[int, ...], list[int]]:
    """The agreed calls that still have their place, those whose place is gone, and what is left free by desk."""
    width = len(instance.advisers)
    row = {day: number * width for number, day in enumerate(instance.days)}
    column = {adviser.id: number for number, adviser in enumerate(instance.advisers)}
    kept: dict[int, tuple[int, int]] = {}
    lost: list[int] = []
    free = list(opened)
    for index, call in enumerate(instance.calls):
        if call.confirmed is None:
            continue
        slot = call.confirmed.start.minute // instance.slot - origin
        need = block(max(slot, 0), max(slot, 0) + call.minutes // instance.slot)
        day = call.confirmed.start.day
        desk = row[day] + column[call.confirmed.adviser] if day in row and slot >= 0 else -1
        if desk < 0 or free[desk] & need != need:
            lost.append(index)
        else:
            free[desk] ^= need
            kept[index] = (desk, slot)
    return kept, tuple(lost), free


def _first_slots(instance: Instance, call: Call, origin: int) -> list[int]:
    """By day the first slot that is neither past nor before the call may be made."""
    earliest = instance.now if call.not_before is None else max(instance.now, call.not_before)
    found = []
    for day in instance.days:
        minute = 0 if day > earliest.day else MINUTES_A_DAY if day < earliest.day else earliest.minute
        found.append(max(0, -(-minute // instance.slot) - origin))
    return found


def window_starts(instance: Instance, call: Call, origin: int) -> list[int]:
    """By day the slots where the call lies wholly inside one of the patient's windows, now and its gap respected."""
    slots = call.minutes // instance.slot
    found = []
    for day, first in zip(instance.days, _first_slots(instance, call, origin), strict=True):
        mask = 0
        for window in call.windows:
            if window.weekday == day.weekday():
                begin = max(-(-window.start // instance.slot) - origin, first)
                mask |= block(begin, window.end // instance.slot - origin - slots + 1)
        found.append(mask)
    return found


def _task(
    instance: Instance,
    origin: int,
    index: int,
    call: Call,
    prices: _PriceList,
    able: tuple[int, ...],
    work: tuple[int, ...],
) -> Task:
    """Days past the longest wait cost by the slot, so a long call counts as much as the short ones in its place."""
    width, slots, ordinal = len(instance.advisers), call.minutes // instance.slot, prices.ordinal
    weight, due = instance.weights[call.rank], ordinal[call.due]
    tardy = tuple(weight * max(0, ordinal[day] - due) for day in instance.days)
    tardy_idle = weight * max(1, ordinal[instance.days[-1]] + instance.extra_days - due)
    late = tuple(call.rank == 1 and ordinal[day] > due for day in instance.days)
    cost, idle = list(tardy), tardy_idle
    for day, is_late in enumerate(late):
        cost[day] += prices.late * is_late
    idle += prices.late * (call.rank == 1)
    if prices.cap is not None and call.created:
        last = ordinal[call.created.day] + prices.cap
        for day, when in enumerate(instance.days):
            cost[day] += prices.aged * slots * max(0, ordinal[when] - last)
        idle += prices.aged * slots * max(0, ordinal[instance.days[-1]] + instance.extra_days - last)
    masks = window_starts(instance, call, origin)
    for day, mask in enumerate(masks):
        desks = range(day * width, day * width + width)
        masks[day] = mask if any(starts(work[desks[number]], slots) & mask for number in able) else 0
    open_on = sorted((day for day, mask in enumerate(masks) if mask), key=lambda day: (cost[day], day))
    return Task(index, call, slots, tardy, tardy_idle, tuple(cost), idle, late, tuple(masks), tuple(open_on))
