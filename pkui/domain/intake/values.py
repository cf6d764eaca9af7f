"""What a submission becomes: the enquiry as plain values, or the reason a person must look at it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pkui.domain.codes import (
    Channel,
    ConsentMode,
    ConsentType,
    DigitalPost,
    ParentalCustody,
    ReplyChannel,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.identifiers import Identifier
from pkui.domain.windows import CallWindow, Unavailable

SCHEMA = "pk-intake/1"
LIMIT_BYTES = 25_000_000
"""The largest body that is read at all, 25 MB."""


class ProblemCode(StrEnum):
    """Why a body is rejected or parked; the sentences stand in base/words."""

    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    DRAFT = "draft"
    NOT_UTF8 = "not_utf8"
    TOO_DEEP = "too_deep"
    DUPLICATE_KEY = "duplicate_key"
    NOT_A_NUMBER = "not_a_number"
    UNKNOWN_SCHEMA = "unknown_schema"
    OTHER_FORM = "other_form"
    REQUIRED = "required"
    WRONG_TYPE = "wrong_type"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_TOPIC = "unknown_topic"
    INVALID_UUID = "invalid_uuid"
    INVALID_ID = "invalid_id"
    INVALID_IDENTIFIER = "invalid_identifier"
    INVALID_FORMAT = "invalid_format"
    INVALID_DATE = "invalid_date"
    INVALID_TIME = "invalid_time"
    INVALID_TIMESTAMP = "invalid_timestamp"
    OFFSET_MISSING = "offset_missing"
    IN_THE_FUTURE = "in_the_future"
    INVALID_WEEKDAY = "invalid_weekday"
    ACROSS_MIDNIGHT_OR_EMPTY = "across_midnight_or_empty"
    PERIOD_REVERSED = "period_reversed"
    INVALID_PHONE = "invalid_phone"
    INVALID_EMAIL = "invalid_email"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person must look at: where it stands (JSON pointer) and what it is, never the value itself."""

    pointer: str
    code: ProblemCode


@dataclass(frozen=True, slots=True)
class Rejected:
    """No JSON object, or too large: answered, and nothing of it stored."""

    code: ProblemCode


@dataclass(frozen=True, slots=True)
class Parked:
    """A JSON object that was not understood; its key is known as far as it could be read."""

    submission_id: str | None
    source_system: str | None
    form_id: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a submission comes from; `entered_by` is the colleague who typed it for a caller."""

    system: str
    form_id: str
    serial: int | None
    channel: Channel
    entered_by: str | None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the patient lives."""

    line: str | None
    postcode: str | None
    city: str | None
    municipality_code: str | None


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom the enquiry is about; without a given birth date the one in the number stands."""

    identifier: Identifier
    name: str | None
    birth_date: date | None
    address: Address | None
    address_protected: bool
    region_of_residence: str | None


@dataclass(frozen=True, slots=True)
class Representative:
    """Who speaks for the patient, and on what ground; for a child also who has custody."""

    name: str | None
    phone: str | None
    relation: str | None
    basis: RepresentativeBasis | None
    identifier: Identifier | None
    custody: ParentalCustody | None = None


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How to reach the person; telephone numbers in E.164."""

    phone: str | None
    alternative_phone: str | None
    email: str | None
    digital_post: DigitalPost
    sms_allowed: bool | None
    interpreter_language: str | None


@dataclass(frozen=True, slots=True)
class Matter:
    """What it is about; a maximum-waiting-time case carries that topic whatever the form said beside it."""

    topic: Topic
    free_text: str | None
    max_waiting_time_case: bool


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """What the patient's letter says and what she wishes; distances in kilometres."""

    hospital_text: str | None
    department_text: str | None
    treatment_text: str | None
    treatment_code: str | None
    referral_date_in_letter: date | None
    letter_date: date | None
    appointment_date: date | None
    appointment_changed_by_hospital: bool | None
    preferred_providers: tuple[str, ...]
    max_distance_km: float | None
    free_choice_already_used: bool | None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A consent as the form recorded it; `given` may be a no."""

    type: ConsentType
    given: bool
    mode: ConsentMode | None
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """What is known of an attached file; `fetch` is the sender's own reference, never followed as a link."""

    id: str
    filename: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    fetch: str | None


@dataclass(frozen=True, slots=True)
class Submission:
    """An understood enquiry; `received_at` is the aware UTC instant that counts legally (Sundhedsloven § 51)."""

    submission_id: str
    source: Source
    received_at: datetime
    language: str
    patient: Patient
    representative: Representative | None
    contact: ContactDetails
    matter: Matter
    referral: ReferralDetails | None
    windows: tuple[CallWindow, ...]
    unavailable: tuple[Unavailable, ...]
    reply_channel: ReplyChannel
    consents: tuple[ConsentGiven, ...]
    attachments: tuple[AttachmentInfo, ...]


Parsed = Rejected | Parked | Submission
