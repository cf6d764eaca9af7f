"""The alarm at the start of the day: whose last call time before the due date will be missed, and what saves each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from pkui.domain.bookings import USUAL_DAYS, Slot
from pkui.domain.callbacks.alarm import Alarm, Saving, alarms
from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Confirmed, Wall, instant, wall
from pkui.domain.callbacks.repair import repair as mend
from pkui.domain.office import COPENHAGEN
from pkui.domain.permissions import Permission
from pkui.services.callbacks_instance import Waiting, waiting_calls
from pkui.services.callbacks_office import working_days
from pkui.services.callbacks_proposal import PlannedCall, Proposal, changed
from pkui.services.desk import Work, use_case
from storage.queue import QueueRecord, read_rows

SEARCH_WORK = 400_000
SEARCH_SECONDS = 1.0
"""What the search for a place for every call may do and take before somebody is said to be missed."""

BOOKABLE = frozenset({Saving.FREE, Saving.SWAP})
"""The savings that are nothing but bookings, so that one key does them."""


@dataclass(frozen=True)
class Missed:
    """A call that will miss its last time before it is due, and the smallest change that saves it.

    `time` is where it would be rung; `other` the call a swap moves, to `other_time`; `minutes` how much longer the
    adviser would be there, or her break later.
    """

    record: QueueRecord
    saving: Saving
    time: Slot | None
    other: int | None
    other_case: str | None
    other_before: Slot | None
    other_time: Slot | None
    minutes: int

    def proposal(self) -> Proposal | None:
        """The saving as a proposal to apply; None where it takes more than booking."""
        if self.saving not in BOOKABLE or self.time is None:
            return None
        number = self.record.queue_number
        calls = [PlannedCall(number, self.record.case_number, changed(None, self.time), None, self.time)]
        if self.other is not None and self.other_case is not None:
            before, after = self.other_before, self.other_time
            calls.append(PlannedCall(self.other, self.other_case, changed(before, after), before, after))
        day = self.time.start.astimezone(COPENHAGEN).date()
        return Proposal((day,), len(calls), True, tuple(calls), (), None, None, 0.0)


@use_case(Permission.READ_QUEUE, writes=False)
def alarm(work: Work) -> tuple[Missed, ...]:
    """The calls whose last time before they are due is today and for which nobody at work has room, class 1 first.

    Every other call is given the best place the search finds first, so that nobody is named whom today's people reach.
    """
    begun = monotonic()
    waiting = waiting_calls(work, working_days(work, work.today, USUAL_DAYS))
    board = board_of(waiting.instance)
    before = {str(number): _block(waiting, number) for number in waiting.before if number in waiting.case_numbers}
    placed = mend(
        board,
        before,
        movable=before,
        work=SEARCH_WORK,
        keep_going=lambda: monotonic() - begun < SEARCH_SECONDS,
    )
    found = alarms(board, placed.places)
    records = {record.queue_number: record for record in read_rows(work.session, [int(one.case) for one in found])}
    return tuple(_missed(waiting, records[int(one.case)], one) for one in found)


def _block(waiting: Waiting, number: int) -> Confirmed:
    one = waiting.before[number]
    return Confirmed(one.adviser, wall(one.starts_at - timedelta(minutes=one.preparation_minutes), COPENHAGEN))


def _missed(waiting: Waiting, record: QueueRecord, one: Alarm) -> Missed:
    other = int(one.other) if one.other else None
    known = waiting.before.get(other) if other is not None else None
    return Missed(
        record=record,
        saving=one.saving,
        time=_slot(waiting, record.queue_number, one.adviser, one.start),
        other=other,
        other_case=waiting.case_numbers[other] if other is not None else None,
        other_before=Slot(known.adviser, known.starts_at) if known else None,
        other_time=_slot(waiting, other, one.other_adviser, one.other_start) if other is not None else None,
        minutes=one.minutes,
    )


def _slot(waiting: Waiting, number: int, adviser: str | None, start: Wall | None) -> Slot | None:
    """When the talk begins in a block of the board."""
    if adviser is None or start is None:
        return None
    talk: datetime = instant(start, COPENHAGEN) + timedelta(minutes=waiting.preparation[number])
    return Slot(adviser, talk)
