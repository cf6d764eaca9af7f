"""What an adviser does with the hints: worst first, questions by who can answer, the next legal deadline."""

from datetime import date

from pkui.domain.rights.answers import Answer
from pkui.domain.rights.engine import next_legal_deadline, questions, worst_first
from pkui.domain.rights.facts import AskedOf
from tests.domain.rights.judging import DUF_CLEAR, find, judge

FACTS = {"case_kind": "assessment", "psychiatric": False, "referral_received": "2026-11-02"}


def test_the_nearest_last_day_that_matters_is_the_next_deadline() -> None:
    assert next_legal_deadline(judge("2026-11-23", **FACTS)) == (date(2026, 12, 2), "Sundhedsloven § 82 b, stk. 1")
    done = {**FACTS, "informed_of_diagnosis_on": "2026-11-20"}
    assert next_legal_deadline(judge("2026-11-23", **done)) is None
    assert next_legal_deadline([]) is None


def test_a_deadline_that_has_passed_still_matters() -> None:
    found = next_legal_deadline(judge("2026-12-24", **FACTS))
    assert found is not None and found[0] == date(2026, 12, 2)


def test_worst_stands_first() -> None:
    answers = [hint.answer for hint in worst_first(judge("2026-12-24", **FACTS, offered_date="2027-02-01"))]
    worst = [Answer.YES, Answer.LIKELY, Answer.REVIEW, Answer.CLINICAL, Answer.UNDETERMINED, Answer.NOT_YET, Answer.NO]
    assert answers == sorted(answers, key=worst.index)


def test_questions_are_asked_once_of_the_one_who_can_answer() -> None:
    asked = questions(judge("2026-11-23", **FACTS))
    assert list(asked) == [AskedOf.PATIENT, AskedOf.DEPARTMENT, AskedOf.RECORD]
    assert "offered_date" in asked[AskedOf.PATIENT]
    assert asked[AskedOf.DEPARTMENT][0] == "referral_accepted"
    assert asked[AskedOf.RECORD] == ["professional_reason_recorded"]
    names = [name for names in asked.values() for name in names]
    assert len(set(names)) == len(names)


def test_facts_that_contradict_each_other_are_for_a_person() -> None:
    facts = {**FACTS, **DUF_CLEAR, "offered_date": "2027-01-20", "offered_by": "own"}
    assert find(judge("2026-11-23", **facts), "extended_free_choice", "assessment").answer is Answer.YES  # type: ignore[union-attr]
    told = find(
        judge("2026-11-23", **facts, informed_of_diagnosis_on="2026-11-20"), "extended_free_choice", "assessment"
    )
    assert told is not None and told.answer is Answer.REVIEW
    assert told.reasons[0].code == "facts_disagree" and told.reasons[0].params == {"field": "informed_of_diagnosis_on"}
