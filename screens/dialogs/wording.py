"""Another wording of a template: subject, first day, text; it can be seen filled before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from pkui.base.errors import BadInput
from pkui.base.words import _
from pkui.base.words.dates import plain_date
from pkui.base.words.errors import message
from pkui.base.words.texts import sms_words, text_kind
from pkui.domain.texts import TextKind, sms_length
from pkui.domain.typed import Unreadable, typed_date
from pkui.services.texts import preview
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain


@dataclass(frozen=True)
class Wording:
    """What a person has written."""

    subject: str
    text: str
    valid_from: date


class WordingDialog(Dialog[Wording]):
    """Gives the wording once it can be used; F5 shows it filled with a made-up case, and writes on."""

    BINDINGS = [
        Binding("ctrl+s", "save", "", show=False, priority=True),
        Binding("f5", "look", "", show=False, priority=True),
    ]
    CSS = """
    WordingDialog #box { width: 78; }
    WordingDialog .row { height: 1; }
    WordingDialog .row Static { width: 12; color: $text-muted; }
    WordingDialog .row Input { width: 1fr; }
    WordingDialog TextArea { height: 14; margin-top: 1; }
    WordingDialog VerticalScroll { display: none; height: 14; margin-top: 1; }
    WordingDialog.-looking TextArea { display: none; }
    WordingDialog.-looking VerticalScroll { display: block; }
    """

    def __init__(self, kind: TextKind, before: Wording, today: date) -> None:
        super().__init__(text_kind(kind), _("F5: see it filled · Ctrl+S: save · Tab: next field · Esc: back"))
        self._kind, self._before, self._today, self._warned = kind, before, today, False

    def body(self) -> ComposeResult:
        """Subject, first day, text; in the text's place what it looks like filled."""
        with Horizontal(classes="row"):
            yield Static(_("Subject"), markup=False)
            yield Input(plain(self._before.subject), id="subject")
        with Horizontal(classes="row"):
            yield Static(_("From"), markup=False)
            yield Input(plain_date(self._before.valid_from), id="from")
        yield TextArea(self._before.text, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        with VerticalScroll():
            yield Static(id="filled", markup=False)

    def on_mount(self) -> None:
        """The text is where one writes."""
        self.query_one(TextArea).focus()

    def _text(self) -> str:
        return self.query_one(TextArea).text

    def _subject(self) -> str:
        return self.query_one("#subject", Input).value

    def _filled(self) -> str | None:
        """The wording filled; None, and what is wrong is said, where it cannot be used."""
        try:
            return preview(self._kind, self._text(), subject=self._subject(), today=self._today).text
        except BadInput as error:
            self.say(message(error))
            return None

    def action_look(self) -> None:
        """F5: filled, or back to writing."""
        if self.has_class("-looking"):
            self.remove_class("-looking")
            self.query_one(TextArea).focus()
            return
        filled = self._filled()
        if filled is None:
            return
        lines = [self._subject(), "", *filled.splitlines()]
        if self._kind is TextKind.SMS:
            lines += ["", sms_words(sms_length(filled))]
        self.query_one("#filled", Static).update("\n".join(plain(line) for line in lines))
        self.add_class("-looking")
        self.query_one(VerticalScroll).focus()

    @on(Input.Submitted)
    def _next(self) -> None:
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        """Ctrl+S."""
        if self._filled() is None:
            return
        try:
            day = typed_date(self.query_one("#from", Input).value, self._today)
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."))
            return
        self.dismiss(Wording(self._subject(), self._text(), day))

    def action_back(self) -> None:
        """Esc: out of the look; a changed text is given up with the second one only."""
        if self.has_class("-looking"):
            self.action_look()
        elif (self._text(), self._subject()) != (self._before.text, self._before.subject) and not self._warned:
            self._warned = True
            self.query_one("#keys", Static).update(
                Content(_("Not saved. Ctrl+S: save · Esc again: give up what you changed"))
            )
        else:
            self.dismiss(None)
