"""What one key does with the case under the queue's cursor: open, take, ring, wait, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from pkui.base.commands import Scope
from pkui.base.words import _
from pkui.domain.codes import CaseState
from screens.dialogs.line import Line
from screens.reasons import reasoned
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView
    from pkui.services.queue import QueueRow


class QueueSteps(WorkScreen):
    """The steps; the list itself is the screen's."""

    SCOPE = Scope.QUEUE

    @property
    def chosen(self) -> QueueRow | None:
        """The row under the cursor; none without a list."""
        return None

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the list anew; a screen with a list adds how."""

    @on(SnapshotList.Chosen)
    def do_open(self) -> None:
        """Enter: the case under the cursor."""
        row = self.chosen
        if row is not None:
            self.open_case(row.record.queue_number)

    def open_case(self, number: int, *, reason: str | None = None, then: str | None = None) -> None:
        """Opens a case; outside one's own team a reason is asked for first."""
        desk = self.bench.here

        def read() -> CaseView:
            """The case; the look-up is logged."""
            from pkui.services import cases

            return cases.open_case(desk, number, reason=reason)

        self.ask(
            read,
            lambda view: self._push_case(view, then),
            group="open",
            failed=lambda error: reasoned(self, error, lambda why: self.open_case(number, reason=why, then=then)),
        )

    def do_providers(self) -> None:
        """p: places of treatment, without a case."""
        from screens.providers import ProvidersScreen

        self.app.push_screen(ProvidersScreen(self.bench))

    def do_next(self) -> None:
        """n: the first case that can be worked on now."""
        desk = self.bench.here

        def take() -> tuple[CaseView, QueueRow]:
            """Takes the first case and reads it."""
            from pkui.services import cases, queue

            row = queue.take_next(desk)
            return cases.open_case(desk, row.record.queue_number), row

        def show(dealt: tuple[CaseView, QueueRow]) -> None:
            """Opens it, and says which case of the same person came along or went to a colleague."""
            from pkui.base.words.queue import followed

            view, row = dealt
            said = " ".join(followed(one.queue_number, one.other_number, one.colleague) for one in row.followed)
            self._push_case(view, None, said)

        self.ask(take, show, group="open")

    def do_ring(self, reason: str | None = None) -> None:
        """r: takes the case under the cursor and opens it with the call begun."""
        row, desk = self.chosen, self.bench.here
        if row is None:
            return
        number = row.record.queue_number

        def take() -> CaseView:
            """Takes the case and reads it."""
            from pkui.services import cases

            cases.take(desk, number, reason=reason)
            return cases.open_case(desk, number, reason=reason)

        self.ask(
            take,
            lambda view: self._push_case(view, "ring"),
            group="open",
            failed=lambda error: reasoned(self, error, self.do_ring),
        )

    def do_wait(self) -> None:
        """v: opens the case with the wait begun."""
        row = self.chosen
        if row is not None:
            self.open_case(row.record.queue_number, then="wait")

    def do_book(self) -> None:
        """b: a time for the next call."""
        from screens.callbacks import CallbacksScreen

        row = self.chosen
        if row is not None:
            self.app.push_screen(CallbacksScreen(self.bench, row.record.queue_number), self._call_booked)

    def _call_booked(self, after: object) -> None:
        if after == "booked":
            self.say(_("The call is booked."))

    def do_put_back(self) -> None:
        """z: puts one's own case back where it stood."""
        row, desk = self.chosen, self.bench.here
        if row is None:
            return

        def put(reason: str | None) -> None:
            """Puts it back for that reason."""
            if reason is None:
                return

            def call() -> CaseView:
                """The case as it stands in its place."""
                from pkui.services import cases

                return cases.put_back(desk, row.record.queue_number, reason=reason, version=row.record.version)

            self.ask(call, lambda _view: self._put_back_done(row.record.queue_number), group="write")

        self.app.push_screen(Line(_("Put back case %(n)s: why?") % {"n": row.record.queue_number}), put)

    def _put_back_done(self, number: int) -> None:
        self.say(_("Case %(n)s is back in its place.") % {"n": number})
        self.load()

    def _push_case(self, view: CaseView, then: str | None, said: str = "") -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, view, begin=then, said=said), self._case_left)

    def _case_left(self, next_wanted: object) -> None:
        if next_wanted == "next":
            self.do_next()

    def why_not(self, id: str) -> str | None:
        """Needs a person and, for most, a case under the cursor."""
        if self.bench.desk is None and id not in ("help", "quit", "theme"):
            return _("The database is still opening.")
        row = self.chosen
        if id in ("open", "ring", "wait", "put_back", "book") and row is None:
            return _("There is no case under the cursor.")
        if id == "put_back" and row is not None and row.record.assignee != self.bench.here.person.username:
            return _("You do not hold this case; only its holder can put it back.")
        if id == "ring" and row is not None and row.record.state is CaseState.CLOSED:
            return _("The case is closed.")
        return None
