"""One of several: type a few letters or move with the arrows."""

from collections.abc import Sequence
from textwrap import fill

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pkui.base.words import _
from pkui.domain.folding import fold
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain
from screens.widgets.lines import Lines

MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
WIDTH = 67
"""Cells of a choice: the box of a dialog without its frame and the scroll bar."""


class Pick(Dialog[str]):
    """Narrows the choices while one types; Enter takes the one under the cursor."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, indent: int = 0) -> None:
        """`choices`: value and words; `indent`: cells before the lines a long one is wrapped to."""
        super().__init__(title, _("Type to narrow · arrows: choose · Enter: take · Esc: back"))
        self._choices, self._indent = choices, " " * indent

    def body(self) -> ComposeResult:
        """The line and the choices."""
        yield Input(placeholder=_("Search"))
        yield Lines(*self._options(""))

    def on_mount(self) -> None:
        """Ready to type, the first choice under the cursor."""
        self.query_one(Input).focus()
        self.query_one(OptionList).highlighted = 0

    def _options(self, typed: str) -> list[Option]:
        wanted = fold(typed).split()
        return [
            Option(Content(fill(plain(text), WIDTH, subsequent_indent=self._indent)), id=value or "-")
            for value, text in self._choices
            if all(word in fold(text) for word in wanted)
        ]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(event.value))
        options.highlighted = 0 if options.option_count else None

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while the line keeps the focus."""
        if event.key in MOVES and self.query_one(Input).has_focus:
            event.stop()
            getattr(self.query_one(OptionList), f"action_{MOVES[event.key]}")()

    @on(Input.Submitted)
    def _done(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._take(options.get_option_at_index(options.highlighted))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(event.option)

    def _take(self, option: Option) -> None:
        self.dismiss("" if option.id == "-" else option.id)
