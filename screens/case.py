"""One case: who, what they wrote, what is known, what has happened; and every step of working it by a key or two."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea

from pkui.base.commands import in_scope
from pkui.base.words import N_, _, codes
from pkui.base.words.choices import choice
from pkui.base.words.dates import stamp
from pkui.base.words.timeline import fact_name, fact_value
from pkui.domain.codes import FactSource
from pkui.domain.facts import ALL_FACT_KINDS, FACT_CHOICES, LIST_FACTS, FactKind
from pkui.domain.rights.facts import AskedOf
from pkui.services import facts, notes
from pkui.services.case_view import CaseView, NoteView
from screens import case_text
from screens.case_outbox import CaseOutbox
from screens.case_overview import FACT, HINT, overview
from screens.dialogs.pick import Pick
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from pkui.services.hints import RightsView
    from screens.bench import Bench

NOTE_PAUSE = 0.4
SOURCE_OF = {
    AskedOf.PATIENT: FactSource.PATIENT,
    AskedOf.DEPARTMENT: FactSource.HOSPITAL,
    AskedOf.RECORD: FactSource.RECORD,
}
"""Who has told a fact, when the one who was asked answers."""

_EXAMPLES = {
    FactKind.DATE: N_("27/11 (up/down: told by another)"),
    FactKind.YES_NO: N_("yes or no (up/down: told by another)"),
    FactKind.WHOLE: N_("a whole number (up/down: another)"),
    FactKind.NUMBER: N_("a number (up/down: told by another)"),
    FactKind.TEXT: N_("text (up/down: told by another)"),
}


class CaseScreen(CaseOutbox):
    """What an adviser needs in the first glance, and the note she writes meanwhile."""

    CSS_PATH = "case.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (34, "-roomy")]

    def __init__(self, bench: Bench, view: CaseView, *, begin: str | None = None, said: str = "") -> None:
        """`begin` is a command to do at once, such as `ring`; `said` what to say when the case is shown."""
        super().__init__(bench, view)
        self._begin, self._said = begin, said
        self._painted: dict[str, tuple[object, ...]] = {}
        self._source = FactSource.PATIENT
        self._fact: str | None = None
        self._note_timer: Timer | None = None
        self._unsaved = ""

    # -- layout ------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Who on top, what is known left, what was said right, the note below it."""
        yield HeadLine(id="head")
        for line in ("person", "reach", "standing", "why"):
            yield Static(id=line)
        with Horizontal(id="sides"):
            with Vertical(id="left"):
                options = Lines(id="facts", classes="panel")
                options.border_title = Content(_("Overview"))
                yield options
                yield Input(id="edit")
            with Vertical(id="right"):
                yield from self._panel("inquiry", _("Enquiry"))
                yield from self._panel("timeline", _("Timeline"))
                note = TextArea(id="note", soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
                note.border_title = Content(_("Note"))
                yield note
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    @staticmethod
    def _panel(id: str, title: str) -> ComposeResult:
        panel = VerticalScroll(Static(id=f"{id}-text"), id=id, classes="panel", can_focus=True)
        panel.border_title = Content(title)
        yield panel

    def on_mount(self) -> None:
        """Paints the case, brings back an unfinished note, begins what was asked for."""
        self.paint()
        self.known.focus()
        journal = self.bench.journal
        kept = journal.kept(self.view.row.record.id) if journal else None
        if kept:
            self.note.text = kept
            self.note.move_cursor(self.note.document.end)
            self.say(_("Your unfinished note is back."))
        if self._said:
            self.say(self._said)
        if self._begin is not None:
            self.call_after_refresh(self.action_run_command, self._begin)

    @property
    def note(self) -> TextArea:
        """Where the note is written."""
        return self.query_one("#note", TextArea)

    @property
    def known(self) -> OptionList:
        """The overview of what is known."""
        return self.query_one("#facts", OptionList)

    def paint(self) -> None:
        """Every part from the view; focus, cursor and scroll stay."""
        view, now = self.view, self.bench.here.clock.now()
        self.query_one(HeadLine).say(left=case_text.title(view))
        for part, text in (
            ("person", case_text.person_line(view)),
            ("reach", case_text.reach_line(view, now)),
            ("standing", case_text.standing_line(view, now)),
            ("why", case_text.why_lines(view, now)),
            ("inquiry-text", case_text.inquiry(view)),
            ("timeline-text", case_text.timeline(view)),
        ):
            looks = (text.plain, tuple(text.spans))
            if self._painted.get(part) != looks:
                self._painted[part] = looks
                self.query_one(f"#{part}", Static).update(text)
        self._paint_overview()

    def _paint_overview(self) -> None:
        known, at, before = self.known, self.known.highlighted_option, self.known.highlighted
        known.clear_options()
        known.add_options(overview(self.view, self.bench.here.clock.now()))
        ids = [option.id for option in known.options]
        if at is not None and at.id in ids:
            known.highlighted = ids.index(at.id)
        elif at is not None and before is not None and (free := self._free_from(before)) is not None:
            known.highlighted = free
        else:
            known.action_first()

    def _free_from(self, place: int) -> int | None:
        """The line to go on from when the one under the cursor is gone: a question answered leads to the next."""
        options = self.known.options
        return next((number for number in range(place, len(options)) if not options[number].disabled), None)

    def may_be_read_anew(self) -> bool:
        """Not while a fact is being written: what it is based on stays on the screen."""
        return super().may_be_read_anew() and not self.query_one("#edit", Input).has_class("-open")

    def why_not(self, id: str) -> str | None:
        """A note must hold something to be saved; the rest hangs on the case."""
        if id == "save_note" and not self.note.text.strip():
            return _("There is nothing in the note.")
        return super().why_not(id)

    def do_back(self) -> None:
        """Esc: out of the field, then out of the case."""
        if self.query_one("#edit", Input).has_class("-open"):
            self._close_edit()
        elif self.note.has_focus:
            self.known.focus()
        else:
            self.leave()

    def unsaved_note(self) -> bool:
        """Whether something stands in the note."""
        return bool(self.note.text.strip())

    # -- the note ----------------------------------------------------------------------------------------

    @on(TextArea.Changed, "#note")
    def _note_changed(self) -> None:
        self._unsaved = self.note.text
        if self._note_timer is not None:
            self._note_timer.stop()
        self._note_timer = self.set_timer(NOTE_PAUSE, self._keep)

    def _keep(self) -> None:
        if self.bench.journal is not None:
            keeping = self.bench.journal.keeping(self.view.row.record.id, self.note.text)
            self.ask(keeping, lambda _none: None, group="journal")

    def on_unmount(self) -> None:
        """Leaving with an unfinished note keeps it. The widgets are gone by now, the text is not."""
        if self.bench.journal is not None and self._unsaved.strip():
            self.bench.journal.keep(self.view.row.record.id, self._unsaved)

    def do_note(self) -> None:
        """F4: write; F4 again or Esc: back to the facts."""
        (self.known if self.note.has_focus else self.note).focus()

    def do_save_note(self, then: Callable[[], None] | None = None) -> None:
        """Ctrl+S: the note stands on the case."""
        text = self.note.text

        def saved() -> None:
            """Forgets what the journal kept; what was typed meanwhile stays."""
            if self.bench.journal is not None:
                self.bench.journal.forget(self.view.row.record.id)
            self._unsaved = self.note.text = self.note.text.removeprefix(text).lstrip()
            self.correcting, self.note.border_title = None, Content(_("Note"))
            if not self._unsaved:
                self.known.focus()
            self.say(_("The note is saved."))
            if then is not None:
                then()

        corrects = self.correcting.id if self.correcting is not None else None
        self.change(
            lambda version: notes.add_note(self.bench.here, self.number, text, version=version, corrects=corrects),
            saved,
            own=text,
        )

    def correct_note(self, note: NoteView) -> None:
        """The old text stands where one writes, to be put right; Ctrl+S saves it as a note of its own."""
        if self.unsaved_note():
            self.say(_("Save the note first (%(key)s).") % {"key": self.key_of("save_note")}, warning=True)
            return
        self.correcting = note
        self.note.border_title = Content(_("Correction of the note of %(when)s") % {"when": stamp(note.at)})
        self.note.text = note.text
        self.note.move_cursor(self.note.document.end)
        self.note.focus()

    def close_after_note(self, after: str | None) -> None:
        """An unsaved note is saved before the case is closed."""
        if self.note.text.strip():
            self.do_save_note(then=lambda: self.ask_closing(after))
        else:
            super().close_after_note(after)

    # -- facts -----------------------------------------------------------------------------

    def do_facts(self) -> None:
        """f: to the facts."""
        self.known.focus()

    @on(OptionList.OptionSelected, "#facts")
    def _edit_fact(self, event: OptionList.OptionSelected) -> None:
        kind, _colon, name = (event.option.id or "").partition(":")
        if kind == HINT:
            self.show_hint(*name.split(":"))
        elif kind == FACT:
            self._ask_fact(*name.split(":"))

    def _ask_fact(self, name: str, who: str = AskedOf.PATIENT) -> None:
        """A choice is picked from a list, entries in their own dialog; everything else is written in the line."""
        self._fact, self._source = name, SOURCE_OF[AskedOf(who)]
        if name in LIST_FACTS:
            self.ask_entries(name, self._source)
            return
        if ALL_FACT_KINDS[name] is FactKind.CHOICE:
            choices = [(code, choice(name, code)) for code in FACT_CHOICES[name]]
            self.app.push_screen(Pick(self._told_by(), choices), lambda code: self._record(code) if code else None)
            return
        known = next((fact for fact in self.view.facts if fact.name == self._fact), None)
        edit = self.query_one("#edit", Input)
        edit.value = plain(fact_value(known.value)) if known else ""
        edit.placeholder = _(_EXAMPLES[ALL_FACT_KINDS[name]])
        self._show_source()
        edit.add_class("-open")
        edit.focus()

    def _show_source(self) -> None:
        self.known.border_title = Content(self._told_by())

    def _told_by(self) -> str:
        """Who tells what."""
        values = {"fact": fact_name(self._fact or ""), "source": codes.source(self._source)}
        return _("From %(source)s: %(fact)s") % values

    def on_key(self, event: events.Key) -> None:
        """While a fact is written, up and down change where it comes from."""
        self.query_one(SaidLine).key_pressed()
        edit = self.query_one("#edit", Input)
        if edit.has_focus and event.key in ("up", "down"):
            event.stop()
            sources = list(FactSource)
            step = 1 if event.key == "down" else -1
            self._source = sources[(sources.index(self._source) + step) % len(sources)]
            self._show_source()

    @on(Input.Submitted, "#edit")
    def _fact_done(self, event: Input.Submitted) -> None:
        self._record(event.value)

    def _record(self, value: str) -> None:
        name, source, before = self._fact or "", self._source, self.view.rights
        self.change(
            lambda version: facts.record_fact(
                self.bench.here, self.number, name, value, source=source, version=version
            ),
            lambda: self._fact_saved(before),
            own=value,
        )

    def _fact_saved(self, before: RightsView) -> None:
        self._close_edit()
        self.say_changes(before)

    def _close_edit(self) -> None:
        self.query_one("#edit", Input).remove_class("-open")
        self.known.border_title = Content(_("Overview"))
        self.known.focus()
