"""All hints for a set of facts on a day, and what an adviser does with them: order, questions, the next limit."""

from collections.abc import Callable, Iterable, Sequence
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

Check = Callable[[Setting], Sequence[Hint]]


def _alone(rule: Callable[[Setting], Hint | None]) -> Check:
    """A rule that gives one hint or none, as one that gives several."""

    def check_one(setting: Setting) -> Sequence[Hint]:
        """The rule's hint, as a sequence."""
        hint = rule(setting)
        return () if hint is None else (hint,)

    return check_one


_LIMIT_RULES: tuple[Check, ...] = (
    _alone(max_wait.check),
    _alone(assessment.check),
    _alone(changed_date.check),
    _alone(extended_choice.check_assessment),
    _alone(extended_choice.check_treatment),
    _alone(extended_choice.check_diagnostic),
    complaints.check,
)
"""The rules whose last days move a case in the queue."""
_RULES: tuple[Check, ...] = (
    *_LIMIT_RULES,
    _alone(free_choice.check),
    information.check,
    _alone(transport.check),
    _alone(cross_border.check),
)
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
    return sorted(_hints(_RULES, Setting(facts, on, law, calendar)), key=lambda hint: _ORDER[hint.right])


def legal_deadline(facts: RightsFacts, *, on: date, law: Law, calendar: Calendar) -> tuple[date, str] | None:
    """The nearest last day that still matters, by asking only the rules that have one."""
    return next_legal_deadline(_hints(_LIMIT_RULES, Setting(facts, on, law, calendar)))


def _hints(rules: Sequence[Check], setting: Setting) -> list[Hint]:
    return [_settled(hint, rule, setting) for rule in rules for hint in rule(setting)]


def _settled(hint: Hint, rule: Check, setting: Setting) -> Hint:
    """A firm answer that stands only because one known fact contradicts the others is for a person.

    So learning a missing fact never turns a firm answer into its opposite.
    """
    if hint.answer not in FIRM:
        return hint
    for relied in hint.because:
        if relied.fact in NEW_OFFERS:
            continue
        without = Setting(setting.facts.without(relied.fact), setting.on, setting.law, setting.calendar)
        others = (one.answer for one in rule(without) if one.limb == hint.limb and one.right is hint.right)
        if OPPOSITE[hint.answer] in others:
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
