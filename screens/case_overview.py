"""The left side of the case: what is known and what is not, call times and courses, as one list to walk through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets.option_list import Option

from pkui.base.words import _
from pkui.base.words.timeline import fact_name
from pkui.domain.facts import FACT_KINDS
from screens import case_text

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView

FACT, TEXT = "fact", "text"


def overview(view: CaseView, now: datetime) -> list[Option]:
    """The lines in their order; an id says what Enter does: `fact:NAME` edits a fact."""
    return [
        _head(_("Facts")),
        *_facts(view),
        _head(_("Call times")),
        *_text("week", case_text.week(view, now)),
        _head(_("Courses")),
        *_text("segments", case_text.segments(view, now)),
    ]


def _facts(view: CaseView) -> Iterator[Option]:
    known = {fact.name: fact for fact in view.facts}
    for name in FACT_KINDS:
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
