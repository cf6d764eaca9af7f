"""Every code the office works with, stored by value; the users' words for them stand in base/words."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a person is employed to do; `system` acts on training databases only."""

    ADVISER = "adviser"
    SECRETARY = "secretary"
    ADMINISTRATIVE = "administrative"
    SUPERVISOR = "supervisor"
    TEMPORARY = "temporary"
    LOG_REVIEWER = "log_reviewer"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    DAY_COORDINATOR = "day_coordinator"
    SYSTEM = "system"


class Topic(StrEnum):
    """Why the patient came."""

    FASTER_IMAGING = "faster_imaging"
    FASTER_ASSESSMENT = "faster_assessment"
    FASTER_TREATMENT = "faster_treatment"
    OPERATION_CHANGED = "operation_changed"
    CHOOSE_HOSPITAL = "choose_hospital"
    ACCEPTANCE_REQUEST = "acceptance_request"
    AUTHORITY_COMPLAINT = "authority_complaint"
    SERVICE_COMPLAINT = "service_complaint"
    DISSATISFACTION = "dissatisfaction"
    RIGHTS_QUESTION = "rights_question"
    CROSS_BORDER_CARE = "cross_border_care"
    REHABILITATION = "rehabilitation"
    HEARING_AID = "hearing_aid"
    MAXIMUM_WAITING_TIME = "maximum_waiting_time"
    PATIENT_TRANSPORT = "patient_transport"
    HEALTH_RECORD = "health_record"
    RECORD_PRIVATE_MARK = "record_private_mark"
    INTERPRETING = "interpreting"
    MISCELLANEOUS = "miscellaneous"
    CORONA_RIGHTS = "corona_rights"
    CORONA_CONCERN = "corona_concern"


class PriorityClass(IntEnum):
    """The first part of the queue's order, smallest first."""

    MAXIMUM_WAITING_TIME = 1
    LEGAL_DEADLINE = 2
    ORDINARY = 3
    RECORDS = 4


class Complexity(StrEnum):
    """Whether a temporary colleague may finish the case."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"


class Team(StrEnum):
    """The standing teams; working groups opened by date carry names of their own."""

    MAXIMUM_WAITING_TIME = "maximum_waiting_time"
    HEALTH_RECORD = "health_record"
    SIMPLE_ONLY = "simple_only"
    GENERAL = "general"


class CaseState(StrEnum):
    """Where a case stands in its life."""

    NEW = "new"
    ASSIGNED = "assigned"
    SCHEDULED = "scheduled"
    WAITING = "waiting"
    REOPENED = "reopened"
    CLOSED = "closed"

    @property
    def held(self) -> "CaseState":
        """The state once somebody's name is put on the case."""
        return CaseState.ASSIGNED if self in (CaseState.NEW, CaseState.REOPENED) else self


class Party(StrEnum):
    """Whom a contact was with, or whom a case waits for."""

    PATIENT = "patient"
    RELATIVE = "relative"
    DEPARTMENT = "department"
    PRIVATE_HOSPITAL = "private_hospital"
    GP = "gp"
    INTERPRETER = "interpreter"
    PATHWAY_COORDINATOR = "pathway_coordinator"
    OTHER = "other"


class ContactResult(StrEnum):
    """How a contact ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    VOICEMAIL = "voicemail"
    WRONG_NUMBER = "wrong_number"
    ASKED_TO_CALL_LATER = "asked_to_call_later"
    CALLED_BACK = "called_back"


class Direction(StrEnum):
    """Who began a contact."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Channel(StrEnum):
    """How an enquiry came in."""

    SELF_SERVICE = "self_service"
    HELP_LINE = "help_line"
    PHONE = "phone"
    LETTER = "letter"
    HOSPITAL_REQUEST = "hospital_request"
    ROBOT = "robot"


class ReplyChannel(StrEnum):
    """How the patient wants the answer."""

    PHONE = "phone"
    DIGITAL_POST = "digital_post"
    LETTER = "letter"
    EMAIL = "email"
    NONE = "none"


class DigitalPost(StrEnum):
    """Whether a person can receive Digital Post."""

    YES = "yes"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class IdentifierType(StrEnum):
    """What sort of number identifies a person."""

    CPR = "cpr"
    X_ECPR = "x_ecpr"
    D_ECPR = "d_ecpr"
    REPLACEMENT = "replacement"
    NONE = "none"


class RepresentativeBasis(StrEnum):
    """On what ground somebody speaks for the patient."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    POWER_OF_ATTORNEY = "power_of_attorney"
    DIGITAL_POWER_OF_ATTORNEY = "digital_power_of_attorney"
    SPOKEN_CONSENT = "spoken_consent"


class ParentalCustody(StrEnum):
    """Who decides for a child under 15."""

    BOTH_AGREE = "both_agree"
    SOLE = "sole"
    UNCLEAR = "unclear"


class ConsentType(StrEnum):
    """What the patient agreed to."""

    HEALTH_INFORMATION = "shl_51_4"
    TALK_TO_RELATIVE = "talk_to_relative"
    FORWARD_COMPLAINT = "forward_complaint"


class ConsentMode(StrEnum):
    """How a consent was given."""

    SPOKEN = "spoken"
    WRITTEN = "written"


class FactSource(StrEnum):
    """Where a fact of the case comes from: a letter's date is weaker than the record's."""

    LETTER = "letter"
    PATIENT = "patient"
    HOSPITAL = "hospital"
    RECORD = "record"


class SegmentState(StrEnum):
    """Where a segment (delforløb) stands."""

    CHOSEN = "chosen"
    REQUESTED = "requested"
    REFERRAL_SENT = "referral_sent"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


class Relation(StrEnum):
    """How a provider stands to the region for an area on a date."""

    PUBLIC = "public"
    SPECIAL = "special"
    PARTNER = "partner"
    TIED = "tied"
    AGREEMENT = "agreement"


class ReceiptStatus(StrEnum):
    """What became of a submission; `rejected` is answered and never stored."""

    CREATED = "created"
    REPLAYED = "replayed"
    CHANGED = "changed"
    PARKED = "parked"
    REJECTED = "rejected"


class Cause(StrEnum):
    """Why the patient had to come to us, recorded with one key at close."""

    WRONG_INFORMATION = "wrong_information"
    CANCELLATION = "cancellation"
    NO_ANSWER = "no_answer"
    WAITING_TIME = "waiting_time"
    OTHER = "other"


class EventKind(StrEnum):
    """What happened to a case."""

    RECEIVED = "received"
    SUBMISSION_CHANGED = "submission_changed"
    LINKED = "linked"
    ASSIGNED = "assigned"
    PUT_BACK = "put_back"
    HANDED_OVER = "handed_over"
    CONTACT_LOGGED = "contact_logged"
    WAITING = "waiting"
    NOTE_ADDED = "note_added"
    FACT_RECORDED = "fact_recorded"
    CORE_DATA_CHANGED = "core_data_changed"
    WINDOWS_CHANGED = "windows_changed"
    SORTED = "sorted"
    CLOSED = "closed"
    REOPENED = "reopened"
    HINT_OVERRULED = "hint_overruled"
    DRAFT_MADE = "draft_made"
    PROVIDER_CHOSEN = "provider_chosen"
    SEGMENT_CHANGED = "segment_changed"
    CALL_BOOKED = "call_booked"
    CALL_CANCELLED = "call_cancelled"
    FLAGS_CHECKED = "flags_checked"
    MERGED = "merged"
    SPLIT = "split"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    TAKEN_OVER = "taken_over"
    ROUTED = "routed"
    MOVED = "moved"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_GIVEN = "approval_given"
    APPROVAL_RETURNED = "approval_returned"
    DRAFT_DECIDED = "draft_decided"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    HOLD_SET = "hold_set"
    HOLD_LIFTED = "hold_lifted"
    ANONYMISED = "anonymised"


class MoveKind(StrEnum):
    """Why many cases changed hands at once."""

    ABSENCE = "absence"
    REBALANCE = "rebalance"
    BULK = "bulk"


class ApprovalState(StrEnum):
    """How far a colleague has come with what a temporary colleague is about to send."""

    ASKED = "asked"
    APPROVED = "approved"
    RETURNED = "returned"


class BookingState(StrEnum):
    """How far a call with a time has come. Only one agreed with the patient binds the office.

    `ended`: the patient rang us first, or the call turned out to be no attempt.
    """

    PLANNED = "planned"
    AGREED = "agreed"
    ATTEMPTED = "attempted"
    REACHED = "reached"
    ENDED = "ended"
    CANCELLED = "cancelled"


class AbsenceKind(StrEnum):
    """Why a person is away."""

    ILLNESS = "illness"
    HOLIDAY = "holiday"
    COURSE = "course"
    OTHER = "other"


class DraftKind(StrEnum):
    """How a text is meant to reach its reader."""

    LETTER = "letter"
    DIGITAL_POST = "digital_post"
    NEMSMS = "nemsms"
    EMAIL = "email"


class DraftState(StrEnum):
    """What became of a text in the outbox."""

    DRAFT = "draft"
    SENT = "sent"
    DISCARDED = "discarded"


class QueueView(StrEnum):
    """The lists of the queue, in the order they stand in."""

    RING_NOW = "ring_now"
    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    TEAM = "team"
    WITHOUT_CALL = "without_call"


class SparringWith(StrEnum):
    """Whom a question about a case is put to."""

    COLLEAGUE = "colleague"
    LAWYER = "lawyer"
    MEETING = "meeting"


class DatabaseKind(StrEnum):
    """A training database holds made-up people and lets anyone act as anyone."""

    TRAINING = "training"
    PRODUCTION = "production"


REREFERRAL_KINDS = ("diagnostic", "assessment_and_treatment", "treatment")
REREFERRAL_RELATIONS = ("free_choice", "partner", "agreement")
DIAGNOSTIC_RELATIONS = (*REREFERRAL_RELATIONS, "agreement_part_of_assessment", "partner_part_of_assessment")

OUTCOMES: tuple[str, ...] = (
    "advised",
    "waiting_time",
    *(
        f"rereferral.{kind}.{relation}"
        for kind in REREFERRAL_KINDS
        for relation in (DIAGNOSTIC_RELATIONS if kind == "diagnostic" else REREFERRAL_RELATIONS)
    ),
    "acceptance.granted",
    "acceptance.partly",
    "acceptance.refused",
    "acceptance.returned",
    "forwarded",
    "withdrawn",
    "not_reached",
    "duplicate",
    "opened_in_error",
)
"""How a case can end, in the order a person is offered them."""

HISTORICAL_TOPICS = frozenset({Topic.CORONA_RIGHTS, Topic.CORONA_CONCERN})
"""Topics that only old cases carry."""
