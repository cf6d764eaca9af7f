"""What a colleague is asked to approve, in words."""

from pkui.base.words import N_, _
from pkui.domain.codes import ApprovalState

_STATES = {
    ApprovalState.ASKED: N_("Course {number}: {asked_by} awaits a colleague's approval"),
    ApprovalState.APPROVED: N_("Course {number}: approved by {decided_by}"),
    ApprovalState.RETURNED: N_("Course {number}: sent back by {decided_by}"),
}


def approval(state: ApprovalState, number: int, *, asked_by: str, decided_by: str | None) -> str:
    """How far a colleague has come with a course; the names are the colleagues'."""
    return _(_STATES[state]).format(number=number, asked_by=asked_by, decided_by=decided_by or "-")
