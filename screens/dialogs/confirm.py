"""A question before much is changed at once: what it is about, and Cancel under the cursor."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.words import _
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain
from screens.widgets.lines import Lines


class Confirm(Dialog[bool]):
    """Answers True only when the second line is chosen."""

    def __init__(self, title: str, lines: Sequence[str], *, yes: str) -> None:
        """`lines`: what it is about, a line each; `yes`: the word for doing it."""
        super().__init__(title, _("Arrows: choose · Enter: take · Esc: back"))
        self._lines, self._yes = lines, yes

    def body(self) -> ComposeResult:
        """What it is about, and the two answers."""
        yield Static("\n".join(plain(line) for line in self._lines), markup=False)
        yield Lines(Option(Content(_("Cancel")), id="no"), Option(Content(plain(self._yes)), id="yes"))

    def on_mount(self) -> None:
        """Cancel is under the cursor."""
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id == "yes")
