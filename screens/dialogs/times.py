"""Call times painted over the work at hand."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from pkui.base.words import _
from pkui.base.words.help_line import hint
from pkui.domain.windows import CallWindow
from screens.dialogs.frame import Dialog
from screens.widgets.call_grid import CallGrid


class TimesDialog(Dialog[tuple[CallWindow, ...]]):
    """Gives the times as they were left; Enter saves."""

    BINDINGS = [Binding("enter", "done", "", show=False, priority=True)]

    def __init__(self, windows: Sequence[CallWindow]) -> None:
        super().__init__(_("Call times"), _("Enter: save · Esc: back"))
        self._windows = windows

    def body(self) -> ComposeResult:
        """The grid, and the times in words."""
        yield CallGrid(self._windows)
        yield Static(id="in-words", markup=False)
        yield Static(hint("windows"), classes="label", markup=False)

    def on_mount(self) -> None:
        """Ready to paint."""
        self.query_one(CallGrid).focus()
        self.on_call_grid_changed()

    def on_call_grid_changed(self) -> None:
        """What is painted, in words."""
        self.query_one("#in-words", Static).update(self.query_one(CallGrid).in_words or _("No call times given."))

    def action_done(self) -> None:
        """Enter."""
        self.dismiss(self.query_one(CallGrid).windows)
