"""The form of the help line: what is asked in the order of a conversation, and the submission it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from pkui.domain.codes import (
    Channel,
    ConsentMode,
    ConsentType,
    IdentifierType,
    ParentalCustody,
    ReplyChannel,
    RepresentativeBasis,
    Topic,
)
from pkui.domain.identifiers import Identifier, age_on, birth_date, classify
from pkui.domain.intake.values import SCHEMA
from pkui.domain.typed import Unreadable, near_date, past_date, typed_time
from pkui.domain.windows import COPENHAGEN, CallWindow

SYSTEM, FORM_ID = "pkui", "help_line"
YES, NO, NONE = "yes", "no", "none"
CONSENT_WAS = "consent_was"
"""What a parked submission said of consent; as long as that stands, its own words are kept."""
ADULT, OWN_CONSENT_FROM = 18, 15
"""From 15 the young person consents herself (Sundhedsloven § 17)."""
LETTER_TIME = time(8)
"""When a letter of which only the day is known counts as received: at opening."""


class Caller(StrEnum):
    """Who rings or writes."""

    PATIENT = "patient"
    RELATIVE = "relative"
    PARENT = "parent"
    BEREAVED = "bereaved"
    GP = "gp"
    HOSPITAL = "hospital"
    OTHER = "other"
    ANONYMOUS = "anonymous"


class Advice(StrEnum):
    """What whoever types the form has to do or say now."""

    ASK_CONSENT = "ask_consent"
    GENERAL_ONLY = "general_only"
    ASK_CUSTODY = "ask_custody"
    CUSTODY_UNCLEAR = "custody_unclear"
    YOUNG_CONSENTS = "young_consents"
    CHILD_CALLS = "child_calls"
    BEREAVED = "bereaved"
    PROFESSIONAL = "professional"
    ANONYMOUS = "anonymous"
    URGENT = "urgent"


SETTLED = frozenset({ParentalCustody.BOTH_AGREE, ParentalCustody.SOLE})
"""Custody by which those who have it may be told of the child."""
FOR_SOMEBODY = frozenset({Caller.RELATIVE, Caller.PARENT, Caller.OTHER})
"""Callers who need a ground to speak for the patient."""
NOT_THE_PATIENT = frozenset(set(Caller) - {Caller.PATIENT, Caller.ANONYMOUS})

ORDER = (
    "urgent", "channel", "received", "caller", "basis", "cpr", "born", "custody", "agrees", "consent", "name",
    "protected", "caller_name", "relation", "caller_phone", "phone", "language", "topic", "text", "hospital",
    "department", "treatment", "referred", "appointment", "changed", "reply", "windows",
)  # fmt: skip
"""Every question, in the order of a conversation."""

POINTERS = {
    "received": "/received_at",
    "channel": "/source/channel",
    "cpr": "/patient/identifier",
    "born": "/patient/birth_date",
    "name": "/patient/name",
    "protected": "/patient/address_protected",
    "caller_name": "/representative/name",
    "relation": "/representative/relation",
    "basis": "/representative/basis",
    "custody": "/representative/custody",
    "caller_phone": "/representative/phone",
    "phone": "/contact/phone",
    "language": "/contact/interpreter_language",
    "topic": "/matter/topic",
    "text": "/matter/free_text",
    "hospital": "/referral/hospital_text",
    "department": "/referral/department_text",
    "treatment": "/referral/treatment_text",
    "referred": "/referral/referral_date_in_letter",
    "appointment": "/referral/appointment_date",
    "changed": "/referral/appointment_changed_by_hospital",
    "reply": "/reply_channel",
    "windows": "/call_windows",
    "consent": "/consents",
}
"""Where in a submission each answer goes."""

DEFAULTS = {
    "urgent": NO,
    "channel": Channel.HELP_LINE.value,
    "caller": Caller.PATIENT.value,
    "protected": NO,
    "changed": NO,
    "reply": ReplyChannel.PHONE.value,
}


@dataclass(frozen=True)
class EnquiryForm:
    """What has been typed so far. `parked` is the receipt that is completed with it; `begun_at` is aware."""

    id: str
    begun_at: datetime
    values: dict[str, str] = field(default_factory=dict)
    windows: tuple[CallWindow, ...] = ()
    parked: str | None = None

    def get(self, name: str) -> str:
        """An answer, or what stands where none was given."""
        return self.values.get(name, DEFAULTS.get(name, "")).strip()

    @property
    def caller(self) -> Caller:
        """Who rings."""
        return Caller(self.get("caller"))

    @property
    def identifier(self) -> Identifier | None:
        """The number typed, once it is whole."""
        return classify(self.get("cpr"))

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed or painted yet."""
        return not self.windows and all(self.get(name) in ("", DEFAULTS.get(name)) for name in self.values)

    def with_value(self, name: str, text: str) -> "EnquiryForm":
        """The form with another answer."""
        return replace(self, values={**self.values, name: text})

    def age(self, today: date) -> int | None:
        """The patient's age, by the number or the birth date typed."""
        identifier = self.identifier
        born = (birth_date(identifier) if identifier else None) or _day(self.get("born"), today, past=True)
        return age_on(born, today) if isinstance(born, date) and born <= today else None


def asked(form: EnquiryForm, today: date) -> tuple[str, ...]:
    """The questions that this caller is asked, in order."""
    caller, age = form.caller, form.age(today)
    left_out = set()
    if form.get("channel") == Channel.HELP_LINE and "received" not in form.values:
        left_out |= {"received"}
    if form.parked is not None:
        left_out |= {"channel"}
    if caller not in (Caller.RELATIVE, Caller.OTHER):
        left_out |= {"basis", "relation"}
    if caller not in NOT_THE_PATIENT:
        left_out |= {"caller_name", "caller_phone"}
    if age is None or age >= OWN_CONSENT_FROM or caller not in FOR_SOMEBODY:
        left_out |= {"custody"}
    if age is None or age < OWN_CONSENT_FROM or caller is not Caller.PARENT:
        left_out |= {"agrees"}
    if form.identifier is not None and birth_date(form.identifier) is not None:
        left_out |= {"born"}
    if caller is Caller.ANONYMOUS:
        left_out |= {"cpr", "born", "consent", "name", "protected"}
    if caller in (Caller.GP, Caller.HOSPITAL, Caller.BEREAVED) or (caller in FOR_SOMEBODY and not ground(form, today)):
        left_out |= {"consent"}
    if form.get("reply") != ReplyChannel.PHONE:
        left_out |= {"windows"}
    if form.get("urgent") == YES:
        left_out |= {"topic"}
    return tuple(name for name in ORDER if name not in left_out)


def may_see(form: EnquiryForm, today: date) -> bool:
    """Whether anything the office knows of the patient may be shown and said to this caller.

    Health information takes consent (Sundhedsloven § 51, stk. 4); under 15 those with custody decide, from 15 to 17
    the young person (§ 17); somebody who speaks for the patient needs a ground of her own.
    """
    age, caller = form.age(today), form.caller
    if form.get("consent") != YES or caller not in FOR_SOMEBODY | {Caller.PATIENT}:
        return False
    if caller in FOR_SOMEBODY and not ground(form, today):
        return False
    if age is not None and age < OWN_CONSENT_FROM:
        return caller is not Caller.PATIENT and form.get("custody") in SETTLED
    return caller is not Caller.PARENT or age is not None


def advice(form: EnquiryForm, today: date) -> tuple[Advice, ...]:
    """What to do or say now, the most binding first."""
    age, caller = form.age(today), form.caller
    found = [Advice.URGENT] if form.get("urgent") == YES else []
    if caller is Caller.ANONYMOUS:
        return (*found, Advice.ANONYMOUS)
    if caller is Caller.BEREAVED:
        return (*found, Advice.BEREAVED)
    if caller in (Caller.GP, Caller.HOSPITAL):
        return (*found, Advice.PROFESSIONAL)
    young_agrees = caller is Caller.PARENT and age is not None and age >= OWN_CONSENT_FROM
    without = caller in FOR_SOMEBODY and not ground(form, today) and (young_agrees or form.get("basis") == NONE)
    if without or form.get("consent") == NO:
        found.append(Advice.GENERAL_ONLY)
    if age is not None and age < OWN_CONSENT_FROM:
        if caller is Caller.PATIENT:
            found.append(Advice.CHILD_CALLS)
        elif form.get("custody") == ParentalCustody.UNCLEAR:
            found.append(Advice.CUSTODY_UNCLEAR)
        elif not form.get("custody"):
            found.append(Advice.ASK_CUSTODY)
    elif age is not None and age < ADULT:
        found.append(Advice.YOUNG_CONSENTS)
    if not found and not form.get("consent"):
        found.append(Advice.ASK_CONSENT)
    return tuple(found)


def document(form: EnquiryForm, now: datetime, *, relation: str, entered_by: str) -> dict[str, Any]:
    """The form as `pk-intake/1`; over a parked submission it lies as a merge patch (RFC 7396).

    `relation` says in words what the caller is to the patient. What cannot be read stays as typed, so that the reader
    points at it.
    """
    today = now.astimezone(COPENHAGEN).date()
    wanted = set(asked(form, today))
    value = {name: form.get(name) if name in wanted else "" for name in ORDER}
    body: dict[str, Any] = {
        "patient": _patient(form, value, today),
        "representative": _representative(form, value, relation, today),
        "contact": {"phone": value["phone"] or None, "interpreter_language": value["language"] or None},
        "matter": {
            "topic": Topic.MAXIMUM_WAITING_TIME.value if value["urgent"] == YES else value["topic"] or None,
            "free_text": value["text"] or None,
            "max_waiting_time_case": value["urgent"] == YES,
        },
        "referral": _referral(form, value, today),
        "call_windows": [
            {"weekday": one.weekday, "from": f"{one.start:%H:%M}", "to": f"{one.end:%H:%M}"} for one in form.windows
        ]
        if "windows" in wanted
        else [],
        "reply_channel": value["reply"],
    }
    if form.parked is None or value["consent"] != form.get(CONSENT_WAS):
        body["consents"] = _consents(form, value)
    if form.parked is None:
        source = {"system": SYSTEM, "form_id": FORM_ID, "channel": value["channel"], "entered_by": entered_by}
        body |= {"schema": SCHEMA, "submission_id": form.id, "source": source}
    if form.parked is None or value["received"]:
        body["received_at"] = _received(form, value["received"], today)
    return body


def _patient(form: EnquiryForm, value: Mapping[str, str], today: date) -> dict[str, Any]:
    identifier = form.identifier
    if not value["cpr"]:
        number = {"type": IdentifierType.NONE.value, "value": None}
    else:
        sort = identifier.type if identifier else IdentifierType.CPR
        number = {"type": sort.value, "value": identifier.value if identifier else value["cpr"]}
    born = _day(value["born"], today, past=True)
    return {
        "identifier": number,
        "name": value["name"] or None,
        "birth_date": born.isoformat() if isinstance(born, date) else born,
        "address_protected": value["protected"] == YES,
    }


def _representative(form: EnquiryForm, value: Mapping[str, str], relation: str, today: date) -> dict[str, Any] | None:
    if form.caller not in NOT_THE_PATIENT:
        return None
    return {
        "name": value["caller_name"] or None,
        "phone": value["caller_phone"] or None,
        "relation": relation or None,
        "basis": ground(form, today),
        "custody": value["custody"] or None,
    }


def _referral(form: EnquiryForm, value: Mapping[str, str], today: date) -> dict[str, Any]:
    referred, appointment = _day(value["referred"], today, past=True), _day(value["appointment"], today, past=False)
    return {
        "hospital_text": value["hospital"] or None,
        "department_text": value["department"] or None,
        "treatment_text": value["treatment"] or None,
        "referral_date_in_letter": referred.isoformat() if isinstance(referred, date) else referred,
        "appointment_date": appointment.isoformat() if isinstance(appointment, date) else appointment,
        "appointment_changed_by_hospital": value["changed"] == YES if "changed" in form.values else None,
    }


def _consents(form: EnquiryForm, value: Mapping[str, str]) -> list[dict[str, Any]]:
    """What was agreed to on the telephone: looking at health information, and talking with whoever rings."""
    found: list[tuple[ConsentType, bool]] = []
    if value["consent"]:
        found.append((ConsentType.HEALTH_INFORMATION, value["consent"] == YES))
    if value["basis"] or value["agrees"]:
        found.append((ConsentType.TALK_TO_RELATIVE, value["basis"] not in ("", NONE) or value["agrees"] == YES))
    mode = ConsentMode.SPOKEN if form.get("channel") == Channel.HELP_LINE else ConsentMode.WRITTEN
    given_at = form.begun_at.astimezone(UTC).isoformat()
    return [{"type": one.value, "given": yes, "mode": mode.value, "given_at": given_at} for one, yes in found]


def _received(form: EnquiryForm, text: str, today: date) -> str:
    """When the enquiry came, in UTC: as typed for a letter, else when the call began. Unreadable texts stay."""
    if not text:
        return form.begun_at.astimezone(UTC).isoformat()
    day, _blank, clock = text.partition(" ")
    try:
        when = datetime.combine(past_date(day, today), typed_time(clock) if clock.strip() else LETTER_TIME, COPENHAGEN)
    except Unreadable:
        return text
    return when.astimezone(UTC).isoformat()


def _day(text: str, today: date, *, past: bool) -> date | str | None:
    """A day as Danes write it, nothing, or the text that is none."""
    if not text:
        return None
    try:
        return past_date(text, today) if past else near_date(text, today)
    except (Unreadable, OverflowError):
        return text


def ground(form: EnquiryForm, today: date) -> str | None:
    """On what ground the caller speaks for the patient; None without one. A parent's ends where the child is 15."""
    if form.caller is Caller.PARENT:
        age = form.age(today)
        if age is None or age < OWN_CONSENT_FROM:
            return RepresentativeBasis.PARENT.value
        return RepresentativeBasis.SPOKEN_CONSENT.value if form.get("agrees") == YES else None
    basis = form.get("basis") if form.caller in FOR_SOMEBODY else ""
    return basis if basis not in ("", NONE) else None


def field_at(pointer: str) -> str | None:
    """The question whose answer stands at a place in a submission."""
    found = [name for name, place in POINTERS.items() if pointer == place or pointer.startswith(place + "/")]
    return found[0] if found else None
