"""Closing: how the case ended, and with one key why the patient had to come to us."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.words import _, codes
from pkui.domain.codes import OUTCOMES, Cause
from pkui.domain.folding import fold
from screens.dialogs.frame import Dialog
from screens.dialogs.pick import MOVES
from screens.widgets.lines import Lines

CAUSE_KEYS = {
    "f": Cause.WRONG_INFORMATION,
    "a": Cause.CANCELLATION,
    "i": Cause.NO_ANSWER,
    "v": Cause.WAITING_TIME,
    "x": Cause.OTHER,
}


@dataclass(frozen=True)
class Closing:
    """How the case ended and why the patient came."""

    outcome: str
    cause: Cause
    forwarded_to: str | None


class CloseDialog(Dialog[Closing]):
    """The outcome by typing or arrows, Enter; for a forwarded case to whom; then one letter."""

    def __init__(self, number: str) -> None:
        title = _("Close case %(case)s") % {"case": number}
        super().__init__(title, _("Type to narrow · Enter: take · Esc: back"))
        self._outcome: str | None = None
        self._forwarded_to: str | None = None

    def body(self) -> ComposeResult:
        """The outcomes; then the causes."""
        yield Input(id="narrow", placeholder=_("Search"))
        yield Lines(*self._options(""))
        yield Static("", id="causes")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()
        self.query_one(OptionList).highlighted = 0

    @staticmethod
    def _options(typed: str) -> list[Option]:
        wanted = fold(typed).split()
        named = [(outcome, codes.outcome(outcome)) for outcome in OUTCOMES]
        return [Option(Content(text), id=one) for one, text in named if all(word in fold(text) for word in wanted)]

    @on(Input.Changed, "#narrow")
    def _typed(self, event: Input.Changed) -> None:
        if self._outcome is None:
            options = self.query_one(OptionList)
            options.clear_options()
            options.add_options(self._options(event.value))
            options.highlighted = 0 if options.option_count else None

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        options = self.query_one(OptionList)
        if self._outcome == "forwarded":
            if not event.value.strip():
                self.say(_("Write to whom the case is forwarded."))
                return
            self._forwarded_to = event.value.strip()
            self._ask_cause()
        elif options.highlighted is not None:
            self._take(options.get_option_at_index(options.highlighted).id or "")

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option.id or "")

    def _take(self, outcome: str) -> None:
        self._outcome = outcome
        self.query_one(OptionList).display = False
        line = self.query_one(Input)
        if outcome == "forwarded":
            line.value = ""
            line.placeholder = _("To whom?")
            line.focus()
        else:
            self._ask_cause()

    def _ask_cause(self) -> None:
        self.query_one(Input).display = False
        self.set_focus(None)
        lines = [Content.styled(codes.outcome(self._outcome or ""), "bold"), Content("")]
        lines.append(Content(_("Why did the patient have to come to us?")))
        lines += [Content.assemble((key, "bold $accent"), " ", codes.cause(cause)) for key, cause in CAUSE_KEYS.items()]
        self.query_one("#causes", Static).update(Content("\n").join(lines))
        self.query_one("#keys", Static).update(_("Letter: close the case · Esc: back, nothing is closed"))

    def on_key(self, event: events.Key) -> None:
        """Arrows move in the list; at the end one letter closes."""
        if self._outcome is None and event.key in MOVES and self.query_one(Input).has_focus:
            event.stop()
            getattr(self.query_one(OptionList), f"action_{MOVES[event.key]}")()
        asked = self._outcome is not None and not self.query_one(Input).display
        if asked and self._outcome is not None and event.key in CAUSE_KEYS:
            event.stop()
            self.dismiss(Closing(self._outcome, CAUSE_KEYS[event.key], self._forwarded_to))
