"""Planning the office's calls: asked of the planner's process, shown as a difference before anything is written."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pkui.domain.bookings import SECONDS, USUAL_DAYS, Slot
from pkui.domain.callbacks.instance import wall
from pkui.domain.office import COPENHAGEN
from pkui.domain.permissions import Permission
from pkui.services.callbacks_instance import document_of, waiting_calls
from pkui.services.callbacks_office import whole, working_days
from pkui.services.callbacks_planner.process import PlannerProcess
from pkui.services.callbacks_proposal import PlannedCall, Proposal, changed, in_order
from pkui.services.desk import Desk, Work, use_case
from storage.callbacks import BookedRecord

Progress = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class _Request:
    document: dict[str, Any]
    days: tuple[date, ...]
    case_numbers: dict[int, str]
    before: dict[int, Slot]
    standing: list[dict[str, str]]
    preparation: dict[int, int]
    offered_above: int
    held_back_percent: int
    longest_wait: int


def plan(
    desk: Desk,
    first: date | None = None,
    days: int = USUAL_DAYS,
    *,
    seconds: float = SECONDS,
    seed: int = 1,
    on_progress: Progress = lambda worth: None,
    process: PlannerProcess | None = None,
) -> Proposal:
    """The next call of every waiting case over so many working days, searched in a process of its own.

    The plan that stands is kept where the new one is no better.

    `process` can be stopped from another thread's loop; the best plan so far is then the answer. Nothing is written.
    """
    request = _request(desk, first, days)
    run = (process or PlannerProcess()).run(
        request.document,
        seconds,
        seed,
        on_progress,
        held_back_percent=request.held_back_percent,
        longest_wait=request.longest_wait,
        before=request.standing,
    )
    return _proposal(request, asyncio.run(run))


@use_case(Permission.MOVE_CASES, writes=False)
def _request(work: Work, first: date | None, days: int) -> _Request:
    horizon = working_days(work, max(first or work.today, work.today), days)
    waiting = waiting_calls(work, horizon)
    before = {number: Slot(one.adviser, one.starts_at) for number, one in waiting.before.items()}
    return _Request(
        document_of(waiting.instance),
        horizon,
        waiting.case_numbers,
        before,
        [_standing(number, one) for number, one in waiting.before.items()],
        waiting.preparation,
        work.office.plan_above_waiting,
        min(work.office.plan_held_back_percent, 100),
        work.office.plan_longest_wait_days,
    )


def _standing(number: int, one: BookedRecord) -> dict[str, str]:
    """The whole block of a planned call as the planner reads it."""
    return {"case": str(number), "adviser": one.adviser, "start": wall(whole(one)[0], COPENHAGEN).text()}


def _proposal(request: _Request, plan: dict[str, Any]) -> Proposal:
    """The planner's answer beside what stands."""
    after = {int(one["case"]): one for one in plan["placed"]}
    calls = []
    for number, case_number in sorted(request.case_numbers.items()):
        was, found = request.before.get(number), after.get(number)
        now = _slot(found, request.preparation[number]) if found else None
        if was is not None or now is not None:
            calls.append(PlannedCall(number, case_number, changed(was, now), was, now))
    return Proposal(
        days=request.days,
        waiting=len(request.case_numbers),
        offered=len(request.case_numbers) > request.offered_above,
        calls=in_order(calls),
        unplaced=tuple(
            (number, request.case_numbers[number], one["why"])
            for one in plan["unplaced"]
            for number in [int(one["case"])]
        ),
        objective=plan["objective"],
        bound=plan["bound"],
        seconds=plan["seconds"],
        stands=plan["kept"],
    )


def _slot(placed: dict[str, Any], preparation: int) -> Slot:
    """When the talk begins; the planner places the whole block, preparation first."""
    block = datetime.fromisoformat(placed["start"]).replace(tzinfo=COPENHAGEN)
    return Slot(placed["adviser"], block.astimezone(UTC) + timedelta(minutes=preparation))
