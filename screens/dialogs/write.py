"""A text of several lines to read and correct: Ctrl+S keeps it, Esc twice gives a changed one up."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import TextArea

from pkui.base.words import _
from screens.dialogs.frame import Dialog


class WriteDialog(Dialog[str]):
    """Gives the text as it was left."""

    BINDINGS = [Binding("ctrl+s", "save", "", show=False, priority=True)]
    CSS = "WriteDialog TextArea { height: 16; }"

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, _("Ctrl+S: save · Esc: back"))
        self._text, self._warned = text, False

    def body(self) -> ComposeResult:
        """The text."""
        yield TextArea(self._text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)

    def on_mount(self) -> None:
        """Ready to read with the arrows, and to write."""
        self.query_one(TextArea).focus()

    @property
    def written(self) -> str:
        """The text as it stands."""
        return self.query_one(TextArea).text

    def action_save(self) -> None:
        """Ctrl+S."""
        if self.written.strip():
            self.dismiss(self.written)
        else:
            self.say(_("A few words are needed."))

    def action_back(self) -> None:
        """Esc: a changed text is given up with the second one only."""
        if self.written != self._text and not self._warned:
            self._warned = True
            self.say(_("Not saved. Ctrl+S: save · Esc again: give up what you changed"))
        else:
            self.dismiss(None)
