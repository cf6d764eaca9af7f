"""The facts a case can hold: each name with the kind of value it takes."""

from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

from pkui.domain.codes import FactSource
from pkui.domain.intake import ReferralDetails
from pkui.domain.rights.facts import Place, RightsFacts
from pkui.domain.typed import Unreadable, typed_date, typed_number, typed_yes_no


class FactKind(StrEnum):
    """What sort of value a fact takes."""

    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


class BadFact(ValueError):
    """The value is not of the fact's kind."""


LONGEST_FACT = 500

FACT_KINDS: dict[str, FactKind] = {
    "letter_hospital": FactKind.TEXT,
    "letter_department": FactKind.TEXT,
    "letter_treatment": FactKind.TEXT,
    "treatment_code": FactKind.TEXT,
    "referral_date_in_letter": FactKind.DATE,
    "referral_received": FactKind.DATE,
    "letter_date": FactKind.DATE,
    "offered_date": FactKind.DATE,
    "appointment_changed_by_hospital": FactKind.YES_NO,
    "preferred_providers": FactKind.TEXT,
    "max_distance_km": FactKind.NUMBER,
    "free_choice_already_used": FactKind.YES_NO,
}
"""The facts of a referral, in the order in which they are shown."""

CHANGED_DATE_FACTS = ("appointment_changed_by_hospital", "date_changed_on", "changed_at")
"""What is asked about a changed date; together they are one entry of `surgery_date_history`."""

FACT_CHOICES: dict[str, tuple[str, ...]] = {"changed_at": tuple(Place)}
"""The codes a fact of choice can take."""


def _rights_kinds() -> dict[str, FactKind]:
    """The rights' own fields that are one value; lists of postponements and the like are not typed in one line."""
    simple = {
        date: FactKind.DATE,
        bool: FactKind.YES_NO,
        int: FactKind.WHOLE,
        float: FactKind.NUMBER,
        str: FactKind.TEXT,
    }
    kinds = {}
    for name, annotation in get_type_hints(RightsFacts).items():
        value = next(iter(set(get_args(annotation)) - {NoneType}))
        if isinstance(value, type) and issubclass(value, StrEnum):
            FACT_CHOICES[name] = tuple(value)
            kinds[name] = FactKind.CHOICE
        elif value in simple:
            kinds[name] = simple[value]
    return kinds


ALL_FACT_KINDS: dict[str, FactKind] = {
    "date_changed_on": FactKind.DATE,
    "changed_at": FactKind.CHOICE,
    **_rights_kinds(),
    **FACT_KINDS,
}
"""Every fact a case can hold: those of the referral and those that rights are decided on."""

_FROM_LETTER = {
    "hospital_text": "letter_hospital",
    "department_text": "letter_department",
    "treatment_text": "letter_treatment",
    "treatment_code": "treatment_code",
    "referral_date_in_letter": "referral_date_in_letter",
    "letter_date": "letter_date",
    "appointment_date": "offered_date",
}
_FROM_PATIENT = {
    "appointment_changed_by_hospital": "appointment_changed_by_hospital",
    "max_distance_km": "max_distance_km",
    "free_choice_already_used": "free_choice_already_used",
}


def parse_fact(name: str, text: str, today: date) -> Any:
    """A typed value as the fact's kind asks for. Raises BadFact."""
    try:
        match ALL_FACT_KINDS[name]:
            case FactKind.DATE:
                return typed_date(text, today)
            case FactKind.NUMBER:
                return typed_number(text)
            case FactKind.YES_NO:
                return typed_yes_no(text)
            case FactKind.WHOLE:
                return _whole(text)
            case FactKind.CHOICE:
                return _choice(name, text)
            case FactKind.TEXT:
                return _plain(text)
    except Unreadable as error:
        raise BadFact(name) from error


def facts_in(referral: ReferralDetails | None) -> list[tuple[str, Any, FactSource]]:
    """What a form's referral part says, as facts with their source: the letter's own words, or the patient's."""
    if referral is None:
        return []
    found = [(name, getattr(referral, field), FactSource.LETTER) for field, name in _FROM_LETTER.items()]
    found += [(name, getattr(referral, field), FactSource.PATIENT) for field, name in _FROM_PATIENT.items()]
    if referral.preferred_providers:
        found.append(("preferred_providers", ", ".join(referral.preferred_providers), FactSource.PATIENT))
    return [(name, value, source) for name, value, source in found if value is not None]


def _whole(text: str) -> int:
    number = typed_number(text)
    if number != int(number):
        raise Unreadable
    return int(number)


def _choice(name: str, text: str) -> str:
    if text.strip() not in FACT_CHOICES[name]:
        raise Unreadable
    return text.strip()


def _plain(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST_FACT:
        raise Unreadable
    return text
