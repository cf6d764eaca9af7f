"""The case has moved on while one was working: what is new, and one's own text, side by side; nothing is lost."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain


class StaleDialog(Dialog[bool]):
    """Shows both; 'g' does it all the same on top of what is new, Esc goes back to one's own text.

    Where nothing was written, what is new stands alone.
    """

    BINDINGS = [Binding("g", "go_on", "", show=False)]
    CSS = """
    StaleDialog VerticalScroll { height: 10; width: 1fr; border-left: solid $secondary; padding: 0 1; }
    """

    def __init__(self, new: Content, own: str) -> None:
        super().__init__(_("The case has moved on"), _("g: do it all the same, on top of this · Esc: back to my text"))
        self._new, self._own = new, own

    def body(self) -> ComposeResult:
        """What others did, what one was about to write."""
        with Horizontal(classes="columns"):
            with VerticalScroll():
                yield Static(_("New since you opened it"), classes="label", markup=False)
                yield Static(self._new)
            if self._own.strip():
                with VerticalScroll():
                    yield Static(_("Yours, not saved yet"), classes="label", markup=False)
                    yield Static("\n".join(plain(line) for line in self._own.splitlines()), markup=False)

    def action_go_on(self) -> None:
        """On top of what is new."""
        self.dismiss(True)
