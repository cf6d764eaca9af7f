"""The users' words for the codes the office works with: one function a kind of code."""

from pkui.base.words import N_, _
from pkui.domain import codes
from pkui.domain.attachments import Unfit
from pkui.domain.permissions import Permission

_TOPICS = {
    codes.Topic.FASTER_IMAGING: N_("Faster diagnostic imaging"),
    codes.Topic.FASTER_ASSESSMENT: N_("Faster assessment"),
    codes.Topic.FASTER_TREATMENT: N_("Faster treatment"),
    codes.Topic.OPERATION_CHANGED: N_("Cancelled or changed operation"),
    codes.Topic.CHOOSE_HOSPITAL: N_("Another hospital"),
    codes.Topic.ACCEPTANCE_REQUEST: N_("Acceptance request"),
    codes.Topic.AUTHORITY_COMPLAINT: N_("Complaint to the complaints agency or compensation claim"),
    codes.Topic.SERVICE_COMPLAINT: N_("Service complaint"),
    codes.Topic.DISSATISFACTION: N_("Dissatisfied with a course of care"),
    codes.Topic.RIGHTS_QUESTION: N_("Question about rights"),
    codes.Topic.CROSS_BORDER_CARE: N_("Treatment in EU/EEA"),
    codes.Topic.REHABILITATION: N_("Rehabilitation"),
    codes.Topic.HEARING_AID: N_("Hearing aid"),
    codes.Topic.MAXIMUM_WAITING_TIME: N_("Maximum waiting time (life-threatening disease)"),
    codes.Topic.PATIENT_TRANSPORT: N_("Patient transport"),
    codes.Topic.HEALTH_RECORD: N_("Health record"),
    codes.Topic.RECORD_PRIVATE_MARK: N_("Private mark on records"),
    codes.Topic.INTERPRETING: N_("Interpreting"),
    codes.Topic.MISCELLANEOUS: N_("Miscellaneous"),
    codes.Topic.CORONA_RIGHTS: N_("Corona rights"),
    codes.Topic.CORONA_CONCERN: N_("Corona concern"),
}
_SHORT_TOPICS = {
    codes.Topic.FASTER_IMAGING: N_("Faster imaging"),
    codes.Topic.OPERATION_CHANGED: N_("Operation cancelled"),
    codes.Topic.AUTHORITY_COMPLAINT: N_("Complaint or claim"),
    codes.Topic.DISSATISFACTION: N_("Dissatisfied"),
    codes.Topic.RIGHTS_QUESTION: N_("Rights"),
    codes.Topic.MAXIMUM_WAITING_TIME: N_("Max. waiting time"),
    codes.Topic.RECORD_PRIVATE_MARK: N_("Private mark"),
}
_ROLES = {
    codes.Role.ADVISER: N_("Patient adviser"),
    codes.Role.SECRETARY: N_("Medical secretary"),
    codes.Role.ADMINISTRATIVE: N_("Administrative staff"),
    codes.Role.SUPERVISOR: N_("Deputy head"),
    codes.Role.TEMPORARY: N_("Temporary nurse"),
    codes.Role.LOG_REVIEWER: N_("Log reviewer"),
    codes.Role.SYSTEM_ADMINISTRATOR: N_("System administrator"),
    codes.Role.DAY_COORDINATOR: N_("Day coordinator"),
    codes.Role.SYSTEM: N_("System"),
}
_CLASSES = {
    codes.PriorityClass.MAXIMUM_WAITING_TIME: N_("Life-threatening disease"),
    codes.PriorityClass.LEGAL_DEADLINE: N_("Deadline near"),
    codes.PriorityClass.ORDINARY: N_("Ordinary enquiry"),
    codes.PriorityClass.RECORDS: N_("Records and miscellaneous"),
}
_COMPLEXITIES = {codes.Complexity.SIMPLE: N_("simple"), codes.Complexity.ORDINARY: N_("ordinary")}
_TEAMS = {
    codes.Team.MAXIMUM_WAITING_TIME: N_("Maximum waiting times"),
    codes.Team.HEALTH_RECORD: N_("Health records"),
    codes.Team.SIMPLE_ONLY: N_("Simple cases"),
    codes.Team.GENERAL: N_("General"),
}
_STATES = {
    codes.CaseState.NEW: N_("new"),
    codes.CaseState.ASSIGNED: N_("taken"),
    codes.CaseState.SCHEDULED: N_("call booked"),
    codes.CaseState.WAITING: N_("waiting"),
    codes.CaseState.REOPENED: N_("reopened"),
    codes.CaseState.CLOSED: N_("closed"),
}
_PARTIES = {
    codes.Party.PATIENT: N_("the patient"),
    codes.Party.RELATIVE: N_("a relative"),
    codes.Party.DEPARTMENT: N_("the department"),
    codes.Party.PRIVATE_HOSPITAL: N_("the private hospital"),
    codes.Party.GP: N_("the general practitioner"),
    codes.Party.INTERPRETER: N_("the interpreter"),
    codes.Party.PATHWAY_COORDINATOR: N_("the pathway coordinator"),
    codes.Party.OTHER: N_("somebody else"),
}
_RESULTS = {
    codes.ContactResult.REACHED: N_("reached"),
    codes.ContactResult.NO_ANSWER: N_("no answer"),
    codes.ContactResult.BUSY: N_("busy"),
    codes.ContactResult.VOICEMAIL: N_("voicemail"),
    codes.ContactResult.WRONG_NUMBER: N_("wrong number"),
    codes.ContactResult.ASKED_TO_CALL_LATER: N_("asked us to call later"),
    codes.ContactResult.CALLED_BACK: N_("called us"),
}
_DIRECTIONS = {codes.Direction.OUTGOING: N_("outgoing"), codes.Direction.INCOMING: N_("incoming")}
_CHANNELS = {
    codes.Channel.SELF_SERVICE: N_("Self-service form"),
    codes.Channel.HELP_LINE: N_("Help line"),
    codes.Channel.PHONE: N_("Phone call"),
    codes.Channel.LETTER: N_("Letter by post"),
    codes.Channel.HOSPITAL_REQUEST: N_("Request from a hospital"),
    codes.Channel.ROBOT: N_("Robot"),
}
_REPLY_CHANNELS = {
    codes.ReplyChannel.PHONE: N_("by phone"),
    codes.ReplyChannel.DIGITAL_POST: N_("by Digital Post"),
    codes.ReplyChannel.LETTER: N_("by letter"),
    codes.ReplyChannel.EMAIL: N_("by e-mail"),
    codes.ReplyChannel.NONE: N_("no reply"),
}
_DIGITAL_POST = {
    codes.DigitalPost.YES: N_("has Digital Post"),
    codes.DigitalPost.EXEMPT: N_("exempt from Digital Post"),
    codes.DigitalPost.UNKNOWN: N_("Digital Post not known"),
}
_IDENTIFIERS = {
    codes.IdentifierType.CPR: N_("CPR number"),
    codes.IdentifierType.X_ECPR: N_("National replacement number"),
    codes.IdentifierType.D_ECPR: N_("Local replacement number"),
    codes.IdentifierType.REPLACEMENT: N_("Replacement number"),
    codes.IdentifierType.NONE: N_("No person number"),
}
_BASES = {
    codes.RepresentativeBasis.PARENT: N_("has custody"),
    codes.RepresentativeBasis.GUARDIAN: N_("is guardian"),
    codes.RepresentativeBasis.POWER_OF_ATTORNEY: N_("has power of attorney"),
    codes.RepresentativeBasis.DIGITAL_POWER_OF_ATTORNEY: N_("has digital power of attorney"),
    codes.RepresentativeBasis.SPOKEN_CONSENT: N_("has spoken consent"),
}
_CONSENTS = {
    codes.ConsentType.HEALTH_INFORMATION: N_("Consent to fetching health information (section 51(4))"),
    codes.ConsentType.TALK_TO_RELATIVE: N_("Consent to talking with a relative"),
    codes.ConsentType.FORWARD_COMPLAINT: N_("Consent to forwarding the complaint"),
}
_MODES = {codes.ConsentMode.SPOKEN: N_("spoken"), codes.ConsentMode.WRITTEN: N_("written")}
_SOURCES = {
    codes.FactSource.LETTER: N_("the letter"),
    codes.FactSource.PATIENT: N_("the patient"),
    codes.FactSource.HOSPITAL: N_("the hospital"),
    codes.FactSource.RECORD: N_("the record"),
}
_SPARRING = {
    codes.SparringWith.COLLEAGUE: N_("a colleague"),
    codes.SparringWith.LAWYER: N_("the lawyer"),
    codes.SparringWith.MEETING: N_("the fortnightly meeting"),
}
_SEGMENTS = {
    codes.SegmentState.CHOSEN: N_("place chosen"),
    codes.SegmentState.REQUESTED: N_("referral requested"),
    codes.SegmentState.REFERRAL_SENT: N_("referral sent"),
    codes.SegmentState.CONFIRMED: N_("confirmed with a date"),
    codes.SegmentState.RETURNED: N_("sent back"),
}
_RELATIONS = {
    codes.Relation.PUBLIC: N_("Public hospital"),
    codes.Relation.SPECIAL: N_("Private specialist hospital"),
    codes.Relation.PARTNER: N_("Partner hospital"),
    codes.Relation.TIED: N_("Affiliated hospital"),
    codes.Relation.AGREEMENT: N_("Agreement hospital"),
}
_CAUSES = {
    codes.Cause.WRONG_INFORMATION: N_("Had wrong information"),
    codes.Cause.CANCELLATION: N_("Was cancelled"),
    codes.Cause.NO_ANSWER: N_("Got no answer"),
    codes.Cause.WAITING_TIME: N_("Long waiting time"),
    codes.Cause.OTHER: N_("Something else"),
}
_ABSENCES = {
    codes.AbsenceKind.ILLNESS: N_("ill"),
    codes.AbsenceKind.HOLIDAY: N_("on holiday"),
    codes.AbsenceKind.COURSE: N_("on a course"),
    codes.AbsenceKind.OTHER: N_("away"),
}
_OUTCOMES = {
    "advised": N_("Advised"),
    "waiting_time": N_("Waiting time (not re-referred)"),
    "acceptance.granted": N_("Acceptance granted"),
    "acceptance.partly": N_("Acceptance granted in part"),
    "acceptance.refused": N_("Acceptance refused"),
    "acceptance.returned": N_("Acceptance request sent back"),
    "forwarded": N_("Forwarded"),
    "withdrawn": N_("Withdrawn by the patient"),
    "not_reached": N_("Not reached, letter sent"),
    "duplicate": N_("Duplicate (not counted)"),
    "opened_in_error": N_("Opened in error (not counted)"),
}
_REREFERRALS = {
    "diagnostic": N_("Re-referred, diagnostic examination: {where}"),
    "assessment_and_treatment": N_("Re-referred, assessment and treatment: {where}"),
    "treatment": N_("Re-referred, treatment: {where}"),
}
_REREFERRED_TO = {
    "free_choice": N_("free choice of hospital"),
    "partner": N_("private partner hospital"),
    "agreement": N_("private agreement hospital"),
    "agreement_part_of_assessment": N_("private agreement hospital, part of an assessment"),
    "partner_part_of_assessment": N_("private partner hospital, part of an assessment"),
}
_PERMISSIONS = {
    Permission.READ_QUEUE: N_("see the queue"),
    Permission.WORK_CASES: N_("work on cases of this kind"),
    Permission.APPROVE: N_("approve courses"),
    Permission.REGISTER: N_("register enquiries and contacts"),
    Permission.OPEN_OUTSIDE_TEAM: N_("open cases outside your own team"),
    Permission.MOVE_CASES: N_("move other people's cases"),
    Permission.REPORT_ILLNESS: N_("report illness"),
    Permission.SETTINGS: N_("change settings"),
    Permission.LAW: N_("set numbers of the law"),
    Permission.TEXTS: N_("change templates"),
    Permission.SEE_PEOPLE: N_("see who works here and when"),
    Permission.PEOPLE: N_("change people and teams"),
    Permission.CATALOGUE: N_("see places of treatment"),
    Permission.OWN_ACCESS_LOG: N_("see your own look-ups"),
    Permission.ACCESS_LOG_FIGURES: N_("see the figures of the access log"),
    Permission.ALL_ACCESS_LOG: N_("see the access log"),
    Permission.OPERATE: N_("run the system"),
}


_DRAFT_KINDS = {
    codes.DraftKind.LETTER: N_("Letter by post"),
    codes.DraftKind.DIGITAL_POST: N_("Digital Post"),
    codes.DraftKind.NEMSMS: N_("NemSMS"),
    codes.DraftKind.EMAIL: N_("E-mail"),
}


def draft_kind(code: codes.DraftKind) -> str:
    """How a text reaches its reader."""
    return _(_DRAFT_KINDS[code])


def topic(code: codes.Topic) -> str:
    """Why the patient came."""
    return _(_TOPICS[code])


def topic_short(code: codes.Topic) -> str:
    """The topic in at most 20 characters, for a column."""
    return _(_SHORT_TOPICS.get(code, _TOPICS[code]))


def role(code: codes.Role) -> str:
    """What a person is employed as."""
    return _(_ROLES[code])


def priority_class(code: codes.PriorityClass | int) -> str:
    """The class in words."""
    return _(_CLASSES[codes.PriorityClass(code)])


def complexity(code: codes.Complexity) -> str:
    """How hard a case is, inside a line."""
    return _(_COMPLEXITIES[code])


def team(code: str) -> str:
    """A standing team's name; a working group carries its own."""
    return _(_TEAMS[codes.Team(code)]) if code in _TEAMS else code


def state(code: codes.CaseState) -> str:
    """Where a case stands, inside a line."""
    return _(_STATES[code])


def party(code: codes.Party) -> str:
    """Whom a contact was with or a case waits for, inside a line."""
    return _(_PARTIES[code])


def result(code: codes.ContactResult) -> str:
    """How a contact ended, inside a line."""
    return _(_RESULTS[code])


def contact(whom: codes.Party, how: codes.ContactResult) -> str:
    """A contact as the beginning of a line: whom it was with and how it ended."""
    name = party(whom)
    return f"{name[:1].upper()}{name[1:]}: {result(how)}"


def direction(code: codes.Direction) -> str:
    """Who began a contact, inside a line."""
    return _(_DIRECTIONS[code])


def channel(code: codes.Channel) -> str:
    """How an enquiry came in."""
    return _(_CHANNELS[code])


def reply_channel(code: codes.ReplyChannel) -> str:
    """How the patient wants the answer, inside a line."""
    return _(_REPLY_CHANNELS[code])


def digital_post(code: codes.DigitalPost) -> str:
    """Whether the patient can receive Digital Post, inside a line."""
    return _(_DIGITAL_POST[code])


def identifier_type(code: codes.IdentifierType) -> str:
    """What sort of person number it is."""
    return _(_IDENTIFIERS[code])


def basis(code: codes.RepresentativeBasis) -> str:
    """On what ground somebody speaks for the patient, after the name."""
    return _(_BASES[code])


def consent(code: codes.ConsentType) -> str:
    """What a consent is about."""
    return _(_CONSENTS[code])


_UNFIT = {
    Unfit.KIND: N_("do not fetch it: files of that kind are not taken in"),
    Unfit.SIZE: N_("do not fetch it: too large"),
}


def unfit(code: Unfit) -> str:
    """Why a file that came along is not to be fetched."""
    return _(_UNFIT[code])


def consent_mode(code: codes.ConsentMode) -> str:
    """How a consent was given, inside a line."""
    return _(_MODES[code])


def source(code: codes.FactSource) -> str:
    """Where a fact comes from, inside a line."""
    return _(_SOURCES[code])


def segment_state(code: codes.SegmentState) -> str:
    """Where a segment stands, inside a line."""
    return _(_SEGMENTS[code])


def sparring_with(code: codes.SparringWith) -> str:
    """Whom a question is put to, inside a line."""
    return _(_SPARRING[code])


def relation(code: codes.Relation) -> str:
    """How a provider stands to the region."""
    return _(_RELATIONS[code])


def cause(code: codes.Cause) -> str:
    """Why the patient had to come to us."""
    return _(_CAUSES[code])


def absence(code: codes.AbsenceKind) -> str:
    """Why a person is away, after the name."""
    return _(_ABSENCES[code])


def outcome(code: str) -> str:
    """How a case ended. Raises KeyError for a code that is none."""
    if not code.startswith("rereferral."):
        return _(_OUTCOMES[code])
    _head, kind, where = code.split(".")
    return _(_REREFERRALS[kind]).format(where=_(_REREFERRED_TO[where]))


def permission(code: Permission | str) -> str:
    """What a permission allows, after 'may'."""
    return _(_PERMISSIONS[Permission(code)])
