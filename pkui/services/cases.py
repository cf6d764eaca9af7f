"""Working a case: open, take, put back, hand over, note, contact, wait, close, reopen. Each is one transaction.

A change carries the version it was based on; when the case has moved on, it is refused and nothing is written.
"""

from datetime import date
from uuid import UUID

from pkui.base.errors import BadInput, Refused, Stale
from pkui.domain.access_codes import AccessKind, Purpose
from pkui.domain.codes import OUTCOMES, CaseState, Cause, EventKind, Party, PriorityClass, Role
from pkui.domain.permissions import Permission, may_work
from pkui.services.booked import cancel_by_close
from pkui.services.case_view import CaseView, view_of
from pkui.services.company import not_held_by_another
from pkui.services.desk import Work, use_case
from pkui.services.openings import LONGEST_REASON as LONGEST_REASON
from pkui.services.openings import open_to_hand_out, open_with, require_open
from pkui.services.queue import assign_to_self, deal_of
from pkui.services.standing import place_anew
from pkui.services.together import bring_along, put_back_along
from storage.cases import case_by_number, queue_number_of, read_staff_names
from storage.merges import read_merged_into
from storage.queue import QueueFilter, read_snapshot
from storage.staff import read_staff
from storage.tables.cases import Case

IN_A_CALL = Purpose.IN_A_CALL.value
"""The reason given when a case is opened because somebody is on the phone about it."""

LONGEST_TEXT = 20_000
LONGEST_MESSAGE = 2_000
LONGEST_NAME = 200


@use_case(Permission.READ_QUEUE, writes=False)
def find_number(work: Work, number: str) -> int:
    """The queue number behind '4120' or '2026-004120'."""
    return queue_number_of(work.session, number.strip())


@use_case(Permission.READ_QUEUE)
def open_case(work: Work, queue_number: int, *, reason: str | None = None) -> CaseView:
    """Everything of a case; the look-up is logged. Where it is not hers, a reason is asked for (services.openings)."""
    case = case_by_number(work.session, queue_number)
    purpose = open_with(work, case, reason)
    work.log(AccessKind.LOOK_UP, "case", patient_id=case.patient_id, case_id=case.id, purpose=purpose)
    return view_of(work, case)


@use_case(Permission.READ_QUEUE)
def hand_out(work: Work, queue_number: int, *, reason: str | None) -> CaseView:
    """A case to be handed out with a protected person's name, telephone and address: deliberately, for a reason."""
    case = case_by_number(work.session, queue_number)
    purpose = open_to_hand_out(work, case, reason)
    work.log(AccessKind.EXPORT, "case", patient_id=case.patient_id, case_id=case.id, purpose=purpose)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def take(work: Work, queue_number: int, *, reason: str | None = None, version: int | None = None) -> CaseView:
    """Takes one chosen case. Stepping past a maximum-waiting-time case asks for a reason."""
    case = current(work, queue_number, version)
    open_with(work, case, reason)
    _open_and_workable(work, case)
    if case.assignee_id == work.person.id:
        return view_of(work, case)
    not_held_by_another(work, queue_number)
    if case.assignee_id is not None:
        raise Refused("taken", queue_number=queue_number, by=_holder_name(work, case))
    first = read_snapshot(work.session, QueueFilter(unassigned=True, deal=deal_of(work)), limit=1)
    ahead = case_by_number(work.session, first[0]) if first else None
    if ahead is not None and ahead.priority_class == PriorityClass.MAXIMUM_WAITING_TIME != case.priority_class:
        reasoned(reason, "reason_to_step_past", queue_number=ahead.queue_number)
    assign_to_self(work, case, reason=reason)
    bring_along(work, case, work.person.id, work.person.username)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def put_back(work: Work, queue_number: int, *, reason: str, version: int | None = None) -> CaseView:
    """Puts a case back where it stood in the queue, and the person's other cases that were dealt with it."""
    case = _held(work, queue_number, version)
    reason = reasoned(reason, "reason_needed")
    holder, case.assignee_id = case.assignee_id, None
    if case.state in (CaseState.ASSIGNED, CaseState.SCHEDULED):
        case.state = CaseState.NEW
    work.event(case, EventKind.PUT_BACK, reason=reason)
    if holder is not None:
        put_back_along(work, case, holder, reason)
    return view_of(work, case)


@use_case(Permission.MOVE_CASES)
def assign(
    work: Work, queue_number: int, username: str, *, reason: str | None = None, version: int | None = None
) -> CaseView:
    """Gives a case to a colleague who may work it, and the person's other cases with it."""
    case = current(work, queue_number, version)
    open_with(work, case, reason)
    before = case.assignee_id
    _give(work, case, username)
    work.event(case, EventKind.ASSIGNED, reason=reason, to=username)
    _bring_along(work, case, username, before)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def hand_over(work: Work, queue_number: int, username: str, *, text: str, version: int | None = None) -> CaseView:
    """Hands one's own case to a colleague with a message, and the person's other cases with it."""
    case = _held(work, queue_number, version)
    before = case.assignee_id
    text = given_text(text, "message_needed", LONGEST_MESSAGE)
    _give(work, case, username)
    work.event(case, EventKind.HANDED_OVER, reason=text, to=username)
    _bring_along(work, case, username, before)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def wait(
    work: Work, queue_number: int, *, party: Party, until: date, text: str, version: int | None = None
) -> CaseView:
    """Waits for somebody until a working day: what was asked stands with the case, and it comes back on that day."""
    case = _held(work, queue_number, version)
    let_wait(work, case, party=party, until=until, text=given_text(text, "text_needed", LONGEST_MESSAGE))
    return view_of(work, case)


def let_wait(work: Work, case: Case, *, party: Party, until: date, text: str) -> None:
    """Lets an open case wait for somebody until a working day. Raises BadInput for another day."""
    if until < work.today:
        raise BadInput("follow_up_in_the_past", on=until.isoformat())
    working_day = work.calendar.on_or_after(until)
    if working_day != until:
        raise BadInput("follow_up_on_a_closed_day", on=until.isoformat(), next=working_day.isoformat())
    case.state, case.waiting_for, case.waiting_text, case.follow_up_on = CaseState.WAITING, party, text, until
    place_anew(work, case)
    work.event(case, EventKind.WAITING, reason=text or None, party=party.value, until=until.isoformat())


@use_case(Permission.WORK_CASES)
def close(
    work: Work,
    queue_number: int,
    *,
    outcome: str,
    cause: Cause | None = None,
    forwarded_to: str | None = None,
    version: int | None = None,
) -> CaseView:
    """Closes one's own case with its outcome and why the patient had to come to us."""
    case = _held(work, queue_number, version)
    if outcome not in OUTCOMES:
        raise BadInput("unknown_outcome")
    if outcome == "forwarded":
        forwarded_to = given_text(forwarded_to, "forwarded_to_needed", LONGEST_NAME)
    case.state, case.closed_at, case.outcome, case.cause = CaseState.CLOSED, work.now, outcome, cause
    case.forwarded_to = forwarded_to
    case.answered_at = case.answered_at or work.now
    case.follow_up_on = case.waiting_for = case.waiting_text = case.retry_from = None
    cancel_by_close(work, case)
    work.event(case, EventKind.CLOSED, outcome=outcome, cause=cause.value if cause else None)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def reopen(work: Work, queue_number: int, *, reason: str, version: int | None = None) -> CaseView:
    """Opens a closed case again for the person who does it; its time to answer begins anew."""
    case = current(work, queue_number, version)
    open_with(work, case, reason)
    if case.closed_at is None:
        raise Refused("not_closed", queue_number=queue_number)
    not_merged(work, case)
    if not work.person.may_work(case.topic, case.complexity):
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)
    reason = reasoned(reason, "reason_needed")
    case.state, case.closed_at, case.outcome, case.cause = CaseState.REOPENED, None, None, None
    case.reopened_at, case.answered_at, case.attempts = work.now, None, 0
    case.assignee_id = work.person.id
    place_anew(work, case)
    work.event(case, EventKind.REOPENED, reason=reason)
    return view_of(work, case)


@use_case(Permission.READ_QUEUE)
def copied(work: Work, queue_number: int, what: str) -> None:
    """Logs that something of a case went to the clipboard."""
    case = case_by_number(work.session, queue_number)
    require_open(work, case)
    work.log(AccessKind.COPY, what, patient_id=case.patient_id, case_id=case.id)


def open_for_change(work: Work, queue_number: int, version: int | None) -> Case:
    """A case anyone who may open it may add to (contacts, notes, core data), at the version the change is based on."""
    case = current(work, queue_number, version)
    require_open(work, case)
    not_merged(work, case)
    return case


def not_merged(work: Work, case: Case) -> None:
    """A case that is part of another is left as it is, so that a split gives it back. Raises Refused('merged')."""
    into = read_merged_into(work.session, case.id) if case.closed_at is not None else None
    if into is not None:
        raise Refused("merged", queue_number=case.queue_number, into=into[0])


def current(work: Work, queue_number: int, version: int | None) -> Case:
    """The case, locked to be changed. Raises Stale when it has moved on since `version`."""
    case = case_by_number(work.session, queue_number, lock=True)
    if version is not None and version != case.version:
        raise Stale(based_on=version, now_at=case.version or 0)
    return case


def _held(work: Work, queue_number: int, version: int | None) -> Case:
    """The case, when it is open and the person's own; the training system may work any."""
    case = current(work, queue_number, version)
    _open_and_workable(work, case)
    if case.assignee_id != work.person.id and Role.SYSTEM not in work.person.roles:
        raise Refused("not_yours", queue_number=queue_number)
    not_held_by_another(work, queue_number)
    return case


def _holder_name(work: Work, case: Case) -> str:
    ids = {case.assignee_id} if case.assignee_id else set()
    return "".join(read_staff_names(work.session, ids).values())


def _open_and_workable(work: Work, case: Case) -> None:
    if case.closed_at is not None:
        raise Refused("closed", queue_number=case.queue_number)
    if not work.person.may_work(case.topic, case.complexity):
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)


def _give(work: Work, case: Case, username: str) -> None:
    if case.closed_at is not None:
        raise Refused("closed", queue_number=case.queue_number)
    found = read_staff(work.session, work.today, work.now, username=username.strip().casefold())
    if not found:
        raise BadInput("no_such_person")
    if not may_work(found[0].roles, case.topic, case.complexity):
        raise Refused("colleague_may_not")
    if found[0].absent:
        raise Refused("colleague_absent")
    case.assignee_id = found[0].id
    case.state = case.state.held


def _bring_along(work: Work, case: Case, username: str, giver: UUID | None) -> None:
    """The person's other cases go where this one went."""
    if case.assignee_id is not None:
        bring_along(work, case, case.assignee_id, username.strip().casefold(), held_by=giver)


def reasoned(reason: str | None, code: str, **details: object) -> str:
    """The reason, trimmed. Raises Refused(code) where none was given and BadInput where it is too long."""
    if not reason or not reason.strip():
        raise Refused(code, **details)
    return not_longer(reason, LONGEST_REASON).strip()


def given_text(text: str | None, code: str, longest: int) -> str:
    """The text, trimmed. Raises BadInput(code) where none was given, or where it is too long."""
    if not text or not text.strip():
        raise BadInput(code)
    return not_longer(text, longest).strip()


def not_longer(text: str, longest: int) -> str:
    """The text, where the column has room for it: SQLite would take more and PostgreSQL would not. Raises BadInput."""
    if len(text) > longest:
        raise BadInput("text_too_long", longest=longest)
    return text
