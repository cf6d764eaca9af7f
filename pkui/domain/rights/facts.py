"""What a right is decided on: every field typed, unknown where it is None, and who can tell what is missing."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any


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


FIELDS: tuple[str, ...] = tuple(one.name for one in fields(RightsFacts))
"""Every field, in order."""

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
