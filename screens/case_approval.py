"""A colleague looks at what a temporary colleague is about to send: approved, or sent back with words."""

from __future__ import annotations

from pkui.base.words import _
from pkui.domain.codes import ApprovalState
from pkui.domain.permissions import Grant, Permission
from pkui.services import approvals
from screens.case_privacy import CasePrivacy
from screens.dialogs.line import Line

_WAITS = {
    "approve": (ApprovalState.ASKED, ApprovalState.RETURNED),
    "send_back": (ApprovalState.ASKED,),
}
"""Which courses each of the two can be done to."""


class CaseApproval(CasePrivacy):
    """Approving a course and sending it back."""

    def why_not(self, id: str) -> str | None:
        """Only a course that waits is approved, and never by the one who asked."""
        if id in _WAITS:
            waiting = [one for one in self.view.approvals if one.state in _WAITS[id]]
            if not waiting:
                return _("No course waits for approval.")
            if all(one.asker == self.bench.here.person.username for one in waiting):
                return _("A colleague approves what you asked about.")
            if self.bench.here.person.grant(Permission.APPROVE) is Grant.NO:
                return _("Advisers and the supervisor approve.")
        return super().why_not(id)

    def do_approve(self) -> None:
        """The course may be sent."""
        self.change(
            lambda version: approvals.approve(self.bench.here, self.number, version=version),
            lambda: self.say(_("Approved: the course can be sent.")),
        )

    def do_send_back(self) -> None:
        """The course comes back with what is to be mended."""

        def told(why: str | None) -> None:
            """Sends the course back with these words."""
            if why:
                self.change(
                    lambda version: approvals.send_back(self.bench.here, self.number, reason=why, version=version),
                    lambda: self.say(_("Sent back; your words stand on the case.")),
                    own=why,
                )

        self.app.push_screen(Line(_("What is to be mended?"), head=_("Send back")), told)
