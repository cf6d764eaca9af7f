"""Maximum waiting times: every step and condition on its last day and the day after, starts, and what excuses."""

from datetime import date, timedelta
from typing import Any

import pytest

from pkui.domain.rights.answers import Answer, Hint
from tests.domain.rights.judging import one

CANCER: dict[str, Any] = {"case_kind": "max_wait_cancer", "cancer_type": "breast", "bmt_required": False}
CLEAR: dict[str, Any] = {"professional_reason_recorded": False, "offer_within_limit_refused": False}
START = date(2026, 10, 1)


def hint(on: str = "2026-10-02", **facts: Any) -> Hint:
    return one(on, "maximum_waiting_time", **facts)


@pytest.mark.parametrize("step", ["surgery", "medical_first", "radiotherapy_first"])
@pytest.mark.parametrize(("day", "expected", "breached"), [(13, "no", False), (14, "no", False), (15, "yes", True)])
def test_fourteen_days_from_consent(step: str, day: int, expected: str, breached: bool) -> None:
    offered = (START + timedelta(day)).isoformat()
    facts = {"max_wait_step": step, "consent_on": "2026-10-01", "treatment_referred_on": "2026-10-01"}
    found = hint(**CANCER, **CLEAR, **facts, offered_date=offered)
    assert (found.answer, found.deadline, found.breached) == (expected, START + timedelta(14), breached)


@pytest.mark.parametrize(("day", "expected"), [(27, "no"), (28, "no"), (29, "yes")])
def test_twenty_eight_days_from_receipt(day: int, expected: str) -> None:
    offered = (START + timedelta(day)).isoformat()
    facts = {"max_wait_step": "surgery", "consent_on": "2026-10-20", "treatment_referred_on": "2026-10-01"}
    found = hint(**CANCER, **CLEAR, **facts, offered_date=offered)
    assert (found.answer, found.deadline) == (expected, START + timedelta(28))


@pytest.mark.parametrize(
    ("condition", "a", "b"),
    [("left_main_by_angiography", 10, 14), ("documented_unstable_angina", 14, 21), ("angina_after_infarction", 21, 35)],
)
def test_heart_conditions_have_two_limits(condition: str, a: int, b: int) -> None:
    facts = {"case_kind": "max_wait_heart", "heart_condition": condition, **CLEAR}
    consent = hint(**facts, consent_on="2026-10-01", referral_received="2026-10-01")
    assert (consent.deadline, consent.answer) == (START + timedelta(a), Answer.NOT_YET)
    receipt = hint(**facts, referral_received="2026-10-01")
    assert receipt.deadline == START + timedelta(b)
    for day, expected in ((b - 1, "undetermined"), (b, "undetermined"), (b + 1, "yes")):
        offered = (START + timedelta(day)).isoformat()
        assert hint("2026-12-24", **facts, referral_received="2026-10-01", offered_date=offered).answer == expected


@pytest.mark.parametrize(
    ("day", "expected", "breached"),
    [(14, "no", False), (15, "needs_review", False), (28, "needs_review", False), (29, "yes", True)],
)
def test_after_treatment_warns_at_fourteen_and_breaks_at_twenty_eight(day: int, expected: str, breached: bool) -> None:
    began = (START + timedelta(day)).isoformat()
    facts = {"max_wait_step": "after_treatment", "consent_on": "2026-10-01", "treatment_referred_on": "2026-10-01"}
    found = hint(**CANCER, **CLEAR, **facts, real_treatment_started_on=began)
    assert (found.answer, found.breached, found.deadline) == (expected, breached, START + timedelta(14))


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-10-14", "not_yet"), ("2026-10-15", "not_yet"), ("2026-10-16", "yes")]
)
def test_first_examination_by_today(on: str, expected: str) -> None:
    facts = {"max_wait_step": "first_exam", "referral_received": "2026-10-01", "offered_date": None}
    found = hint(on, **CANCER, **CLEAR, **facts)
    assert found.answer == ("likely" if expected == "yes" else expected)
    assert found.breached is (True if expected == "yes" else None)


def test_suspicion_may_start_the_clock_earlier() -> None:
    facts = {**CANCER, **CLEAR, "max_wait_step": "first_exam", "referral_received": "2026-10-10"}
    facts |= {"cancer_suspicion_on": "2026-10-01", "offered_date": "2026-10-20"}
    assert (hint(**facts).answer, hint(**facts).breached) == ("needs_review", True)
    assert hint(**{**facts, "offered_date": "2026-10-25"}).answer == "yes"
    assert hint(**{**facts, "offered_date": "2026-10-15"}).answer == "no"


def test_a_recurrence_is_a_new_start() -> None:
    facts = {**CANCER, **CLEAR, "max_wait_step": "first_exam", "referral_received": "2025-01-10"}
    facts |= {"cancer_suspicion_on": "2026-10-01", "recurrence": True}
    assert hint(**facts).deadline == date(2026, 10, 15)


def test_no_limit_runs_before_the_patient_is_fit_for_treatment() -> None:
    facts = {**CANCER, "max_wait_step": "surgery", "consent_on": "2026-09-01", "treatment_referred_on": "2026-09-01"}
    assert hint(**facts).deadline == date(2026, 9, 15)
    assert hint(**facts, fit_for_treatment_on="2026-10-01").deadline == date(2026, 10, 15)


def test_the_conference_decides_when_consent_can_be_informed() -> None:
    facts = {**CANCER, "max_wait_step": "surgery", "consent_on": "2026-09-01", "treatment_referred_on": "2026-09-01"}
    assert hint(**facts, conference_decision_on="2026-09-20").deadline == date(2026, 10, 4)


@pytest.mark.parametrize(
    ("kind", "outside"),
    [
        ("melanoma", False), ("malignt melanom", False), ("breast", False), ("non-melanoma skin cancer", True),
        ("Basalcellekræft", True), ("hudkræft", True), ("skin, melanoma", False), ("ikke-melanom hudkræft", True),
    ],
)  # fmt: skip
def test_skin_cancer_other_than_melanoma_is_outside(kind: str, outside: bool) -> None:
    facts = {"case_kind": "max_wait_cancer", "max_wait_step": "first_exam", "cancer_type": kind}
    found = hint("2026-12-01", **facts, referral_received="2026-10-01")
    assert (found.answer is Answer.NO) is outside


@pytest.mark.parametrize(
    "facts",
    [
        {**CANCER, "bmt_required": True},
        {**CANCER, "max_wait_step": "surgery", "offer_within_limit_refused": True},
        {"case_kind": "max_wait_heart", "heart_condition": "other"},
        {"case_kind": "max_wait_heart", "heart_condition": "left_main_by_angiography", "max_wait_step": "first_exam"},
    ],
)
def test_what_is_outside_is_no_whatever_else_is_unknown(facts: dict[str, Any]) -> None:
    assert hint(**facts).answer is Answer.NO


def test_deciding_facts_are_asked_for() -> None:
    assert hint(**CANCER).missing[0] == "max_wait_step"
    assert hint(case_kind="max_wait_heart").missing[0] == "heart_condition"
    assert hint(**CANCER, max_wait_step="surgery").missing[:2] == ("consent_on", "treatment_referred_on")


def test_a_longer_wait_needs_alternatives_in_the_record() -> None:
    late = {**CANCER, **CLEAR, "max_wait_step": "surgery", "consent_on": "2026-09-01", "offered_date": "2026-10-01"}
    accepted = hint(**late, patient_accepted_longer=True)
    assert (accepted.answer, accepted.breached) == ("likely", True)
    assert "concrete_alternatives_recorded" in accepted.missing
    assert hint(**late, patient_accepted_longer=True, concrete_alternatives_recorded=False).answer == "yes"
    both = hint(**late, patient_accepted_longer=True, concrete_alternatives_recorded=True)
    assert (both.answer, both.breached) == ("no", False)
    reason = hint(**{**late, "professional_reason_recorded": True})
    assert (reason.answer, reason.breached) == ("no", False)


def test_a_letters_date_is_provisional() -> None:
    found = hint("2026-12-01", **CANCER, **CLEAR, max_wait_step="first_exam", referral_date_in_letter="2026-10-01")
    assert (found.answer, found.missing[0], found.deadline) == ("likely", "referral_received", date(2026, 10, 15))


@pytest.mark.parametrize(("day", "sure"), [("2015-04-27", False), ("2015-04-28", True), ("2015-04-29", True)])
def test_the_order_of_2015(day: str, sure: bool) -> None:
    found = hint("2015-09-01", **CANCER, max_wait_step="first_exam", referral_received=day, offered_date="2015-08-01")
    assert (found.answer is Answer.REVIEW) is not sure and found.breached is True


def test_cancer_facts_in_another_kind_of_case_are_taken_up() -> None:
    facts = {"case_kind": "assessment", "cancer_suspicion_on": "2026-10-01", "max_wait_step": "first_exam"}
    assert hint(**facts, referral_received="2026-10-01").deadline == date(2026, 10, 15)
    mixed = hint(**facts, heart_condition="left_main_by_angiography")
    assert (mixed.answer, mixed.missing) == ("undetermined", ("case_kind",))
