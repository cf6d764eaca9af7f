"""How and to whom a draft was sent: one key, after a second look at whose letter it is."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from pkui.base.words import _, codes
from pkui.domain.codes import DraftKind
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain

WAY_KEYS = {"d": DraftKind.DIGITAL_POST, "b": DraftKind.LETTER, "s": DraftKind.NEMSMS, "e": DraftKind.EMAIL}


@dataclass(frozen=True)
class Sent:
    """What the person said."""

    way: DraftKind
    to: str


class SentDialog(Dialog[Sent]):
    """A letter is how it was sent; Tab goes to the name first."""

    def __init__(self, whose: str, *, to: str, kind: DraftKind, gap: bool) -> None:
        super().__init__(_("Sent"), _("Letter: how it was sent · Tab: to whom first · Esc: back"))
        self._whose, self._to, self._kind, self._gap = whose, to, kind, gap

    def body(self) -> ComposeResult:
        """Whose it is, the ways, to whom."""
        yield Static(plain(self._whose), classes="large", markup=False)
        if self._gap:
            yield Static(Content.styled(_("Something is marked as missing in the text."), "$text-warning"))
        lines = [
            Content.assemble((key, "bold $accent"), " ", (codes.draft_kind(way), "bold" if way is self._kind else ""))
            for key, way in WAY_KEYS.items()
        ]
        yield Static(Content("\n").join(lines))
        yield Static(_("To whom"), classes="label", markup=False)
        yield Input(plain(self._to))

    def on_mount(self) -> None:
        """Nothing has the focus, so that letters choose."""
        self.set_focus(None)

    def on_key(self, event: events.Key) -> None:
        """The letter."""
        field = self.query_one(Input)
        if field.has_focus:
            if event.key == "enter":
                event.stop()
                self.set_focus(None)
            return
        if event.key in WAY_KEYS:
            event.stop()
            if field.value.strip():
                self.dismiss(Sent(WAY_KEYS[event.key], field.value.strip()))
            else:
                self.say(_("Write to whom it was sent."))
                field.focus()
