"""Others in the case: who is here and who works on it, a hold by working, and what a colleague changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, TextArea

from pkui.base.clock import local
from pkui.base.errors import PkuiError
from pkui.base.words import _
from pkui.base.words.dates import clock_time
from pkui.services import company
from screens.case_ground import CaseGround
from screens.dialogs.contact import ContactDialog
from screens.dialogs.line import Line
from screens.widgets.head_line import HeadLine

if TYPE_CHECKING:
    from pkui.services.company import Company

POLL_SECONDS = 1.5
VISIT_AGAIN = 40.0
"""Seconds between two signs that the screen is open."""
HOLD_AGAIN = 40.0
"""Seconds between two renewals of a hold by somebody who works."""
WORKS_FOR = 90.0
"""Seconds after the last typing for which somebody still counts as working."""
ONE_AT_A_TIME = frozenset({"take", "ring", "book", "wait", "close", "close_next", "put_back", "hand_over", "reopen"})
"""What is not done while a colleague works on the case."""


class CaseCompany(CaseGround):
    """Asks every second or two who is here; a case that is worked on is held, and said to be."""

    _company: Company | None = None
    _lost_since: datetime | None = None
    _told_version = 0
    _came_in = _worked = _held = float("-inf")
    _asking = _holds = False

    def on_mount(self) -> None:
        """Comes in, and asks again and again."""
        self._told_version = self.view.version
        self._ask_company()
        self.set_interval(POLL_SECONDS, self._ask_company)

    def on_unmount(self) -> None:
        """Leaves. A desk that is cut off counts as gone after a while."""
        desk, number = self.bench.desk, self.number
        if desk is None:
            return

        def leave() -> None:
            """Tells that one has left; where it cannot be told, time tells it."""
            with suppress(PkuiError):
                company.leave(desk, number)

        self.app.run_worker(leave, thread=True, group="leave", exit_on_error=False)

    # -- working -----------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _typed(self, event: TextArea.Changed | Input.Changed) -> None:
        if event.control is not None and event.control.has_focus:
            self.works()

    def works(self) -> None:
        """Somebody works on the case here: it is held at once, and renewed by the next questions."""
        self._worked = monotonic()
        if not self._holds and (self._company is None or self.held_by is None):
            self._hold()

    def _hold(self) -> None:
        calling = any(isinstance(one, ContactDialog) for one in self.app.screen_stack)
        desk, number, self._held = self.bench.here, self.number, monotonic()

        def refused(error: PkuiError) -> None:
            """Only that a colleague holds it is worth saying."""
            if error.code == "held":
                self.refused(error)

        self.ask(lambda: company.hold(desk, number, calling=calling), self._heard, group="hold", failed=refused)

    def do_work_here(self) -> None:
        """e: holds the case, or takes it over from the colleague who does."""
        if self.held_by is None:
            self._worked = monotonic()
            self._hold()
            self.say(_("You work on the case; others see it."))
            return
        desk, number = self.bench.here, self.number

        def take(reason: str | None) -> None:
            """Takes it over for that reason."""
            if reason:
                self.ask(lambda: company.take_over(desk, number, reason=reason), self._taken_over, group="hold")

        self.app.push_screen(Line(_("Take over from %(name)s: why?") % {"name": self.held_by}), take)

    def _taken_over(self, found: Company) -> None:
        self._worked = self._held = monotonic()
        self._heard(found)
        self.say(_("You work on the case now."))
        self.reread()

    # -- asking ------------------------------------------------------------------------------------------

    def _ask_company(self) -> None:
        desk, number, now = self.bench.desk, self.number, monotonic()
        if desk is None:
            return
        if self._asking:
            self._lost(None)
            return
        if any(isinstance(one, ContactDialog) for one in self.app.screen_stack):
            self._worked = now
        if now - self._worked < WORKS_FOR and now - self._held > HOLD_AGAIN and self.held_by is None:
            self._hold()
        again = now - self._came_in > VISIT_AGAIN
        self._asking = True
        self.ask(
            lambda: company.come_in(desk, number) if again else company.look(desk, number),
            lambda found: self._answered_company(found, now if again else None),
            group="company",
            failed=self._lost,
        )

    def _answered_company(self, found: Company, came_in: float | None) -> None:
        self._asking = False
        self._came_in = self._came_in if came_in is None else came_in
        self._heard(found)

    def _lost(self, error: PkuiError | None) -> None:
        """No answer: what stands here stays, and says how old it is. A desk too old for the database says so."""
        if error is not None:
            self._asking = False
            if error.code == "restart_needed":
                self.refused(error)
        if self._lost_since is None and self._company is not None:
            self._lost_since = self._company.at
            self.tick()

    def _heard(self, found: Company) -> None:
        if self._lost_since is not None:
            self._lost_since = None
            self.say(_("The connection is back."))
        lost = self._holds and found.hold is not None and not found.hold.mine
        self._company, self._holds = found, found.hold is not None and found.hold.mine
        if lost and found.hold is not None:
            self.say(_("%(name)s has taken over. What you wrote is kept.") % {"name": found.hold.name}, warning=True)
        self.tick()
        self._moved_on(found, lost=lost)

    def _moved_on(self, found: Company, *, lost: bool) -> None:
        """Somebody else changed the case: said once, and shown as soon as nothing is being changed here."""
        if found.version <= max(self.view.version, self._told_version) or self._writing:
            return
        self._told_version = found.version
        if not lost:
            self.say(_("%(name)s has changed the case.") % {"name": found.changed_by or "pkui"})
        if self.may_be_read_anew():
            self.reread()

    def may_be_read_anew(self) -> bool:
        """Whether nothing is being changed that rests on what is shown; a question over the case rests on it."""
        return self.is_active

    def on_screen_resume(self) -> None:
        """A question is answered or given up: what a colleague changed meanwhile is shown."""
        self.call_after_refresh(self._catch_up)

    def _catch_up(self) -> None:
        if self.view.version < self._told_version and not self._writing and self.may_be_read_anew():
            self.reread()

    # -- saying ------------------------------------------------------------------------------------------

    @property
    def held_by(self) -> str | None:
        """The colleague who works on the case now."""
        one = self._company.hold if self._company else None
        return one.name if one is not None and not one.mine and one.until > self.bench.here.clock.now() else None

    def why_not(self, id: str) -> str | None:
        """Two people do not do the same at the same time."""
        if id in ONE_AT_A_TIME and self.held_by is not None:
            return _("%(name)s works on the case; %(key)s takes over.") % {
                "name": self.held_by,
                "key": self.key_of("work_here"),
            }
        return super().why_not(id)

    def tick(self) -> None:
        """The head line is another colour while something is to be known."""
        super().tick()
        for line in self.query(HeadLine):
            line.set_class(self._to_be_known() is not None, "-alarm")

    def head_right(self) -> str:
        """What is to be known before the time and the name."""
        return self._to_be_known() or super().head_right()

    def _to_be_known(self) -> str | None:
        found = self._company
        if self._lost_since is not None:
            return _("no connection · as of %(time)s") % {"time": clock_time(local(self._lost_since))}
        if found is None or self.bench.desk is None:
            return None
        if self.held_by is not None and found.hold is not None:
            at = clock_time(local(found.hold.since))
            on_the_phone, at_work = _("%(name)s on the phone since %(time)s"), _("%(name)s at work since %(time)s")
            return (on_the_phone if found.hold.calling else at_work) % {"name": self.held_by, "time": at}
        if found.others:
            more = len(found.others) - 1
            return _("Also here: %(name)s") % {"name": found.others[0]} + (f" +{more}" if more else "")
        return None
