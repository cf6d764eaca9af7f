"""All hints for a set of facts on a day, and what an adviser does with them: order, questions, the next limit."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date

from pkui.domain.calendar import Calendar
from pkui.domain.rights import (
    assessment,
    changed_date,
    complaints,
    cross_border,
    extended_choice,
    free_choice,
    information,
    max_wait,
    transport,
)
from pkui.domain.rights.answers import FIRM, OPPOSITE, Answer, Hint, Reason, Right
from pkui.domain.rights.facts import AskedOf, RightsFacts, asked_of
from pkui.domain.rights.law import Law
from pkui.domain.rights.sheet import Setting

_ONE = (
    max_wait.check,
    assessment.check,
    changed_date.check,
    extended_choice.check_assessment,
    extended_choice.check_treatment,
    extended_choice.check_diagnostic,
    free_choice.check,
    transport.check,
    cross_border.check,
)
_MANY = (information.check, complaints.check)
_ORDER = {right: number for number, right in enumerate(Right)}
NEW_OFFERS = frozenset({"partner_wait_days", "offered_by"})
"""A partner hospital that comes in is a new offer, which may end a right; it is no missing fact."""
_WORST = {
    Answer.YES: 0, Answer.LIKELY: 1, Answer.REVIEW: 2, Answer.CLINICAL: 3,
    Answer.UNDETERMINED: 4, Answer.NOT_YET: 5, Answer.NO: 6,
}  # fmt: skip
_LIMITS = frozenset(
    {
        Right.MAXIMUM_WAITING_TIME,
        Right.ASSESSMENT,
        Right.EXTENDED_FREE_CHOICE,
        Right.COMPLAINT_TREATMENT,
        Right.COMPLAINT_RIGHTS,
        Right.COMPENSATION,
    }
)


def check(facts: RightsFacts, *, on: date, law: Law, calendar: Calendar) -> list[Hint]:
    """The hints of the rights that the facts concern, as the law of the key dates stood, judged on that day."""
    setting = Setting(facts, on, law, calendar)
    return [_settled(hint, setting) for hint in _raw(setting)]


def _raw(setting: Setting) -> list[Hint]:
    found = [hint for rule in _ONE if (hint := rule(setting)) is not None]
    for many in _MANY:
        found += many(setting)
    return sorted(found, key=lambda hint: _ORDER[hint.right])


def _again(hint: Hint, setting: Setting) -> Hint | None:
    """The same right and limb under other facts."""
    return next((one for one in _raw(setting) if (one.right, one.limb) == (hint.right, hint.limb)), None)


def _settled(hint: Hint, setting: Setting) -> Hint:
    """A firm answer that stands only because one known fact contradicts the others is for a person.

    So learning a missing fact never turns a firm answer into its opposite.
    """
    if hint.answer not in FIRM:
        return hint
    for relied in hint.because:
        if relied.fact in NEW_OFFERS:
            continue
        without = replace(setting, facts=replace(setting.facts, **{relied.fact: None}))
        other = _again(hint, without)
        if other is not None and other.answer is OPPOSITE[hint.answer]:
            reason = Reason("facts_disagree", {"field": relied.fact})
            return replace(hint, answer=Answer.REVIEW, kept=False, reasons=(reason, *hint.reasons))
    return hint


def worst_first(hints: Iterable[Hint]) -> list[Hint]:
    """What asks most of an adviser first: a missed limit before a possible one, the nearest deadline before others."""
    return sorted(
        hints,
        key=lambda hint: (_WORST[hint.answer], hint.deadline or date.max, _ORDER[hint.right], hint.limb or ""),
    )


def questions(hints: Sequence[Hint]) -> dict[AskedOf, list[str]]:
    """The missing facts once each, by who can answer; what settles most stands first."""
    ranked: dict[str, int] = {}
    for hint in worst_first(hints):
        for place, name in enumerate(hint.missing):
            ranked[name] = min(place, ranked.get(name, place))
    names = sorted(ranked, key=lambda name: (ranked[name], _FIELD_ORDER[name]))
    return {who: [name for name in names if asked_of(name) is who] for who in AskedOf}


_FIELD_ORDER = {one.name: number for number, one in enumerate(fields(RightsFacts))}


def next_legal_deadline(hints: Iterable[Hint]) -> tuple[date, str] | None:
    """The nearest last day that still matters, with its law; None without one. A right answered no has none."""
    live = [
        (hint.deadline, hint.citations[0])
        for hint in hints
        if hint.deadline is not None
        and hint.answer is not Answer.NO
        and hint.right in _LIMITS
        and hint.breached is not False
    ]
    return min(live) if live else None
