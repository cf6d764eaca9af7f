"""Waiting for somebody: whom (a letter), what was asked, and when to follow up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from pkui.base.words import _, codes
from pkui.base.words.dates import plain_date
from pkui.domain.codes import Party
from pkui.domain.typed import Unreadable, typed_date
from screens.dialogs.contact import PARTY_KEYS
from screens.dialogs.frame import Dialog


@dataclass(frozen=True)
class Waiting:
    """For whom, until when, and what was asked."""

    party: Party
    until: date
    text: str


class WaitDialog(Dialog[Waiting]):
    """A letter for the party, then a line for what was asked, then the day."""

    def __init__(self, *, today: date, until: date) -> None:
        super().__init__(_("Wait for"), _("Letter: for whom · Enter: on, at last done · Esc: back"))
        self._today, self._until = today, until
        self._party: Party | None = None

    def body(self) -> ComposeResult:
        """The parties, the text, the day."""
        with Horizontal(classes="columns"):
            yield Static(id="parties")
            yield Static(id="more")
        yield Static(_("What was asked"), classes="label", markup=False)
        yield Input(id="text")
        yield Static(_("Follow up on"), classes="label", markup=False)
        yield Input(plain_date(self._until).replace("/", "."), id="until")

    def on_mount(self) -> None:
        """Nothing has the focus, so that a letter chooses."""
        self.set_focus(None)
        self._draw()

    def _draw(self) -> None:
        parties = list(PARTY_KEYS.items())
        half = -(-len(parties) // 2)
        for column, some in (("#parties", parties[:half]), ("#more", parties[half:])):
            lines = [
                Content.assemble(
                    (key, "bold $accent"), " ", (codes.party(one), "bold reverse" if one is self._party else "")
                )
                for key, one in some
            ]
            self.query_one(column, Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """A letter is the party; then the text is asked for."""
        if not isinstance(self.focused, Input) and event.key in PARTY_KEYS:
            event.stop()
            event.prevent_default()
            self._party = PARTY_KEYS[event.key]
            self._draw()
            self.query_one("#text").focus()

    @on(Input.Submitted, "#text")
    def _text_done(self) -> None:
        self.query_one("#until").focus()

    @on(Input.Submitted, "#until")
    def _done(self) -> None:
        text, until = self.query_one("#text", Input), self.query_one("#until", Input)
        if self._party is None:
            self.set_focus(None)
            self.say(_("Choose for whom with a letter."))
        elif not text.value.strip():
            text.focus()
            self.say(_("Write what was asked."))
        else:
            try:
                day = typed_date(until.value, self._today)
            except Unreadable:
                self.say(_("That is no day; write 27/11, fre or +3."))
                return
            self.dismiss(Waiting(self._party, day, text.value.strip()))
