"""Drafts: every text that waits to be read, corrected and sent, in one list with the text below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.words import _, codes, ngettext, pgettext
from pkui.base.words.dates import short_date
from pkui.base.words.errors import message
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import DraftKind
from pkui.services import cases, outbox
from pkui.services.outbox import DraftRecord, DraftView
from screens.dialogs.sent import Sent, SentDialog
from screens.dialogs.write import WriteDialog
from screens.queue_cells import who
from screens.reasons import reasoned
from screens.widgets.cells import Cell, Column, RowCells, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import T, WorkScreen

if TYPE_CHECKING:
    from textual.timer import Timer

    from pkui.services.case_view import CaseView
    from screens.bench import Bench

REST_SECONDS = 0.15
"""How long the cursor rests on a draft before its text is read."""
NEEDS_A_DRAFT = frozenset({"draft.read", "draft.sent", "draft.copy", "draft.discard", "draft.print", "draft.case"})


class DraftsScreen(WorkScreen):
    """One line a draft, the oldest first; what one does with it stands on the case."""

    SCOPE = Scope.DRAFTS
    CSS = """
    DraftsScreen { layers: base said; }
    DraftsScreen SnapshotList { height: 1fr; }
    DraftsScreen #text { height: 9; border-top: solid $secondary; padding: 0 1; }
    DraftsScreen.-wide #text { height: 18; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-wide")]

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._rows: list[DraftRecord] = []
        self._mine = False
        self._last: DraftView | None = None
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The list, and the text of the draft under the cursor."""
        columns = [
            Column("case", pgettext("column", "No."), 6, align="right"),
            Column("who", _("Who"), 19, grow=2),
            Column("to", _("To"), 14, grow=1),
            Column("subject", _("Subject"), 21, grow=2),
            Column("made", _("Made"), 13),
            Column("by", _("By"), 14, min_terminal_width=110),
            Column("how", _("How"), 13, min_terminal_width=110),
        ]
        yield HeadLine()
        yield SnapshotList(columns, self._cells, empty=_("No draft waits."), id="list")
        with VerticalScroll(id="text", can_focus=False):
            yield Static(markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the outbox."""
        self.query_one(SnapshotList).focus()
        self.load()

    def load(self) -> None:
        """Reads it anew; the cursor stays."""
        mine = self._mine
        self.ask(lambda: outbox.drafts(self.bench.here, mine=mine), self._show, group="load")

    def _show(self, found: list[DraftRecord]) -> None:
        self._rows = found
        numbers = list(range(len(found)))
        self.query_one(SnapshotList).show(numbers, rows=self._cells(numbers), keep=False)
        count = ngettext("%(n)s draft", "%(n)s drafts", len(found)) % {"n": len(found)}
        whose = _("mine") if self._mine else _("everybody's")
        self.query_one(HeadLine).say(left=" · ".join((_("Drafts"), whose, count)))
        self._moved()

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        return {number: self._line(self._rows[number]) for number in numbers if number < len(self._rows)}

    def _line(self, one: DraftRecord) -> RowCells:
        today = local_date(self.bench.here.clock.now())
        return (
            Cell(str(one.queue_number)),
            Cell(who(one.patient_name, protected=one.protected)),
            Cell(one.recipient_name or codes.party(one.recipient)),
            Cell(one.subject or ""),
            Cell(short_date(local_date(one.made_at), today)),
            Cell(one.made_by or ""),
            Cell(codes.draft_kind(one.kind)),
        )

    @property
    def chosen(self) -> DraftRecord | None:
        """The draft under the cursor."""
        at = self.query_one(SnapshotList).cursor_id
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(SnapshotList.Highlighted)
    def _moved(self) -> None:
        """The text is read, and the look-up logged, where the cursor rests."""
        if self._resting is not None:
            self._resting.stop()
        self._show_text("")
        self._resting = self.set_timer(REST_SECONDS, self._read_below)

    def _read_below(self) -> None:
        one = self.chosen
        if one is not None:
            self.ask(
                lambda: outbox.read_draft(self.bench.here, one.id),
                lambda view: self._show_text(view.record.text),
                group="below",
                failed=lambda error: self._show_text(message(error)),
            )

    def _show_text(self, text: str) -> None:
        self.query_one("#text Static", Static).update("\n".join(plain(line) for line in text.splitlines()))
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)

    def why_not(self, id: str) -> str | None:
        """Most steps need a draft under the cursor."""
        if id in NEEDS_A_DRAFT and self.chosen is None:
            return _("There is no draft under the cursor.")
        if id == "draft.undo" and self._last is None:
            return _("You have changed no draft here yet.")
        return None

    # -- steps -------------------------------------------------------------------------------------------

    @on(SnapshotList.Chosen)
    def _opened(self) -> None:
        self.action_run_command("draft.read")

    def do_draft_read(self) -> None:
        """Enter: the whole text, to read and to correct."""
        self._with_view(self._read)

    def _read(self, view: DraftView) -> None:
        record = view.record

        def corrected(text: str | None) -> None:
            """Writes the text where it is another."""
            if text is not None and text.strip() != record.text:
                self._change(
                    lambda: outbox.correct_draft(self.bench.here, record.id, text, version=record.version),
                    _("The draft is corrected."),
                )

        self.app.push_screen(WriteDialog(self._whose(view), record.text), corrected)

    def do_draft_sent(self) -> None:
        """s: how and to whom, after a second look at whose it is."""
        self._with_view(self._ask_sent)

    def _ask_sent(self, view: DraftView) -> None:
        record = view.record

        def sent(answer: Sent | None) -> None:
            """Marks the draft as sent that way."""
            if answer is not None:
                self._change(
                    lambda: outbox.send_draft(
                        self.bench.here, record.id, way=answer.way, sent_to=answer.to, version=record.version
                    ),
                    _("Marked as sent; z takes it back."),
                )

        to = record.recipient_name or (record.patient_name if record.recipient == "patient" else "") or ""
        self.app.push_screen(SentDialog(self._whose(view), to=to, kind=DraftKind(record.kind), gap=view.gap), sent)

    def do_draft_discard(self) -> None:
        """a: out of the list."""
        one = self.chosen
        if one is not None:
            self._change(
                lambda: outbox.discard_draft(self.bench.here, one.id, version=one.version),
                _("Discarded; z takes it back."),
            )

    def do_draft_undo(self) -> None:
        """z: what one did last is taken back."""
        last = self._last
        if last is not None:
            self._change(
                lambda: outbox.undo_draft(self.bench.here, last.record.id, version=last.record.version),
                _("Taken back."),
            )

    def do_draft_copy(self) -> None:
        """c: the text to the clipboard, once that is logged."""

        def copy(view: DraftView) -> None:
            """The text to the clipboard."""
            self.app.copy_to_clipboard(view.record.text)
            self.say(_("The text is copied."))

        self._with_case(lambda one: outbox.take_out(self.bench.here, one.id, AccessKind.COPY), copy)

    def do_draft_print(self) -> None:
        """u: the text to the printer or the folder of the settings."""
        to = self.bench.settings.print_to

        def work(one: DraftRecord) -> DraftView:
            """Prints it first, so that only what was printed is logged."""
            from pkui.services.printing import print_text

            print_text(to, outbox.read_draft(self.bench.here, one.id).record)
            return outbox.take_out(self.bench.here, one.id, AccessKind.PRINT)

        self._with_case(work, lambda _view: self.say(_("Printed.")))

    def do_draft_mine(self) -> None:
        """m: mine or all."""
        self._mine = not self._mine
        self.load()

    def do_draft_case(self) -> None:
        """o: the case."""

        def opened(view: CaseView) -> None:
            """Shows the case."""
            from screens.case import CaseScreen

            self.app.push_screen(CaseScreen(self.bench, view), lambda _after: self.load())

        self._with_case(lambda one: cases.open_case(self.bench.here, one.queue_number), opened)

    def _with_view(self, then: Callable[[DraftView], None]) -> None:
        self._with_case(lambda one: outbox.read_draft(self.bench.here, one.id), then)

    def _with_case(self, call: Callable[[DraftRecord], T], then: Callable[[T], None], why: str | None = None) -> None:
        """Does it with the draft under the cursor; where her case asks for a reason, that is asked for first."""
        one = self.chosen
        if one is None:
            return

        def work() -> T:
            """Opens the case for the reason given, then does it."""
            if why is not None:
                cases.open_case(self.bench.here, one.queue_number, reason=why)
            return call(one)

        def failed(error: PkuiError) -> None:
            """Asks for the reason where that is what is missing."""
            reasoned(self, error, lambda given: self._with_case(call, then, given))

        self.ask(work, then, group="write", failed=failed)

    def _change(self, call: Callable[[], DraftView], said: str) -> None:
        def done(view: DraftView) -> None:
            """Remembers the draft, for taking it back."""
            self._last = view
            self.load()
            self.say(said)

        def failed(error: PkuiError) -> None:
            """Shows what stands there now, and why not."""
            self.load()
            self.refused(error)

        self.ask(call, done, group="write", failed=failed)

    @staticmethod
    def _whose(view: DraftView) -> str:
        """The second look: queue number, name and the beginning of the person number."""
        record = view.record
        parts = [str(record.queue_number), who(record.patient_name, protected=record.protected)]
        if view.identifier:
            parts.append(f"{view.identifier[:6]}-{view.identifier[6:]}")
        return " · ".join(parts)

    def do_back(self) -> None:
        """Esc."""
        self.leave()
