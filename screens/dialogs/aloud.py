"""A text to say to the patient: read it, copy it, or put it in the outbox."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from screens.dialogs.frame import Dialog

COPY = "copy"


class Aloud(Dialog[str]):
    """Gives what is to be done with the text."""

    BINDINGS = [
        Binding("c", "done('copy')", "", show=False),
        Binding("u", "done('send')", "", show=False),
    ]
    CSS = "Aloud VerticalScroll { height: auto; max-height: 18; }"

    def __init__(self, text: str, *, can_send: bool) -> None:
        keys = _("c: copy · u: draft in the outbox · Esc: back") if can_send else _("c: copy · Esc: back")
        super().__init__(_("Read out"), keys)
        self._text, self._can_send = text, can_send

    def body(self) -> ComposeResult:
        """The text."""
        with VerticalScroll():
            yield Static(Content(self._text))

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_done(self, what: str) -> None:
        """One of the keys."""
        if what == COPY or self._can_send:
            self.dismiss(what)
