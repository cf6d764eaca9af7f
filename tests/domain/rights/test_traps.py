"""The places where a right is easily got wrong, each with the numbers on either side."""

from datetime import date, timedelta

import pytest

from pkui.base.law import packaged_law
from pkui.domain.rights.answers import Answer
from pkui.domain.rights.law import OfficeValue
from tests.domain.rights.judging import DUF_CLEAR, find, judge, one

ASSESSMENT = {"case_kind": "assessment", "psychiatric": False}
TREATMENT = {"case_kind": "treatment", "psychiatric": False}
CHANGE = {"cause": "hospital", "at": "regional", "old_date": "2026-11-20", "new_date": "2026-12-20"}


def treatment_limit(day: str, *, psychiatric: bool = False) -> int | None:
    hint = one(day, "extended_free_choice", "treatment", case_kind="treatment", psychiatric=psychiatric,
               informed_of_diagnosis_on=day)  # fmt: skip
    return None if hint.deadline is None else (hint.deadline - date.fromisoformat(day)).days


@pytest.mark.parametrize("day", ["2023-05-31", "2023-06-01", "2023-08-24", "2024-12-31", "2025-01-01"])
def test_sixty_days_never_applied_to_assessment(day: str) -> None:
    start = date.fromisoformat(day)
    for psychiatric in (True, False):
        facts = {"case_kind": "assessment", "psychiatric": psychiatric, "referral_received": day}
        assert one(day, "assessment_right", **facts).deadline == start + timedelta(30)
        assert one(day, "extended_free_choice", "assessment", **facts).deadline == start + timedelta(30)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("2016-09-30", 30), ("2016-10-01", 30), ("2023-05-30", 30), ("2023-05-31", 30), ("2023-06-01", 60),
        ("2023-06-02", 60), ("2024-12-20", 60), ("2024-12-30", 60), ("2024-12-31", 60), ("2025-01-01", 30),
        ("2025-01-02", 30),
    ],
)  # fmt: skip
def test_sixty_days_follow_the_day_of_assessment(day: str, days: int) -> None:
    assert treatment_limit(day) == days
    assert treatment_limit(day, psychiatric=True) == 30


def test_sixty_days_run_on_after_the_period_has_ended() -> None:
    facts = {**TREATMENT, "informed_of_diagnosis_on": "2024-12-20", "offered_date": "2025-02-18", "offered_by": "own"}
    assert one("2025-02-10", "extended_free_choice", "treatment", **facts).answer is Answer.NO
    facts["offered_date"] = "2025-02-19"
    assert one("2025-02-10", "extended_free_choice", "treatment", **facts).answer is Answer.LIKELY


@pytest.mark.parametrize("name", ["referral_received", "treatment_referred_on"])
def test_dates_on_both_sides_of_a_change_are_for_a_person(name: str) -> None:
    facts = {**TREATMENT, "informed_of_diagnosis_on": "2025-01-05", name: "2024-12-20", "offered_date": "2025-03-01"}
    hint = one("2025-02-01", "extended_free_choice", "treatment", **facts)
    assert hint.answer is Answer.REVIEW
    assert "both_sides" in {reason.code for reason in hint.reasons}


def test_no_suspension_during_the_strike() -> None:
    facts = {**ASSESSMENT, "referral_received": "2021-06-21", "offered_date": "2021-09-01", "offered_by": "own"}
    assert one("2021-07-01", "extended_free_choice", "assessment", **facts).answer is Answer.LIKELY
    history = [{"cause": "hospital", "at": "regional", "changed_on": "2021-06-21"}]
    hint = one("2021-06-22", "extended_free_choice", "changed_surgery_date", surgery_date_history=history)
    assert hint.answer is Answer.LIKELY


def test_two_clocks_pause_differently() -> None:
    own = [{"from": "2023-01-10", "to": "2023-01-20", "cause": "patient_wish"}]
    facts = {**ASSESSMENT, "referral_received": "2023-01-02", "postponements": own}
    hints = judge("2023-01-05", **facts)
    duty, private = find(hints, "assessment_right"), find(hints, "extended_free_choice", "assessment")
    assert duty is not None and duty.deadline == date(2023, 2, 1)
    assert private is not None and private.deadline == date(2023, 2, 11)
    assert [row.note.code for row in private.count] == ["day_zero", "pause_begins", "pause_ends", "last_day"]


def test_a_delay_that_is_only_the_patients_gives_no_private_right() -> None:
    own = [{"from": "2023-01-10", "to": "2023-01-20", "cause": "health"}]
    facts = {**ASSESSMENT, "referral_received": "2023-01-02", "offered_by": "own", "postponements": own}
    assert one("2023-01-21", "extended_free_choice", "assessment", offered_date="2023-02-11", **facts).answer == "no"
    late = one("2023-01-21", "extended_free_choice", "assessment", offered_date="2023-02-12", **facts)
    assert late.answer is Answer.LIKELY


@pytest.mark.parametrize("cause", ["no_show", None, "mixed"])
def test_unclear_postponements_are_for_a_person(cause: str | None) -> None:
    found = [{"from": "2023-01-10", "to": "2023-01-20", "cause": "patient_wish" if cause == "mixed" else cause}]
    if cause == "mixed":
        found.append({"from": "2023-01-20", "to": "2023-01-25", "cause": "hospital"})
    facts = {**ASSESSMENT, "referral_received": "2023-01-02", "offered_date": "2023-03-01", "postponements": found}
    assert one("2023-02-20", "extended_free_choice", "assessment", **facts).answer is Answer.REVIEW


def test_a_changed_operation_date_asks_neither_thirty_days_nor_a_quicker_date() -> None:
    facts = {"case_kind": "treatment", "surgery_date_history": [{**CHANGE, "changed_on": "2026-11-18"}]}
    clear = {"agreement_exists": True, "agreement_hospital_can_do_it": True, "specialty_level": "hovedfunktion"}
    slow = {"private_wait_days": 300, "public_wait_days": 10}
    hint = one("2026-11-20", "extended_free_choice", "changed_surgery_date", **facts, **clear, **slow)
    assert (hint.answer, hint.deadline, hint.breached) == (Answer.YES, None, None)


@pytest.mark.parametrize(
    ("cause", "at", "answer"),
    [
        ("hospital", "regional", "likely"), ("patient_wish", "regional", "no"), ("health", "regional", "no"),
        ("no_show", "regional", "needs_review"), ("hospital", "partner", "needs_review"),
        ("hospital", "private", "needs_review"), (None, "regional", "undetermined"), ("hospital", None, "undetermined"),
    ],
)  # fmt: skip
def test_who_changed_the_operation_date_decides(cause: str | None, at: str | None, answer: str) -> None:
    change = {"cause": cause, "at": at, "changed_on": "2026-11-18"}
    hint = one("2026-11-20", "extended_free_choice", "changed_surgery_date", surgery_date_history=[change])
    assert hint.answer == answer


def test_an_operation_moved_forward_is_for_a_person() -> None:
    change = {**CHANGE, "new_date": "2026-11-19", "changed_on": "2026-11-18"}
    hint = one("2026-11-18", "extended_free_choice", "changed_surgery_date", surgery_date_history=[change])
    assert hint.answer is Answer.REVIEW


def test_the_bill_on_child_psychiatry_stands_behind_a_switch() -> None:
    facts = {"case_kind": "assessment", "psychiatric": True, "child_psych_department": True}
    facts |= {"referral_received": "2026-10-01"}
    hint = one("2026-11-10", "assessment_right", **facts)
    assert (hint.answer, hint.deadline) == (Answer.REVIEW, date(2026, 10, 31))
    assert packaged_law().in_force("child_psychiatry_start", date(2026, 10, 1)) is None
    confirmed = OfficeValue(
        "assessment_right_child_psychiatry", date(2026, 1, 1), 60, "Lov nr. 1", "Vicekontorchef", date(2026, 11, 1)
    )
    law = packaged_law().with_office([confirmed])
    settled = find(judge("2026-11-10", law, **facts), "assessment_right")
    assert settled is not None and (settled.answer, settled.deadline) == (Answer.NOT_YET, date(2026, 11, 30))


def test_the_bills_own_limits_count_once_the_office_has_confirmed_them() -> None:
    new = OfficeValue("child_psychiatry_start", date(2026, 1, 1), 30, "Lov nr. 1", "N", date(2026, 11, 1), outer=60)
    facts = {"case_kind": "assessment", "psychiatric": True, "age": 9, "referral_received": "2026-10-01"}
    hint = find(judge("2026-11-10", packaged_law().with_office([new]), **facts), "assessment_right")
    assert hint is not None and (hint.answer, hint.deadline) == (Answer.NOT_YET, date(2026, 11, 30))
    assert "start_within" in {reason.code for reason in hint.reasons}


def test_a_child_in_psychiatry_without_a_known_department_is_treated_as_one() -> None:
    facts = {"case_kind": "assessment", "psychiatric": True, "referral_received": "2026-10-01"}
    assert one("2026-11-10", "assessment_right", age=17, **facts).answer is Answer.REVIEW
    assert one("2026-11-10", "assessment_right", age=18, **facts).answer is Answer.LIKELY
    assert one("2026-11-10", "assessment_right", age=9, child_psych_department=False, **facts).answer == "likely"


SUSPENSIONS = [
    ("assessment_right", None, "referral_received", False, "2020-03-19", "2021-02-28"),
    ("assessment_right", None, "referral_received", False, "2022-01-03", "2022-01-20"),
    ("assessment_right", None, "referral_received", True, "2020-03-19", "2020-08-31"),
    ("extended_free_choice", "assessment", "referral_received", False, "2020-03-19", "2021-02-28"),
    ("extended_free_choice", "treatment", "informed_of_diagnosis_on", False, "2020-03-19", "2021-02-28"),
    ("extended_free_choice", "treatment", "informed_of_diagnosis_on", False, "2022-01-03", "2022-01-20"),
    ("extended_free_choice", "treatment", "informed_of_diagnosis_on", True, "2020-03-19", "2020-08-31"),
    ("information_duty", "referral", "referral_received", False, "2020-03-19", "2021-02-28"),
]


@pytest.mark.parametrize(("right", "limb", "fact", "psychiatric", "first", "last"), SUSPENSIONS)
def test_a_suspension_holds_from_its_first_day_to_its_last(
    right: str, limb: str | None, fact: str, psychiatric: bool, first: str, last: str
) -> None:
    kind = "treatment" if limb == "treatment" else "assessment"
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    inside = {begins, begins + timedelta(1), ends - timedelta(1), ends}
    for day in sorted(inside | {begins - timedelta(1), ends + timedelta(1)}):
        facts = {"case_kind": kind, "psychiatric": psychiatric, fact: day.isoformat()}
        hint = one("2026-11-23", right, limb, offered_date="2026-11-20", **facts)
        unsure = "suspension_unsure" in {reason.code for reason in hint.reasons}
        assert unsure is (day in inside), day
        if right != "information_duty":
            assert hint.deadline == day + timedelta(30)
        assert (hint.answer is Answer.REVIEW) is unsure


def test_a_suspended_row_gives_its_ordinary_deadline() -> None:
    for facts in (ASSESSMENT, {"case_kind": "assessment"}):
        hint = one("2022-03-01", "assessment_right", referral_received="2022-01-18", **facts)
        assert (hint.answer, hint.deadline, hint.breached) == (Answer.REVIEW, date(2022, 2, 17), True)


def test_a_suspension_of_high_confidence_bars() -> None:
    for day, answer in (("2020-03-18", "likely"), ("2020-03-19", "no"), ("2021-02-28", "no"), ("2021-03-01", "likely")):
        hint = one("2021-12-01", "extended_free_choice", "diagnostic", case_kind="diagnostic", referral_received=day,
                   offered_date="2021-11-30")  # fmt: skip
        assert hint.answer == answer, day
        assert (hint.deadline is None) is (answer == "no")


def test_words_are_careful_until_every_fact_is_known() -> None:
    from pkui.base.words import use_language
    from pkui.base.words.rights import patient_sentence

    use_language("en")
    try:
        facts = {**ASSESSMENT, "referral_received": "2026-09-01", "offered_date": "2026-12-20", "offered_by": "own"}
        unsure = one("2026-10-20", "extended_free_choice", "assessment", **facts)
        assert "may have" in patient_sentence(unsure)
        sure = one("2026-10-20", "extended_free_choice", "assessment", **facts, **DUF_CLEAR)
        assert sure.answer is Answer.YES and "may" not in patient_sentence(sure)
    finally:
        use_language("da")
