"""What holds for all facts: nothing raises, unrelated facts change nothing, learning never turns a firm answer."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pkui.base.calendar import public_holidays
from pkui.base.law import packaged_law
from pkui.base.words import rights as words
from pkui.cli.rights import document
from pkui.domain.rights.answers import FIRM, OPPOSITE, Answer, Hint
from pkui.domain.rights.engine import NEW_OFFERS, check, next_legal_deadline, questions
from pkui.domain.rights.facts import FIELDS
from pkui.domain.rights.reading import read_facts
from tests.domain.rights.judging import DUF_CLEAR, judge
from tests.domain.rights.strategies import documents, near, nearly_clear, value_of

MAY_SAY_TOO_LITTLE = {"case_kind", "postponements", "surgery_date_history", "info_letter_on"}
"""Facts that can be known and yet not say enough."""
SLOW = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
UNRELATED = ("specialty", "offered_at", "professional_reason_text")
"""Facts that are kept for people to read; no rule counts with them."""


def hints_of(facts: dict[str, Any], on: date) -> list[Hint]:
    return check(read_facts(facts), on=on, law=packaged_law(), calendar=public_holidays())


@SLOW
@given(documents(), st.dates())
def test_nothing_raises_and_everything_can_be_said(facts: dict[str, Any], on: date) -> None:
    hints = hints_of(facts, on)
    told = document(hints, on, packaged_law())
    assert json.loads(json.dumps(told)) == told
    words.summary_for_patient(hints)
    next_legal_deadline(hints)
    asked = [name for names in questions(hints).values() for name in names]
    assert sorted(asked) == sorted({name for hint in hints for name in hint.missing})


@SLOW
@given(documents(), st.dates(date(2012, 1, 1), date(2030, 1, 1)), st.sampled_from(UNRELATED), st.text(max_size=5))
def test_an_unrelated_fact_changes_nothing(facts: dict[str, Any], on: date, name: str, value: str) -> None:
    facts.pop(name, None)
    assert hints_of(facts, on) == hints_of({**facts, name: value}, on)


@SLOW
@given(documents(), st.dates(date(2012, 1, 1), date(2030, 1, 1)))
def test_a_hint_rests_only_on_the_facts_it_names(facts: dict[str, Any], on: date) -> None:
    known = {name for name, value in facts.items() if value is not None}
    for hint in hints_of(facts, on):
        assert {one.fact for one in hint.because} <= known
        assert not (set(hint.missing) - MAY_SAY_TOO_LITTLE) & known
        assert hint.citations


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(nearly_clear(), near, st.data())
def test_learning_a_fact_never_turns_a_firm_answer(facts: dict[str, Any], on: str, data: st.DataObject) -> None:
    unknown = [name for name in FIELDS if facts.get(name) is None and name not in NEW_OFFERS]
    name = data.draw(st.sampled_from(unknown))
    learned = {**facts, name: data.draw(value_of(name, near))}
    before = {(hint.right, hint.limb): hint.answer for hint in judge(on, **facts)}
    for hint in judge(on, **learned):
        answer = before.get((hint.right, hint.limb))
        if answer in FIRM:
            assert hint.answer is not OPPOSITE[answer], (name, learned[name], hint)


@SLOW
@given(nearly_clear(), near)
def test_a_firm_yes_lacks_nothing_that_a_rule_could_turn_on(facts: dict[str, Any], on: str) -> None:
    for hint in judge(on, **facts):
        if hint.answer is Answer.YES:
            assert set(hint.missing) <= {"assessment_plan_on", "concrete_alternatives_recorded"}
        if hint.answer is Answer.NO:
            assert hint.missing == ()
        if hint.provisional:
            assert hint.answer not in FIRM or hint.reasons


@SLOW
@given(documents(near), near)
def test_the_same_facts_give_the_same_bytes(facts: dict[str, Any], on: str) -> None:
    day = date.fromisoformat(on)
    backwards = dict(reversed(facts.items()))
    first, second = (document(hints_of(one, day), day, packaged_law()) for one in (facts, backwards))
    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


@SLOW
@given(near, near, near)
def test_a_limit_can_only_move_out_when_the_patient_puts_a_date_off(start: str, begins: str, ends: str) -> None:
    assume(begins <= ends)
    facts = {"case_kind": "assessment", "referral_received": start, "psychiatric": False, **DUF_CLEAR}
    plain, paused = (
        next(hint for hint in judge(ends, **one) if hint.limb == "assessment")
        for one in (facts, {**facts, "postponements": [{"from": begins, "to": ends, "cause": "health"}]})
    )
    assert plain.deadline is not None and paused.deadline is not None
    assert paused.deadline >= plain.deadline
    assert replace(plain, deadline=None).right is paused.right
