"""Sentences of a case's history, and the names of its facts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pkui.base.words import N_, _
from pkui.base.words import codes as words
from pkui.base.words.choices import choice, entry_words, is_choice
from pkui.base.words.dates import plain_date, stamp
from pkui.base.words.rights_facts import field_name, value_words
from pkui.base.words.routing import routed
from pkui.domain.codes import (
    Channel,
    ConsentType,
    ContactResult,
    Direction,
    DraftKind,
    EventKind,
    FactSource,
    Party,
    SegmentState,
    Topic,
)
from pkui.domain.facts import LIST_FACTS

_FACTS = {
    "letter_hospital": N_("Hospital in the letter"),
    "letter_department": N_("Department in the letter"),
    "letter_treatment": N_("Treatment in the letter"),
    "treatment_code": N_("Treatment code"),
    "referral_date_in_letter": N_("Referral date in the letter"),
    "referral_received": N_("Referral received by the hospital"),
    "letter_date": N_("Date of the letter"),
    "offered_date": N_("Offered date"),
    "appointment_changed_by_hospital": N_("Appointment changed by the hospital"),
    "preferred_providers": N_("Preferred places"),
    "max_distance_km": N_("Greatest distance (km)"),
    "free_choice_already_used": N_("Free choice already used"),
    "private_mark": N_("Marked private in the record"),
    "date_changed_on": N_("Date of the change"),
    "changed_at": N_("Changed at"),
    "postponements": N_("Postponements"),
    "surgery_date_history": N_("Changed dates"),
    "parental_custody": N_("Custody of the child"),
}
_FIELDS = {
    "phone": N_("phone"),
    "alternative_phone": N_("other phone"),
    "email": N_("e-mail"),
    "interpreter_language": N_("interpreter"),
    "address_line": N_("address"),
    "postcode": N_("postcode"),
    "city": N_("town"),
    "protected": N_("name and address protection"),
    "name": N_("name"),
}
_PLAIN = {
    EventKind.SUBMISSION_CHANGED: N_("The form was sent again with other content"),
    EventKind.LINKED: N_("Linked to another case of the same person"),
    EventKind.PUT_BACK: N_("Put back in the queue"),
    EventKind.NOTE_ADDED: N_("Note written"),
    EventKind.WINDOWS_CHANGED: N_("Call windows changed"),
    EventKind.REOPENED: N_("Reopened"),
    EventKind.HINT_OVERRULED: N_("A hint about rights was overruled"),
    EventKind.DRAFT_MADE: N_("Draft made"),
    EventKind.FLAGS_CHECKED: N_("The marked words have been looked at"),
    EventKind.QUESTION_ASKED: N_("Question asked"),
    EventKind.QUESTION_ANSWERED: N_("Question answered"),
    EventKind.APPROVAL_ASKED: N_("A colleague is asked to approve the course"),
    EventKind.APPROVAL_GIVEN: N_("The course is approved"),
    EventKind.APPROVAL_RETURNED: N_("The course was returned with words"),
    EventKind.HOLD_SET: N_("Kept beyond its time"),
    EventKind.HOLD_LIFTED: N_("No longer kept beyond its time"),
    EventKind.ANONYMISED: N_("Anonymised: its time was over"),
}


def fact_name(name: str) -> str:
    """A fact's name as people read it. Raises KeyError for a fact that is not known."""
    return _(_FACTS[name]) if name in _FACTS else field_name(name)


def fact_value(value: Any, name: str = "") -> str:
    """A fact's stored value as people read it: a date, yes or no, a choice in words, a number or the text."""
    if is_choice(name):
        return choice(name, str(value))
    if name in LIST_FACTS:
        return "; ".join(entry_words(one) for one in value) or _("none")
    if name == "private_mark" and value is True:
        return _("yes: do not look there unless the patient opens it for you")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-23") else None
    except ValueError:
        day = None
    return plain_date(day) if day else value_words(value)


def event(
    kind: EventKind, details: Mapping[str, Any], *, by: str | None = None, names: Mapping[str, str] | None = None
) -> str:
    """What happened, in the past tense; `names` gives the name of a username that the details hold.

    The reason is the adviser's own text and is shown beside it, never inside.
    """
    to = str(details.get("to", details.get("from", "")))
    who = (names or {}).get(to, to)
    if kind is EventKind.ASSIGNED and by is not None and who == by and "with_case" not in details:
        return _("Taken by {who}").format(who=by)
    if kind in _PLAIN:
        phrase = _(_PLAIN[kind])
    else:
        phrase = _with_details(kind, details, who) if details else _("What stood here was anonymised")
    return f"{phrase} · {by}" if by else phrase


def _with_details(kind: EventKind, details: Mapping[str, Any], who: str) -> str:
    match kind:
        case EventKind.RECEIVED:
            return _("Received: {channel}").format(channel=words.channel(Channel(details["channel"])))
        case EventKind.ASSIGNED if "with_case" in details:
            phrase = _("Given to {who}, who has queue no. {number} of the same person")
            return phrase.format(who=who, number=details["with_case"])
        case EventKind.ASSIGNED:
            return _("Given to {who}").format(who=who)
        case EventKind.MERGED:
            return _("Merged with queue no. {number}").format(number=details["with_case"])
        case EventKind.SPLIT:
            return _("Split from queue no. {number}").format(number=details["with_case"])
        case EventKind.HANDED_OVER:
            return _("Handed over to {who}").format(who=who)
        case EventKind.TAKEN_OVER:
            return _("Work taken over from {who}").format(who=who)
        case EventKind.CONTACT_LOGGED:
            return _contact(details)
        case EventKind.WAITING:
            until = plain_date(date.fromisoformat(details["until"]))
            return _("Waiting for {party} until {day}").format(party=words.party(Party(details["party"])), day=until)
        case EventKind.FACT_RECORDED:
            source = words.source(FactSource(details["source"]))
            return _("{fact} recorded (from {source})").format(fact=fact_name(details["name"]), source=source)
        case EventKind.CORE_DATA_CHANGED:
            return _("Changed: {fields}").format(fields=", ".join(_(_FIELDS[one]) for one in details["fields"]))
        case EventKind.SORTED:
            before, topic = (words.topic(Topic(details[key])) for key in ("before", "topic"))
            return _("Topic changed from {before} to {topic}").format(before=before, topic=topic)
        case EventKind.PROVIDER_CHOSEN:
            return _("Place of treatment chosen: {place}").format(place=details["name"])
        case EventKind.SEGMENT_CHANGED:
            state = words.segment_state(SegmentState(details["state"]))
            return _("Course {number}: {state}").format(number=details["number"], state=state)
        case EventKind.CLOSED:
            return _("Closed: {outcome}").format(outcome=words.outcome(details["outcome"]))
        case EventKind.CALL_BOOKED:
            phrase = _("Call agreed with the patient for {when}") if details["agreed"] else _("Call booked for {when}")
            return phrase.format(when=stamp(datetime.fromisoformat(details["at"])))
        case EventKind.DRAFT_DECIDED:
            return _decided(details)
        case EventKind.CALL_CANCELLED:
            made_way = details.get("made_way_for")
            phrase = _("Call {when} gave way to urgent case {case}") if made_way else _("Call {when} cancelled")
            return phrase.format(when=stamp(datetime.fromisoformat(details["at"])), case=made_way)
        case EventKind.ROUTED:
            return routed(details)
        case EventKind.MOVED:
            return _moved(details, who)
        case EventKind.CONSENT_RECORDED:
            phrase = _("Consent given: {what}") if details["given"] else _("Consent refused: {what}")
            return phrase.format(what=words.consent(ConsentType(details["type"])))
        case EventKind.CONSENT_WITHDRAWN:
            return _("Consent withdrawn: {what}").format(what=words.consent(ConsentType(details["type"])))
        case _:
            raise KeyError(kind)


def _moved(details: Mapping[str, Any], who: str) -> str:
    """Where a case went with others."""
    if details.get("by") == "undo":
        return _("Move taken back")
    if "until" in details:
        return _("Put off to {day}").format(day=plain_date(date.fromisoformat(details["until"])))
    if "team" in details:
        return _("Given to the team {team}").format(team=words.team(details["team"]))
    return _("Moved to {who}").format(who=who) if who else _("Moved back to the queue")


def _decided(details: Mapping[str, Any]) -> str:
    """What became of a draft."""
    party = words.party(Party(details["party"]))
    if details["what"] == "sent":
        return _("Sent to {party}: {way}").format(party=party, way=words.draft_kind(DraftKind(details["way"])))
    phrase = _("Draft to {party} discarded") if details["what"] == "discarded" else _("Draft to {party} is open again")
    return phrase.format(party=party)


def _contact(details: Mapping[str, Any]) -> str:
    party, result = words.party(Party(details["party"])), ContactResult(details["result"])
    if result is ContactResult.CALLED_BACK:
        return _("Call from {party}").format(party=party)
    outgoing = Direction(details["direction"]) is Direction.OUTGOING
    phrase = _("Contact with {party}: {result}") if outgoing else _("Contact from {party}: {result}")
    return phrase.format(party=party, result=words.result(result))
