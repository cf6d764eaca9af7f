"""The right to rapid assessment: day 29, 30 and 31, reasons, plans, returned referrals, letters, regions."""

from datetime import date
from typing import Any

import pytest

from pkui.domain.rights.answers import Answer
from tests.domain.rights.judging import find, judge, one

BASE: dict[str, Any] = {"case_kind": "assessment", "psychiatric": False, "referral_received": "2026-10-01"}
LAST = date(2026, 10, 31)


def answer(on: str = "2026-11-23", **facts: Any) -> str:
    return one(on, "assessment_right", **{**BASE, **facts}).answer.value


@pytest.mark.parametrize(
    ("on", "expected", "breached"),
    [("2026-10-30", "not_yet", None), ("2026-10-31", "not_yet", None), ("2026-11-01", "likely", True)],
)
def test_the_last_day_is_day_thirty(on: str, expected: str, breached: bool | None) -> None:
    hint = one(on, "assessment_right", **BASE)
    assert (hint.deadline, hint.answer.value, hint.breached) == (LAST, expected, breached)


@pytest.mark.parametrize(
    ("informed", "expected", "breached"),
    [("2026-10-30", "no", False), ("2026-10-31", "no", False), ("2026-11-01", "likely", True)],
)
def test_the_clock_ends_when_the_patient_is_told(informed: str, expected: str, breached: bool) -> None:
    hint = one("2026-11-23", "assessment_right", **BASE, informed_of_diagnosis_on=informed)
    assert (hint.answer.value, hint.breached) == (expected, breached)


def test_a_late_offer_shows_it_before_the_limit() -> None:
    hint = one("2026-10-10", "assessment_right", **BASE, offered_date="2026-11-01")
    assert (hint.answer, hint.breached) == (Answer.LIKELY, True)
    assert answer("2026-10-10", offered_date="2026-10-31") == "not_yet"


def test_what_is_missing_stands_most_telling_first() -> None:
    assert one("2026-10-10", "assessment_right", **BASE).missing == (
        "offered_date",
        "referral_accepted",
        "professional_reason_recorded",
    )
    late = one("2026-11-23", "assessment_right", **BASE)
    assert late.missing[0] == "informed_of_diagnosis_on" and late.missing[-1] == "assessment_plan_on"


def test_yes_needs_every_exception_known_absent() -> None:
    late: dict[str, Any] = {"offered_date": "2026-12-20"}
    assert answer(**late) == "likely"
    assert answer(**late, referral_accepted=True) == "likely"
    assert answer(**late, professional_reason_recorded=False) == "likely"
    assert answer(**late, referral_accepted=True, professional_reason_recorded=False) == "yes"


def test_only_a_professional_reason_excuses_and_a_plan_must_be_there() -> None:
    late: dict[str, Any] = {"informed_of_diagnosis_on": "2026-11-20", "referral_accepted": True}
    assert answer(**late, professional_reason_recorded=True, assessment_plan_on="2026-10-31") == "no"
    assert answer(**late, professional_reason_recorded=True) == "needs_clinical_judgement"
    late_plan = {**BASE, **late, "professional_reason_recorded": True, "assessment_plan_on": "2026-11-01"}
    hint = one("2026-11-23", "assessment_right", **late_plan)
    assert hint.breached is True and "plan_late" in {reason.code for reason in hint.reasons}
    assert answer(**late, assessment_plan_on="2026-10-20") == "needs_clinical_judgement"


def test_a_returned_referral_is_for_a_person() -> None:
    hint = one("2026-11-23", "assessment_right", **BASE, referral_returned_on="2026-10-05", returned_reason="unclear")
    assert hint.answer is Answer.REVIEW and hint.breached is True
    assert answer(referral_accepted=False) == "needs_review"


def test_the_date_in_a_letter_gives_a_provisional_day_only() -> None:
    facts = {"case_kind": "assessment", "psychiatric": False, "referral_date_in_letter": "2026-10-01"}
    clear = {"referral_accepted": True, "professional_reason_recorded": False, "offered_date": "2026-12-20"}
    hint = one("2026-11-23", "assessment_right", **facts, **clear)
    assert (hint.answer, hint.deadline, hint.provisional) == (Answer.LIKELY, LAST, True)
    assert hint.missing[0] == "referral_received"
    told = one("2026-11-23", "assessment_right", **facts, informed_of_diagnosis_on="2026-10-20")
    assert told.answer is Answer.UNDETERMINED
    both = one("2026-11-23", "assessment_right", **facts, referral_received="2026-10-05")
    assert both.deadline == date(2026, 11, 4) and not both.provisional


def test_another_region_is_for_a_person() -> None:
    assert answer(residence_region="1081") == "needs_review"
    assert answer(residence_region="1082") == "likely"
    assert answer(frontier_worker=True) == "needs_review"


def test_unknown_psychiatry_matters_only_where_the_rows_differ() -> None:
    facts = {"case_kind": "assessment"}
    assert one("2026-11-23", "assessment_right", **facts, referral_received="2026-10-01").answer is Answer.LIKELY
    differ = one("2015-12-01", "assessment_right", **facts, referral_received="2015-05-01")
    assert differ.answer is Answer.UNDETERMINED and differ.missing[0] == "psychiatric"
    assert (differ.deadline, differ.breached) == (date(2015, 5, 31), None)
    early = one("2014-06-01", "assessment_right", **facts, referral_received="2014-04-10")
    assert early.deadline == date(2014, 5, 10)


@pytest.mark.parametrize(
    ("day", "days"),
    [("2014-09-01", 60), ("2015-08-30", 60), ("2015-08-31", 60), ("2015-09-01", 30), ("2015-09-02", 30)],
)
def test_psychiatry_had_sixty_days_at_first(day: str, days: int) -> None:
    hint = one("2016-03-01", "assessment_right", case_kind="assessment", psychiatric=True, referral_received=day)
    assert hint.deadline is not None and (hint.deadline - date.fromisoformat(day)).days == days


@pytest.mark.parametrize(
    ("day", "psychiatric", "known"),
    [
        ("2013-08-31", False, False),
        ("2013-09-01", False, True),
        ("2013-09-02", False, True),
        ("2014-08-31", True, False),
        ("2014-09-01", True, True),
    ],
)
def test_before_the_first_row_a_person_looks(day: str, psychiatric: bool, known: bool) -> None:
    hint = one("2016-03-01", "assessment_right", case_kind="assessment", psychiatric=psychiatric, referral_received=day)
    assert (hint.deadline is not None) is known
    assert (hint.answer is Answer.REVIEW) is not known


def test_dates_that_do_not_follow_each_other_are_for_a_person() -> None:
    assert answer(informed_of_diagnosis_on="2026-09-01") == "needs_review"


def test_rights_that_are_not_in_question_are_left_out() -> None:
    assert judge("2026-11-23") == []
    assert {hint.right.value for hint in judge("2026-11-23", case_kind="transport")} == {"patient_transport"}
    assert {hint.right.value for hint in judge("2026-11-23", case_kind="eu")} == {"cross_border_care"}
    heart = {"case_kind": "max_wait_heart", "heart_condition": "left_main_by_angiography"}
    assert find(judge("2026-11-23", **heart, referral_received="2026-11-01"), "assessment_right") is None
    unsaid = one("2026-11-23", "assessment_right", referral_received="2026-10-01")
    assert unsaid.answer is Answer.UNDETERMINED and unsaid.missing[0] == "case_kind"
