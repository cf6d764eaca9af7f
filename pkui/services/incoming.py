"""Somebody rings about a case: logged without losing the patient's place, and an enquiry she takes back."""

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import CaseState, EventKind
from pkui.domain.permissions import Permission
from pkui.services.booked import cancel_by_close
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_REASON, not_longer, open_for_change
from pkui.services.desk import Work, use_case

WITHDRAWN = "withdrawn"


@use_case(Permission.REGISTER)
def withdraw(work: Work, queue_number: int, *, reason: str, version: int | None = None) -> CaseView:
    """Closes the case because the patient takes her enquiry back; whoever takes the call may do it.

    It can be taken back by reopening. Raises Refused('closed'), BadInput('reason_needed').
    """
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    if not reason.strip():
        raise BadInput("reason_needed")
    reason = not_longer(reason, LONGEST_REASON).strip()
    case.state, case.closed_at, case.outcome = CaseState.CLOSED, work.now, WITHDRAWN
    case.answered_at = case.answered_at or work.now
    case.follow_up_on = case.waiting_for = case.waiting_text = case.retry_from = None
    cancel_by_close(work, case)
    work.event(case, EventKind.CLOSED, reason=reason, outcome=WITHDRAWN, cause=None)
    return view_of(work, case)
