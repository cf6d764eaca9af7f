"""A right's hint in words: its name, its answer, what the adviser is told, and what may be said to the patient.

A wrong promise is itself a breach of the duty to inform, so nothing is promised while a fact is missing.
"""

from collections.abc import Iterable
from datetime import date

from pkui.base.words import N_, _, ngettext
from pkui.base.words.rights_facts import (
    asked_of_words,
    field_name,
    has_fault,
    in_figures,
    question,
    rights_fault,
    value_words,
)
from pkui.base.words.rights_reasons import count_note, reason_words, step_words
from pkui.domain.rights.answers import Answer, Hint, Right
from pkui.domain.rights.engine import worst_first
from pkui.domain.rights.facts import AskedOf, asked_of

__all__ = [
    "adviser_sentence",
    "answer_symbol",
    "answer_word",
    "asked_of",
    "asked_of_words",
    "count_note",
    "deadline_words",
    "field_name",
    "has_fault",
    "patient_sentence",
    "question",
    "reason_words",
    "right_name",
    "rights_fault",
    "step_words",
    "summary_for_patient",
    "value_words",
]

_NAMES = {
    (Right.MAXIMUM_WAITING_TIME, None): N_("Maximum waiting times"),
    (Right.ASSESSMENT, None): N_("Rapid assessment"),
    (Right.EXTENDED_FREE_CHOICE, "assessment"): N_("Extended free choice, assessment"),
    (Right.EXTENDED_FREE_CHOICE, "treatment"): N_("Extended free choice, treatment"),
    (Right.EXTENDED_FREE_CHOICE, "diagnostic"): N_("Extended free choice, examination for own doctor"),
    (Right.EXTENDED_FREE_CHOICE, "changed_surgery_date"): N_("Extended free choice, changed operation date"),
    (Right.FREE_CHOICE, None): N_("Free choice of hospital"),
    (Right.INFORMATION_DUTY, "referral"): N_("Letter about rights, after the referral"),
    (Right.INFORMATION_DUTY, "assessed"): N_("Letter about rights, after the assessment"),
    (Right.INFORMATION_DUTY, "changed_surgery_date"): N_("Letter about rights, after a changed operation date"),
    (Right.INFORMATION_DUTY, "reinstated"): N_("Letter about rights, after a suspension"),
    (Right.TRANSPORT, None): N_("Transport"),
    (Right.CROSS_BORDER, None): N_("Treatment in another EU/EEA country"),
    (Right.COMPLAINT_TREATMENT, None): N_("Complaint about treatment"),
    (Right.COMPLAINT_RIGHTS, None): N_("Complaint about a decision on rights"),
    (Right.COMPENSATION, None): N_("Compensation for injury"),
}
_WHAT = {
    (Right.MAXIMUM_WAITING_TIME, None): N_("examination or treatment within the maximum waiting times"),
    (Right.ASSESSMENT, None): N_("rapid assessment"),
    (Right.EXTENDED_FREE_CHOICE, "assessment"): N_("assessment at a private hospital that has an agreement"),
    (Right.EXTENDED_FREE_CHOICE, "treatment"): N_("treatment at a private hospital that has an agreement"),
    (Right.EXTENDED_FREE_CHOICE, "diagnostic"): N_("the examination at a private hospital that has an agreement"),
    (Right.EXTENDED_FREE_CHOICE, "changed_surgery_date"): N_(
        "the operation at a private hospital that has an agreement, because the hospital changed your date"
    ),
    (Right.FREE_CHOICE, None): N_("choosing another public hospital"),
    (Right.INFORMATION_DUTY, "referral"): N_("a letter about your date and your rights"),
    (Right.INFORMATION_DUTY, "assessed"): N_("a letter about your rights after the assessment"),
    (Right.INFORMATION_DUTY, "changed_surgery_date"): N_("a letter about your rights after the changed operation date"),
    (Right.INFORMATION_DUTY, "reinstated"): N_("a letter about your rights when they came back"),
    (Right.TRANSPORT, None): N_("payment for transport to the hospital"),
    (Right.CROSS_BORDER, None): N_("payment for treatment in another EU/EEA country"),
    (Right.COMPLAINT_TREATMENT, None): N_("having a complaint about treatment looked at"),
    (Right.COMPLAINT_RIGHTS, None): N_("having a complaint about the decision looked at"),
    (Right.COMPENSATION, None): N_("having a claim for compensation looked at"),
}
_ANSWERS = {
    Answer.YES: N_("yes"),
    Answer.NO: N_("no"),
    Answer.LIKELY: N_("likely"),
    Answer.NOT_YET: N_("not yet"),
    Answer.UNDETERMINED: N_("facts are lacking"),
    Answer.CLINICAL: N_("needs a clinical judgement"),
    Answer.REVIEW: N_("for a professional to clarify"),
}
_SYMBOLS = {
    Answer.YES: "●",
    Answer.NO: "○",
    Answer.LIKELY: "◐",
    Answer.NOT_YET: "◷",
    Answer.UNDETERMINED: "?",
    Answer.CLINICAL: "✚",
    Answer.REVIEW: "!",
}
_LIMITS = frozenset({Right.MAXIMUM_WAITING_TIME, Right.ASSESSMENT, Right.INFORMATION_DUTY})
_TO_PATIENT = {
    Answer.YES: N_("From what we know now you have the right to {what}."),
    Answer.NO: N_("From what we know now you do not have the right to {what}."),
    Answer.LIKELY: N_("You may have the right to {what}. There are things we must check before we can promise it."),
    Answer.NOT_YET: N_("The limit has not run out yet. If it is not kept, you may have the right to {what}."),
    Answer.UNDETERMINED: N_("You may have the right to {what}. We lack some facts before we can say."),
    Answer.CLINICAL: N_("You may have the right to {what}. It depends on a medical assessment by a doctor."),
    Answer.REVIEW: N_("You may have the right to {what}. A colleague must look at the rules first."),
}
_LIMIT_TO_PATIENT = {
    Answer.YES: N_("From what we know now the limit for {what} has not been kept."),
    Answer.NO: N_("From what we know now there is no limit for {what} that has been exceeded."),
    Answer.LIKELY: N_("The limit for {what} may not have been kept. There are things we must check first."),
    Answer.NOT_YET: N_("The limit for {what} has not run out yet."),
    Answer.UNDETERMINED: N_("There may be a limit for {what}. We lack some facts before we can say."),
    Answer.CLINICAL: N_("There may be a limit for {what}. It depends on a medical assessment by a doctor."),
    Answer.REVIEW: N_("There may be a limit for {what}. A colleague must look at the rules first."),
}


def right_name(hint: Hint) -> str:
    """The right, with its limb."""
    return _(_NAMES[hint.right, hint.limb])


def answer_word(answer: Answer) -> str:
    """The answer: ja, nej, sandsynligvis, endnu ikke ..."""
    return _(_ANSWERS[answer])


def answer_symbol(answer: Answer) -> str:
    """One cell for the answer; the word always stands beside it."""
    return _SYMBOLS[answer]


def deadline_words(hint: Hint) -> str:
    """The last day and how far away it is; empty where there is none."""
    left = hint.days_left
    if hint.deadline is None or left is None:
        return ""
    day = in_figures(hint.deadline)
    if left < 0:
        text = ngettext("Last day {day}, {n} day ago.", "Last day {day}, {n} days ago.", -left)
    elif left == 0:
        text = _("Last day {day}, today.")
    else:
        text = ngettext("Last day {day}, {n} day left.", "Last day {day}, {n} days left.", left)
    return text.format(day=day, n=abs(left))


def adviser_sentence(hint: Hint) -> str:
    """What the adviser is told: the answer, the last day, why, what is missing and what to do."""
    parts = [f"{right_name(hint)}: {answer_word(hint.answer)}.", deadline_words(hint)]
    if hint.provisional and hint.deadline is not None:
        parts.append(_("The day is provisional: it is counted from the date printed in the letter."))
    if hint.kept:
        parts.append(_("The limit has been kept."))
    elif hint.breached and hint.right is not Right.EXTENDED_FREE_CHOICE:
        parts.append(_("As far as known the limit has been exceeded."))
    parts += [reason_words(reason) for reason in hint.reasons]
    if hint.missing:
        names = ", ".join(field_name(name) for name in hint.missing)
        parts.append(_("Missing: {names}.").format(names=names))
    parts += [step_words(step) for step in hint.steps]
    return " ".join(part for part in parts if part)


def patient_sentence(hint: Hint) -> str:
    """What may be said to the patient; careful unless every fact is known."""
    what = _(_WHAT[hint.right, hint.limb])
    if hint.kept and hint.right in _LIMITS:
        sentence = _("From what we know now the limit for {what} has been kept.").format(what=what)
    else:
        table = _LIMIT_TO_PATIENT if hint.right in _LIMITS else _TO_PATIENT
        sentence = _(table[hint.answer]).format(what=what)
    if hint.deadline is None or hint.answer is Answer.NO:
        return sentence
    text = _("The last day is probably {day}.") if _careful(hint) else _("The last day is {day}.")
    return f"{sentence} {_past(hint) or text.format(day=in_figures(hint.deadline))}"


def _careful(hint: Hint) -> bool:
    return hint.provisional or hint.answer in (Answer.REVIEW, Answer.CLINICAL, Answer.UNDETERMINED)


def _past(hint: Hint) -> str | None:
    """The last day when it has passed."""
    if hint.deadline is None or hint.deadline >= hint.on:
        return None
    text = _("The last day was probably {day}.") if _careful(hint) else _("The last day was {day}.")
    return text.format(day=in_figures(hint.deadline))


def summary_for_patient(hints: Iterable[Hint], on: date | None = None) -> str:
    """A plain text for the patient: what applies, and what we must ask; nothing of the office's own notes."""
    shown = [hint for hint in worst_first(hints) if hint.answer is not Answer.NO or hint.kept]
    if not shown:
        return _("From what we know now we see no limit or right that we can help you with here.")
    lines = [_("Your rights, as far as we can see now") + (f" ({in_figures(on)})" if on else ""), ""]
    lines += [f"- {patient_sentence(hint)}" for hint in shown]
    asked = [name for hint in shown for name in hint.missing if asked_of(name) is AskedOf.PATIENT]
    if asked:
        lines += ["", _("Can you tell us:")]
        lines += [f"- {question(name)}" for name in dict.fromkeys(asked)]
    return "\n".join((*lines, "", _("This is guidance, not a decision.")))
