"""One entry of a fact that has several: its days as text, then why and where from a list."""

from __future__ import annotations

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from pkui.base.words import _
from pkui.base.words.choices import choice, part_name
from pkui.base.words.timeline import fact_name
from pkui.domain.facts import FACT_CHOICES, LIST_FACTS, BadFact, parse_entry
from screens.dialogs.frame import Dialog


class EntryDialog(Dialog[dict[str, str | None]]):
    """Days are written, a cause is stepped through with left and right; what is not known stays empty."""

    BINDINGS = [Binding("enter", "done", "", show=False)]
    CSS = """
    EntryDialog .row { height: 1; }
    EntryDialog .row Static { width: 24; color: $text-muted; }
    EntryDialog .row Input { width: 1fr; }
    EntryDialog .row .choice { width: 1fr; color: $text; }
    EntryDialog .row .choice:focus { text-style: reverse; }
    """

    def __init__(self, name: str, today: date) -> None:
        super().__init__(
            fact_name(name), _("Tab: next · arrows left/right: choose · Enter: save · Esc: back · empty: not known")
        )
        self._fact, self._today = name, today

    def body(self) -> ComposeResult:
        """A line a part."""
        for part in LIST_FACTS[self._fact]:
            with Horizontal(classes="row"):
                yield Static(part_name(part), markup=False)
                yield CodeLine(part) if part in FACT_CHOICES else Input(id=f"part-{part}")

    def on_mount(self) -> None:
        """The first day has the focus."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        """Takes the entry when it can be read."""
        typed = {line.id.removeprefix("part-"): line.value for line in self.query(Input) if line.id}
        typed |= {line.part: line.code for line in self.query(CodeLine)}
        try:
            entry = parse_entry(self._fact, typed, self._today)
        except BadFact:
            self.say(_("Write at least one day, such as 27/11, or choose why; the end is after the start."))
            return
        self.dismiss(entry)


class CodeLine(Static, can_focus=True):
    """One of a few codes, or none of them while nobody knows."""

    def __init__(self, part: str) -> None:
        super().__init__(classes="choice", markup=False)
        self.part, self.code = part, ""

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Left and right step."""
        if event.key in ("left", "right"):
            event.stop()
            codes = ["", *FACT_CHOICES[self.part]]
            self.code = codes[(codes.index(self.code) + (1 if event.key == "right" else -1)) % len(codes)]
            self._draw()

    def _draw(self) -> None:
        words = choice(self.part, self.code) if self.code else _("not known")
        self.update(Content(f"‹ {words} ›"))
