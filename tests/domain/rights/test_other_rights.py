"""Information, transport, complaints and compensation, care abroad: their dates, amounts and limits."""

from datetime import date
from typing import Any

import pytest

from pkui.domain.rights.answers import Answer, Hint
from tests.domain.rights.judging import find, judge, one


@pytest.mark.parametrize(
    ("letter", "expected", "breached"),
    [("2026-11-11", "no", False), ("2026-11-12", "no", False), ("2026-11-13", "yes", True)],
)
def test_the_letter_must_come_within_eight_working_days(letter: str, expected: str, breached: bool) -> None:
    facts = {"case_kind": "assessment", "referral_received": "2026-11-02", "info_letter_on": letter}
    hint = one("2026-11-23", "information_duty", "referral", **facts)
    assert (hint.answer, hint.breached, hint.deadline) == (expected, breached, date(2026, 11, 12))


def test_without_a_letter_today_decides_but_never_firmly() -> None:
    facts = {"case_kind": "assessment", "referral_received": "2026-11-02"}
    assert one("2026-11-12", "information_duty", "referral", **facts).answer is Answer.NOT_YET
    late = one("2026-11-13", "information_duty", "referral", **facts)
    assert (late.answer, late.breached, late.missing) == (Answer.LIKELY, True, ("info_letter_on",))
    second = one("2026-11-23", "information_duty", "referral", **facts, info_letter_on="2026-11-20", first_letter=False)
    assert second.answer is Answer.LIKELY
    silent = one("2026-11-23", "information_duty", "referral", **facts, info_letter_on="2026-11-04", letter_content=[])
    assert silent.answer is Answer.REVIEW


def test_a_letter_from_before_the_event_is_another_letter() -> None:
    facts = {"case_kind": "treatment", "informed_of_diagnosis_on": "2026-11-02", "info_letter_on": "2026-10-01"}
    assert one("2026-11-23", "information_duty", "assessed", **facts).answer is Answer.LIKELY


@pytest.mark.parametrize(
    ("psychiatric", "start", "deadline"),
    [(False, "2020-06-01", "2021-03-11"), (True, "2020-06-01", "2020-09-11"), (False, "2022-01-18", "2022-02-02")],
)
def test_rights_that_come_back_start_the_duty_anew(psychiatric: bool, start: str, deadline: str) -> None:
    facts = {"case_kind": "assessment", "psychiatric": psychiatric, "referral_received": start}
    assert one("2022-06-01", "information_duty", "reinstated", **facts).deadline == date.fromisoformat(deadline)
    done = {**facts, "informed_of_diagnosis_on": start}
    assert find(judge("2022-06-01", **done), "information_duty", "reinstated") is None


def test_a_changed_operation_date_starts_the_duty() -> None:
    change = {"cause": "hospital", "at": "regional", "changed_on": "2026-11-02"}
    hint = one("2026-11-05", "information_duty", "changed_surgery_date", surgery_date_history=[change])
    assert (hint.deadline, hint.citations) == (date(2026, 11, 12), ("Sundhedsloven § 90, stk. 2",))


VISIT: dict[str, Any] = {"case_kind": "transport", "treatment_carried_out": True, "referred_by_region": True}


def transport(**facts: Any) -> str:
    return one("2026-11-23", "patient_transport", **{**VISIT, **facts}).answer.value


@pytest.mark.parametrize(
    ("visit", "pension", "fare", "expected"),
    [
        ("2018-09-01", True, 42, "no"), ("2018-09-01", True, 42.5, "yes"), ("2019-12-31", True, 43, "no"),
        ("2019-12-31", True, 44, "yes"), ("2022-01-01", True, 44, "no"), ("2022-12-31", True, 45, "yes"),
        ("2020-06-01", True, 43, "no"), ("2020-06-01", True, 44, "needs_review"), ("2021-06-01", True, 45, "yes"),
        ("2025-06-01", True, 44, "no"), ("2025-06-01", True, 60, "needs_review"),
        ("2023-06-01", True, 46, "needs_review"),
    ],
)  # fmt: skip
def test_the_return_fare_must_exceed_the_years_minimum(visit: str, pension: bool, fare: float, expected: str) -> None:
    assert transport(visit_date=visit, social_pension=pension, fare_chosen=fare) == expected


@pytest.mark.parametrize(("km", "expected"), [(50, "no"), (50.1, "yes"), (51, "yes")])
def test_more_than_fifty_kilometres(km: float, expected: str) -> None:
    facts = {"visit_date": "2022-05-01", "social_pension": False, "recalled_ambulant": False, "fare_chosen": 200}
    assert transport(**facts, distance_km_chosen=km) == expected


def test_recalled_and_unable_to_take_the_bus() -> None:
    facts = {"visit_date": "2022-05-01", "social_pension": False, "distance_km_chosen": 10, "fare_chosen": 105}
    assert transport(**facts, recalled_ambulant=True, cannot_use_public_transport=True) == "yes"
    assert transport(**facts, recalled_ambulant=True, cannot_use_public_transport=False) == "no"
    assert transport(**facts, recalled_ambulant=True) == "undetermined"


def test_free_choice_is_tested_at_both_hospitals() -> None:
    facts = {"visit_date": "2022-05-01", "social_pension": True, "fare_chosen": 300}
    assert transport(**facts, referred_by_region=False, fare_visitation=44) == "no"
    assert transport(**facts, referred_by_region=False, fare_visitation=50) == "yes"
    assert transport(**facts, referred_by_region=False) == "undetermined"
    assert transport(**facts, referred_by_region=None, fare_visitation=44) == "undetermined"
    assert transport(**facts, referred_by_region=None) == "likely"
    far = {"visit_date": "2022-05-01", "social_pension": False, "recalled_ambulant": False, "fare_chosen": 300}
    far |= {"distance_km_chosen": 120, "fare_visitation": 150, "referred_by_region": False}
    assert transport(**far, distance_km_visitation=49) == "no"
    assert transport(**far, distance_km_visitation=60) == "yes"


def test_no_payment_for_a_treatment_that_did_not_take_place() -> None:
    facts = {"visit_date": "2022-05-01", "social_pension": True, "fare_chosen": 300}
    assert transport(**facts, treatment_carried_out=False) == "no"
    assert transport(**facts, treatment_carried_out=None) == "likely"
    assert transport(**facts, offered_by="agreement", referred_by_region=False, fare_visitation=90) == "needs_review"


def test_transport_asks_for_what_decides() -> None:
    hint = one("2026-11-23", "patient_transport", case_kind="transport")
    assert hint.answer is Answer.UNDETERMINED
    assert hint.missing[:2] == ("social_pension", "distance_km_chosen")


def complaint(right: str, on: str, **facts: Any) -> Hint:
    return one(on, right, case_kind="complaint", **facts)


@pytest.mark.parametrize(
    ("on", "answer"), [("2026-10-26", "yes"), ("2026-10-27", "yes"), ("2026-10-28", "needs_review")]
)
def test_four_weeks_for_a_decision_on_rights(on: str, answer: str) -> None:
    hint = complaint("complaint_rights", on, decision_received_on="2026-09-29")
    assert (hint.deadline, hint.answer) == (date(2026, 10, 27), answer)


@pytest.mark.parametrize(
    ("lodged", "answer", "breached"),
    [("2026-10-26", "yes", False), ("2026-10-27", "yes", False), ("2026-10-28", "needs_review", True)],
)
def test_receipt_at_the_office_is_the_lodging(lodged: str, answer: str, breached: bool) -> None:
    facts = {"decision_received_on": "2026-09-29", "received_by_patientkontor_on": lodged}
    hint = complaint("complaint_rights", "2026-12-01", **facts)
    assert (hint.answer, hint.breached) == (answer, breached)
    assert "Sundhedsloven § 51, stk. 5" in hint.citations


@pytest.mark.parametrize(
    ("right", "start", "known", "event", "deadline"),
    [
        ("complaint_treatment", "event_on", "2024-11-25", "2024-11-01", "2026-11-25"),
        ("complaint_treatment", "event_on", "2026-06-01", "2021-11-24", "2026-11-24"),
        ("compensation", "harm_caused_on", "2023-11-24", "2023-01-01", "2026-11-24"),
        ("compensation", "harm_caused_on", "2025-01-01", "2016-11-24", "2026-11-24"),
        ("compensation", "harm_caused_on", "2023-11-28", "2023-01-01", "2026-11-30"),
    ],
)
def test_years_from_known_and_an_absolute_limit(right: str, start: str, known: str, event: str, deadline: str) -> None:
    last = date.fromisoformat(deadline)
    facts = {"known_on": known, start: event}
    assert complaint(right, "2026-11-01", **facts).deadline == last
    for lodged, answer in ((last, "yes"), (date(2026, 12, 1), "no")):
        hint = complaint(right, "2026-12-10", **facts, received_by_patientkontor_on=lodged.isoformat())
        assert hint.answer == answer


def test_a_moved_expiry_counts_by_analogy_for_complaints_only() -> None:
    facts = {"event_on": "2024-01-01", "harm_caused_on": "2024-01-01", "known_on": "2024-11-28"}
    lodged = {"received_by_patientkontor_on": "2026-11-30"}
    assert complaint("complaint_treatment", "2026-12-10", **facts, **lodged).answer is Answer.REVIEW
    facts["known_on"] = "2023-11-28"
    assert complaint("compensation", "2026-12-10", **facts, **lodged).answer is Answer.YES


def test_after_the_limit_an_unknown_lodging_is_not_read_as_none() -> None:
    hint = complaint("complaint_treatment", "2030-01-01", event_on="2020-01-01", known_on="2020-01-01")
    assert (hint.answer, hint.breached, hint.missing) == ("undetermined", True, ("received_by_patientkontor_on",))


def test_one_date_alone_is_likely_at_most() -> None:
    hint = complaint("compensation", "2026-11-01", known_on="2026-01-01")
    assert (hint.answer, hint.missing) == ("likely", ("harm_caused_on",))
    bare = complaint("complaint_rights", "2026-11-01")
    assert (bare.answer, bare.missing) == ("undetermined", ("decision_received_on",))


def test_care_abroad_is_a_medical_question() -> None:
    hint = one("2026-11-23", "cross_border_care", case_kind="eu", public_wait_days=200)
    assert (hint.answer, hint.missing) == (Answer.CLINICAL, ("offered_date",))
    assert {one.fact for one in hint.because} == {"case_kind", "public_wait_days"}
