"""Applying a proposal at once, and taking the last one back: one transaction each, nobody's agreement lost unseen."""

from datetime import datetime, timedelta
from uuid import UUID

from pkui.base.errors import Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.bookings import Slot, length_of, slots_between, window_used
from pkui.domain.callbacks.repair import MoveReason
from pkui.domain.codes import BookingState, EventKind, PriorityClass
from pkui.domain.permissions import Permission
from pkui.services.booked import end_booking
from pkui.services.callbacks import schedule
from pkui.services.callbacks_proposal import Applied, Change, PlannedCall, Proposal
from pkui.services.callbacks_tell import tell_the_patient, told
from pkui.services.desk import Work, use_case
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


@use_case(Permission.MOVE_CASES)
def apply(work: Work, proposal: Proposal) -> Applied:
    """Books what the proposal says, all in one transaction; cases changed since then are left alone and named.

    A patient whose agreed time is not kept is told: that becomes the next step of her case, today.
    """
    plan = CallbackPlan(id=new_key(work.now), applied_by=work.person.id, applied_at=work.now)
    work.session.add(plan)
    work.session.flush()
    ids = {one.username: one.id for one in read_staff(work.session, work.today, work.now)}
    todo: list[tuple[Case, PlannedCall]] = []
    skipped: list[tuple[Case, PlannedCall]] = []
    refused = _not_urgent(work, proposal)
    for call in proposal.calls:
        if call.change is not Change.KEPT:
            case = case_by_number(work.session, call.queue_number, lock=True)
            makes_way = call.by not in refused and _makes_way(work, case, call, plan)
            (todo if makes_way else skipped).append((case, call))
    done = 0
    for case, call in todo:
        placed = call.after is None or _placed(work, case, call, call.after, ids[call.after.adviser], plan)
        if call.to_be_told or (call.agreed and not placed):
            _tell(work, case, call)
        if placed:
            done += 1
        else:
            skipped.append((case, call))
    return Applied(plan.id, done, tuple(sorted(call.queue_number for _, call in skipped)))


def _tell(work: Work, case: Case, call: PlannedCall) -> None:
    standing = standing_of(work.session, case_id=case.id)
    if call.before is not None:
        tell_the_patient(work, case, call.before.start, standing.starts_at if standing else None)


def _not_urgent(work: Work, proposal: Proposal) -> set[int]:
    """The cases something makes way for that are not of class 1 any more: only class 1 may displace."""
    wanted = {call.by for call in proposal.calls if call.by is not None}
    first = PriorityClass.MAXIMUM_WAITING_TIME
    return {number for number in wanted if case_by_number(work.session, number).priority_class != first}


def _makes_way(work: Work, case: Case, call: PlannedCall, plan: CallbackPlan) -> bool:
    """Gives up the time before; False where the case has moved on, or was agreed with the patient meanwhile."""
    standing = standing_of(work.session, patient_id=case.patient_id)
    if case.closed_at is not None or (standing is None) != (call.before is None):
        return False
    if standing is None:
        return True
    if call.before is None or standing.starts_at != call.before.start or standing.case_id != case.id:
        return False
    if (standing.state is BookingState.AGREED) != call.agreed:
        return False
    finish(work.session, standing, BookingState.CANCELLED, work.now)
    standing.replaced_by = plan.id
    if call.to_be_told or call.after is None:
        why = call.reason.value if call.reason else None
        work.event(case, EventKind.CALL_CANCELLED, at=standing.starts_at.isoformat(), why=why, made_way_for=call.by)
    return True


def _placed(work: Work, case: Case, call: PlannedCall, slot: Slot, adviser_id: UUID, plan: CallbackPlan) -> bool:
    length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
    window = window_used(slot.start, length.talk, read_windows(work.session, [case.id]).get(case.id, ()))
    if slot.start - timedelta(minutes=length.preparation) < work.now:
        return False
    agreed = call.agreed and not call.to_be_told
    booking = Booking(
        id=new_key(work.now),
        case_id=case.id,
        patient_id=case.patient_id,
        adviser_id=adviser_id,
        state=BookingState.AGREED if agreed else BookingState.PLANNED,
        agreed_at=_agreed_at(work, case, plan) if agreed else None,
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
    by = "plan" if call.reason in (None, MoveReason.BETTER, MoveReason.NEW) else "repair"
    work.event(case, EventKind.CALL_BOOKED, at=slot.start.isoformat(), agreed=agreed, to=slot.adviser, by=by)
    work.log(AccessKind.CHANGE, "booking", patient_id=case.patient_id, case_id=case.id)
    return True


def _agreed_at(work: Work, case: Case, plan: CallbackPlan) -> datetime | None:
    """When the patient agreed to the hour that a colleague now keeps."""
    _made, gone = bookings_of_plan(work.session, plan.id)
    return next((one.agreed_at for one in gone if one.case_id == case.id), None)


def _slots(booking: Booking) -> range:
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    return slots_between(booking.starts_at - before, booking.ends_at + after)


@use_case(Permission.MOVE_CASES)
def undo(work: Work) -> Applied:
    """Takes back the proposal applied last: its calls lose their time, except those agreed with patients since then.

    Calls that had made way get their time back where it is still free and to come, agreed ones as agreed. Raises
    Refused('nothing_to_undo').
    """
    plan = newest_plan(work.session)
    if plan is None:
        raise Refused("nothing_to_undo")
    made, gone = bookings_of_plan(work.session, plan.id)
    agreed = {one.case_id: one.agreed_at for one in gone}
    taken_back = [one for one in made if one.agreed_at is None or one.agreed_at == agreed.get(one.case_id)]
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
        _back(work, case, booking)
    plan.undone_by, plan.undone_at = work.person.id, work.now
    return Applied(plan.id, len(taken_back), tuple(sorted(skipped)))


def _back(work: Work, case: Case, booking: Booking) -> None:
    """The time stands again, so a patient who counted on it need be told nothing."""
    agreed = booking.state is BookingState.AGREED
    if agreed:
        told(work, case)
    schedule(work, case)
    work.event(case, EventKind.CALL_BOOKED, at=booking.starts_at.isoformat(), agreed=agreed, by="undo")
