"""Finds times for one call in the office's calendar, and says which rules refuse a time somebody points at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pkui.domain.callbacks.bits import block, each, starts
from pkui.domain.callbacks.board import Board, window_starts, working_ordinals
from pkui.domain.callbacks.instance import Call, Wall

SHORTEST_CALL_MINUTES = 10
MINUTES_AN_HOUR = 60


class Refusal(StrEnum):
    """A rule that refuses a time."""

    ATTEMPTS_USED = "attempts_used"
    OFF_THE_GRID = "off_the_grid"
    OUTSIDE_HORIZON = "outside_horizon"
    PAST = "past"
    TOO_SOON = "too_soon"
    OUTSIDE_WINDOW = "outside_window"
    NO_SKILL = "no_skill"
    NOT_AT_WORK = "not_at_work"
    BOOKED = "booked"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Offer:
    """A time a call can have: how many working days late it is, and how many slots it leaves too short for any call."""

    adviser: str
    start: Wall
    days_late: int
    own_adviser: bool
    wasted: int


class OfficeCalendar:
    """What every adviser has free, kept in memory; booking and cancelling change it exactly."""

    def __init__(self, board: Board, places: Mapping[int, tuple[int, int]]) -> None:
        self.board, self.instance = board, board.instance
        self.numbers = {adviser.id: number for number, adviser in enumerate(self.instance.advisers)}
        self.rows = {day: number for number, day in enumerate(self.instance.days)}
        self.free = list(board.free)
        self.ordinal: dict[date, int] = working_ordinals(self.instance.days, self.instance.closed)
        for index, (desk, slot) in places.items():
            if index not in board.kept:
                self.free[desk] &= ~block(slot, slot + board.tasks[index].slots)

    def offers(self, call: Call, limit: int = 5) -> list[Offer]:
        """The best times, one for each start: on time, then the own adviser, then soonest and least disturbing."""
        found: dict[Wall, tuple[tuple[object, ...], Offer]] = {}
        slots, width = call.minutes // self.instance.slot, self.board.advisers
        late = self._days_late(call.due)
        if call.attempts_used >= call.max_attempts:
            return []
        for day, mask in enumerate(window_starts(self.instance, call, self.board.origin)):
            for number, adviser in enumerate(self.instance.advisers):
                desk = day * width + number
                room = starts(self.free[desk], slots) & mask if mask and adviser.can(call.skill) else 0
                for slot in each(room & ~(room << 1) | room & ~(room >> 1)):
                    own = adviser.id == call.previous_adviser
                    start, wasted = self.board.when(desk, slot), self._wasted(desk, slot, slots)
                    offer = Offer(adviser.id, start, late[day], own, wasted)
                    hour = start.minute // MINUTES_AN_HOUR
                    rank = (late[day], not own, day, hour, wasted, start.minute, len(adviser.skills), number)
                    if start not in found or rank < found[start][0]:
                        found[start] = (rank, offer)
        return [offer for _, offer in sorted(found.values(), key=lambda pair: pair[0])[:limit]]

    def refusals(self, call: Call, adviser: str, start: Wall) -> tuple[Refusal, ...]:
        """Every rule that refuses this adviser and start for the call; none when it can be booked."""
        instance, slots = self.instance, call.minutes // self.instance.slot
        if start.minute % instance.slot:
            return (Refusal.OFF_THE_GRID,)
        if start.day not in self.rows:
            return (Refusal.OUTSIDE_HORIZON,)
        day, slot = self.rows[start.day], start.minute // instance.slot - self.board.origin
        desk = day * self.board.advisers + self.numbers[adviser]
        need = block(slot, slot + slots) if slot >= 0 else 0
        inside = any(
            window.weekday == start.day.weekday()
            and window.start <= start.minute
            and start.minute + call.minutes <= window.end
            for window in call.windows
        )
        at_work = bool(need) and self.board.work[desk] & need == need
        broken = {
            Refusal.ATTEMPTS_USED: call.attempts_used >= call.max_attempts,
            Refusal.PAST: start < instance.now,
            Refusal.TOO_SOON: call.not_before is not None and start < call.not_before,
            Refusal.OUTSIDE_WINDOW: not inside,
            Refusal.NO_SKILL: not instance.advisers[self.numbers[adviser]].can(call.skill),
            Refusal.NOT_AT_WORK: not at_work,
            Refusal.BOOKED: at_work and self.board.open[desk] & need != need,
            Refusal.TAKEN: at_work and self.board.open[desk] & need == need and self.free[desk] & need != need,
        }
        return tuple(rule for rule, is_broken in broken.items() if is_broken)

    def book(self, adviser: str, start: Wall, minutes: int) -> bool:
        """Takes the time if all of it is free; whether it was."""
        desk, need = self._place(adviser, start, minutes)
        if self.free[desk] & need != need:
            return False
        self.free[desk] ^= need
        return True

    def cancel(self, adviser: str, start: Wall, minutes: int) -> None:
        """Gives back a time that was booked."""
        desk, need = self._place(adviser, start, minutes)
        self.free[desk] |= need & self.board.open[desk]

    def _place(self, adviser: str, start: Wall, minutes: int) -> tuple[int, int]:
        slot = start.minute // self.instance.slot - self.board.origin
        desk = self.rows[start.day] * self.board.advisers + self.numbers[adviser]
        return desk, block(slot, slot + minutes // self.instance.slot)

    def _days_late(self, due: date) -> list[int]:
        ordinal = working_ordinals([*self.instance.days, due], self.instance.closed)
        return [max(0, ordinal[day] - ordinal[due]) for day in self.instance.days]

    def _wasted(self, desk: int, slot: int, slots: int) -> int:
        """Free slots beside the call that become too few for the shortest call."""
        free, shortest = self.free[desk], SHORTEST_CALL_MINUTES // self.instance.slot
        before = after = 0
        while before < shortest and slot - before > 0 and free >> (slot - before - 1) & 1:
            before += 1
        while after < shortest and free >> (slot + slots + after) & 1:
            after += 1
        return (before if before < shortest else 0) + (after if after < shortest else 0)
