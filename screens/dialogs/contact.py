"""Logging a contact in two keys: whom, and how it ended; text and a promised answer before the last key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from pkui.base.words import _, codes
from pkui.domain.codes import ContactResult, Party
from pkui.domain.typed import Unreadable, typed_date
from screens.dialogs.frame import Dialog

PARTY_KEYS = {
    "p": Party.PATIENT,
    "r": Party.RELATIVE,
    "a": Party.DEPARTMENT,
    "h": Party.PRIVATE_HOSPITAL,
    "l": Party.GP,
    "t": Party.INTERPRETER,
    "f": Party.PATHWAY_COORDINATOR,
    "x": Party.OTHER,
}
RESULT_KEYS = {
    "t": ContactResult.REACHED,
    "i": ContactResult.NO_ANSWER,
    "o": ContactResult.BUSY,
    "b": ContactResult.VOICEMAIL,
    "f": ContactResult.WRONG_NUMBER,
    "s": ContactResult.ASKED_TO_CALL_LATER,
    "k": ContactResult.CALLED_BACK,
}


@dataclass(frozen=True)
class Logged:
    """What the person said of the contact."""

    party: Party
    result: ContactResult
    text: str | None
    answer_promised_on: date | None


class ContactDialog(Dialog[Logged]):
    """First key the party, second key the result; then it is logged. Tab goes to the fields first."""

    def __init__(
        self,
        *,
        today: date,
        party: Party | None = None,
        number: str = "",
        warning: str = "",
        card: Content | None = None,
    ) -> None:
        """`party` is chosen already when one rings the patient; `number` is shown large, `card` beside the results."""
        title = _("Call") if party is Party.PATIENT else _("Contact")
        super().__init__(title, _("Letter: choose · Tab: text and promise first · Esc: back"))
        self._today, self._party, self._number, self._warning = today, party, number, warning
        self._card = card

    def body(self) -> ComposeResult:
        """The number, the two lists of letters, the fields."""
        if self._number:
            yield Static(self._number, classes="large", markup=False)
        if self._warning:
            yield Static(Content.styled(self._warning, "$text-warning"))
        with Horizontal(classes="columns -card" if self._card else "columns"):
            yield Static(id="parties")
            yield Static(id="results")
        said, promised, example = _("What was said"), _("Answer promised by (day)"), "27/11, fre, +3"
        if self._card is not None:
            # Beside a card there is no room for labels: what belongs in a field stands in it.
            yield Input(id="text", placeholder=said)
            yield Input(id="promised", placeholder=f"{promised}: {example}")
            return
        yield Static(said, classes="label", markup=False)
        yield Input(id="text")
        yield Static(promised, classes="label", markup=False)
        yield Input(id="promised", placeholder=example)

    def on_mount(self) -> None:
        """Nothing has the focus, so that letters choose."""
        self.set_focus(None)
        self._draw()

    def _draw(self) -> None:
        parties = letters({key: codes.party(party) for key, party in PARTY_KEYS.items()}, active=self._party is None)
        if self._party is not None:
            parties = self._card or Content.styled(codes.party(self._party), "bold")
        self.query_one("#parties", Static).update(parties)
        results = letters({key: codes.result(one) for key, one in RESULT_KEYS.items()}, active=self._party is not None)
        self.query_one("#results", Static).update(results)

    def on_key(self, event: events.Key) -> None:
        """A letter is the party, then the result."""
        if isinstance(self.focused, Input):
            if event.key == "enter":
                event.stop()
                self.set_focus(None)
            return
        if self._party is None and event.key in PARTY_KEYS:
            event.stop()
            self._party = PARTY_KEYS[event.key]
            self._draw()
        elif self._party is not None and event.key in RESULT_KEYS:
            event.stop()
            self._finish(self._party, RESULT_KEYS[event.key])

    def _finish(self, party: Party, result: ContactResult) -> None:
        promised = self.query_one("#promised", Input)
        try:
            day = typed_date(promised.value, self._today) if promised.value.strip() else None
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."))
            promised.focus()
            return
        self.dismiss(Logged(party, result, self.query_one("#text", Input).value.strip() or None, day))


def letters(choices: dict[str, str], *, active: bool) -> Content:
    """Choices one below another, each after the letter that takes it."""
    style = "bold $accent" if active else "$text-muted"
    text = "" if active else "$text-muted"
    return Content("\n").join(Content.assemble((key, style), " ", (words, text)) for key, words in choices.items())
