"""What one must know in the twenty seconds before dialling: with whom one may talk, what to ask, what not to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from pkui.base.words import _, codes, ngettext
from pkui.base.words import calls as words
from pkui.base.words.dates import near_instant, stamp
from pkui.domain.codes import ConsentType
from pkui.domain.disclosure import May
from pkui.domain.intake.form import ADULT
from pkui.domain.rights.answers import Answer
from pkui.domain.rights.engine import worst_first
from pkui.services.trusted import custody_of
from screens.case_overview import patient_questions, short_name
from screens.queue_cells import who
from screens.widgets.cells import plain

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView

MOST_QUESTIONS, MOST_OPTIONS, MOST_TRIES = 3, 2, 2
_MAY_HEAR = frozenset({May.SPEAKS, May.CUSTODY, May.CUSTODY_SETTLED})
_POSSIBLE = frozenset({Answer.YES, Answer.LIKELY})


def card(view: CaseView, now: datetime) -> Content:
    """The card, a line a thing."""
    return Content("\n").join(_lines(view, now))


def _lines(view: CaseView, now: datetime) -> Iterator[Content]:
    patient = view.patient
    age = ngettext("%(n)s year", "%(n)s years", patient.age) % {"n": patient.age} if patient.age is not None else ""
    name = plain(who(patient.name, protected=patient.protected))
    yield Content.styled(" · ".join(part for part in (name, age) if part), "bold")
    if view.waiting_text and view.row.record.follow_up_on:
        yield Content.styled(plain(view.waiting_text), "bold $text-warning")
    yield Content(_talk_with(view))
    for number, question in enumerate(patient_questions(view, MOST_QUESTIONS), 1):
        yield Content(f"{number} {question}")
    options = [short_name(hint) for hint in worst_first(view.rights.hints) if hint.answer in _POSSIBLE]
    if options:
        yield Content(_("Options: %(options)s") % {"options": ", ".join(options[:MOST_OPTIONS])})
    yield from _tries(view, now)
    yield Content.styled(words.on_voicemail(), "$text-muted")


def _talk_with(view: CaseView) -> str:
    """Who may be told anything; what the law says of the young comes first."""
    age = view.patient.age
    parts = [words.young(age, custody_of(view.facts))] if age is not None and age < ADULT else [_("the patient")]
    for one in view.representatives:
        if one.basis is not None and one.may in _MAY_HEAR:
            parts.append(f"{plain(one.name or one.relation or '')} ({codes.basis(one.basis)})")
    relative = [one for one in view.consents if one.type is ConsentType.TALK_TO_RELATIVE]
    if relative and relative[-1].holds:
        scope = plain(relative[-1].scope or "")
        parts.append(_("relatives, with consent") + (f" ({scope})" if scope else ""))
    elif len(parts) == 1:
        parts.append(_("nobody else"))
    return _("Talk with: %(who)s") % {"who": ", ".join(parts)}


def _tries(view: CaseView, now: datetime) -> Iterator[Content]:
    """The attempts made, the newest first; one who asked for a single attempt is marked."""
    if view.row.record.one_attempt_only:
        yield Content.styled(_("Wishes to be rung once only."), "bold")
    made = [one for one in view.contacts if one.counts_as_attempt]
    if made:
        newest = [f"{stamp(one.at)} {codes.result(one.result)}" for one in reversed(made[-MOST_TRIES:])]
        count = ngettext("%(n)s attempt", "%(n)s attempts", len(made)) % {"n": len(made)}
        yield Content(f"{count}: {', '.join(newest)}")
    elif view.contacts:
        last = view.contacts[-1]
        values = {"when": near_instant(last.at, now), "result": codes.result(last.result)}
        yield Content.styled(_("Last contact %(when)s: %(result)s") % values, "$text-muted")
