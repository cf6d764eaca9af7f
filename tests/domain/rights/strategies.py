"""Facts of every kind for hypothesis, as JSON holds them: dates that lie near each other, and dates far outside."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from hypothesis import strategies as st

from pkui.domain.rights import facts as kinds
from pkui.domain.rights.facts import FIELDS, RightsFacts

BASE = date(2024, 1, 1)
near = st.integers(0, 120).map(lambda days: (BASE + timedelta(days=days)).isoformat())
years = st.dates(date(2012, 1, 1), date(2027, 12, 31)).map(date.isoformat)
far = st.dates().map(date.isoformat)
days = st.one_of(near, near, years, far)
waits = st.integers(0, 400)
words = st.text(max_size=12)


def members(kind: type[StrEnum]) -> st.SearchStrategy[str]:
    """The values of an enumeration."""
    return st.sampled_from([member.value for member in kind])


def spans(dates: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Postponements."""
    end = st.none() | dates
    return st.lists(
        st.fixed_dictionaries({"from": end, "to": end, "cause": st.none() | members(kinds.Cause)}), max_size=3
    )


def changes(dates: st.SearchStrategy[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Changes of an operation date."""
    maybe = st.none() | dates
    return st.lists(
        st.fixed_dictionaries(
            {
                "old_date": maybe,
                "new_date": maybe,
                "changed_on": maybe,
                "cause": st.none() | members(kinds.Cause),
                "at": st.none() | members(kinds.Place),
            }
        ),
        max_size=3,
    )


_ENUMS: dict[str, type[StrEnum]] = {
    "case_kind": kinds.CaseKind,
    "returned_reason": kinds.ReturnedReason,
    "specialty_level": kinds.SpecialtyLevel,
    "excluded_treatment": kinds.Excluded,
    "custodial_status": kinds.Custody,
    "offered_by": kinds.OfferedBy,
    "heart_condition": kinds.HeartCondition,
    "max_wait_step": kinds.Step,
}
_OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "residence_region": st.sampled_from(["1081", "1082", "1085"]),
    "cancer_type": st.sampled_from(["breast", "melanoma", "non-melanoma skin cancer", "hudkræft"]),
    "letter_content": st.lists(words, max_size=2),
    "age": st.integers(0, 110),
}


def value_of(name: str, dates: st.SearchStrategy[str] = days) -> st.SearchStrategy[Any]:
    """Any value that a field can take."""
    if name in _ENUMS:
        return members(_ENUMS[name])
    if name in _OTHERS:
        return _OTHERS[name]
    if name == "postponements":
        return spans(dates)
    if name == "surgery_date_history":
        return changes(dates)
    annotation = RightsFacts.__dataclass_fields__[name].type
    by_type: dict[object, st.SearchStrategy[Any]] = {
        date | None: dates,
        bool | None: st.booleans(),
        int | None: waits,
        float | None: st.floats(0, 500),
        str | None: words,
    }
    return by_type[annotation]


def documents(dates: st.SearchStrategy[str] = days) -> st.SearchStrategy[dict[str, Any]]:
    """Facts with any of the fields."""
    return st.fixed_dictionaries({}, optional={name: value_of(name, dates) for name in FIELDS})


CLEAR: dict[str, st.SearchStrategy[Any]] = {
    "agreement_exists": st.just(True),
    "agreement_hospital_can_do_it": st.just(True),
    "private_wait_days": st.just(10),
    "public_wait_days": st.just(90),
    "excluded_treatment": st.just("none"),
    "custodial_status": st.just("none"),
    "residence_region": st.just("1082"),
    "free_choice_already_used": st.just(False),
    "referral_accepted": st.just(True),
    "professional_reason_recorded": st.just(False),
    "offer_within_limit_refused": st.just(False),
    "bmt_required": st.just(False),
    "cancer_type": st.just("breast"),
    "psychiatric": st.booleans(),
    "acute_admission": st.just(False),
    "specialty_level": st.just("hovedfunktion"),
    "treatment_carried_out": st.just(True),
    "social_pension": st.booleans(),
}


@st.composite
def nearly_clear(draw: st.DrawFn) -> dict[str, Any]:
    """Facts in which most exceptions are known to be absent, so that firm answers are common."""
    kept = draw(st.fixed_dictionaries({}, optional=CLEAR)) | draw(st.fixed_dictionaries(dict(CLEAR)))
    dates = [
        "referral_received", "informed_of_diagnosis_on", "treatment_referred_on", "consent_on", "offered_date",
        "conference_decision_on", "fit_for_treatment_on", "real_treatment_started_on", "cancer_suspicion_on",
        "info_letter_on", "assessment_plan_on", "decision_received_on", "event_on", "known_on", "harm_caused_on",
        "received_by_patientkontor_on",
    ]  # fmt: skip
    chosen = draw(st.fixed_dictionaries({}, optional={name: value_of(name, near) for name in dates}))
    rest = ["case_kind", "max_wait_step", "heart_condition", "surgery_date_history", "offered_by", "recurrence"]
    more = draw(st.fixed_dictionaries({}, optional={name: value_of(name, near) for name in rest}))
    document = kept | chosen | more
    for name in draw(st.lists(st.sampled_from(sorted(document)), max_size=2)):
        document.pop(name, None)
    return document
