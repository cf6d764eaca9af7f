"""Reads `pk-intake/1`: bytes in; an enquiry, something for a person to look at, or a refusal out. Never raises."""

import re
from datetime import UTC, date, datetime, timedelta

from pkui.domain.codes import (
    HISTORICAL_TOPICS,
    Channel,
    ConsentMode,
    ConsentType,
    DigitalPost,
    IdentifierType,
    ParentalCustody,
    ReplyChannel,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.identifiers import Identifier, birth_date, classify
from pkui.domain.intake.body import read_body
from pkui.domain.intake.fields import Fields
from pkui.domain.intake.text import clean_filename, clean_line
from pkui.domain.intake.values import (
    SCHEMA,
    Address,
    AttachmentInfo,
    ConsentGiven,
    ContactDetails,
    Matter,
    Parked,
    Parsed,
    Patient,
    Problem,
    ReferralDetails,
    Rejected,
    Representative,
    Source,
    Submission,
)
from pkui.domain.intake.values import ProblemCode as Code
from pkui.domain.windows import COPENHAGEN, CallWindow, Unavailable, merge

FIRST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
FIRST_BIRTH = date(1850, 1, 1)
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
"""Days whose public holidays are known, so that a limit can be counted from them."""
CLOCK_TOLERANCE = timedelta(days=1)
"""How far ahead of our clock a sender's may be before a person looks at it."""

MAX_NAME, MAX_LINE, MAX_SHORT, MAX_TEXT = 200, 500, 64, 50_000
MAX_SERIAL, MAX_KM = 10**15, 20_100
MAX_WINDOWS, MAX_PERIODS, MAX_CONSENTS, MAX_FILES, MAX_WISHES = 100, 100, 50, 100, 50

_KEY = re.compile(r"(?!.*\.\.)\w[\w .:@-]{0,127}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_REGION = re.compile(r"[0-9]{4}")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w.+-]{0,62}/[A-Za-z0-9][\w.+-]{0,62}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def parse_submission(raw: bytes, now: datetime) -> Parsed:
    """The enquiry in a body. `now` (aware) bounds what can have been received and who can have been born.

    Required keys and what is refused: the rules of `pk-intake/1`. Keys we do not know are passed over.
    """
    body = read_body(raw)
    if isinstance(body, Rejected):
        return body
    return parse_values(body.values, now, list(body.problems))


def parse_values(values: dict[str, object], now: datetime, problems: list[Problem]) -> Submission | Parked:
    """The enquiry in a JSON object that has been decoded, with the problems found while it was. Never raises."""
    fields = Fields(values, "", problems)
    if not any(problem.code is Code.TOO_DEEP for problem in problems):
        submission = _submission(fields, now)
        if submission is not None and not problems:
            return submission
    return _parked(values, tuple(problems))


def _parked(values: dict[str, object], problems: tuple[Problem, ...]) -> Parked:
    fields = Fields(values, "", [])
    source = fields.child("source") or Fields({}, "", [])
    return Parked(fields.uuid("submission_id"), _key(source, "system"), _key(source, "form_id"), problems)


def _submission(fields: Fields, now: datetime) -> Submission | None:
    """The whole of it; None or problems noted where anything is refused."""
    schema = fields.line("schema", MAX_SHORT, required=True)
    if schema is not None and schema != SCHEMA:
        fields.refuse("schema", Code.UNKNOWN_SCHEMA)
    submission_id = fields.uuid("submission_id")
    source = source_of(fields)
    received_at = fields.instant("received_at", FIRST_INSTANT, now + CLOCK_TOLERANCE, required=True)
    patient = _patient(fields, now.astimezone(COPENHAGEN).date())
    contact = _contact(fields)
    matter = _matter(fields)
    language = fields.matching("language", _LANGUAGE, Code.INVALID_FORMAT)
    representative = _representative(fields)
    referral = _referral(fields)
    windows, unavailable = _windows(fields), _unavailable(fields)
    reply_channel = fields.code("reply_channel", ReplyChannel)
    consents, attachments = _consents(fields, now), _attachments(fields)
    if not (submission_id and source and received_at and patient and contact and matter):
        return None
    return Submission(
        submission_id=submission_id,
        source=source,
        received_at=received_at,
        language=(language or "da").lower(),
        patient=patient,
        representative=representative,
        contact=contact,
        matter=matter,
        referral=referral,
        windows=windows,
        unavailable=unavailable,
        reply_channel=reply_channel or ReplyChannel.PHONE,
        consents=consents,
        attachments=attachments,
    )


def _key(fields: Fields, key: str) -> str | None:
    """A sender's own short name of something: letters, digits and a few signs, nothing that could be a path."""
    return fields.read(key, lambda text: text if _KEY.fullmatch(text) else None, Code.INVALID_ID, required=True)


def source_of(fields: Fields) -> Source | None:
    """Which system and form the submission came from; none with the problems noted where that cannot be read."""
    source = fields.child("source", required=True)
    if source is None:
        return None
    system, form_id = _key(source, "system"), _key(source, "form_id")
    serial = source.whole("serial", 0, MAX_SERIAL)
    channel = source.code("channel", Channel) or Channel.SELF_SERVICE
    entered_by = source.line("entered_by", MAX_NAME)
    return Source(system, form_id, serial, channel, entered_by) if system and form_id else None


def _identifier(fields: Fields) -> Identifier | None:
    """The number as its own form says it is; `type` tells whether there is one."""
    sort = fields.code("type", IdentifierType, required=True)
    if sort is None:
        return None
    if sort is not IdentifierType.NONE:
        return fields.read("value", classify, Code.INVALID_IDENTIFIER, required=True)
    if fields.values.get("value") not in (None, ""):
        fields.refuse("value", Code.INVALID_IDENTIFIER)
    return Identifier(IdentifierType.NONE, "")


def _patient(fields: Fields, today: date) -> Patient | None:
    patient = fields.child("patient", required=True)
    if patient is None:
        return None
    number = patient.child("identifier", required=True)
    identifier = _identifier(number) if number else None
    name = patient.line("name", MAX_NAME)
    born = patient.day("birth_date", FIRST_BIRTH, today)
    address = _address(patient)
    protected = patient.flag("address_protected")
    region = patient.matching("region_of_residence", _REGION, Code.INVALID_FORMAT)
    if identifier is None:
        return None
    return Patient(identifier, name, born or birth_date(identifier), address, bool(protected), region)


def _address(patient: Fields) -> Address | None:
    address = patient.child("address")
    if address is None:
        return None
    return Address(
        address.line("line", MAX_LINE),
        address.line("postcode", MAX_SHORT),
        address.line("city", MAX_NAME),
        address.line("municipality_code", MAX_SHORT),
    )


def _representative(fields: Fields) -> Representative | None:
    person = fields.child("representative")
    if person is None:
        return None
    number = person.child("identifier")
    return Representative(
        name=person.line("name", MAX_NAME),
        phone=person.phone("phone"),
        relation=person.line("relation", MAX_NAME),
        basis=person.code("basis", RepresentativeBasis),
        identifier=_identifier(number) if number else None,
        custody=person.code("custody", ParentalCustody),
    )


def _contact(fields: Fields) -> ContactDetails | None:
    contact = fields.child("contact", required=True)
    if contact is None:
        return None
    return ContactDetails(
        phone=contact.phone("phone"),
        alternative_phone=contact.phone("alternative_phone"),
        email=contact.email("email"),
        digital_post=contact.code("digital_post", DigitalPost) or DigitalPost.UNKNOWN,
        sms_allowed=contact.flag("sms_allowed"),
        interpreter_language=contact.line("interpreter_language", MAX_SHORT),
    )


def _matter(fields: Fields) -> Matter | None:
    matter = fields.child("matter", required=True)
    if matter is None:
        return None
    topic = matter.read("topic", _current_topic, Code.UNKNOWN_TOPIC, required=True)
    text = matter.prose("free_text", MAX_TEXT)
    urgent = bool(matter.flag("max_waiting_time_case"))
    return Matter(Topic.MAXIMUM_WAITING_TIME if urgent else topic, text, urgent) if topic else None


def _current_topic(text: str) -> Topic | None:
    topic = Topic(text)
    return None if topic in HISTORICAL_TOPICS else topic


def _referral(fields: Fields) -> ReferralDetails | None:
    referral = fields.child("referral")
    if referral is None:
        return None
    return ReferralDetails(
        hospital_text=referral.line("hospital_text", MAX_LINE),
        department_text=referral.line("department_text", MAX_LINE),
        treatment_text=referral.line("treatment_text", MAX_LINE),
        treatment_code=referral.line("treatment_code", MAX_SHORT),
        referral_date_in_letter=referral.day("referral_date_in_letter", FIRST_DAY, LAST_DAY),
        letter_date=referral.day("letter_date", FIRST_DAY, LAST_DAY),
        appointment_date=referral.day("appointment_date", FIRST_DAY, LAST_DAY),
        appointment_changed_by_hospital=referral.flag("appointment_changed_by_hospital"),
        preferred_providers=_wishes(referral),
        max_distance_km=referral.number("max_distance_km", 0, MAX_KM),
        free_choice_already_used=referral.flag("free_choice_already_used"),
    )


def _wishes(referral: Fields) -> tuple[str, ...]:
    """The providers somebody wishes for; empty entries, which forms send for unticked boxes, are left out."""
    wishes = []
    for number, wish in enumerate(referral.entries("preferred_providers", MAX_WISHES)):
        if not isinstance(wish, str):
            referral.refuse(f"preferred_providers/{number}", Code.WRONG_TYPE)
        elif len(wish) > MAX_NAME:
            referral.refuse(f"preferred_providers/{number}", Code.TOO_LONG)
        else:
            wishes.append(clean_line(wish))
    return tuple(wish for wish in wishes if wish)


def _windows(fields: Fields) -> tuple[CallWindow, ...]:
    windows = []
    for entry in fields.children("call_windows", MAX_WINDOWS):
        weekday = entry.whole("weekday", 1, 7, Code.INVALID_WEEKDAY, required=True)
        start, end = entry.wall("from"), entry.wall("to")
        if weekday is None or start is None or end is None:
            continue
        if start >= end:
            entry.refuse("", Code.ACROSS_MIDNIGHT_OR_EMPTY)
        else:
            windows.append(CallWindow(weekday, start, end))
    return merge(windows)


def _unavailable(fields: Fields) -> tuple[Unavailable, ...]:
    periods = []
    for entry in fields.children("unavailable", MAX_PERIODS):
        first, last = entry.day("from", required=True), entry.day("to", required=True)
        if first is None or last is None:
            continue
        if last < first:
            entry.refuse("", Code.PERIOD_REVERSED)
        else:
            periods.append(Unavailable(first, last))
    return tuple(sorted(set(periods)))


def _consents(fields: Fields, now: datetime) -> tuple[ConsentGiven, ...]:
    consents = []
    for entry in fields.children("consents", MAX_CONSENTS):
        sort = entry.code("type", ConsentType, required=True)
        given = entry.flag("given", required=True)
        mode = entry.code("mode", ConsentMode)
        given_at = entry.instant("given_at", FIRST_INSTANT, now + CLOCK_TOLERANCE)
        if sort is not None and given is not None:
            consents.append(ConsentGiven(sort, given, mode, given_at))
    return tuple(consents)


def _attachments(fields: Fields) -> tuple[AttachmentInfo, ...]:
    files = []
    for entry in fields.children("attachments", MAX_FILES):
        name = _key(entry, "id")
        filename = entry.line("filename", MAX_LINE)
        media_type = entry.matching("media_type", _MEDIA_TYPE, Code.INVALID_FORMAT)
        size = entry.whole("size", 0, MAX_SERIAL)
        sha256 = entry.matching("sha256", _SHA256, Code.INVALID_FORMAT)
        fetch = entry.line("fetch", MAX_LINE)
        if name is not None:
            cleaned = clean_filename(filename) if filename else None
            files.append(AttachmentInfo(name, cleaned, _lower(media_type), size, _lower(sha256), fetch))
    return tuple(files)


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None
