"""Why one rings outside the patient's call times: one key."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _, bookings
from screens.dialogs.frame import Dialog

REASON_KEYS = {"a": "agreed", "p": "asked", "h": "urgent", "x": "other"}


class OutsideDialog(Dialog[str]):
    """A letter is the reason, and the call goes on; Esc leaves the patient in peace."""

    def __init__(self) -> None:
        super().__init__(_("Outside the patient's call times."), _("Letter: why you ring now · Esc: back"))

    def body(self) -> ComposeResult:
        """The reasons with their letters."""
        lines = [
            Content.assemble((key, "bold $accent"), f" {bookings.outside_reason(code)}")
            for key, code in REASON_KEYS.items()
        ]
        yield Static(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """The letter."""
        if event.key in REASON_KEYS:
            event.stop()
            self.dismiss(REASON_KEYS[event.key])
