"""Templates of texts to people outside: their kinds, their merge fields, filling them, and what an SMS has room for.

Merge fields are written by supervisors in templates, so their names are Danish, as the templates are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pkui.domain.codes import Party


class TextKind(StrEnum):
    """What a template is for, in the order they are listed."""

    NOT_REACHED = "not_reached"
    FACTS_MISSING = "facts_missing"
    REREFERRAL_CONFIRMED = "rereferral_confirmed"
    NO_RIGHT = "no_right"
    FORWARDED = "forwarded"
    DEPARTMENT_REQUEST = "department_request"
    ACCEPTANCE_GRANTED = "acceptance_granted"
    ACCEPTANCE_REFUSED = "acceptance_refused"
    VOICEMAIL = "voicemail"
    SMS = "sms"


RECIPIENTS: dict[TextKind, Party] = {
    **dict.fromkeys(TextKind, Party.PATIENT),
    TextKind.DEPARTMENT_REQUEST: Party.DEPARTMENT,
    TextKind.ACCEPTANCE_GRANTED: Party.PRIVATE_HOSPITAL,
    TextKind.ACCEPTANCE_REFUSED: Party.PRIVATE_HOSPITAL,
}
"""Who reads each of them."""
HEARD_BY_OTHERS = frozenset({TextKind.VOICEMAIL, TextKind.SMS})
"""What others than the patient may hear or see: no name and nothing about health, so only fields that are `open`."""

ONE_SMS = 160
_ONE_SMS_UNICODE = 70
LONGEST_TEMPLATE = 8_000
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class MergeField:
    """A place in a template. `open`: nothing of name or health. `optional`: its paragraph goes when it is empty."""

    name: str
    open: bool = False
    optional: bool = False


_OPEN = ("sagsnummer", "kønummer", "dato", "vejleder", "kontorets_telefon", "forsøg", "ringetid")
_ABOUT = (
    "navn", "hospital", "afdeling", "område", "sted", "stedets_adresse", "nuværende_tid", "ny_tid", "frist",
    "mangler", "videresendt_til", "begrundelse", "privathospital",
)  # fmt: skip
_OPTIONAL = ("aftalesygehus", "vedlæg", "tolk", "nuværende_tid_beholdes")

FIELDS: dict[str, MergeField] = {
    **{name: MergeField(name, open=True) for name in _OPEN},
    **{name: MergeField(name) for name in _ABOUT},
    **{name: MergeField(name, optional=True) for name in _OPTIONAL},
}
"""Every merge field there is, by its name."""

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_GAP = "[mangler: {}]"
GAP = re.compile(r"\[mangler: [^\]\n]*\]")
"""What stands in a text where something is missing still; a text with one is not ready to be sent."""


@dataclass(frozen=True)
class TemplateVersion:
    """One wording of a template with the days it holds, both included, and who wrote it when (None: it came along)."""

    kind: TextKind
    subject: str
    text: str
    valid_from: date
    valid_to: date | None = None
    set_by: str | None = None
    set_at: datetime | None = None


class BadTemplate(ValueError):
    """A template cannot be used: `code` with the fields it is about."""

    def __init__(self, code: str, *fields: str) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


@dataclass(frozen=True)
class Filled:
    """A template with what is known filled in; the fields still missing stand marked in the text."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class SmsLength:
    """How much of one SMS a text takes: in GSM-7 (160), or, for characters outside it (`outside`), in UCS-2 (70)."""

    used: int
    most: int
    outside: str

    @property
    def fits(self) -> bool:
        """Whether it is one SMS."""
        return self.used <= self.most


def fields_in(text: str) -> tuple[str, ...]:
    """The merge fields of a template, each once, in their order."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def fields_for(kind: TextKind) -> tuple[str, ...]:
    """The merge fields a kind of text may use."""
    return tuple(name for name, field in FIELDS.items() if field.open or kind not in HEARD_BY_OTHERS)


def check_template(kind: TextKind, text: str, subject: str = "") -> None:
    """Raises BadTemplate for an unknown field, one the kind may not use, a brace alone, or a text too long or empty."""
    if not text.strip():
        raise BadTemplate("empty")
    if len(text) > LONGEST_TEMPLATE or len(subject) > LONGEST_SUBJECT:
        raise BadTemplate("too_long")
    if set("{}") & set(_FIELD.sub("", f"{subject}\n{text}")):
        raise BadTemplate("stray_brace")
    used = fields_in(f"{subject}\n{text}")
    if unknown := [name for name in used if name not in FIELDS]:
        raise BadTemplate("unknown_field", *unknown)
    if private := [name for name in used if name not in fields_for(kind)]:
        raise BadTemplate("private_field", *private)
    if kind is TextKind.SMS and not sms_length(_FIELD.sub("", text)).fits:
        raise BadTemplate("too_long")


def fill(text: str, values: Mapping[str, str | None]) -> Filled:
    """The template filled; gaps are marked, and a paragraph that is one optional field goes when that is empty."""
    missing: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        """What is known of a field; else a gap, noted as missing."""
        name = found[1]
        known = (values.get(name) or "").strip()
        if not known and not FIELDS[name].optional:
            missing[name] = None
            return _GAP.format(name)
        return known

    paragraphs = (_FIELD.sub(value, one).strip() for one in re.split(r"\n\s*\n", text.strip()))
    return Filled("\n\n".join(one for one in paragraphs if one), tuple(missing))


def has_gap(text: str) -> bool:
    """Whether something is marked as missing still."""
    return GAP.search(text) is not None


_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_TWICE = frozenset("^{}\\[~]|€\f")
"""The default alphabet of GSM 03.38, and its extension, of which each character takes two places."""


def sms_length(text: str) -> SmsLength:
    """How long a text is as an SMS (GSM 03.38)."""
    outside = "".join(dict.fromkeys(char for char in text if char not in _GSM7 | _GSM7_TWICE))
    if outside:
        return SmsLength(len(text.encode("utf-16-le")) // 2, _ONE_SMS_UNICODE, outside)
    return SmsLength(len(text) + sum(char in _GSM7_TWICE for char in text), ONE_SMS, "")


def in_force(versions: Sequence[TemplateVersion], on: date) -> TemplateVersion | None:
    """The version that holds on a day, of those in the order they were written: the latest first day, then the last."""
    held = [one for one in versions if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)]
    return max(reversed(held), key=lambda one: one.valid_from, default=None)
