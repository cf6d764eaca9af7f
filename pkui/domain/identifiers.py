"""Person numbers: what sort of number was entered, the birth date in it, and how it is shown."""

import re
from dataclasses import dataclass
from datetime import date

from pkui.domain.codes import IdentifierType

REPLACEMENT_DAYS = 60
"""What an older habit adds to the day of birth in a local replacement number."""

_SEPARATORS = "[-\u2010\u2011\u2013 \u00a0]"
_ENTRY = re.compile(rf"([0-9]{{6}}){_SEPARATORS}?([0-9A-Za-z]{{4}})")
_NATIONAL = re.compile(r"[17][A-Z]{2}[0-9]")
_LOCAL = re.compile(r"[0-9][0-9A-Z]{2}[0-9]")
_FOUND = re.compile(rf"(?<![0-9])(?<![0-9][.,])([0-9]{{6}}){_SEPARATORS}?([0-9]{{4}})(?![0-9])")
_UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_DIGEST = re.compile(r"[0-9A-Za-z+/]{24,}")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A person number of a known sort; `value` is ten characters in upper case without hyphen."""

    type: IdentifierType
    value: str

    def __repr__(self) -> str:
        """Shows the sort only, so that a number cannot slip into a log or a traceback."""
        return f"Identifier({self.type.value})"


def classify(text: str) -> Identifier | None:
    """The identifier that was entered, with or without hyphen or blank, or None where it cannot be one.

    Ten digits and a real date make a CPR number. The check digit (modulus 11) says nothing: numbers without
    it are issued since 2007. Letters make a replacement number: national (X-eCPR) with the century mark 1 or 7
    and two letters, else local (D-eCPR); a day of birth above 60 is the older local habit.
    """
    match = _ENTRY.fullmatch(text.strip())
    if match is None:
        return None
    value = (match[1] + match[2]).upper()
    if _birth(value, 0) is not None:
        return Identifier(_sort(value[6:]), value) if _LOCAL.fullmatch(value[6:]) else None
    if value.isdigit() and _birth(value, REPLACEMENT_DAYS) is not None:
        return Identifier(IdentifierType.REPLACEMENT, value)
    return None


def _sort(tail: str) -> IdentifierType:
    if tail.isdigit():
        return IdentifierType.CPR
    return IdentifierType.X_ECPR if _NATIONAL.fullmatch(tail) else IdentifierType.D_ECPR


def birth_date(identifier: Identifier) -> date | None:
    """The birth date that the number carries; None for `none` and for a value that no date can be read from."""
    if identifier.type is IdentifierType.NONE:
        return None
    shift = REPLACEMENT_DAYS if identifier.type is IdentifierType.REPLACEMENT else 0
    return _birth(identifier.value, shift)


def _birth(value: str, shift: int) -> date | None:
    if not re.match(r"[0-9]{7}", value):
        return None
    short_year = int(value[4:6])
    try:
        return date(_century(int(value[6]), short_year) + short_year, int(value[2:4]), int(value[:2]) - shift)
    except ValueError:
        return None


def _century(mark: int, short_year: int) -> int:
    """The century by the seventh digit and the year (cpr.dk, how the number is built)."""
    if mark <= 3:
        return 1900
    if mark in (4, 9):
        return 2000 if short_year <= 36 else 1900
    return 2000 if short_year <= 57 else 1800


def display(identifier: Identifier) -> str:
    """The number as people read it, `DDMMYY-SSSS`; empty where there is none."""
    return f"{identifier.value[:6]}-{identifier.value[6:]}" if identifier.value else ""


def masked(identifier: Identifier) -> str:
    """The number with its last four characters hidden, for places that others may see."""
    return f"{identifier.value[:6]}-••••" if identifier.value else ""


def age_on(birth: date, day: date) -> int:
    """Full years from birth to that day; a person born on 29 February has her birthday on 1 March otherwise."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def find_cprs(text: str) -> list[str]:
    """Every CPR number in a text, ten digits each: digits with a real date, with or without hyphen or blank.

    UUIDs and long unbroken runs (digests, encoded bytes) are passed over: their digits are nobody's number.
    """
    readable = _DIGEST.sub("~", _UUID.sub("~", text))
    numbers = (match[1] + match[2] for match in _FOUND.finditer(readable))
    return [number for number in numbers if _birth(number, 0) is not None]
