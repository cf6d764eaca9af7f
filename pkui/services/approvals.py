"""A temporary colleague's first re-referrals are looked at by a colleague before they are sent.

The question is put when she chooses a place or writes to the department; until it is answered nothing of the course
goes out, whoever would send it.
"""

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import ApprovalState, EventKind, Party, SegmentState
from pkui.domain.permissions import Grant, Permission
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_MESSAGE, given_text, open_for_change
from pkui.services.courses import course_of
from pkui.services.desk import Work, use_case
from storage.approvals import count_approved, newest_approval, read_approvals
from storage.cases import read_segments
from storage.tables.cases import Case
from storage.tables.moves import Approval
from storage.tables.outbox import Draft
from storage.tables.records import Segment


@use_case(Permission.APPROVE)
def approve(work: Work, queue_number: int, *, course: int | None = None, version: int | None = None) -> CaseView:
    """A colleague approves a course: it may be sent. What was returned may be approved too, once it is mended."""
    case, waiting = _to_decide(work, queue_number, course, version, ApprovalState.ASKED, ApprovalState.RETURNED)
    return _decided(work, case, waiting, ApprovalState.APPROVED, None)


@use_case(Permission.APPROVE)
def send_back(
    work: Work, queue_number: int, *, reason: str, course: int | None = None, version: int | None = None
) -> CaseView:
    """A colleague returns a course with what is to be mended; choosing the place anew asks again."""
    case, waiting = _to_decide(work, queue_number, course, version, ApprovalState.ASKED)
    return _decided(work, case, waiting, ApprovalState.RETURNED, given_text(reason, "text_needed", LONGEST_MESSAGE))


def ask_for_choice(work: Work, case: Case, segment: Segment) -> None:
    """A place was chosen, within another use case: asks where the person needs it.

    What somebody chooses who needs no approval takes the place of a question that waited, or came back.
    """
    newest = newest_approval(work.session, segment.id)
    if _needs_approval(work):
        _ask(work, case, segment, newest)
    elif newest is not None and newest.state is not ApprovalState.APPROVED:
        own = newest if newest.state is ApprovalState.ASKED else _new(work, case, segment)
        own.asked_by, own.asked_at = work.person.id, work.now
        own.state, own.decided_by, own.decided_at = ApprovalState.APPROVED, work.person.id, work.now


def ask_for_request(work: Work, case: Case) -> None:
    """A request to the department was written, within another use case: asks where nobody has been asked yet."""
    if not _needs_approval(work):
        return
    segment = course_of(work, case, None)
    work.session.flush()
    newest = newest_approval(work.session, segment.id)
    if newest is None or newest.state is ApprovalState.RETURNED:
        _ask(work, case, segment, newest)


def require_approved(work: Work, segment: Segment, state: SegmentState) -> None:
    """Raises Refused('approval_needed') where the course would go on before a colleague has approved it."""
    newest = newest_approval(work.session, segment.id)
    if newest is not None and newest.state is not ApprovalState.APPROVED and state is not SegmentState.RETURNED:
        raise Refused("approval_needed")


def require_sendable(work: Work, case: Case, draft: Draft) -> None:
    """Raises Refused('approval_needed') for a draft of a course that a colleague has not approved yet.

    Those are the letters to departments and private hospitals, and what was made for the patient with the choice.
    """
    for segment in read_segments(work.session, case.id):
        newest = newest_approval(work.session, segment.id)
        if newest is None or newest.state is ApprovalState.APPROVED:
            continue
        with_it = draft.made_by == newest.asked_by and draft.made_at == newest.asked_at
        if with_it or draft.recipient in (Party.DEPARTMENT, Party.PRIVATE_HOSPITAL):
            raise Refused("approval_needed")


def _needs_approval(work: Work) -> bool:
    """Whether the person is here for a time and colleagues have approved fewer than the first so many of hers."""
    lent = work.person.grant(Permission.WORK_CASES) is Grant.SIMPLE_ONLY
    return lent and count_approved(work.session, work.person.id) < work.office.approved_first


def _ask(work: Work, case: Case, segment: Segment, newest: Approval | None) -> None:
    """Puts the question; one that waits is about what was chosen now."""
    work.session.flush()
    if newest is not None and newest.state is ApprovalState.ASKED:
        newest.asked_by, newest.asked_at = work.person.id, work.now
    else:
        _new(work, case, segment)
    work.event(case, EventKind.APPROVAL_ASKED, number=segment.number)


def _new(work: Work, case: Case, segment: Segment) -> Approval:
    made = Approval(
        id=new_key(work.now), case_id=case.id, segment_id=segment.id, asked_by=work.person.id, asked_at=work.now
    )
    work.session.add(made)
    return made


def _to_decide(
    work: Work, queue_number: int, course: int | None, version: int | None, *states: ApprovalState
) -> tuple[Case, tuple[Approval, int]]:
    """The case, and what waits there with its course's number; without a number the first that waits."""
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    held = {one.number: one.id for one in read_segments(work.session, case.id)}
    if course is not None and course not in held:
        raise BadInput("no_segment")
    waiting = [one for one in read_approvals(work.session, case.id) if one.state in states]
    waiting.sort(key=lambda one: states.index(one.state))
    chosen = next((one for one in waiting if course in (None, one.number)), None)
    found = newest_approval(work.session, held[chosen.number]) if chosen else None
    if chosen is None or found is None:
        raise Refused("nothing_to_approve", queue_number=queue_number)
    if found.asked_by == work.person.id:
        raise Refused("approved_by_another")
    return case, (found, chosen.number)


def _decided(work: Work, case: Case, waiting: tuple[Approval, int], state: ApprovalState, text: str | None) -> CaseView:
    approval, number = waiting
    approval.state, approval.text = state, text
    approval.decided_by, approval.decided_at = work.person.id, work.now
    given = state is ApprovalState.APPROVED
    kind = EventKind.APPROVAL_GIVEN if given else EventKind.APPROVAL_RETURNED
    work.event(case, kind, reason=text, number=number)
    return view_of(work, case)
