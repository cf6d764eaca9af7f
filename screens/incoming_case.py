"""The case of whoever rings: what may be said to whom, one key to log the call, and what she wants changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _
from pkui.base.words.disclosure import may_say
from pkui.domain.codes import ContactResult, Direction, Party
from pkui.services import contacts, incoming, notes
from screens import case_text
from screens.case_disclosed import disclosed
from screens.case_steps import CaseSteps
from screens.dialogs.line import Line
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView
    from screens.bench import Bench

TIMELINE_LINES = 6


class IncomingCase(CaseSteps):
    """The case as whoever answers the telephone needs it; Esc goes back to the work below."""

    SCOPE = Scope.CALL
    CSS = """
    IncomingCase { layers: base said; }
    IncomingCase #card { height: 1fr; padding: 0 1; }
    """

    def __init__(self, bench: Bench, view: CaseView) -> None:
        super().__init__(bench, view)
        self._logged = False

    def compose(self) -> ComposeResult:
        """One page of text."""
        yield HeadLine()
        with VerticalScroll(id="card"):
            yield Static(id="text")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """The case."""
        self.paint()
        self.query_one(VerticalScroll).focus()

    def paint(self) -> None:
        """Who, what may be said, what was agreed, what has happened."""
        view, now = self.view, self.bench.here.clock.now()
        self.query_one(HeadLine).say(left=_("Incoming call") + " · " + case_text.title(view))
        log = case_text.timeline(view).split("\n")[:TIMELINE_LINES]
        parts = [
            case_text.person_line(view),
            case_text.reach_line(view, now),
            case_text.standing_line(view, now),
            _head(_("May be said")),
            *(Content(f"· {line}") for line in self._may_say()),
            _head(_("Call times")),
            case_text.week(view, now),
            _head(_("Timeline")),
            *log,
        ]
        self.query_one("#text", Static).update(Content("\n").join(parts))

    def _may_say(self) -> Iterator[str]:
        people = self.view.representatives
        for said in disclosed(self.view, self.today):
            person = people[said.representative] if said.representative is not None else None
            yield may_say(said.may, _who(person.name, person.relation) if person else "")

    def why_not(self, id: str) -> str | None:
        """A closed case has nothing to withdraw or book."""
        if id in ("rang.withdraw", "rang.book") and self.view.row.record.closed_at is not None:
            return _("The case is closed; reopen it first.")
        return None

    def _log_call(self, party: Party, words: str, *, still_waits: bool) -> None:
        self.change(
            lambda version: contacts.log_contact(
                self.bench.here,
                self.number,
                party=party,
                result=ContactResult.CALLED_BACK,
                direction=Direction.INCOMING,
                still_waits=still_waits,
                version=version,
            ),
            lambda: self.say(words),
            own=words,
        )

    def do_rang_herself(self) -> None:
        """p: the patient rang, the enquiry still waits; a call only planned by us is over."""
        self._log_call(Party.PATIENT, _("Logged: rang herself. The enquiry still waits."), still_waits=True)

    def do_rang_answered(self) -> None:
        """s: the patient rang and has her answer."""
        self._log_call(Party.PATIENT, _("Logged: rang herself and got her answer."), still_waits=False)

    def do_rang_relative(self) -> None:
        """r: a relative rang."""
        self._log_call(Party.RELATIVE, _("Logged: a relative rang."), still_waits=True)

    def do_rang_windows(self) -> None:
        """w: other call times, painted."""
        self.do_windows()

    def do_rang_core_data(self) -> None:
        """æ: name, telephone, address."""
        self.do_core_data()

    def do_rang_book(self) -> None:
        """b: a time for the next call."""
        self.do_book()

    def do_rang_note(self) -> None:
        """F4: a message to whoever has the case."""

        def write(text: str | None) -> None:
            """Writes the message as a note."""
            if text:
                self.change(
                    lambda version: notes.add_note(self.bench.here, self.number, text, version=version),
                    lambda: self.say(_("The note is saved.")),
                    own=text,
                )

        self.app.push_screen(Line(_("Message to whoever has the case")), write)

    def do_rang_withdraw(self) -> None:
        """x: the patient takes the enquiry back."""

        def close(reason: str | None) -> None:
            """Withdraws the enquiry in the patient's words."""
            if reason:
                self.change(
                    lambda version: incoming.withdraw(self.bench.here, self.number, reason=reason, version=version),
                    lambda: self.say(_("The enquiry is withdrawn and the case closed.")),
                    own=reason,
                )

        self.app.push_screen(Line(_("Withdraw the enquiry: what did the patient say?")), close)

    def do_rang_open(self) -> None:
        """o: the whole case."""
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, self.view), lambda _after: self.reread())

    def on_key(self, event: events.Key) -> None:
        """What was said is read."""
        self.query_one(SaidLine).key_pressed()

    def do_back(self) -> None:
        """Esc: exactly where one was before the call."""
        self.leave("done")


def _who(name: str | None, relation: str | None) -> str:
    return " · ".join(plain(part) for part in (name, relation) if part) or _("Who speaks for her")


def _head(words: str) -> Content:
    return Content.styled(words, "bold $text-accent")
