"""Working with the hints: read one in full, see it otherwise, look at another day, give the patient a summary."""

from __future__ import annotations

from textual.content import Content

from pkui.base.words import _
from pkui.base.words.rights import adviser_sentence, answer_word, patient_sentence
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.engine import worst_first
from pkui.domain.typed import Unreadable, typed_date
from pkui.services import rights
from pkui.services.hints import RightsView
from screens.case_steps import CaseSteps
from screens.dialogs.hint import COPY, OVERRULE, HintDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading


class CaseRights(CaseSteps):
    """What can be done with a case's hints."""

    def show_hint(self, right: str, limb: str) -> None:
        """Enter on a hint: its reasons and its count."""
        view = self.view.rights
        hint = next(one for one in view.hints if (one.right, one.limb or "") == (right, limb))
        said = [one for one in view.overrulings if (one.right, one.limb) == (hint.right, hint.limb)]

        def done(what: str | None) -> None:
            if what == OVERRULE:
                self._overrule(hint)
            elif what == COPY:
                self._copy(patient_sentence(hint), "hint")

        self.app.push_screen(HintDialog(hint, said), done)

    def _overrule(self, hint: Hint) -> None:
        choices = [(answer.value, answer_word(answer)) for answer in Answer if answer is not hint.answer]

        def chosen(answer: str | None) -> None:
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

        def ask(text: str | None) -> None:
            if text is None:
                return
            try:
                day = typed_date(text, self.today)
            except Unreadable:
                self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
                return
            self.ask(lambda: rights.hints(self.bench.here, self.number, on=day), self._show_day, group="rights")

        self.app.push_screen(Line(_("Show the rights as of which day?")), ask)

    def _show_day(self, view: RightsView) -> None:
        lines = [Content(adviser_sentence(hint)) for hint in worst_first(view.hints)]
        text = Content("\n\n").join(lines) if lines else Content(_("No right is concerned."))
        self.app.push_screen(Reading(_("Rights on %(day)s") % {"day": view.on.isoformat()}, text))

    def do_summary(self) -> None:
        """A plain text for the patient: a draft in the outbox, and on the clipboard."""

        def done(text: str) -> None:
            self.app.copy_to_clipboard(text)
            self.app.push_screen(Reading(_("Copied, and a draft in the outbox"), Content(text)))
            self.reread()

        self.ask(lambda: rights.draft_summary(self.bench.here, self.number), done, group="write")
