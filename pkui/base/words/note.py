"""The draft note: Background, Advised, Agreed, Follow-up, in the adviser's own short sentences to correct."""

from collections.abc import Iterable, Sequence

from pkui.base.words import N_, _
from pkui.base.words.dates import plain_date
from pkui.base.words.rights import answer_word, right_name
from pkui.domain.advised import Advised
from pkui.domain.rights.answers import Answer, Hint

_ITEMS = {
    Advised.FREE_CHOICE: N_("free choice of hospital"),
    Advised.EXTENDED_FREE_CHOICE: N_("extended free choice"),
    Advised.ASSESSMENT_PLAN: N_("assessment plan"),
    Advised.PATIENT_TRANSPORT: N_("transport"),
    Advised.COMPLAINT: N_("complaint and compensation"),
    Advised.PRESENT_DATE: N_("the present date"),
}
_HEADS = (N_("Background:"), N_("Advised on:"), N_("Agreed:"), N_("Follow-up:"))


def advised_item(item: Advised) -> str:
    """One item of the strip."""
    return _(_ITEMS[item])


def advised_line(item: Advised, hints: Iterable[Hint], present_date: str | None) -> str:
    """What was advised on, with the answer of the hints it rests on."""
    line = advised_item(item)
    answers = [_answer(hint) for hint in hints if hint.answer is not Answer.NO or item is not Advised.COMPLAINT]
    if item is Advised.PRESENT_DATE and present_date:
        answers = [_("{date}; it is kept until the patient says otherwise").format(date=present_date)]
    return f"{line[:1].upper()}{line[1:]}" + (f": {'; '.join(answers)}" if answers else "")


def _answer(hint: Hint) -> str:
    words = answer_word(hint.answer)
    if hint.limb:
        words = f"{right_name(hint)} {words}"
    return words + (", " + _("last day {day}").format(day=plain_date(hint.deadline)) if hint.deadline else "")


def note_text(
    background: Sequence[str], advised: Sequence[str], agreed: Sequence[str], follow_up: Sequence[str]
) -> str:
    """The note with its four heads; one without a line of its own waits for the adviser's."""
    parts = [
        "\n".join([_(head), *(f"- {line}".rstrip() for line in lines or [""])])
        for head, lines in zip(_HEADS, (background, advised, agreed, follow_up), strict=True)
    ]
    return "\n".join(parts)
