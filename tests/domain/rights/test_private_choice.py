"""The private choice: partner first, not slower, agreement, exclusions, persons; free choice of public hospitals."""

from typing import Any

import pytest

from tests.domain.rights.judging import DUF_CLEAR, one

LATE: dict[str, Any] = {
    "case_kind": "assessment",
    "psychiatric": False,
    "referral_received": "2026-11-01",
    "offered_date": "2027-01-20",
    "offered_by": "own",
}
DUF = ("extended_free_choice", "assessment")


def answer(on: str = "2026-11-05", **facts: Any) -> str:
    return one(on, *DUF, **{**LATE, **facts}).answer.value


def clear(on: str = "2026-11-05", **facts: Any) -> str:
    return answer(on, **{**DUF_CLEAR, **facts})


def test_yes_only_when_every_exception_is_known_absent() -> None:
    assert clear() == "yes"
    assert answer() == "likely"
    for name in DUF_CLEAR:
        if name != "public_wait_days":
            unknown: dict[str, Any] = {name: None}
            assert clear(**unknown) == "likely", name


def test_the_exceptions_are_named_in_order() -> None:
    assert one("2026-11-05", *DUF, **LATE).missing == (
        "agreement_exists",
        "agreement_hospital_can_do_it",
        "private_wait_days",
        "excluded_treatment",
        "custodial_status",
        "residence_region",
        "free_choice_already_used",
    )


@pytest.mark.parametrize(("offered", "expected"), [("2026-11-30", "no"), ("2026-12-01", "no"), ("2026-12-02", "yes")])
def test_an_own_offer_inside_the_limit_leaves_no_private_right(offered: str, expected: str) -> None:
    assert clear(offered_date=offered) == expected


def test_without_an_offer_it_is_not_yet_and_then_undetermined() -> None:
    before = one("2026-12-01", *DUF, **{**LATE, "offered_date": None, "offered_by": None})
    after = one("2026-12-02", *DUF, **{**LATE, "offered_date": None, "offered_by": None})
    assert (before.answer, before.missing[0]) == ("not_yet", "offered_date")
    assert (after.answer, after.missing[0], after.breached) == ("undetermined", "offered_date", True)


@pytest.mark.parametrize(("days", "expected"), [(25, "no"), (26, "no"), (27, "yes"), (90, "yes")])
def test_a_partner_that_can_do_it_by_day_thirty_comes_first(days: int, expected: str) -> None:
    assert clear(partner_wait_days=days) == expected


def test_a_partners_wait_of_an_unknown_day_is_for_a_person_once_the_limit_has_passed() -> None:
    assert clear("2026-12-10", partner_wait_days=20) == "needs_review"
    assert clear("2026-12-10", partner_wait_days=31) == "yes"


def test_a_partner_named_without_a_date_is_asked() -> None:
    hint = one("2026-11-05", *DUF, **{**LATE, "offered_date": None, "offered_by": "partner"})
    assert "partner_wait_days" in hint.missing


@pytest.mark.parametrize(
    ("private", "public", "expected"), [(274, 548, "yes"), (89, 90, "yes"), (90, 90, "needs_review"), (91, 90, "no")]
)
def test_private_may_not_be_slower_but_need_not_be_within_thirty_days(private: int, public: int, expected: str) -> None:
    assert clear(private_wait_days=private, public_wait_days=public) == expected


def test_the_shortest_public_wait_counts() -> None:
    assert clear(private_wait_days=60, public_wait_days=90, partner_wait_days=50) == "no"


def test_without_a_public_wait_the_offer_stands_in_for_it() -> None:
    assert clear(public_wait_days=None, private_wait_days=20) == "yes"
    assert clear(public_wait_days=None, private_wait_days=200) == "needs_review"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"agreement_exists": False}, "no"),
        ({"agreement_hospital_can_do_it": False}, "no"),
        ({"excluded_treatment": "fertility"}, "no"),
        ({"excluded_treatment": "experimental"}, "no"),
        ({"excluded_treatment": "cosmetic"}, "needs_clinical_judgement"),
        ({"custodial_status": "prison_probation"}, "needs_review"),
        ({"residence_region": "1084"}, "needs_review"),
        ({"frontier_worker": True}, "needs_review"),
        ({"eu_person_without_residence": True}, "needs_review"),
        ({"free_choice_already_used": True}, "needs_review"),
        ({"referral_accepted": False}, "needs_review"),
    ],
)
def test_what_bars_and_what_a_person_looks_at(facts: dict[str, Any], expected: str) -> None:
    assert clear(**facts) == expected
    assert answer(**facts) == expected


def test_a_bar_is_no_even_when_the_start_is_unknown() -> None:
    hint = one("2026-11-05", "extended_free_choice", "treatment", case_kind="treatment", agreement_exists=False)
    assert (hint.answer, hint.missing) == ("no", ())


def test_treatment_starts_at_the_later_of_assessment_and_referral() -> None:
    facts = {"case_kind": "treatment", "psychiatric": False, "informed_of_diagnosis_on": "2026-09-01"}
    facts |= {"treatment_referred_on": "2026-09-20", "offered_date": "2026-10-20", "offered_by": "own"}
    assert one("2026-09-25", "extended_free_choice", "treatment", **facts).answer == "no"
    begun = {**facts, "offered_date": None, "real_treatment_started_on": "2026-10-21"}
    hint = one("2026-11-25", "extended_free_choice", "treatment", **begun)
    assert (hint.answer, hint.breached) == ("likely", True)


def test_treatment_without_psychiatry_known_is_undetermined() -> None:
    facts = {"case_kind": "treatment", "informed_of_diagnosis_on": "2026-09-01", "offered_date": "2026-12-01"}
    hint = one("2026-11-25", "extended_free_choice", "treatment", **facts)
    assert (hint.answer, hint.missing[0]) == ("undetermined", "psychiatric")
    nothing = one("2026-11-25", "extended_free_choice", "treatment", case_kind="treatment")
    assert nothing.missing[:3] == ("informed_of_diagnosis_on", "treatment_referred_on", "psychiatric")


@pytest.mark.parametrize(
    ("offered", "expected"),
    [("2014-07-31", "no"), ("2014-08-01", "needs_clinical_judgement"), ("2014-08-31", "likely")],
)
def test_before_2016_severity_decided_between_thirty_and_sixty_days(offered: str, expected: str) -> None:
    facts = {"case_kind": "treatment", "psychiatric": False, "informed_of_diagnosis_on": "2014-07-01"}
    hint = one("2014-07-10", "extended_free_choice", "treatment", **facts, offered_date=offered, offered_by="own")
    assert hint.answer == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "likely"),
        ({"acute_admission": False}, "likely"),
        ({"acute_admission": False, "specialty_level": "hovedfunktion"}, "yes"),
        ({"acute_admission": False, "specialty_level": "unknown"}, "likely"),
        ({"acute_admission": True}, "no"),
        ({"custodial_status": "forensic_sentence"}, "needs_review"),
        ({"custodial_status": "none", "acute_admission": False, "specialty_level": "regionsfunktion"}, "yes"),
    ],
)
def test_free_choice_of_public_hospitals(facts: dict[str, Any], expected: str) -> None:
    for kind in ("assessment", "treatment", "diagnostic", "max_wait_cancer"):
        assert one("2026-11-05", "free_choice", case_kind=kind, **facts).answer == expected
    unsaid = one("2020-05-01", "free_choice", referral_received="2020-04-20")
    assert (unsaid.answer, unsaid.missing[0]) == ("undetermined", "case_kind")
