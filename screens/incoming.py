"""An incoming call, over whatever one is doing: find the case by what the caller can say, or count a short answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes, ngettext
from pkui.base.words import queue as queue_words
from pkui.services import cases, help_line, search
from screens.queue_cells import who
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView
    from pkui.services.queue import QueueRow
    from screens.bench import Bench


class IncomingScreen(WorkScreen):
    """What is typed is looked up with Enter; the list shows neither number nor telephone."""

    SCOPE = Scope.INCOMING
    CSS = """
    IncomingScreen { layers: base said; }
    IncomingScreen #who { height: 1; border: none; padding: 0 1; background: $panel; }
    IncomingScreen OptionList { height: 1fr; border: none; background: $background; padding: 0; }
    IncomingScreen #found { height: auto; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._asked_for = ""
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line, what was found."""
        yield HeadLine()
        yield Input(placeholder=_("Telephone, CPR, queue number or name"), id="who")
        yield Static(_("Type what the caller says, then Enter."), id="found", markup=False)
        yield Lines(id="hits")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(HeadLine).say(left=_("Incoming call"))
        self.query_one(Input).focus()
        self.ask(lambda: help_line.short_answers_today(self.bench.here), self._count, group="count")

    def _count(self, today: int) -> None:
        """How many short answers the office has given today, until something is looked for."""
        if not self._asked_for:
            count = ngettext("%(n)s short answer today.", "%(n)s short answers today.", today) % {"n": today}
            self.query_one("#found", Static).update(_("Type what the caller says, then Enter.") + f" {count}")

    @on(Input.Submitted)
    def _find(self, event: Input.Submitted) -> None:
        text, hits = event.value.strip(), self.query_one(OptionList)
        if text and text == self._asked_for and hits.option_count:
            hits.action_select()
        elif text:
            self.ask(
                lambda: search.find_cases(self.bench.here, text), lambda rows: self._show(text, rows), group="find"
            )

    def _show(self, text: str, rows: list[QueueRow]) -> None:
        self._asked_for = text
        hits, now = self.query_one(OptionList), self.bench.here.clock.now()
        hits.clear_options()
        hits.add_options(Option(_hit(row, now), id=str(row.record.queue_number)) for row in rows)
        hits.highlighted = 0 if rows else None
        found = ngettext("%(n)s case. Enter opens it.", "%(n)s cases. Arrows choose, Enter opens.", len(rows))
        none = _("No case matches. %(key)s: a new enquiry.") % {"key": self.key_of("enquiry")}
        self.query_one("#found", Static).update(found % {"n": len(rows)} if rows else none)
        if len(rows) == 1:
            hits.action_select()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        number = int(event.option.id or 0)
        self.ask(
            lambda: cases.open_case(self.bench.here, number, reason=cases.IN_A_CALL), self._take_call, group="open"
        )

    def _take_call(self, view: CaseView) -> None:
        from screens.incoming_case import IncomingCase

        self.app.push_screen(IncomingCase(self.bench, view), lambda after: self.leave() if after == "done" else None)

    def on_key(self, event: events.Key) -> None:
        """The arrows choose while the line keeps the focus."""
        self.query_one(SaidLine).key_pressed()
        hits = self.query_one(OptionList)
        if event.key in ("up", "down") and self.query_one(Input).has_focus and hits.option_count:
            event.stop()
            (hits.action_cursor_up if event.key == "up" else hits.action_cursor_down)()

    def do(self, id: str) -> None:
        """F9 is the line itself here."""
        if id == "incoming":
            self.do_incoming()
        else:
            super().do(id)

    def do_incoming(self) -> None:
        """F9 again: the line, to look for another."""
        self.query_one(Input).focus()
        self.query_one(Input).select_all()

    def do_incoming_short(self) -> None:
        """F8: counted, and back to the work at once."""
        self.ask(lambda: help_line.short_answer(self.bench.here), self._counted, group="write")

    def _counted(self, today: int) -> None:
        text = ngettext("Short answer counted: %(n)s today.", "Short answers counted: %(n)s today.", today)
        below = self.app.screen_stack[-2]
        self.dismiss(None)
        if isinstance(below, WorkScreen):
            below.call_after_refresh(below.say, text % {"n": today})

    def do_back(self) -> None:
        """Esc: exactly where one was."""
        self.leave()


def _hit(row: QueueRow, now: datetime) -> Content:
    """A case as it is told apart: number, name, what about, where it stands."""
    record = row.record
    state = _("closed") if record.closed_at else queue_words.due(record.due_at, now, overdue=row.overdue)
    return Content.assemble(
        (f"{record.queue_number:>6}  ", "bold $accent"),
        (f"{plain(who(record.patient_name, protected=record.protected)):<30.30}  ", "bold"),
        f"{codes.topic_short(record.topic):<20.20}  ",
        (state, "$text-muted"),
    )
