"""One case: who, what they wrote, what is known, what has happened; and every step of working it by a key or two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.words import _, codes
from pkui.base.words.dates import span, weekday_name
from pkui.base.words.timeline import fact_name, fact_value
from pkui.domain import phones
from pkui.domain.codes import FactSource, Party, PriorityClass
from pkui.domain.facts import FACT_KINDS
from pkui.domain.typed import Unreadable, typed_windows
from pkui.services import cases, contacts, facts, notes, people
from pkui.services.case_view import CaseView
from screens import case_text
from screens.dialogs.close import CloseDialog, Closing
from screens.dialogs.contact import ContactDialog, Logged
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.dialogs.stale import StaleDialog
from screens.dialogs.wait import WaitDialog, Waiting
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

NOTE_PAUSE = 0.4
FOLLOW_UP_DAYS = 3
OPEN_ONLY = frozenset({"ring", "wait", "close", "close_next", "put_back", "hand_over", "take"})
HOLDER_ONLY = frozenset({"wait", "close", "close_next", "put_back", "hand_over"})


class CaseScreen(WorkScreen):
    """What an adviser needs in the first glance, and the note she writes meanwhile."""

    SCOPE = Scope.CASE
    CSS_PATH = "case.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]

    def __init__(self, bench: Bench, view: CaseView, *, begin: str | None = None) -> None:
        """`begin` is a command to do at once, such as `ring`."""
        super().__init__(bench)
        self.view = view
        self._begin = begin
        self._writing = False
        self._source = FactSource.PATIENT
        self._fact: str | None = None
        self._note_timer: Timer | None = None
        self._unsaved = ""

    @property
    def number(self) -> int:
        """The queue number."""
        return self.view.row.record.queue_number

    # -- layout ------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Who on top, what is known left, what was said right, the note below it."""
        yield HeadLine(id="head")
        yield Static(id="person")
        yield Static(id="reach")
        yield Static(id="standing")
        yield Static(id="why")
        with Horizontal(id="sides"):
            with Vertical(id="left"):
                options = OptionList(id="facts", classes="panel")
                options.border_title = Content(_("Facts"))
                yield options
                yield Input(id="edit")
                yield from self._panel("segments", _("Courses"))
                yield from self._panel("week", _("Call times"))
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
        self.query_one("#facts").focus()
        journal = self.bench.journal
        kept = journal.kept(self.view.row.record.id) if journal else None
        if kept:
            self.note.text = kept
            self.note.move_cursor(self.note.document.end)
            self.say(_("Your unfinished note is back."))
        if self._begin is not None:
            self.call_after_refresh(self.action_run_command, self._begin)

    @property
    def note(self) -> TextArea:
        """Where the note is written."""
        return self.query_one("#note", TextArea)

    def paint(self) -> None:
        """Every part from the view; focus and scroll stay."""
        view, now = self.view, self.bench.here.clock.now()
        self.query_one(HeadLine).say(left=case_text.title(view))
        self.query_one("#person", Static).update(case_text.person_line(view))
        self.query_one("#reach", Static).update(case_text.reach_line(view, now))
        self.query_one("#standing", Static).update(case_text.standing_line(view, now))
        self.query_one("#why", Static).update(case_text.why_lines(view, now))
        for part, text in (
            ("segments", case_text.segments(view, now)),
            ("week", case_text.week(view, now)),
            ("inquiry", case_text.inquiry(view)),
            ("timeline", case_text.timeline(view)),
        ):
            self.query_one(f"#{part}-text", Static).update(text)
        self._paint_facts()
        self.note.read_only = False

    def _paint_facts(self) -> None:
        options = self.query_one("#facts", OptionList)
        at = options.highlighted
        known = {fact.name: fact for fact in self.view.facts}
        lines = [Option(case_text.fact_line(known[name]), id=name) for name in FACT_KINDS if name in known]
        lines += [
            Option(Content.styled(fact_name(name) + ": ?", "$text-muted"), id=name)
            for name in FACT_KINDS
            if name not in known
        ]
        options.clear_options()
        options.add_options(lines)
        options.highlighted = at if at is not None else 0

    # -- the note ----------------------------------------------------------------------------------------

    @on(TextArea.Changed, "#note")
    def _note_changed(self) -> None:
        self._unsaved = self.note.text
        if self._note_timer is not None:
            self._note_timer.stop()
        self._note_timer = self.set_timer(NOTE_PAUSE, self._keep)

    def _keep(self) -> None:
        journal, case_id, text = self.bench.journal, self.view.row.record.id, self.note.text
        if journal is not None:
            self.ask(lambda: journal.keep(case_id, text), lambda _none: None, group="journal")

    def on_unmount(self) -> None:
        """Leaving with an unfinished note keeps it. The widgets are gone by now, the text is not."""
        if self.bench.journal is not None and self._unsaved.strip():
            self.bench.journal.keep(self.view.row.record.id, self._unsaved)

    def do_note(self) -> None:
        """F4: write; F4 again or Esc: back to the facts."""
        (self.query_one("#facts") if self.note.has_focus else self.note).focus()

    def do_save_note(self, then: Callable[[], None] | None = None) -> None:
        """Ctrl+S: the note stands on the case."""
        text = self.note.text

        def saved() -> None:
            if self.bench.journal is not None:
                self.bench.journal.forget(self.view.row.record.id)
            self._unsaved = self.note.text = self.note.text.removeprefix(text).lstrip()
            if not self._unsaved:
                self.query_one("#facts").focus()
            self.say(_("The note is saved."))
            if then is not None:
                then()

        self.change(
            lambda version: notes.add_note(self.bench.here, self.number, text, version=version), saved, own=text
        )

    # -- changing the case -------------------------------------------------------------------------------

    def change(self, call: Callable[[int], CaseView], then: Callable[[], None] | None = None, *, own: str = "") -> None:
        """Writes, based on the version shown; when the case has moved on, both texts are shown and one may go on."""
        if self._writing:
            self.say(_("One moment: the last change is still being saved."))
            return
        self._writing = True
        version = self.view.version
        self.ask(
            lambda: call(version),
            lambda view: self._changed(view, then),
            group="write",
            failed=lambda error: self._not_changed(error, call, then, own),
        )

    def _changed(self, view: CaseView, then: Callable[[], None] | None) -> None:
        self._writing = False
        self.view = view
        self.paint()
        if then is not None:
            then()

    def _not_changed(
        self, error: PkuiError, call: Callable[[int], CaseView], then: Callable[[], None] | None, own: str
    ) -> None:
        self._writing = False
        if error.code != "stale":
            self.refused(error)
            return
        before = self.view

        def shown(view: CaseView) -> None:
            self.view = view
            self.paint()
            new = case_text.timeline(view, since=before)
            self.app.push_screen(
                StaleDialog(new, own), lambda go_on: self.change(call, then, own=own) if go_on else None
            )

        self.ask(lambda: cases.open_case(self.bench.here, self.number, reason=cases.IN_A_CALL), shown, group="open")

    # -- commands ----------------------------------------------------------------------------------------

    def why_not(self, id: str) -> str | None:
        """What the state of the case and who holds it allow."""
        record = self.view.row.record
        if id in OPEN_ONLY and record.closed_at is not None:
            return _("The case is closed; reopen it first.")
        if id == "reopen" and record.closed_at is None:
            return _("The case is open already.")
        if id in HOLDER_ONLY and not self.view.mine:
            if record.assignee is None:
                return _("Take the case first (%(key)s).") % {"key": self.key_of("take")}
            return _("%(name)s holds the case.") % {"name": record.assignee_name}
        if id in ("take", "ring") and record.assignee is not None and not self.view.mine:
            return _("%(name)s holds the case.") % {"name": record.assignee_name}
        if id == "save_note" and not self.note.text.strip():
            return _("There is nothing in the note.")
        if id == "copy_phone" and not case_text.numbers(self.view):
            return _("There is no telephone number.")
        if id == "linked" and not self.view.links:
            return _("The person has no other case.")
        return None

    def do_back(self) -> None:
        """Esc: out of the field, then out of the case."""
        edit = self.query_one("#edit", Input)
        if edit.has_class("-open"):
            self._close_edit()
        elif self.note.has_focus:
            self.query_one("#facts").focus()
        else:
            self.leave()

    def do_take(self, reason: str | None = None) -> None:
        """h: takes the case."""
        self.ask(
            lambda: cases.take(self.bench.here, self.number, reason=reason),
            lambda view: self._changed(view, None),
            group="write",
            failed=lambda error: self._ask_reason(error, self.do_take),
        )

    def _ask_reason(self, error: PkuiError, again: Callable[[str], None]) -> None:
        from pkui.base.words.errors import message

        if error.code != "reason_to_step_past":
            self.refused(error)
            return
        self.app.push_screen(Line(message(error)), lambda why: again(why) if why else None)

    def do_ring(self) -> None:
        """r: takes a free case and asks for the result of the call."""
        if not self.view.mine:
            self.ask(
                lambda: cases.take(self.bench.here, self.number),
                lambda view: self._changed(view, self.do_ring),
                group="write",
                failed=lambda error: self._ask_reason(error, self.do_take),
            )
            return
        row = self.view.row
        urgent = row.record.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
        outside = "" if row.window_open or urgent else _("Outside the patient's call times.")
        numbers = "\n".join(case_text.phone_words(*one) for one in case_text.numbers(self.view))
        dialog = ContactDialog(today=self._today, party=Party.PATIENT, number=numbers, warning=outside)
        self.app.push_screen(dialog, self._log)

    def do_contact(self) -> None:
        """k: a contact with anyone."""
        self.app.push_screen(ContactDialog(today=self._today), self._log)

    def _log(self, logged: Logged | None) -> None:
        if logged is None:
            return
        self.change(
            lambda version: contacts.log_contact(
                self.bench.here,
                self.number,
                party=logged.party,
                result=logged.result,
                text=logged.text,
                answer_promised_on=logged.answer_promised_on,
                version=version,
            ),
            lambda: self.say(f"{codes.party(logged.party)}: {codes.result(logged.result)}"),
            own=logged.text or codes.result(logged.result),
        )

    def do_wait(self) -> None:
        """v: wait for somebody."""
        self.app.push_screen(WaitDialog(today=self._today, until=self._follow_up_day()), self._wait)

    def _wait(self, waiting: Waiting | None) -> None:
        if waiting is None:
            return
        self.change(
            lambda version: cases.wait(
                self.bench.here,
                self.number,
                party=waiting.party,
                until=waiting.until,
                text=waiting.text,
                version=version,
            ),
            own=waiting.text,
        )

    def do_close(self) -> None:
        """a: close and go back to the queue."""
        self._close(None)

    def do_close_next(self) -> None:
        """F8: close and take the next case."""
        self._close("next")

    def _close(self, after: str | None) -> None:
        if self.note.text.strip():
            self.do_save_note(then=lambda: self._close(after))
            return

        def close(closing: Closing | None) -> None:
            if closing is not None:
                self.change(
                    lambda version: cases.close(
                        self.bench.here,
                        self.number,
                        outcome=closing.outcome,
                        cause=closing.cause,
                        forwarded_to=closing.forwarded_to,
                        version=version,
                    ),
                    lambda: self.leave(after),
                    own=codes.outcome(closing.outcome),
                )

        self.app.push_screen(CloseDialog(self.view.row.record.case_number), close)

    def do_next(self) -> None:
        """n: leaves this case as it stands and takes the next one."""
        self.leave("next")

    def do_put_back(self) -> None:
        """z: back to its place in the queue."""

        def put(reason: str | None) -> None:
            if reason:
                self.change(
                    lambda version: cases.put_back(self.bench.here, self.number, reason=reason, version=version),
                    self.leave,
                    own=reason,
                )

        self.app.push_screen(Line(_("Put back: why?")), put)

    def do_hand_over(self) -> None:
        """o: to a colleague, with a message."""
        self.ask(lambda: people.list_staff(self.bench.here), self._pick_colleague, group="people")

    def _pick_colleague(self, staff: list[people.StaffRecord]) -> None:
        me = self.bench.here.person.username
        choices = [(one.username, one.name) for one in staff if one.username != me and not one.absent]

        def chosen(username: str | None) -> None:
            if username:
                self.app.push_screen(
                    Line(_("Message to %(name)s") % {"name": dict(choices)[username]}),
                    lambda text: self._hand_over(username, text) if text else None,
                )

        self.app.push_screen(Pick(_("Hand over to"), choices), chosen)

    def _hand_over(self, username: str, text: str) -> None:
        self.change(
            lambda version: cases.hand_over(self.bench.here, self.number, username, text=text, version=version),
            self.leave,
            own=text,
        )

    def do_reopen(self) -> None:
        """å: a closed case is open again."""

        def reopen(reason: str | None) -> None:
            if reason:
                self.change(
                    lambda version: cases.reopen(self.bench.here, self.number, reason=reason, version=version),
                    own=reason,
                )

        self.app.push_screen(Line(_("Reopen: why?")), reopen)

    def do_count(self) -> None:
        """s: the sum behind the date."""
        from screens.dialogs.reading import Reading

        text = case_text.count(self.view, self.bench.here.clock.now())
        self.app.push_screen(Reading(_("Answer by, day by day"), text))

    def do_linked(self) -> None:
        """y: the person's other case."""
        other = self.view.links[-1].queue_number
        self.ask(
            lambda: cases.open_case(self.bench.here, other, reason=cases.IN_A_CALL),
            self._push_linked,
            group="open",
        )

    def _push_linked(self, view: CaseView) -> None:
        self.app.push_screen(CaseScreen(self.bench, view))

    def do_copy_phone(self) -> None:
        """c: the number to dial."""
        self._copy(phones.display(case_text.numbers(self.view)[0][0]), "phone")

    def do_copy_number(self) -> None:
        """x: the case number."""
        self._copy(self.view.row.record.case_number, "case_number")

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.ask(
            lambda: cases.copied(self.bench.here, self.number, what),
            lambda _none: self.say(_("Copied: %(text)s") % {"text": text}),
            group="copy",
        )

    # -- facts and core data -----------------------------------------------------------------------------

    def do_facts(self) -> None:
        """f: to the facts."""
        self.query_one("#facts").focus()

    @on(OptionList.OptionSelected, "#facts")
    def _edit_fact(self, event: OptionList.OptionSelected) -> None:
        self._fact = event.option.id
        known = next((fact for fact in self.view.facts if fact.name == self._fact), None)
        edit = self.query_one("#edit", Input)
        edit.value = plain(fact_value(known.value)) if known else ""
        self._source = FactSource.PATIENT
        self._show_source()
        edit.add_class("-open")
        edit.focus()

    def _show_source(self) -> None:
        text = _("%(fact)s - from: %(source)s (up/down: another)")
        values = {"fact": fact_name(self._fact or ""), "source": codes.source(self._source)}
        self.query_one("#facts").border_title = Content(text % values)

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
        name, value, source = self._fact or "", event.value, self._source
        self.change(
            lambda version: facts.record_fact(
                self.bench.here, self.number, name, value, source=source, version=version
            ),
            self._close_edit,
            own=value,
        )

    def _close_edit(self) -> None:
        self.query_one("#edit", Input).remove_class("-open")
        facts_list = self.query_one("#facts")
        facts_list.border_title = Content(_("Facts"))
        facts_list.focus()

    def do_windows(self) -> None:
        """w: when the patient can be called."""
        given = ", ".join(
            f"{weekday_name(one.weekday).rstrip('.')} {span(one.start, one.end)}"
            for one in self.view.row.record.windows
        )
        hint = _("Write days and hours, such as: ma 9-11.30, to 13-15")

        def write(fields: dict[str, str] | None) -> None:
            if fields is None:
                return
            try:
                windows = typed_windows(fields["windows"])
            except Unreadable:
                self.say(_("Those are no call times; write for example: ma 9-11.30, to 13-15"), warning=True)
                self.do_windows()
                return
            self.change(
                lambda version: facts.change_windows(self.bench.here, self.number, windows, version=version),
                own=fields["windows"],
            )

        self.app.push_screen(
            FieldsDialog(_("Call times"), [Field("windows", _("Every week"), given)], hint=hint), write
        )

    def do_core_data(self) -> None:
        """æ: name, telephone, address."""
        patient, reach = self.view.patient, self.view.reach
        fields = [
            Field("name", _("Name"), patient.name or ""),
            Field("phone", _("Telephone"), phones.display(reach.phone) if reach.phone else ""),
            Field("alternative_phone", _("Other telephone"), reach.alternative_phone or ""),
            Field("email", _("E-mail"), reach.email or ""),
            Field("address_line", _("Address"), patient.address_line or ""),
            Field("postcode", _("Postcode"), patient.postcode or ""),
            Field("city", _("City"), patient.city or ""),
            Field("interpreter_language", _("Interpreter"), reach.interpreter_language or ""),
        ]

        def write(changed: dict[str, str] | None) -> None:
            if changed is not None:
                self.change(
                    lambda version: facts.change_core_data(
                        self.bench.here, self.number, version=version, **cast(dict[str, Any], changed)
                    ),
                    own="\n".join(changed.values()),
                )

        self.app.push_screen(FieldsDialog(_("Contact details"), fields), write)

    # -- small things ------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return local_date(self.bench.here.clock.now())

    def _follow_up_day(self) -> date:
        from pkui.base.calendar import public_holidays

        return public_holidays().on_or_after(self._today + timedelta(days=FOLLOW_UP_DAYS))
