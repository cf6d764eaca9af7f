"""The help line's words: questions in the order of a conversation, what to say, and the receipt read aloud."""

from collections.abc import Sequence
from datetime import datetime

from pkui.base.words import N_, _, codes
from pkui.base.words.choices import choice as fact_choice
from pkui.base.words.dates import near_instant
from pkui.domain.codes import Channel, IdentifierType, ParentalCustody, PriorityClass, ReplyChannel, RepresentativeBasis
from pkui.domain.facts import CUSTODY
from pkui.domain.intake.form import Advice, Caller
from pkui.domain.intake.receipt import Registered

_LABELS = {
    "urgent": N_("Cancer or heart"),
    "channel": N_("Came by"),
    "received": N_("Received"),
    "caller": N_("Who is calling"),
    "basis": N_("Speaks for the patient"),
    "cpr": N_("CPR number"),
    "born": N_("Born"),
    "custody": N_("Custody"),
    "agrees": N_("The patient agrees"),
    "consent": N_("Consent"),
    "name": N_("Patient's name"),
    "protected": N_("Protected address"),
    "caller_name": N_("Caller's name"),
    "relation": N_("Is the patient's"),
    "caller_phone": N_("Caller's telephone"),
    "phone": N_("Patient's telephone"),
    "language": N_("Interpreter"),
    "topic": N_("What it is about"),
    "text": N_("In her own words"),
    "hospital": N_("Hospital in the letter"),
    "department": N_("Department"),
    "treatment": N_("For what"),
    "referred": N_("Date of referral"),
    "appointment": N_("Appointment"),
    "changed": N_("Changed by hospital"),
    "reply": N_("Wants the answer"),
    "windows": N_("Call times"),
}
_HINTS = {
    "urgent": N_("Does it concern cancer or a grave heart disease? Then it goes first."),
    "channel": N_("How did the enquiry come?"),
    "received": N_("When did it come? Day and time, such as 20/11 14.30; without a time 8.00 counts."),
    "caller": N_("Who am I speaking with?"),
    "basis": N_("What lets the caller speak for the patient? Without it: general guidance only."),
    "cpr": N_("Leave it empty where there is none. Replacement numbers are good too."),
    "born": N_("Day, month and year, such as 5.3.1961; leave it empty where it is not known."),
    "custody": N_("Who has custody, and do both agree?"),
    "agrees": N_("From 15 the young person decides: has she said that the parent may speak for her?"),
    "consent": N_("“May we look at information about your health, so that we can help you?”"),
    "name": N_("The patient's name."),
    "protected": N_("Are the patient's name and address protected?"),
    "caller_name": N_("The caller's name, and where from: practice, department."),
    "relation": N_("Daughter, husband, friend, home nurse …"),
    "caller_phone": N_("The caller's own number."),
    "phone": N_("The number the patient answers herself."),
    "language": N_("Which language, where an interpreter is needed; else empty."),
    "topic": N_("Enter: choose from the list, also by typing."),
    "text": N_("“What can we help you with?” Enter goes on."),
    "hospital": N_("“Have you got the letter at hand? Which hospital wrote it?”"),
    "department": N_("Which department?"),
    "treatment": N_("What examination or treatment?"),
    "referred": N_("The referral's date in the letter, such as 29/10."),
    "appointment": N_("The date the patient has been given, such as 11/3."),
    "changed": N_("Has the hospital cancelled or changed the date?"),
    "reply": N_("How does the patient want the answer?"),
    "windows": N_("Space: begin and end painting · arrows: paint · d: the day · f: forenoon · e: afternoon · z: clear"),
}
_CALLERS = {
    Caller.PATIENT: N_("the patient"),
    Caller.RELATIVE: N_("a relative"),
    Caller.PARENT: N_("parent of a child"),
    Caller.BEREAVED: N_("relative of someone who died"),
    Caller.GP: N_("general practitioner"),
    Caller.HOSPITAL: N_("hospital or clinic"),
    Caller.OTHER: N_("somebody else"),
    Caller.ANONYMOUS: N_("anonymous"),
}
_ADVICE = {
    Advice.ASK_CONSENT: N_("Ask for consent before anything about the patient is said."),
    Advice.GENERAL_ONLY: N_("No consent: general guidance only. Do not say whether there is a case."),
    Advice.ASK_CUSTODY: N_("Under 15: ask who has custody, and whether both agree."),
    Advice.CUSTODY_UNCLEAR: N_("Custody unclear: general guidance only, until both agree."),
    Advice.YOUNG_CONSENTS: N_("15 to 17: the young person consents herself."),
    Advice.CHILD_CALLS: N_("Under 15: general guidance only; ask for a parent with custody."),
    Advice.BEREAVED: N_("A relative of someone who died: take the enquiry; say nothing of the case."),
    Advice.PROFESSIONAL: N_("A professional: take the enquiry; information goes by the department's own way."),
    Advice.ANONYMOUS: N_("Anonymous: general guidance only. A number to call is enough."),
    Advice.URGENT: N_("Maximum waiting time: register it at once; it goes before all others."),
}
_IDENTIFIERS = {
    IdentifierType.CPR: N_("CPR number"),
    IdentifierType.X_ECPR: N_("national replacement number"),
    IdentifierType.D_ECPR: N_("regional replacement number"),
    IdentifierType.REPLACEMENT: N_("replacement number"),
}
_CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "urgent": (("j", "yes"), ("n", "no")),
    "channel": (("t", Channel.HELP_LINE), ("b", Channel.LETTER), ("h", Channel.HOSPITAL_REQUEST)),
    "caller": (
        ("p", Caller.PATIENT), ("r", Caller.RELATIVE), ("f", Caller.PARENT), ("d", Caller.BEREAVED),
        ("l", Caller.GP), ("h", Caller.HOSPITAL), ("x", Caller.OTHER), ("u", Caller.ANONYMOUS),
    ),
    "basis": (
        ("j", RepresentativeBasis.SPOKEN_CONSENT), ("f", RepresentativeBasis.POWER_OF_ATTORNEY),
        ("d", RepresentativeBasis.DIGITAL_POWER_OF_ATTORNEY), ("v", RepresentativeBasis.GUARDIAN), ("n", "none"),
    ),
    "custody": (("b", ParentalCustody.BOTH_AGREE), ("e", ParentalCustody.SOLE), ("u", ParentalCustody.UNCLEAR)),
    "agrees": (("j", "yes"), ("n", "no")),
    "consent": (("j", "yes"), ("n", "no")),
    "protected": (("j", "yes"), ("n", "no")),
    "changed": (("j", "yes"), ("n", "no")),
    "reply": (
        ("t", ReplyChannel.PHONE), ("d", ReplyChannel.DIGITAL_POST), ("b", ReplyChannel.LETTER),
        ("m", ReplyChannel.EMAIL), ("i", ReplyChannel.NONE),
    ),
}  # fmt: skip
"""The letter of each choice, as Danes would guess it."""


def label(field: str) -> str:
    """A question in a word or two."""
    return _(_LABELS[field])


def hint(field: str) -> str:
    """What to ask or do at a question."""
    return _(_HINTS[field])


def letters(field: str) -> dict[str, str]:
    """The codes of a question that is answered by a letter, by their letters; empty for other questions."""
    return {key: str(code) for key, code in _CHOICES.get(field, ())}


def choice(field: str, code: str) -> str:
    """A choice in words; empty where none is made."""
    if not code:
        return ""
    match field:
        case "caller":
            return _(_CALLERS[Caller(code)])
        case "basis":
            return _("no consent") if code == "none" else codes.basis(RepresentativeBasis(code))
        case "custody":
            return fact_choice(CUSTODY, code)
        case "channel":
            return codes.channel(Channel(code))
        case "reply":
            return codes.reply_channel(ReplyChannel(code))
        case _:
            return _("yes") if code == "yes" else _("no")


def advice(code: Advice) -> str:
    """What to do or say now."""
    return _(_ADVICE[code])


def relation(caller: Caller, typed: str) -> str:
    """What the caller is to the patient, as the case shows it beside her number."""
    return typed or (_(_CALLERS[caller]) if caller is not Caller.PATIENT else "")


def identifier(sort: IdentifierType) -> str:
    """What sort of person number was typed."""
    return _(_IDENTIFIERS[sort])


def latest(one: Registered, now: datetime) -> str:
    """The promise: until when the office calls or answers."""
    when = near_instant(one.due_at, now)
    if one.reply_channel is ReplyChannel.PHONE:
        return _("We call you by %(when)s") % {"when": when}
    return _("We answer by %(when)s") % {"when": when}


def to_say(one: Registered, now: datetime) -> Sequence[str]:
    """What is said to the caller after the number, sentence by sentence."""
    calls = one.reply_channel is ReplyChannel.PHONE
    urgent = one.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    said = [_("“Your queue number is %(number)s.”") % {"number": one.queue_number}]
    said.append(f"“{latest(one, now)}.”")
    if calls and not urgent and one.window is None:
        said.append(_("No usable call time: agree another one."))
    elif calls and not urgent and one.window is not None and one.window.start > one.due_at:
        when = near_instant(one.window.start, now)
        said.append(_("The first call time is later (%(when)s): ask for an earlier one.") % {"when": when})
    elif calls and not urgent:
        said.append(_("“We call in your own call times. Please have your letter at hand.”"))
    if one.linked_to:
        said.append(_("Linked to the person's other case: %(cases)s") % {"cases": ", ".join(one.linked_to)})
    if one.flagged_words and not urgent:
        words = ", ".join(one.flagged_words)
        said.append(_("Tell a colleague at once: the enquiry says %(words)s.") % {"words": words})
    return said
