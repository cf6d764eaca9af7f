"""What a right is decided on: every field typed, unknown where it is None, and who can tell what is missing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

LARGEST = 1_000_000
LONGEST_TEXT = 2_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class BadFacts(ValueError):
    """A field is unknown or of the wrong type: `pointer` is a JSON pointer, `code` names the fault."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{pointer}: {code}")
        self.pointer, self.code = pointer, code


class CaseKind(StrEnum):
    """What the case is about."""

    ASSESSMENT = "assessment"
    TREATMENT = "treatment"
    DIAGNOSTIC = "diagnostic"
    MAX_WAIT_CANCER = "max_wait_cancer"
    MAX_WAIT_HEART = "max_wait_heart"
    TRANSPORT = "transport"
    EU = "eu"
    COMPLAINT = "complaint"


MAX_WAIT_KINDS = frozenset({CaseKind.MAX_WAIT_CANCER, CaseKind.MAX_WAIT_HEART})
HOSPITAL_KINDS = MAX_WAIT_KINDS | {CaseKind.ASSESSMENT, CaseKind.TREATMENT, CaseKind.DIAGNOSTIC}


class ReturnedReason(StrEnum):
    """Why a hospital sent a referral back."""

    UNCLEAR = "unclear"
    NOT_INDICATED = "not_indicated"
    WRONG_PLACE = "wrong_place"


class SpecialtyLevel(StrEnum):
    """The level at which the health authority lets hospitals do it."""

    MAIN = "hovedfunktion"
    REGIONAL = "regionsfunktion"
    HIGHLY_SPECIALISED = "hojt_specialiseret"


class Excluded(StrEnum):
    """Treatments outside the extended free choice."""

    NONE = "none"
    ORGAN_TRANSPLANT = "organ_transplant"
    STERILISATION = "sterilisation"
    FERTILITY = "fertility"
    REFERTILISATION = "refertilisation"
    HEARING_AID = "hearing_aid"
    COSMETIC = "cosmetic"
    GENDER_MODIFYING_SURGERY = "gender_modifying_surgery"
    RECREATION_REHAB = "recreation_rehab"
    RESEARCH = "research"
    EXPERIMENTAL = "experimental"
    ALTERNATIVE = "alternative"


class Custody(StrEnum):
    """Whether the person is held or placed by the authorities."""

    NONE = "none"
    PRISON_PROBATION = "prison_probation"
    FORENSIC_SENTENCE = "forensic_sentence"
    SECURE_INSTITUTION = "secure_institution"
    IMMIGRATION_DETENTION = "immigration_detention"


class OfferedBy(StrEnum):
    """Whose offer a date is."""

    OWN = "own"
    OTHER_REGION = "other_region"
    PARTNER = "partner"
    AGREEMENT = "agreement"


class Cause(StrEnum):
    """Who or what moved a date."""

    HOSPITAL = "hospital"
    PATIENT_WISH = "patient_wish"
    HEALTH = "health"
    NO_SHOW = "no_show"


class Place(StrEnum):
    """What kind of hospital a date was at."""

    REGIONAL = "regional"
    PARTNER = "partner"
    PRIVATE = "private"


class HeartCondition(StrEnum):
    """The heart conditions that have maximum waiting times, and all others."""

    LEFT_MAIN = "left_main_by_angiography"
    UNSTABLE_ANGINA = "documented_unstable_angina"
    AFTER_INFARCTION = "angina_after_infarction"
    OTHER = "other"


class Step(StrEnum):
    """A step of a course under the maximum waiting times."""

    FIRST_EXAM = "first_exam"
    SURGERY = "surgery"
    MEDICAL_FIRST = "medical_first"
    RADIOTHERAPY_FIRST = "radiotherapy_first"
    AFTER_TREATMENT = "after_treatment"
    REVASCULARISATION = "revascularisation"


@dataclass(frozen=True, slots=True)
class Postponement:
    """A time that was put off, from one day to another, and why (None: not known)."""

    start: date | None = None
    end: date | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date of an operation that was changed: from, to, when, why and where."""

    old_date: date | None = None
    new_date: date | None = None
    changed_on: date | None = None
    cause: Cause | None = None
    at: Place | None = None


@dataclass(frozen=True, kw_only=True)
class RightsFacts:
    """The facts of a case; None means that nobody knows yet, never no or zero."""

    case_kind: CaseKind | None = None
    referral_received: date | None = None
    referral_date_in_letter: date | None = None
    free_choice_already_used: bool | None = None
    referral_accepted: bool | None = None
    referral_returned_on: date | None = None
    returned_reason: ReturnedReason | None = None
    residence_region: str | None = None
    frontier_worker: bool | None = None
    eu_person_without_residence: bool | None = None
    specialty: str | None = None
    psychiatric: bool | None = None
    age: int | None = None
    child_psych_department: bool | None = None
    specialty_level: SpecialtyLevel | None = None
    excluded_treatment: Excluded | None = None
    custodial_status: Custody | None = None
    acute_admission: bool | None = None
    informed_of_diagnosis_on: date | None = None
    treatment_referred_on: date | None = None
    consent_on: date | None = None
    conference_decision_on: date | None = None
    fit_for_treatment_on: date | None = None
    offered_date: date | None = None
    offered_at: str | None = None
    offered_by: OfferedBy | None = None
    real_treatment_started_on: date | None = None
    partner_wait_days: int | None = None
    private_wait_days: int | None = None
    public_wait_days: int | None = None
    agreement_exists: bool | None = None
    agreement_hospital_can_do_it: bool | None = None
    postponements: tuple[Postponement, ...] | None = None
    surgery_date_history: tuple[DateChange, ...] | None = None
    professional_reason_recorded: bool | None = None
    professional_reason_text: str | None = None
    assessment_plan_on: date | None = None
    info_letter_on: date | None = None
    first_letter: bool | None = None
    letter_content: tuple[str, ...] | None = None
    cancer_suspicion_on: date | None = None
    cancer_type: str | None = None
    bmt_required: bool | None = None
    recurrence: bool | None = None
    heart_condition: HeartCondition | None = None
    max_wait_step: Step | None = None
    concrete_alternatives_recorded: bool | None = None
    patient_accepted_longer: bool | None = None
    offer_within_limit_refused: bool | None = None
    social_pension: bool | None = None
    distance_km_chosen: float | None = None
    distance_km_visitation: float | None = None
    fare_chosen: float | None = None
    fare_visitation: float | None = None
    recalled_ambulant: bool | None = None
    cannot_use_public_transport: bool | None = None
    referred_by_region: bool | None = None
    treatment_carried_out: bool | None = None
    visit_date: date | None = None
    decision_received_on: date | None = None
    event_on: date | None = None
    known_on: date | None = None
    harm_caused_on: date | None = None
    received_by_patientkontor_on: date | None = None

    def without(self, name: str) -> "RightsFacts":
        """The same facts, that one not known."""
        copy = object.__new__(RightsFacts)
        copy.__dict__.update(self.__dict__)
        copy.__dict__[name] = None
        return copy

    def known(self, *names: str) -> bool:
        """Whether any of these fields is known."""
        return any(getattr(self, name) is not None for name in names)


class AskedOf(StrEnum):
    """Who can tell a fact, in the order in which an adviser reaches them."""

    PATIENT = "patient"
    DEPARTMENT = "department"
    RECORD = "record"


_PATIENT = {
    "case_kind", "referral_date_in_letter", "free_choice_already_used", "residence_region", "frontier_worker",
    "eu_person_without_residence", "age", "custodial_status", "offered_date", "offered_at", "offered_by",
    "postponements", "surgery_date_history", "info_letter_on", "first_letter", "letter_content",
    "patient_accepted_longer", "offer_within_limit_refused", "social_pension", "distance_km_chosen",
    "distance_km_visitation", "fare_chosen", "fare_visitation", "recalled_ambulant", "treatment_carried_out",
    "visit_date", "decision_received_on", "event_on", "known_on", "harm_caused_on", "informed_of_diagnosis_on",
    "acute_admission", "consent_on",
}  # fmt: skip
_DEPARTMENT = {
    "referral_received", "referral_accepted", "referral_returned_on", "returned_reason", "specialty", "psychiatric",
    "child_psych_department", "specialty_level", "excluded_treatment", "public_wait_days", "partner_wait_days",
    "private_wait_days", "agreement_exists", "agreement_hospital_can_do_it", "real_treatment_started_on",
    "treatment_referred_on", "referred_by_region", "cannot_use_public_transport",
}  # fmt: skip


def asked_of(field: str) -> AskedOf:
    """Who can answer for a field: the patient, the department, or the record."""
    if field in _PATIENT:
        return AskedOf.PATIENT
    return AskedOf.DEPARTMENT if field in _DEPARTMENT else AskedOf.RECORD


def _day(value: object, at: str) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise BadFacts(at, "not_a_date")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadFacts(at, "not_a_date") from error


def _yes_no(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise BadFacts(at, "not_true_or_false")
    return value


def _whole(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadFacts(at, "not_a_whole_number")
    if not 0 <= value <= LARGEST:
        raise BadFacts(at, "out_of_range")
    return value


def _number(value: object, at: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadFacts(at, "not_a_number")
    if not 0 <= value <= LARGEST:
        raise BadFacts(at, "out_of_range")
    return value


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise BadFacts(at, "not_a_text")
    if len(value) > LONGEST_TEXT:
        raise BadFacts(at, "out_of_range")
    return value


def _list(value: object, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadFacts(at, "not_a_list")
    return value


def _texts(value: object, at: str) -> tuple[str, ...]:
    return tuple(sorted({_text(one, f"{at}/{number}") for number, one in enumerate(_list(value, at))}))


def _member(kind: type[StrEnum]) -> Callable[[object, str], StrEnum | None]:
    members = {member.value: member for member in kind}

    def read(value: object, at: str) -> StrEnum | None:
        if not isinstance(value, str):
            raise BadFacts(at, "not_a_text")
        if value == "unknown":
            return None
        if value not in members:
            raise BadFacts(at, "unknown_value")
        return members[value]

    return read


def _object(value: object, at: str, readers: Mapping[str, tuple[str, Callable[[object, str], Any]]]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFacts(at or "/", "not_an_object")
    found = {}
    for name, inner in value.items():
        place = f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}"
        if name not in readers:
            raise BadFacts(place, "unknown_name")
        target, read = readers[name]
        found[target] = None if inner is None else read(inner, place)
    return found


def _postponements(value: object, at: str) -> tuple[Postponement, ...]:
    readers = {"from": ("start", _day), "to": ("end", _day), "cause": ("cause", _member(Cause))}
    return tuple(Postponement(**_object(one, f"{at}/{number}", readers)) for number, one in enumerate(_list(value, at)))


def _history(value: object, at: str) -> tuple[DateChange, ...]:
    readers = {
        "old_date": ("old_date", _day),
        "new_date": ("new_date", _day),
        "changed_on": ("changed_on", _day),
        "cause": ("cause", _member(Cause)),
        "at": ("at", _member(Place)),
    }
    return tuple(DateChange(**_object(one, f"{at}/{number}", readers)) for number, one in enumerate(_list(value, at)))


def _reader(annotation: object) -> Callable[[object, str], Any]:
    """How a field of that type is read."""
    simple: dict[object, Callable[[object, str], Any]] = {
        date | None: _day,
        bool | None: _yes_no,
        int | None: _whole,
        float | None: _number,
        str | None: _text,
        tuple[str, ...] | None: _texts,
        tuple[Postponement, ...] | None: _postponements,
        tuple[DateChange, ...] | None: _history,
    }
    if annotation in simple:
        return simple[annotation]
    kind = next(part for part in getattr(annotation, "__args__", ()) if part is not type(None))
    return _member(kind)


READERS: dict[str, tuple[str, Callable[[object, str], Any]]] = {
    one.name: (one.name, _reader(one.type)) for one in fields(RightsFacts)
}
"""Every field in order, with what reads it from JSON."""
FIELDS: tuple[str, ...] = tuple(READERS)


def read_facts(document: object) -> RightsFacts:
    """The facts in a JSON object; absent and null mean unknown. Raises BadFacts for names and types that are wrong."""
    return RightsFacts(**_object(document, "", READERS))


_AS_IT_STANDS = frozenset({bool, int, float, str})


def plain(value: object) -> Any:
    """A fact's value as JSON holds it."""
    if type(value) in _AS_IT_STANDS:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Postponement):
        return {"from": plain(value.start), "to": plain(value.end), "cause": plain(value.cause)}
    if isinstance(value, DateChange):
        return {name: plain(getattr(value, name)) for name in ("old_date", "new_date", "changed_on", "cause", "at")}
    return value
