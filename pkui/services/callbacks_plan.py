"""Planning the office's calls: asked of the planner's process, shown as a difference, applied at once, taken back."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from pkui.base.errors import Refused
from pkui.base.keys import new_key
from pkui.domain.bookings import SECONDS, USUAL_DAYS, length_of, slots_between, window_used
from pkui.domain.codes import BookingState, EventKind
from pkui.domain.office import COPENHAGEN
from pkui.domain.permissions import Permission
from pkui.services.booked import end_booking
from pkui.services.callbacks import schedule
from pkui.services.callbacks_instance import document_of, waiting_calls
from pkui.services.callbacks_office import working_days
from pkui.services.callbacks_planner.process import PlannerProcess
from pkui.services.desk import Desk, Work, use_case
from storage.callbacks import (
    add_booking,
    bookings_of_plan,
    finish,
    newest_plan,
    read_windows,
    revive,
    standing_of,
)
from storage.cases import case_by_number
from storage.staff import read_staff
from storage.tables.callbacks import Booking, CallbackPlan
from storage.tables.cases import Case

HELD_BACK_PERCENT = 8
"""The share of today's and tomorrow's minutes left free for repairs."""
LONGEST_WAIT = 10
"""After how many working days a call counts as aged, however long it takes."""

Progress = Callable[[dict[str, Any]], None]


class Change(StrEnum):
    """What a plan does to a case's call."""

    NEW = "new"
    MOVED = "moved"
    KEPT = "kept"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Slot:
    """A time of an adviser, by username."""

    adviser: str
    start: datetime


_NEVER = Slot("", datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True)
class PlannedCall:
    """One line of the difference: the time before and after, none for no time."""

    queue_number: int
    case_number: str
    change: Change
    before: Slot | None
    after: Slot | None


@dataclass(frozen=True)
class Proposal:
    """A plan before it is applied; `offered` where so many wait that a plan beats ringing those whose window is open.

    `unplaced` holds queue number, case number and why; objective and bound are the planner's own.
    """

    days: tuple[date, ...]
    waiting: int
    offered: bool
    calls: tuple[PlannedCall, ...]
    unplaced: tuple[tuple[int, str, str], ...]
    objective: dict[str, Any]
    bound: dict[str, Any]
    seconds: float


@dataclass(frozen=True)
class Applied:
    """A plan that was applied or taken back: its calls, and the cases somebody had changed in the meantime."""

    plan_id: UUID
    done: int
    skipped: tuple[int, ...]


@dataclass(frozen=True)
class _Request:
    document: dict[str, Any]
    days: tuple[date, ...]
    case_numbers: dict[int, str]
    before: dict[int, Slot]
    preparation: dict[int, int]
    offered_above: int


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

    `process` can be stopped from another thread's loop; the best plan so far is then the answer. Nothing is written.
    """
    request = _request(desk, first, days)
    run = (process or PlannerProcess()).run(
        request.document, seconds, seed, on_progress, held_back_percent=HELD_BACK_PERCENT, longest_wait=LONGEST_WAIT
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
        waiting.preparation,
        work.office.plan_above_waiting,
    )


def _proposal(request: _Request, plan: dict[str, Any]) -> Proposal:
    """The planner's answer beside what stands."""
    after = {int(one["case"]): one for one in plan["placed"]}
    calls = []
    for number, case_number in sorted(request.case_numbers.items()):
        was, found = request.before.get(number), after.get(number)
        now = _slot(found, request.preparation[number]) if found else None
        if was is None and now is None:
            continue
        change = Change.NEW if was is None else Change.DROPPED if now is None else Change.MOVED
        calls.append(PlannedCall(number, case_number, Change.KEPT if was == now else change, was, now))
    return Proposal(
        days=request.days,
        waiting=len(request.case_numbers),
        offered=len(request.case_numbers) > request.offered_above,
        calls=tuple(sorted(calls, key=lambda one: (one.after or one.before or _NEVER).start)),
        unplaced=tuple(
            (number, request.case_numbers[number], one["why"])
            for one in plan["unplaced"]
            for number in [int(one["case"])]
        ),
        objective=plan["objective"],
        bound=plan["bound"],
        seconds=plan["seconds"],
    )


def _slot(placed: dict[str, Any], preparation: int) -> Slot:
    """When the talk begins; the planner places the whole block, preparation first."""
    block = datetime.fromisoformat(placed["start"]).replace(tzinfo=COPENHAGEN)
    return Slot(placed["adviser"], block.astimezone(UTC) + timedelta(minutes=preparation))


@use_case(Permission.MOVE_CASES)
def apply(work: Work, proposal: Proposal) -> Applied:
    """Books what the proposal says, all in one transaction; cases changed since then are left alone and named."""
    plan = CallbackPlan(id=new_key(work.now), applied_by=work.person.id, applied_at=work.now)
    work.session.add(plan)
    work.session.flush()
    ids = {one.username: one.id for one in read_staff(work.session, work.today, work.now)}
    todo: list[tuple[Case, PlannedCall]] = []
    skipped: list[tuple[Case, PlannedCall]] = []
    for call in proposal.calls:
        if call.change is not Change.KEPT:
            case = case_by_number(work.session, call.queue_number, lock=True)
            (todo if _makes_way(work, case, call, plan) else skipped).append((case, call))
    done = 0
    for case, call in todo:
        if call.after is None or _placed(work, case, call.after, ids[call.after.adviser], plan):
            done += 1
        else:
            skipped.append((case, call))
    return Applied(plan.id, done, tuple(sorted(call.queue_number for _, call in skipped)))


def _makes_way(work: Work, case: Case, call: PlannedCall, plan: CallbackPlan) -> bool:
    """Gives up the time before; False where the case has moved on."""
    standing = standing_of(work.session, patient_id=case.patient_id)
    if case.closed_at is not None or (standing is None) != (call.before is None):
        return False
    if standing is None:
        return True
    if standing.state is not BookingState.PLANNED or call.before is None or standing.starts_at != call.before.start:
        return False
    if standing.case_id != case.id:
        return False
    finish(work.session, standing, BookingState.CANCELLED, work.now)
    standing.replaced_by = plan.id
    return True


def _placed(work: Work, case: Case, slot: Slot, adviser_id: UUID, plan: CallbackPlan) -> bool:
    length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
    window = window_used(slot.start, length.talk, read_windows(work.session, [case.id]).get(case.id, ()))
    if slot.start - timedelta(minutes=length.preparation) < work.now:
        return False
    booking = Booking(
        id=new_key(work.now),
        case_id=case.id,
        patient_id=case.patient_id,
        adviser_id=adviser_id,
        state=BookingState.PLANNED,
        attempt=case.attempts + 1,
        starts_at=slot.start,
        ends_at=slot.start + timedelta(minutes=length.talk),
        preparation_minutes=length.preparation,
        after_minutes=length.after,
        window_from=window.start if window else None,
        window_to=window.end if window else None,
        plan_id=plan.id,
        made_by=work.person.id,
        made_at=work.now,
    )
    if not add_booking(work.session, booking, _slots(booking)):
        return False
    schedule(work, case)
    work.event(case, EventKind.CALL_BOOKED, at=slot.start.isoformat(), agreed=False, to=slot.adviser, by="plan")
    return True


def _slots(booking: Booking) -> range:
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    return slots_between(booking.starts_at - before, booking.ends_at + after)


@use_case(Permission.MOVE_CASES)
def undo(work: Work) -> Applied:
    """Takes back the plan applied last: its calls lose their time, except those agreed with patients since then.

    Calls that had made way get their time back where it is still free and to come. Raises Refused('nothing_to_undo').
    """
    plan = newest_plan(work.session)
    if plan is None:
        raise Refused("nothing_to_undo")
    made, gone = bookings_of_plan(work.session, plan.id)
    taken_back = [one for one in made if one.state is BookingState.PLANNED]
    for booking in taken_back:
        case = work.session.get_one(Case, booking.case_id)
        end_booking(work, case, booking, BookingState.CANCELLED)
        work.event(case, EventKind.CALL_CANCELLED, at=booking.starts_at.isoformat(), by="undo")
    skipped = []
    for booking in gone:
        case = work.session.get_one(Case, booking.case_id)
        past = booking.starts_at < work.now or case.closed_at is not None
        if past or not revive(work.session, booking, _slots(booking)):
            skipped.append(case.queue_number)
            continue
        schedule(work, case)
        work.event(case, EventKind.CALL_BOOKED, at=booking.starts_at.isoformat(), agreed=False, by="undo")
    plan.undone_by, plan.undone_at = work.person.id, work.now
    return Applied(plan.id, len(taken_back), tuple(sorted(skipped)))
