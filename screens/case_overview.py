"""The left side of the case: what is known and what is not, call times and courses, as one list to walk through."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.words import N_, _, ngettext
from pkui.base.words.approvals import approval
from pkui.base.words.rights import answer_symbol, answer_word, asked_of_words, question
from pkui.base.words.timeline import fact_name
from pkui.domain.codes import ApprovalState
from pkui.domain.facts import ALL_FACT_KINDS, CHANGED_DATE_FACTS, CUSTODY, FACT_KINDS, LIST_FACTS
from pkui.domain.intake.form import OWN_CONSENT_FROM
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.engine import worst_first
from pkui.domain.rights.facts import AskedOf
from screens import case_text
from screens.widgets.cells import plain
from screens.widgets.lines import heading

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView
    from pkui.services.hints import Overruling, RightsView

FACT, HINT, TEXT = "fact", "hint", "text"
MOST_QUESTIONS = 4
"""Questions shown of each kind; the ones that settle most stand first."""

_SHORT = {
    (Right.MAXIMUM_WAITING_TIME, None): N_("Maximum waiting times"),
    (Right.ASSESSMENT, None): N_("Rapid assessment"),
    (Right.EXTENDED_FREE_CHOICE, "assessment"): N_("Extended choice, assessment"),
    (Right.EXTENDED_FREE_CHOICE, "treatment"): N_("Extended choice, treatment"),
    (Right.EXTENDED_FREE_CHOICE, "diagnostic"): N_("Extended choice, examination"),
    (Right.EXTENDED_FREE_CHOICE, "changed_surgery_date"): N_("Extended choice, changed date"),
    (Right.FREE_CHOICE, None): N_("Free choice of hospital"),
    (Right.INFORMATION_DUTY, "referral"): N_("Letter after the referral"),
    (Right.INFORMATION_DUTY, "assessed"): N_("Letter after the assessment"),
    (Right.INFORMATION_DUTY, "changed_surgery_date"): N_("Letter after the changed date"),
    (Right.INFORMATION_DUTY, "reinstated"): N_("Letter after the suspension"),
    (Right.TRANSPORT, None): N_("Transport"),
    (Right.CROSS_BORDER, None): N_("Treatment in the EU/EEA"),
    (Right.COMPLAINT_TREATMENT, None): N_("Complaint about treatment"),
    (Right.COMPLAINT_RIGHTS, None): N_("Complaint about rights"),
    (Right.COMPENSATION, None): N_("Compensation for injury"),
}
"""The rights in as few words as fit beside the enquiry in 80 columns."""

_ASKS_FOR_ACTION = frozenset({Answer.YES, Answer.LIKELY, Answer.REVIEW, Answer.CLINICAL})


def overview(view: CaseView, now: datetime) -> list[Option]:
    """The lines in their order; an id says what Enter does: `fact:NAME` edits a fact, `fact:NAME:WHO` asks for it."""
    return [
        *_approvals(view),
        *_sparring(view),
        *_rights(view, now),
        *_questions(view),
        heading(_("Facts")),
        *_facts(view),
        heading(_("Call times")),
        *_text("week", case_text.week(view, now)),
        heading(_("Courses")),
        *_text("segments", case_text.segments(view, now)),
        heading(_("Routing")),
        *_text("routing", case_text.routing_line(view)),
    ]


def _approvals(view: CaseView) -> Iterator[Option]:
    """What a colleague is asked to approve, and what was said; a course that waits or came back is not to be missed."""
    if view.approvals:
        yield heading(_("Approved by a colleague"))
    for one in view.approvals:
        line = approval(one.state, one.number, asked_by=one.asked_by, decided_by=one.decided_by)
        settled = one.state is ApprovalState.APPROVED
        words = (f"\n  {plain(one.text)}", "$text-accent") if one.text else ""
        yield Option(
            Content.assemble((plain(line), "$text-muted" if settled else "bold"), words),
            id=f"{TEXT}:approval-{one.number}",
        )


def _sparring(view: CaseView) -> Iterator[Option]:
    """Questions that wait, and answers that came: they are not to be missed among the rest."""
    if view.questions:
        yield heading(_("Sparring"))
    for number, one in enumerate(view.questions):
        whom = case_text.asked_whom(one)
        line = Content.assemble((f"{whom}: ", "bold"), plain(one.text))
        said = (
            (f"\n  {plain(one.answer)}", "$text-accent")
            if one.answer
            else ("\n  " + _("awaits an answer"), "$text-muted")
        )
        yield Option(Content.assemble(line, said), id=f"{TEXT}:sparring-{number}")


def _rights(view: CaseView, now: datetime) -> Iterator[Option]:
    if view.rights.hints:
        yield heading(_("Rights"))
    said = {(one.right, one.limb): one for one in reversed(view.rights.overrulings)}
    for hint in worst_first(view.rights.hints):
        other = said.get((hint.right, hint.limb))
        line = Content.assemble(
            (answer_symbol(hint.answer) + " ", "bold $accent"),
            (short_name(hint), "bold" if hint.answer in _ASKS_FOR_ACTION else ""),
            f"\n  {answer_word(hint.answer)}",
            (_limit(hint, local_date(now)), "$text-warning" if hint.breached else "$text-muted"),
        )
        if other is not None:
            words = _("seen otherwise: %(answer)s") % {"answer": answer_word(other.answer)}
            line = Content.assemble(line, (f"\n  {words} ({plain(other.by)})", "bold $text-accent"))
        yield Option(line, id=f"{HINT}:{hint.right}:{hint.limb or ''}")


def short_name(hint: Hint | Overruling) -> str:
    """The right in a few words."""
    return _(_SHORT[hint.right, hint.limb])


def changes(before: RightsView, after: RightsView) -> str:
    """The hints that a fact has moved, in one line; empty where none has."""
    old = {(hint.right, hint.limb): (hint.answer, hint.deadline) for hint in before.hints}
    return ", ".join(
        f"{short_name(hint)}: {answer_word(hint.answer)}"
        for hint in worst_first(after.hints)
        if old.get((hint.right, hint.limb)) != (hint.answer, hint.deadline)
    )


def _limit(hint: Hint, today: date) -> str:
    """How far away the last day is; one that is only provisional is marked."""
    left = hint.days_left
    if hint.deadline is None or left is None:
        return ""
    day = f"{hint.deadline.day}/{hint.deadline.month}"
    day = (
        ("≈" if hint.provisional else "") + day + (f" {hint.deadline.year}" if hint.deadline.year != today.year else "")
    )
    if left == 0:
        text = _("today %(day)s")
    elif left < 0:
        text = ngettext("%(n)s day past %(day)s", "%(n)s days past %(day)s", -left)
    else:
        text = ngettext("%(n)s day to %(day)s", "%(n)s days to %(day)s", left)
    return ", " + text % {"n": abs(left), "day": day}


def _questions(view: CaseView) -> Iterator[Option]:
    known = {fact.name for fact in view.facts}
    for who, fields in view.rights.questions.items():
        names = [name for field in fields for name in _asked_as(field, known)]
        if names:
            yield heading(asked_of_words(who))
        for name in list(dict.fromkeys(names))[:MOST_QUESTIONS]:
            yield Option(Content(f"? {_question(name)}"), id=f"{FACT}:{name}:{who}")


def patient_questions(view: CaseView, most: int) -> list[str]:
    """The first questions to the patient herself, the one that settles most first."""
    known = {fact.name for fact in view.facts}
    fields = view.rights.questions.get(AskedOf.PATIENT, [])
    names = dict.fromkeys(name for field in fields for name in _asked_as(field, known))
    return [_question(name) for name in list(names)[:most]]


def _question(name: str) -> str:
    """The question; a changed date is asked for in parts."""
    parts = {
        "appointment_changed_by_hospital": _("Did the hospital change the date?"),
        "date_changed_on": _("When was the date changed?"),
        "changed_at": _("Which kind of hospital changed the date?"),
    }
    return parts[name] if name in parts else question(name)


def _asked_as(field: str, known: Collection[str]) -> list[str]:
    """The facts to give for a field: one change of a date is asked for in parts, a known history is corrected whole.

    What the rules miss is asked for although a weaker source has given it.
    """
    if field == "surgery_date_history" and field not in known:
        return [name for name in CHANGED_DATE_FACTS if name not in known] or [field]
    return [field] if field in ALL_FACT_KINDS or field in LIST_FACTS else []


def _facts(view: CaseView) -> Iterator[Option]:
    known = {fact.name: fact for fact in view.facts}
    if CUSTODY not in known and view.patient.age is not None and view.patient.age < OWN_CONSENT_FROM:
        yield Option(Content(f"? {fact_name(CUSTODY)}"), id=f"{FACT}:{CUSTODY}")
    for name in (*ALL_FACT_KINDS, *LIST_FACTS):
        if name in known:
            yield Option(case_text.fact_line(known[name]), id=f"{FACT}:{name}")
    for name in (*FACT_KINDS, *LIST_FACTS):
        if name not in known:
            yield Option(Content.styled(fact_name(name) + ": ?", "$text-muted"), id=f"{FACT}:{name}")


def _text(id: str, text: Content) -> Iterator[Option]:
    for number, line in enumerate(text.split("\n")):
        yield Option(line, id=f"{TEXT}:{id}-{number}")
