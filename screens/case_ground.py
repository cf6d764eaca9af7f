"""The ground of the case screen: the case shown, and how a change is written, refused, or done on top of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pkui.base.calendar import public_holidays
from pkui.base.clock import local_date
from pkui.base.commands import Scope
from pkui.base.errors import PkuiError
from pkui.base.words import _
from pkui.services import cases
from pkui.services.case_view import CaseView
from screens import case_text
from screens.dialogs.stale import StaleDialog
from screens.reasons import reasoned
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

FOLLOW_UP_DAYS = 3


class CaseGround(WorkScreen):
    """Holds the view; writes are based on its version, one at a time."""

    SCOPE = Scope.CASE

    def __init__(self, bench: Bench, view: CaseView) -> None:
        super().__init__(bench)
        self.view = view
        self._writing = False

    @property
    def number(self) -> int:
        """The queue number."""
        return self.view.row.record.queue_number

    @property
    def today(self) -> date:
        """The date in the office."""
        return local_date(self.bench.here.clock.now())

    def follow_up_day(self) -> date:
        """The day that is proposed for following up."""
        return public_holidays().on_or_after(self.today + timedelta(days=FOLLOW_UP_DAYS))

    def paint(self) -> None:
        """Shows the view; the screen itself adds how."""

    def change(self, call: Callable[[int], CaseView], then: Callable[[], None] | None = None, *, own: str = "") -> None:
        """Writes, based on the version shown; when the case has moved on, both texts are shown and one may go on."""
        if self._writing:
            self.say(_("One moment: the last change is still being saved."))
            return
        self._writing = True
        version = self.view.version
        self.ask(
            lambda: call(version),
            lambda view: self.changed(view, then),
            group="write",
            failed=lambda error: self._not_changed(error, call, then, own),
        )

    def reread(self) -> None:
        """Shows the case as it is stored now."""
        self.ask(lambda: cases.open_case(self.bench.here, self.number), self.changed, group="open")

    def changed(self, view: CaseView, then: Callable[[], None] | None = None) -> None:
        """The change is written: shows the case as it is now."""
        self._writing = False
        self.view = view
        self.paint()
        if then is not None:
            then()

    def _not_changed(
        self, error: PkuiError, call: Callable[[int], CaseView], then: Callable[[], None] | None, own: str
    ) -> None:
        self._writing = False
        if error.code != "stale":
            self.refused(error)
            return
        before = self.view

        def shown(view: CaseView) -> None:
            """Shows what is new, and asks whether to go on."""
            self.view = view
            self.paint()
            new = case_text.timeline(view, since=before)
            self.app.push_screen(
                StaleDialog(new, own), lambda go_on: self.change(call, then, own=own) if go_on else None
            )

        self.ask(lambda: cases.open_case(self.bench.here, self.number), shown, group="open")

    def ask_reason(self, error: PkuiError, again: Callable[[str], None]) -> None:
        """Asks for the reason a rule wants and tries again; other refusals are said."""
        reasoned(self, error, again)
