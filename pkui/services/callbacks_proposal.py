"""A proposal to change the office's calls, whatever made it: a plan, a repair, or one saving of the alarm."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pkui.domain.bookings import Slot
from pkui.domain.callbacks.repair import MoveReason


class Change(StrEnum):
    """What a proposal does to a case's call."""

    NEW = "new"
    MOVED = "moved"
    KEPT = "kept"
    DROPPED = "dropped"


_NEVER = Slot("", datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True)
class PlannedCall:
    """One line of the difference: the time before and after, none for no time.

    `agreed`: the patient had agreed to the time before. `reason` says why a call that had a time changes, and `by` is
    the queue number of the class-1 case it makes way for.
    """

    queue_number: int
    case_number: str
    change: Change
    before: Slot | None
    after: Slot | None
    agreed: bool = False
    reason: MoveReason | None = None
    by: int | None = None

    @property
    def to_be_told(self) -> bool:
        """Whether the patient counts on a time that will not be kept."""
        return self.agreed and self.before is not None and (self.after is None or self.after.start != self.before.start)


@dataclass(frozen=True)
class Proposal:
    """What would change, before it is applied. `waiting` is how many calls it is about.

    `offered` where so many wait that a plan beats ringing those whose window is open. `unplaced` holds queue number,
    case number and why; objective and bound are the planner's own, no bound where none was asked for.
    `stands`: planning anew was no better, so every time that stood is kept.
    """

    days: tuple[date, ...]
    waiting: int
    offered: bool
    calls: tuple[PlannedCall, ...]
    unplaced: tuple[tuple[int, str, str], ...]
    objective: dict[str, Any] | None
    bound: dict[str, Any] | None
    seconds: float
    stands: bool = False


@dataclass(frozen=True)
class Applied:
    """A proposal that was applied or taken back: its calls, and the cases somebody had changed in the meantime."""

    plan_id: UUID
    done: int
    skipped: tuple[int, ...]


def in_order(calls: list[PlannedCall]) -> tuple[PlannedCall, ...]:
    """The lines in the order of the times they end with, those that lose their time where they stood."""
    return tuple(sorted(calls, key=lambda one: ((one.after or one.before or _NEVER).start, one.queue_number)))


def changed(before: Slot | None, after: Slot | None) -> Change:
    """What happens to a call with these times."""
    if before == after:
        return Change.KEPT
    return Change.NEW if before is None else Change.DROPPED if after is None else Change.MOVED
