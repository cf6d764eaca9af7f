"""Something to read: a sum, an explanation. Esc or Enter goes back."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from screens.dialogs.frame import Dialog


class Reading(Dialog[None]):
    """Text in a box that scrolls."""

    BINDINGS = [Binding("enter", "back", "", show=False)]
    CSS = "Reading VerticalScroll { height: auto; max-height: 18; }"

    def __init__(self, title: str, text: Content) -> None:
        super().__init__(title, _("Esc: back"))
        self._text = text

    def body(self) -> ComposeResult:
        """The text."""
        with VerticalScroll():
            yield Static(self._text)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()
