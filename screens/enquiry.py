"""New enquiry: one column in the order of a conversation. A half-typed form waits, also over a crash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.keys import new_key
from pkui.base.words import _, codes, help_line, ngettext
from pkui.base.words.dates import stamp
from pkui.base.words.intake import problem_line, problem_sentence
from pkui.domain.codes import HISTORICAL_TOPICS, Topic
from pkui.domain.intake.form import ORDER, EnquiryForm, advice, asked, document, field_at, may_see
from pkui.services import help_line as service
from pkui.services.journal import FORM
from screens.enquiry_fields import Answered, Chooser, Line, Prose, Question, Step, Times
from screens.enquiry_kept import keeping, waiting_forms
from screens.widgets.call_grid import CallGrid
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.domain.intake.receipt import Registered
    from pkui.services.help_line import KnownPerson
    from screens.bench import Bench

KEEP_PAUSE = 0.4
LETTERED = frozenset(
    {"urgent", "channel", "caller", "basis", "custody", "agrees", "consent", "protected", "topic", "changed", "reply"}
)
NUMBER_LENGTH = 10


class EnquiryScreen(WorkScreen):
    """The form. What the office knows of the patient shows only once consent and age allow it."""

    SCOPE = Scope.ENQUIRY
    CSS_PATH = "enquiry.tcss"

    def __init__(self, bench: Bench, form: EnquiryForm | None = None, *, wrong: Sequence[tuple[str, str]] = ()) -> None:
        """Without a form a new one begins, or one of one's own that waits is chosen.

        `wrong`: places and codes of what kept a parked submission from being understood.
        """
        super().__init__(bench)
        self._chosen = form is not None
        now = bench.here.clock.now()
        self.form = form or EnquiryForm(str(new_key(now)), now)
        self._known: KnownPerson | None = None
        self._looked_up = ""
        self._wrong: dict[str, str] = {}
        self._parked_for = wrong
        self._timer: Timer | None = None
        self._writing = self._stored = False
        self._by = bench.here.person.username

    # -- layout ------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The questions, and under them what to ask, do or say at the one that has the focus."""
        yield HeadLine()
        with VerticalScroll(id="form", can_focus=False):
            for name in ORDER:
                yield Question(name, self._answer(name))
        yield Static(id="advice", markup=False)
        yield Static(id="hint", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def _answer(self, name: str) -> Widget:
        value = self.form.get(name)
        if name in LETTERED:
            return Chooser(name, value)
        if name == "windows":
            return Times(self.form.windows, id="answer-windows")
        return Prose(name, value) if name == "text" else Line(name, value)

    def on_mount(self) -> None:
        """Shows the questions; where forms of one's own wait, asks which to go on with."""
        title = _("Complete a parked enquiry") if self.form.parked else _("New enquiry")
        self.query_one(HeadLine).say(left=title)
        self._arrange()
        if self._parked_for:
            self._mark(self._parked_for)
        else:
            self._focus(self._shown[0])
        self.ask(
            lambda: service.call_hours(self.bench.here),
            lambda hours: self.query_one(CallGrid).show_hours(*hours),
            group="hours",
        )
        if not self._chosen and self.bench.journal is not None:
            journal, by, besides = self.bench.journal, self._by, self._open_here()
            self.ask(lambda: waiting_forms(journal, by, besides=besides), self._ask_which, group="journal")

    @property
    def today(self) -> date:
        """The date in the office."""
        return local_date(self.bench.here.clock.now())

    def _open_here(self) -> set[str]:
        return {screen.form.id for screen in self.app.screen_stack if isinstance(screen, EnquiryScreen)}

    def _ask_which(self, forms: list[EnquiryForm]) -> None:
        if not forms:
            return
        if not self.form.empty or self._at != self._shown[0]:
            waits = ngettext("%(n)s form waits.", "%(n)s forms wait.", len(forms)) % {"n": len(forms)}
            self.say(f"{waits} " + _("Esc and %(key)s show it.") % {"key": self.key_of("enquiry")})
            return
        from screens.dialogs.pick import Pick

        choices = [("", _("A new enquiry")), *((form.id, _named(form)) for form in forms)]
        title = ngettext("%(n)s form waits", "%(n)s forms wait", len(forms)) % {"n": len(forms)}
        by_id = {form.id: form for form in forms}

        def picked(id: str | None) -> None:
            """Goes on with the form picked."""
            if id:
                self.app.switch_screen(EnquiryScreen(self.bench, by_id[id]))

        self.app.push_screen(Pick(title, choices), picked)

    # -- answering ---------------------------------------------------------------------------------------

    @property
    def _shown(self) -> list[str]:
        return list(asked(self.form, self.today))

    def _arrange(self) -> None:
        """Only the questions this caller is asked stand there."""
        shown = set(self._shown)
        for name in ORDER:
            row = self.query_one(f"#row-{name}", Question)
            row.display = name in shown
            row.mark(name in self._wrong)
        self._hint()

    @property
    def _at(self) -> str | None:
        """The question that has the focus."""
        id = self.focused.id if self.focused else None
        return id.removeprefix("answer-") if id and id.startswith("answer-") else None

    def _focus(self, name: str) -> None:
        self.query_one(f"#answer-{name}").focus()

    @on(Step)
    def _step(self, event: Step) -> None:
        event.stop()
        shown, at = self._shown, self._at
        if at in shown:
            place = shown.index(at) + event.by
            if 0 <= place < len(shown):
                self._focus(shown[place])

    @on(Answered)
    def _answer_given(self, event: Answered) -> None:
        event.stop()
        if event.value == self.form.get(event.name) and event.name in self.form.values:
            return
        self.form = self.form.with_value(event.name, event.value)
        self._wrong.pop(event.name, None)
        self._look_up()
        self._arrange()
        self._keep_soon()
        if event.go_on:
            self.post_message(Step(1))

    @on(CallGrid.Changed)
    def _painted(self) -> None:
        self.form = replace(self.form, windows=self.query_one(CallGrid).windows)
        self._wrong.pop("windows", None)
        self._keep_soon()
        self._hint()

    @on(Chooser.Wanted)
    def _pick_topic(self) -> None:
        from screens.dialogs.pick import Pick

        choices = [(one.value, codes.topic(one)) for one in Topic if one not in HISTORICAL_TOPICS]

        def chosen(value: str | None) -> None:
            """Answers the question with that topic and goes on."""
            if value:
                self.query_one("#answer-topic", Chooser).show(value)
                self.post_message(Answered("topic", value, go_on=True))

        self.app.push_screen(Pick(help_line.label("topic"), choices), chosen)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What to ask at the question one comes to."""
        self._hint()

    # -- what may be shown -------------------------------------------------------------------------------

    def _look_up(self) -> None:
        """Asks who the patient is once she may be spoken of; takes it away again when she may not."""
        identifier = self.form.identifier
        number = identifier.value if identifier and may_see(self.form, self.today) else ""
        if number == self._looked_up:
            return
        self._looked_up, before, self._known = number, self._known, None
        if before is not None and before.name == self.form.get("name"):
            self._fill("name", "")
        if number and not self.form.parked:
            self.ask(lambda: service.known_person(self.bench.here, number), self._shown_person, group="person")

    def _shown_person(self, person: KnownPerson | None) -> None:
        if person is None or not self._looked_up:
            return
        self._known = person
        if person.name and not self.form.get("name"):
            self._fill("name", person.name)
        if person.protected:
            self.form = self.form.with_value("protected", "yes")
            self.query_one("#answer-protected", Chooser).show("yes")
        self._hint()

    def _fill(self, name: str, value: str) -> None:
        self.form = self.form.with_value(name, value)
        self.query_one(f"#answer-{name}", Line).value = plain(value)

    def _hint(self) -> None:
        """Under the form: what binds, what is known, and how the question is asked and answered."""
        if not self.is_mounted:
            return
        found = [help_line.advice(one) for one in advice(self.form, self.today)]
        self.query_one("#advice", Static).update(Content.styled("\n".join(found[:2]), "bold $text-warning"))
        name = self._at
        parts = [Content(self._said(name))] if name else []
        if name and (chars := help_line.letters(name)):
            words = [
                Content.assemble((key, "bold $accent"), f" {help_line.choice(name, code)}")
                for key, code in chars.items()
            ]
            parts.append(Content(" · ").join(words))
        if self._known is not None and name not in self._wrong:
            parts.append(Content(self._known_words(self._known)))
        self.query_one("#hint", Static).update(Content("\n").join(parts))

    def _said(self, name: str) -> str:
        if name in self._wrong:
            return f"{problem_sentence(self._wrong[name])} {help_line.hint(name)}"
        if name == "cpr" and self.form.get("cpr"):
            return self._number_words()
        if name == "windows" and self.form.windows:
            return f"{help_line.hint(name)}\n{self.query_one(CallGrid).in_words}"
        return help_line.hint(name)

    def _number_words(self) -> str:
        """What sort of number was typed, and the age it tells; never a warning over a check digit."""
        identifier, age = self.form.identifier, self.form.age(self.today)
        if identifier is not None:
            years = ngettext("%(n)s year", "%(n)s years", age or 0) % {"n": age} if age is not None else ""
            return " · ".join(part for part in (help_line.identifier(identifier.type), years) if part)
        missing = NUMBER_LENGTH - sum(sign.isalnum() for sign in self.form.get("cpr"))
        if missing > 0:
            return ngettext("%(n)s character is missing.", "%(n)s characters are missing.", missing) % {"n": missing}
        return problem_sentence("invalid_identifier")

    def _known_words(self, person: KnownPerson) -> str:
        open_cases = ", ".join(
            f"{one.record.queue_number} {codes.topic_short(one.record.topic)}" for one in person.open_cases
        )
        text = _("Known: %(name)s") % {"name": plain(person.name or _("unnamed"))}
        return f"{text} · " + (_("open: %(cases)s") % {"cases": open_cases} if open_cases else _("no open case"))

    # -- keeping and storing -----------------------------------------------------------------------------

    def _keep_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEEP_PAUSE, self._keep)

    def _keep(self) -> None:
        if self.bench.journal is not None and not self._stored:
            self.ask(keeping(self.bench.journal, self.form, self._by), lambda _none: None, group="journal")

    def on_unmount(self) -> None:
        """Left half-typed, the form waits."""
        if self.bench.journal is not None and not self._stored:
            keeping(self.bench.journal, self.form, self._by)()

    def do_enquiry_register(self) -> None:
        """Ctrl+S: the enquiry gets its number; what is missing is marked instead."""
        if self._writing or self._stored:
            return
        self._writing, desk, form = True, self.bench.here, self.form
        words = help_line.relation(form.caller, form.get("relation"))
        body = document(form, desk.clock.now(), relation=words, entered_by=desk.person.username)

        def write() -> Registered:
            """Registers the enquiry, or completes the one that was parked."""
            if form.parked is None:
                return service.register(desk, body)
            from pkui.services import parked

            return parked.complete(desk, UUID(form.parked), body)

        self.ask(write, self._registered, group="write", failed=self._not_registered)

    def _registered(self, done: Registered) -> None:
        from screens.receipt import ReceiptScreen

        self._stored = True
        if self.bench.journal is not None:
            self.bench.journal.forget(UUID(self.form.id), FORM)
        self.app.push_screen(ReceiptScreen(self.bench, done), lambda _after: self.leave())

    def _not_registered(self, error: PkuiError) -> None:
        self._writing = False
        problems = error.details.get("problems")
        if not isinstance(problems, list):
            self.refused(error)
            return
        self._mark([(one["pointer"], one["code"]) for one in problems])

    def _mark(self, problems: Sequence[tuple[str, str]]) -> None:
        """Marks the questions whose answers cannot be used and goes to the first."""
        self._wrong = {field_at(pointer) or "": code for pointer, code in problems}
        for name in self._wrong:
            if name and name not in self.form.values:
                self.form = self.form.with_value(name, self.form.get(name))
        self._arrange()
        self._focus(next((name for name in self._shown if name in self._wrong), self._shown[0]))
        self.say(" ".join(problem_line(*one) for one in problems[:2]), warning=True)

    def do_enquiry_discard(self) -> None:
        """Throws the form away, after asking."""
        from screens.dialogs.pick import Pick

        def sure(answer: str | None) -> None:
            """Forgets the form and leaves."""
            if answer == "discard":
                self._stored = True
                if self.bench.journal is not None:
                    self.bench.journal.forget(UUID(self.form.id), FORM)
                self.leave()

        choices = [("", _("Cancel: keep the form")), ("discard", _("Discard the form"))]
        self.app.push_screen(Pick(_("Discard"), choices), sure)

    def do_back(self) -> None:
        """Esc: back to the work; the form waits under Ctrl+N."""
        self.leave()

    def on_key(self, event: events.Key) -> None:
        """What was said is read."""
        self.query_one(SaidLine).key_pressed()


def _named(form: EnquiryForm) -> str:
    """A waiting form as one knows it again: when it was begun, who it is about, what it concerns."""
    topic = form.get("topic")
    about = codes.topic_short(Topic(topic)) if topic in set(Topic) else ""
    parts = [stamp(form.begun_at), plain(form.get("name") or form.get("caller_name")), about]
    return " · ".join(part for part in parts if part)
