"""Working with the hints: read one in full, see it otherwise, look at another day, give the patient a summary."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from pkui.base.words import _
from pkui.base.words.choices import entry_words
from pkui.base.words.dates import plain_date
from pkui.base.words.rights import adviser_sentence, answer_word, patient_sentence
from pkui.base.words.timeline import fact_name
from pkui.domain.codes import FactSource
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.engine import worst_first
from pkui.domain.typed import Unreadable, past_date
from pkui.services import facts, rights
from pkui.services.hints import RightsView
from screens.case_overview import changes
from screens.case_steps import CaseSteps
from screens.dialogs.entry import EntryDialog
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.hint import COPY, OVERRULE, HintDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading

ADD, NONE = "add", "none"


class CaseRights(CaseSteps):
    """What can be done with a case's hints."""

    def show_hint(self, right: str, limb: str) -> None:
        """Enter on a hint: its reasons and its count."""
        view = self.view.rights
        hint = next(one for one in view.hints if (one.right, one.limb or "") == (right, limb))
        said = [one for one in view.overrulings if (one.right, one.limb) == (hint.right, hint.limb)]

        def done(what: str | None) -> None:
            """Overrules the hint, or copies its sentence."""
            if what == OVERRULE:
                self._overrule(hint)
            elif what == COPY:
                self._copy(patient_sentence(hint), "hint")

        self.app.push_screen(HintDialog(hint, said), done)

    def _overrule(self, hint: Hint) -> None:
        choices = [(answer.value, answer_word(answer)) for answer in Answer if answer is not hint.answer]

        def chosen(answer: str | None) -> None:
            """Asks why it is that answer."""
            if answer:
                question = _("Why %(answer)s?") % {"answer": answer_word(Answer(answer))}
                self.app.push_screen(Line(question), lambda why: self._overruled(hint, Answer(answer), why))

        self.app.push_screen(Pick(_("I see it otherwise"), choices), chosen)

    def _overruled(self, hint: Hint, answer: Answer, reason: str | None) -> None:
        if reason:
            self.change(
                lambda version: rights.overrule(
                    self.bench.here,
                    self.number,
                    Right(hint.right),
                    hint.limb,
                    answer=answer,
                    reason=reason,
                    version=version,
                ),
                own=reason,
            )

    def do_rights_on(self) -> None:
        """The hints as they were on another day."""

        def ask(given: dict[str, str] | None) -> None:
            """Reads the hints of the day typed."""
            if given is None:
                return
            try:
                day = past_date(given["day"], self.today)
            except Unreadable:
                self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
                return
            self.ask(lambda: rights.hints(self.bench.here, self.number, on=day), self._show_day, group="rights")

        hint = _("The law and the counting of that day, with the facts known now.")
        self.app.push_screen(FieldsDialog(_("Rights on a day"), [Field("day", _("Day"))], hint=hint), ask)

    def _show_day(self, view: RightsView) -> None:
        lines = [Content(adviser_sentence(hint)) for hint in worst_first(view.hints)]
        text = Content("\n\n").join(lines) if lines else Content(_("No right is concerned."))
        self.app.push_screen(Reading(_("Rights on %(day)s") % {"day": plain_date(view.on)}, text))

    def do_summary(self) -> None:
        """A plain text for the patient: a draft in the outbox, and on the clipboard."""

        def done(text: str) -> None:
            """Copies the text and shows it."""
            self._copy(text, "summary")
            self.app.push_screen(Reading(_("Copied, and a draft in the outbox"), Content(text)))
            self.reread()

        self.ask(lambda: rights.draft_summary(self.bench.here, self.number), done, group="write")

    # -- facts of several entries ------------------------------------------------------------------------

    def ask_entries(self, name: str, source: FactSource) -> None:
        """What is entered so far: one more, one taken away, or none at all."""
        entries = next((list(fact.value) for fact in self.view.facts if fact.name == name), [])
        choices = [(ADD, _("Add one"))]
        choices += [
            (str(at), _("Take away: %(entry)s") % {"entry": entry_words(one)}) for at, one in enumerate(entries)
        ]
        if not entries:
            choices.append((NONE, _("There have been none")))

        def chosen(what: str | None) -> None:
            """Adds an entry, takes one away, or records that there is none."""
            if what == ADD:
                self._ask_entry(name, source, entries)
            elif what == NONE:
                self._record_list(name, source, [])
            elif what is not None:
                self._record_list(name, source, [one for at, one in enumerate(entries) if str(at) != what])

        self.app.push_screen(Pick(fact_name(name), choices), chosen)

    def _ask_entry(self, name: str, source: FactSource, entries: list[Any]) -> None:
        def done(entry: dict[str, str | None] | None) -> None:
            """Records the entries with the new one."""
            if entry is not None:
                self._record_list(name, source, [*entries, entry])

        self.app.push_screen(EntryDialog(name, self.today), done)

    def _record_list(self, name: str, source: FactSource, entries: list[Any]) -> None:
        before = self.view.rights
        self.change(
            lambda version: facts.record_list(
                self.bench.here, self.number, name, entries, source=source, version=version
            ),
            lambda: self.say_changes(before),
            own="; ".join(entry_words(one) for one in entries),
        )

    def say_changes(self, before: RightsView) -> None:
        """Which hints a new fact has moved, wherever the cursor stands."""
        if moved := changes(before, self.view.rights):
            self.say(moved)
