"""The facts of a referral: each kind read as typed, each form's part with its source."""

from datetime import date
from typing import Any

import pytest

from pkui.domain.codes import FactSource
from pkui.domain.facts import FACT_KINDS, LONGEST_FACT, BadFact, FactKind, facts_in, parse_fact
from pkui.domain.intake import Submission, parse_submission
from tests.data.submissions import encoded, submission
from tests.domain.test_intake import NOW

TODAY = date(2026, 11, 23)
GOOD: dict[FactKind, tuple[str, Any]] = {
    FactKind.DATE: ("20/11", date(2026, 11, 20)), FactKind.NUMBER: ("1,5", 1.5), FactKind.YES_NO: ("nej", False),
    FactKind.TEXT: (" Horsens ", "Horsens"),
}  # fmt: skip
BAD = {
    FactKind.DATE: "snart",
    FactKind.NUMBER: "langt",
    FactKind.YES_NO: "måske",
    FactKind.TEXT: "x" * (LONGEST_FACT + 1),
}


@pytest.mark.parametrize(("name", "kind"), FACT_KINDS.items())
def test_every_fact_takes_its_kind_and_no_other_text(name: str, kind: FactKind) -> None:
    typed, value = GOOD[kind]
    assert parse_fact(name, typed, TODAY) == value
    for text in (BAD[kind], "", "  "):
        with pytest.raises(BadFact, match=name):
            parse_fact(name, text, TODAY)


def test_a_form_tells_what_the_letter_says_and_what_the_patient_says() -> None:
    parsed = parse_submission(encoded(submission(1)), NOW)
    assert isinstance(parsed, Submission)
    assert facts_in(parsed.referral) == [
        ("letter_hospital", "Regionshospitalet Viborg", FactSource.LETTER),
        ("letter_department", "Ortopædkirurgi", FactSource.LETTER),
        ("letter_treatment", "Karpaltunnel", FactSource.LETTER),
        ("referral_date_in_letter", date(2026, 10, 29), FactSource.LETTER),
        ("offered_date", date(2027, 3, 11), FactSource.LETTER),
        ("appointment_changed_by_hospital", False, FactSource.PATIENT),
        ("max_distance_km", 60, FactSource.PATIENT),
        ("preferred_providers", "aleris-aarhus", FactSource.PATIENT),
    ]


def test_what_a_form_leaves_open_is_no_fact() -> None:
    assert facts_in(None) == []
    parsed = parse_submission(encoded(submission(1, referral={})), NOW)
    assert isinstance(parsed, Submission)
    assert facts_in(parsed.referral) == []


def test_every_fact_a_form_can_give_is_a_known_one() -> None:
    parsed = parse_submission(encoded(submission(1)), NOW)
    assert isinstance(parsed, Submission)
    assert {name for name, _, _ in facts_in(parsed.referral)} <= set(FACT_KINDS)
