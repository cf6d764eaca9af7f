"""The facts a case can hold: each name with the kind of value it takes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_type_hints

from pkui.domain.codes import FactSource, ParentalCustody
from pkui.domain.intake import ReferralDetails, Submission
from pkui.domain.rights.facts import FIELDS, Cause, Place, RightsFacts, plain
from pkui.domain.rights.reading import BadFacts, read_facts
from pkui.domain.typed import Unreadable, near_date, past_date, typed_number, typed_yes_no


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
    "private_mark": FactKind.YES_NO,
}
"""The facts of a referral, in the order in which they are shown; `private_mark`: the patient closed her own record."""

CHANGED_DATE_FACTS = ("appointment_changed_by_hospital", "date_changed_on", "changed_at")
"""What is asked about a changed date; together they are one entry of `surgery_date_history`."""

CUSTODY = "parental_custody"
"""Who decides for a child, and whether both agree: no field of the rights, but of who may be told what."""

FACT_CHOICES: dict[str, tuple[str, ...]] = {
    "changed_at": tuple(Place),
    "cause": tuple(Cause),
    "at": tuple(Place),
    CUSTODY: tuple(ParentalCustody),
}
"""The codes a fact of choice, or a part of a listed fact, can take."""

LIST_FACTS: dict[str, tuple[str, ...]] = {
    "postponements": ("from", "to", "cause"),
    "surgery_date_history": ("old_date", "new_date", "changed_on", "cause", "at"),
}
"""The facts that are several entries, with the parts of an entry: dates, and codes of FACT_CHOICES."""

MAY_BE_AHEAD = frozenset({"offered_date", "fit_for_treatment_on", "real_treatment_started_on", "visit_date"})
"""The days that may lie ahead; every other day of a case has been, so a day without a year is the last such day."""

MOST_ENTRIES = 50

SETTLED_BY = frozenset({FactSource.HOSPITAL, FactSource.RECORD})
"""Who knows when a hospital received a referral; anyone else knows a date that was told or printed."""


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
    CUSTODY: FactKind.CHOICE,
}
"""Every fact a case can hold: those of the referral, those that rights are decided on, and a child's custody."""

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


def known_facts(rows: Iterable[tuple[str, Any, FactSource]]) -> dict[str, Any]:
    """The newest value of each name, from rows of name, value and source, oldest first.

    A day of receipt that neither hospital nor record has given is no more than a date in a letter: what is counted from
    it is provisional, and it does not take the place of the day the hospital gave.
    """
    found: dict[str, Any] = {}
    for name, value, source in rows:
        if name == "referral_received" and source not in SETTLED_BY:
            name = "referral_date_in_letter"
        found[name] = value
    return found


def parse_fact(name: str, text: str, today: date) -> Any:
    """A typed value as the fact's kind asks for. Raises BadFact."""
    value = _parsed(name, text, today)
    if name in FIELDS:
        _readable(name, plain(value))
    return value


def parse_entry(name: str, typed: Mapping[str, str], today: date) -> dict[str, str | None]:
    """One entry of a listed fact from what was typed; an empty part is not known. Raises BadFact."""
    entry: dict[str, str | None] = {}
    for part in LIST_FACTS[name]:
        text = typed.get(part, "").strip()
        try:
            if not text:
                entry[part] = None
            else:
                entry[part] = _choice(part, text) if part in FACT_CHOICES else _entry_day(part, text, today)
        except Unreadable as error:
            raise BadFact(name) from error
    first, last = entry.get("from"), entry.get("to")
    if not any(entry.values()) or (first and last and last < first):
        raise BadFact(name)
    return entry


def _entry_day(part: str, text: str, today: date) -> str:
    return (past_date if part == "changed_on" else near_date)(text, today).isoformat()


def checked_list(name: str, entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A listed fact as it is kept. Raises BadFact."""
    kept = [dict(entry) for entry in entries]
    if name not in LIST_FACTS or len(kept) > MOST_ENTRIES:
        raise BadFact(name)
    _readable(name, kept)
    return kept


def _readable(name: str, value: Any) -> None:
    """The rules must be able to read every fact of a case. Raises BadFact."""
    try:
        read_facts({name: value})
    except BadFacts as error:
        raise BadFact(name) from error


def _parsed(name: str, text: str, today: date) -> Any:
    try:
        match ALL_FACT_KINDS[name]:
            case FactKind.DATE:
                return near_date(text, today) if name in MAY_BE_AHEAD else past_date(text, today)
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


def facts_told(submission: Submission) -> list[tuple[str, Any, FactSource]]:
    """Everything a submission says as facts: its referral part, and who has custody of a child."""
    person = submission.representative
    custody = person.custody if person is not None else None
    found = facts_in(submission.referral)
    return found if custody is None else [*found, (CUSTODY, custody.value, FactSource.PATIENT)]


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
