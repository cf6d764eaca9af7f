"""The words of templates, drafts and what goes into them."""

from collections.abc import Sequence
from datetime import date, datetime

from pkui.base.words import N_, _, ngettext
from pkui.base.words.dates import clock_time, long_date
from pkui.domain.texts import SmsLength, TextKind

_KINDS = {
    TextKind.NOT_REACHED: N_("Not reached"),
    TextKind.FACTS_MISSING: N_("Facts are missing"),
    TextKind.REREFERRAL_CONFIRMED: N_("Re-referral confirmed"),
    TextKind.NO_RIGHT: N_("No right found"),
    TextKind.FORWARDED: N_("Forwarded"),
    TextKind.DEPARTMENT_REQUEST: N_("Request to the department"),
    TextKind.ACCEPTANCE_GRANTED: N_("Acceptance granted"),
    TextKind.ACCEPTANCE_REFUSED: N_("Acceptance refused"),
    TextKind.VOICEMAIL: N_("Voicemail"),
    TextKind.SMS: N_("SMS"),
}
_ASKED = {
    "sagsnummer": N_("Case number"),
    "kønummer": N_("Queue number"),
    "dato": N_("Date of the letter"),
    "vejleder": N_("Adviser"),
    "kontorets_telefon": N_("The office's telephone"),
    "forsøg": N_("How often we rang (3 times)"),
    "ringetid": N_("When we ring again"),
    "navn": N_("The patient's name"),
    "hospital": N_("The present hospital"),
    "afdeling": N_("The department"),
    "område": N_("For what"),
    "sted": N_("The chosen place"),
    "stedets_adresse": N_("The place's address"),
    "nuværende_tid": N_("The present date"),
    "ny_tid": N_("The new date"),
    "frist": N_("The limit"),
    "mangler": N_("What we must know"),
    "videresendt_til": N_("Forwarded to"),
    "begrundelse": N_("The reason"),
    "privathospital": N_("The private hospital"),
    "aftalesygehus": N_("Line about the agreement"),
    "vedlæg": N_("What must be enclosed"),
    "tolk": N_("Line about an interpreter"),
    "nuværende_tid_beholdes": N_("Line about the present date"),
}
ENCLOSED = (
    N_("the referral itself, with diagnosis, question and date of receipt"),
    N_("the relevant record notes and the latest findings"),
    N_("descriptions of images, and the images where the place needs them"),
    N_("laboratory results and the current medication"),
    N_("height, weight, other illnesses and what anaesthesia must know"),
    N_("the patient's telephone number, and needs such as an interpreter"),
)
"""What makes a referral complete: a re-referral counts only once all of it is delivered (decision 23SFP15)."""


def text_kind(kind: TextKind) -> str:
    """What a template is for."""
    return _(_KINDS[kind])


def field_label(name: str) -> str:
    """What a merge field holds, in words."""
    return _(_ASKED[name])


def times_tried(attempts: int) -> str | None:
    """How often the patient was rung; None when she was not."""
    return ngettext("once", "%(n)s times", attempts) % {"n": attempts} if attempts else None


def call_on(start: datetime, end: datetime | None, day: date) -> str:
    """When the office rings: a day and a time, or a day and a span."""
    if end is None:
        return _("{day} at {time}").format(day=long_date(day), time=clock_time(start))
    return _("{day} between {start} and {end}").format(day=long_date(day), start=clock_time(start), end=clock_time(end))


def bullets(lines: Sequence[str]) -> str | None:
    """A line each, with a dash; None where there is none."""
    return "\n".join(f"- {line}" for line in lines) or None


def enclosed() -> str | None:
    """What a complete referral holds."""
    return bullets([_(one) for one in ENCLOSED])


def interpreter_line(language: str | None) -> str | None:
    """That an interpreter is needed."""
    return _("The patient needs an interpreter: {language}.").format(language=language) if language else None


def agreement_line() -> str:
    """That the place has an agreement."""
    return _("The place treats the patient under an agreement with the region.")


def present_date_line(kept: bool | None, *, to_patient: bool) -> str | None:
    """What happens to the date the patient has; None where nothing is said of it."""
    if kept is None:
        return None
    if to_patient:
        return (
            _("The date you had has not been cancelled. Have it cancelled once you are sure that you take the new one.")
            if kept
            else _("The date you had is being cancelled.")
        )
    return (
        _("The present date is kept until the new place has confirmed one.")
        if kept
        else _("The present date is to be cancelled.")
    )


def copy_of(text: str) -> str:
    """The text under a line that says it is a copy."""
    return "\n\n".join([_("Copy for your information"), text])


def sms_words(length: SmsLength) -> str:
    """How much of one SMS is used, and which characters make it dearer."""
    used = _("SMS: {used} of {most}").format(used=length.used, most=length.most)
    return used + (" · " + _("not in an SMS's alphabet: {characters}").format(characters=length.outside)) * bool(
        length.outside
    )


SAMPLE = {
    "sagsnummer": "2026-004120", "kønummer": "4120", "vejleder": "Anna Berg", "kontorets_telefon": "78 41 00 00",
    "navn": "Hanne Test Møller", "hospital": "Regionshospitalet Viborg", "afdeling": "Ortopædkirurgi",
    "område": "Karpaltunnel", "sted": "Privathospitalet Eksempel", "stedets_adresse": "Testgade 1, 8000 Aarhus C",
    "videresendt_til": "Styrelsen for Patientklager", "privathospital": "Privathospitalet Eksempel",
}  # fmt: skip
"""A made-up case for looking at a template; what is said in words is added by `sample`."""


def sample(today: date) -> dict[str, str | None]:
    """The made-up case's values for every merge field."""
    day = long_date(today)
    return {
        **SAMPLE,
        **dict.fromkeys(("dato", "nuværende_tid", "ny_tid", "frist", "ringetid"), day),
        "forsøg": times_tried(3),
        "mangler": bullets([_("Have you been given another date?"), _("Which hospital is the letter from?")]),
        "begrundelse": _("The hospital has offered you a date within the limit."),
        "vedlæg": enclosed(),
        "tolk": interpreter_line(_("Arabic")),
        "aftalesygehus": agreement_line(),
        "nuværende_tid_beholdes": present_date_line(True, to_patient=False),
    }
