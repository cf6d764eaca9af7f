"""One hint in full: the answer and its date, the facts it rests on, the count day by day, and what may be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from pkui.base.words.dates import short_date
from pkui.base.words.rights import (
    adviser_sentence,
    answer_word,
    count_note,
    field_name,
    patient_sentence,
    right_name,
)
from pkui.base.words.timeline import fact_value
from pkui.domain.rights.answers import Hint
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain

if TYPE_CHECKING:
    from pkui.services.hints import Overruling

OVERRULE, COPY = "overrule", "copy"


class HintDialog(Dialog[str]):
    """Something to read; `o` disagrees, `c` copies what may be said to the patient."""

    BINDINGS = [
        Binding("enter", "back", "", show=False),
        Binding("o", "answer('overrule')", "", show=False),
        Binding("c", "answer('copy')", "", show=False),
    ]
    CSS = "HintDialog VerticalScroll { height: auto; max-height: 17; }"

    def __init__(self, hint: Hint, overrulings: Sequence[Overruling]) -> None:
        super().__init__(right_name(hint), _("o: I see it otherwise · c: copy what may be said · Esc: back"))
        self._text = explained(hint, overrulings)

    def body(self) -> ComposeResult:
        """The whole of it."""
        with VerticalScroll():
            yield Static(self._text)

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_answer(self, what: str) -> None:
        """Tells the screen what is wanted."""
        self.dismiss(what)


def explained(hint: Hint, overrulings: Sequence[Overruling]) -> Content:
    """Everything that stands behind a hint."""
    parts = [Content(adviser_sentence(hint)), Content("; ".join(hint.citations))]
    parts += [_overruled(one) for one in overrulings]
    parts += [_head(_("Say to the patient")), Content(patient_sentence(hint))]
    if hint.because:
        parts.append(_head(_("Rests on")))
        parts += [Content(f"{field_name(one.fact)}: {plain(fact_value(one.value, one.fact))}") for one in hint.because]
    if hint.count:
        parts.append(_head(_("The count")))
        parts += [Content(_row(row.day, row.number, count_note(row.note), hint.on)) for row in hint.count]
    return Content("\n").join(parts)


def _row(day: date, number: int, note: str, today: date) -> str:
    return f"{number:>3}  {short_date(day, today)}  {note}".rstrip()


def _overruled(one: Overruling) -> Content:
    text = _("%(name)s says %(answer)s: %(reason)s")
    values = {"name": one.by, "answer": answer_word(one.answer), "reason": plain(one.reason)}
    return Content.styled(text % values, "bold $text-accent")


def _head(words: str) -> Content:
    return Content.styled("\n" + words, "bold $text-accent")
