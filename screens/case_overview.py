"""The left side of the case: what is known and what is not, call times and courses, as one list to walk through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.words import _, ngettext
from pkui.base.words.dates import short_date
from pkui.base.words.rights import answer_symbol, answer_word, asked_of_words, question, right_name
from pkui.base.words.timeline import fact_name
from pkui.domain.facts import ALL_FACT_KINDS, CHANGED_DATE_FACTS, FACT_KINDS
from pkui.domain.rights.answers import Answer
from pkui.domain.rights.engine import worst_first
from screens import case_text

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView

FACT, HINT, TEXT = "fact", "hint", "text"
MOST_QUESTIONS = 4
"""Questions shown of each kind; the ones that settle most stand first."""


_ASKS_FOR_ACTION = frozenset({Answer.YES, Answer.LIKELY, Answer.REVIEW, Answer.CLINICAL})


def overview(view: CaseView, now: datetime) -> list[Option]:
    """The lines in their order; an id says what Enter does: `fact:NAME` edits a fact."""
    return [
        *_rights(view, now),
        *_questions(view),
        _head(_("Facts")),
        *_facts(view),
        _head(_("Call times")),
        *_text("week", case_text.week(view, now)),
        _head(_("Courses")),
        *_text("segments", case_text.segments(view, now)),
    ]


def _rights(view: CaseView, now: datetime) -> Iterator[Option]:
    if view.rights.hints:
        yield _head(_("Rights"))
    overruled = {(one.right, one.limb) for one in view.rights.overrulings}
    for hint in worst_first(view.rights.hints):
        mark = " *" if (hint.right, hint.limb) in overruled else ""
        days = ""
        if hint.deadline is not None and hint.days_left is not None:
            days = f"  {short_date(hint.deadline, local_date(now))} · {_left(hint.days_left)}"
        line = Content.assemble(
            (answer_symbol(hint.answer) + " ", "bold $accent"),
            (right_name(hint), "bold" if hint.answer in _ASKS_FOR_ACTION else ""),
            f": {answer_word(hint.answer)}{mark}",
            (days, "$text-warning" if hint.breached else "$text-muted"),
        )
        yield Option(line, id=f"{HINT}:{hint.right}:{hint.limb or ''}")


def _left(days: int) -> str:
    if days < 0:
        return ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _questions(view: CaseView) -> Iterator[Option]:
    known = {fact.name for fact in view.facts}
    for who, fields in view.rights.questions.items():
        names = [name for field in fields for name in _asked_as(field) if name not in known]
        if names:
            yield _head(asked_of_words(who))
        for name in list(dict.fromkeys(names))[:MOST_QUESTIONS]:
            yield Option(Content(f"? {_question(name)}"), id=f"{FACT}:{name}:?")


def _question(name: str) -> str:
    """The question; a changed date is asked for in parts."""
    parts = {
        "appointment_changed_by_hospital": _("Did the hospital change the date?"),
        "date_changed_on": _("When was the date changed?"),
        "changed_at": _("Which kind of hospital changed the date?"),
    }
    return parts[name] if name in parts else question(name)


def _asked_as(field: str) -> tuple[str, ...]:
    """The facts to type for a field: a history of dates is asked for as its parts, lists of pauses not in one line."""
    if field == "surgery_date_history":
        return CHANGED_DATE_FACTS
    return (field,) if field in ALL_FACT_KINDS else ()


def _facts(view: CaseView) -> Iterator[Option]:
    known = {fact.name: fact for fact in view.facts}
    for name in ALL_FACT_KINDS:
        if name in known:
            yield Option(case_text.fact_line(known[name]), id=f"{FACT}:{name}")
    for name in FACT_KINDS:
        if name not in known:
            yield Option(Content.styled(fact_name(name) + ": ?", "$text-muted"), id=f"{FACT}:{name}")


def _text(id: str, text: Content) -> Iterator[Option]:
    for number, line in enumerate(text.split("\n")):
        yield Option(line, id=f"{TEXT}:{id}-{number}")


def _head(words: str) -> Option:
    return Option(Content.styled(words, "bold underline"), disabled=True)
