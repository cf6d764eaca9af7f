"""Something that matters: said once more in words, with the answer that changes nothing under the cursor."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.words import _
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain
from screens.widgets.lines import Lines

_CANCEL, _GO = "cancel", "go"


class Sure(Dialog[bool]):
    """Answers True only for the second choice; Enter at once, and Esc, change nothing."""

    CSS = "Sure OptionList { height: auto; margin-top: 1; }"

    def __init__(self, title: str, text: str, *, go: str) -> None:
        """`text`: what would happen. `go`: the words that make it happen."""
        super().__init__(title, _("Arrows: choose · Enter: take · Esc: back"))
        self._text, self._go = text, go

    def body(self) -> ComposeResult:
        """What would happen, and the two answers."""
        yield Static("\n".join(plain(line) for line in self._text.splitlines()), markup=False)
        yield Lines(Option(_("Cancel: nothing is changed"), id=_CANCEL), Option(Content(self._go), id=_GO))

    def on_mount(self) -> None:
        """The harmless answer is under the cursor."""
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id == _GO)
