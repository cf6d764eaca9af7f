"""What joins a case to another, to a colleague and to a later hour: same case?, sparring, one's own reminder."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from pkui.base.clock import local
from pkui.base.words import _, codes
from pkui.base.words.dates import clock_time, plain_date
from pkui.domain.codes import SparringWith
from pkui.domain.typed import Unreadable, typed_date, typed_time
from pkui.services import cases, merges, people, reminders, sparring
from screens.case_approval import CaseApproval
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick

MERGE, SPLIT, OTHER, ANSWER, COLLEAGUE = "merge", "split", "other", "answer", "colleague"


class CaseTogether(CaseApproval):
    """Merging and splitting, asking and answering, being reminded."""

    def why_not(self, id: str) -> str | None:
        """A closed case is asked nothing; a note that is not saved belongs to the case it was written on."""
        if id == "sparring" and self.view.row.record.closed_at is not None:
            return _("The case is closed; reopen it first.")
        if id == "same_case" and self.unsaved_note():
            return _("Save the note first (%(key)s).") % {"key": self.key_of("save_note")}
        return super().why_not(id)

    def unsaved_note(self) -> bool:
        """Whether something stands in the note; the screen that holds it tells."""
        return False

    # -- same case? --------------------------------------------------------------------------------------

    def do_same_case(self) -> None:
        """m: merge with another case of the person, or part what was merged."""
        if self.view.merged_into is not None:
            into = self.view.merged_into.case_number
            choices = [("", _("Leave it")), (f"{SPLIT}:{self.number}", _("Split from case %(case)s") % {"case": into})]
        else:
            choices = [
                (f"{MERGE}:{link.queue_number}", _("Merge with case %(case)s") % {"case": link.case_number})
                for link in self.view.links
                if link.open
            ]
            choices += [
                (f"{SPLIT}:{one.queue_number}", _("Split case %(case)s off again") % {"case": one.case_number})
                for one in self.view.merged
            ]
            if self.view.row.record.closed_at is None:
                choices.append((OTHER, _("Merge with a case whose number I know")))
        self.app.push_screen(Pick(_("Same case?"), choices), self._same_case)

    def _same_case(self, chosen: str | None) -> None:
        what, _colon, number = (chosen or "").partition(":")
        if what == OTHER:
            self.app.push_screen(
                Line(_("Case number or queue number"), head=_("Same case?")),
                lambda text: self._find_other(text) if text else None,
            )
        elif what == MERGE:
            self._ask_why(int(number))
        elif what == SPLIT:
            self.change(
                lambda version: merges.split(
                    self.bench.here, int(number), version=version if int(number) == self.number else None
                ),
                lambda: self._parted(int(number)),
            )

    def _parted(self, number: int) -> None:
        self.reread()
        self.say(_("Queue no. %(number)s is a case of its own again.") % {"number": number})

    def _find_other(self, text: str) -> None:
        self.ask(lambda: cases.find_number(self.bench.here, text), self._ask_why, group="find")

    def _ask_why(self, other: int) -> None:
        first = min(self.number, other)
        question = _("One case under queue no. %(number)s: why are they the same?") % {"number": first}
        ready = (_("Sent twice"), _("Rang about the form she sent"), _("Same course, written again"))
        self.app.push_screen(
            Line(question, head=_("Same case?"), suggestions=[(text, text) for text in ready]),
            lambda why: self._merge(other, why) if why else None,
        )

    def _merge(self, other: int, why: str) -> None:
        self.change(
            lambda version: merges.merge(self.bench.here, self.number, other, reason=why, version=version),
            lambda: self.say(_("Merged: both show here, and m parts them again.")),
            own=why,
        )

    # -- sparring ----------------------------------------------------------------------------------------

    def do_sparring(self) -> None:
        """q: answer what waits, or ask somebody."""
        self.ask(lambda: people.list_staff(self.bench.here), self._pick_whom, group="people")

    def _pick_whom(self, staff: list[people.StaffRecord]) -> None:
        me = self.bench.here.person.username
        choices = [
            (f"{ANSWER}:{one.id}", _("Answer: %(question)s") % {"question": one.text})
            for one in self.view.questions
            if one.answer is None
        ]
        choices += [
            (SparringWith.COLLEAGUE.value, _("Ask a colleague, anyone who knows")),
            (SparringWith.LAWYER.value, _("Ask the lawyer")),
            (SparringWith.MEETING.value, _("Take it to the fortnightly meeting")),
        ]
        choices += [
            (f"{COLLEAGUE}:{one.username}", _("Ask %(name)s") % {"name": one.name})
            for one in staff
            if one.username != me and not one.absent
        ]
        self.app.push_screen(Pick(_("Sparring"), choices), self._sparring)

    def _sparring(self, chosen: str | None) -> None:
        what, _colon, which = (chosen or "").partition(":")
        if what == ANSWER:
            question = next(one for one in self.view.questions if str(one.id) == which)
            self.app.push_screen(Line(question.text, head=_("The answer")), partial(self._put_answer, UUID(which)))
        elif what:
            asked_of = SparringWith(what)
            heading = _("Question to %(whom)s") % {"whom": codes.sparring_with(asked_of)}
            self.app.push_screen(
                Line(_("What do you want to know?"), head=heading),
                partial(self._put_question, asked_of, which or None),
            )

    def _put_question(self, asked_of: SparringWith, colleague: str | None, text: str | None) -> None:
        if text:
            self.change(
                lambda version: sparring.ask(
                    self.bench.here, self.number, text, asked_of=asked_of, colleague=colleague, version=version
                ),
                lambda: self.say(_("Asked. The case keeps its next step.")),
                own=text,
            )

    def _put_answer(self, question: UUID, text: str | None) -> None:
        if text:
            self.change(
                lambda version: sparring.answer(self.bench.here, self.number, text, question=question, version=version),
                lambda: self.say(_("The answer stands on the case.")),
                own=text,
            )

    # -- own reminder ------------------------------------------------------------------------------------

    def do_remind(self) -> None:
        """ø: one's own reminder; an empty day takes it away."""
        now = self.view.reminder
        fields = [
            Field("day", _("Day"), plain_date(local(now.at).date()) if now else ""),
            Field("time", _("Time"), clock_time(now.at) if now else "9"),
            Field("text", _("Of what"), (now.text or "") if now else ""),
        ]
        hint = _("Day such as 27/11, fre or +3. An empty day takes the reminder away.")
        self.app.push_screen(FieldsDialog(_("Remind me"), fields, hint=hint), self._remind)

    def _remind(self, given: dict[str, str] | None) -> None:
        if given is None:
            return
        if not given["day"].strip():
            self.ask(
                lambda: reminders.forget(self.bench.here, self.number),
                lambda view: self.changed(view, lambda: self.say(_("No reminder."))),
                group="write",
            )
            return
        try:
            when = datetime.combine(typed_date(given["day"], self.today), typed_time(given["time"]))
        except Unreadable:
            self.say(_("Write a day such as 27/11 and a time such as 9.30."), warning=True)
            return
        self.ask(
            lambda: reminders.remind(self.bench.here, self.number, when, text=given["text"]),
            lambda view: self.changed(view, lambda: self.say(_("You will be reminded on My day."))),
            group="write",
        )
