"""The phone book: whom it holds, finding them while one types, whom a case needs, and reading a file of them."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pkui.domain.codes import Party
from pkui.domain.folding import fold
from pkui.domain.phones import normalise


class PhoneKind(StrEnum):
    """Whom one reaches at a number."""

    VISITATION = "visitation"
    BOOKING = "booking"
    PATHWAY_COORDINATOR = "pathway_coordinator"
    PRIVATE_HOSPITAL = "private_hospital"
    TRANSPORT_OFFICE = "transport_office"
    INTERPRETER = "interpreter"
    OFFICE = "office"
    OTHER = "other"


PARTIES: dict[PhoneKind, Party] = {
    PhoneKind.VISITATION: Party.DEPARTMENT,
    PhoneKind.BOOKING: Party.DEPARTMENT,
    PhoneKind.PATHWAY_COORDINATOR: Party.PATHWAY_COORDINATOR,
    PhoneKind.PRIVATE_HOSPITAL: Party.PRIVATE_HOSPITAL,
    PhoneKind.TRANSPORT_OFFICE: Party.OTHER,
    PhoneKind.INTERPRETER: Party.INTERPRETER,
    PhoneKind.OFFICE: Party.OTHER,
    PhoneKind.OTHER: Party.OTHER,
}
"""With whom a call to each of them is a contact."""

_COLUMNS = ("kind", "name", "place", "phone", "hours", "note")
_LONGEST = {"name": 200, "place": 200, "hours": 200, "note": 500}
MOST_ROWS = 5_000


@dataclass(frozen=True)
class PhoneRow:
    """One entry as a file or a person gives it. `place`: the hospital or town; `phone` in E.164."""

    kind: PhoneKind
    name: str
    place: str
    phone: str
    hours: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same entry as another: kind, name and place, however they are spelt."""
        return (self.kind.value, fold(self.name), fold(self.place))


class BadPhoneRow(ValueError):
    """A row cannot be used: its number, counted from 1, and the field that is wrong."""

    def __init__(self, row: int, field: str) -> None:
        super().__init__(field)
        self.row, self.field = row, field


@dataclass(frozen=True)
class PhoneChanges:
    """What a file would do to the book; `ended` are entries that came from a file and are in it no more."""

    added: tuple[PhoneRow, ...]
    changed: tuple[tuple[PhoneRow, PhoneRow], ...]
    ended: tuple[PhoneRow, ...]


def read_rows(raw: bytes) -> list[PhoneRow]:
    """The entries of a JSON list or of a CSV file with a head line. Raises BadPhoneRow; row 0 is the file itself."""
    try:
        text = raw.decode("utf-8-sig")
        listed = json.loads(text) if text.lstrip()[:1] in ("[", "{") else _from_csv(text)
    except (ValueError, RecursionError, csv.Error) as error:
        raise BadPhoneRow(0, "file") from error
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed) or len(listed) > MOST_ROWS:
        raise BadPhoneRow(0, "file")
    rows = [phone_row(one, number) for number, one in enumerate(listed, 1)]
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(rows, 1):
        if row.key in seen:
            raise BadPhoneRow(number, "name")
        seen.add(row.key)
    return rows


def phone_row(values: Mapping[str, Any], number: int = 1) -> PhoneRow:
    """One entry from texts. Raises BadPhoneRow naming the field that is missing, unknown, too long or no number."""
    if unknown := [str(name) for name in values if name not in _COLUMNS]:
        raise BadPhoneRow(number, unknown[0] if unknown[0].isidentifier() else "file")
    texts: dict[str, str] = {}
    for name in _COLUMNS:
        value = values.get(name) or ""
        if not isinstance(value, str) or len(value.strip()) > _LONGEST.get(name, 100):
            raise BadPhoneRow(number, name)
        texts[name] = " ".join(value.split())
    phone = normalise(texts["phone"])
    if texts["kind"] not in {one.value for one in PhoneKind}:
        raise BadPhoneRow(number, "kind")
    if not texts["name"]:
        raise BadPhoneRow(number, "name")
    if phone is None:
        raise BadPhoneRow(number, "phone")
    return PhoneRow(PhoneKind(texts["kind"]), texts["name"], texts["place"], phone, texts["hours"], texts["note"])


def _from_csv(text: str) -> list[dict[str, Any]]:
    first = text.splitlines()[0] if text.strip() else ""
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",", strict=True))


def phone_changes(held: Iterable[tuple[PhoneRow, bool]], new: Sequence[PhoneRow]) -> PhoneChanges:
    """What a file changes; `held`: each entry in force with whether a person wrote it, which outlives a file."""
    before = {row.key: row for row, _by_hand in held}
    by_hand = {row.key for row, hand in held if hand}
    after = {row.key: row for row in new}
    return PhoneChanges(
        added=tuple(row for key, row in after.items() if key not in before),
        changed=tuple((before[key], row) for key, row in after.items() if key in before and before[key] != row),
        ended=tuple(row for key, row in before.items() if key not in after and key not in by_hand),
    )


def matches(typed: str, entry: PhoneRow, words: str = "") -> bool:
    """Whether every typed word begins a word of the entry, of `words`, or of its number, also with one letter wrong."""
    held = fold(f"{entry.name} {entry.place} {entry.note} {words}").replace(",", " ").split()
    digits = "".join(char for char in typed if char.isdigit())
    if digits and digits == "".join(typed.split()) and digits in entry.phone:
        return True
    return all(any(_begins(word, one) for one in held) for word in fold(typed).split())


def _begins(typed: str, word: str) -> bool:
    if word.startswith(typed):
        return True
    return len(typed) > 3 and any(_one_apart(typed, word[:length]) for length in range(len(typed) - 1, len(typed) + 2))


def _one_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter added, lost, changed, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        swapped = short[at : at + 2][::-1] == long[at : at + 2] and short[at + 2 :] == long[at + 2 :]
        return swapped or short[at + 1 :] == long[at + 1 :]
    return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]


def for_case(
    entries: Iterable[PhoneRow], *, hospital: str, department: str, place: str, interpreter: bool
) -> list[PhoneRow]:
    """The entries a case needs, the likeliest first: its department, the chosen place, transport, interpreter.

    Texts that a letter holds are compared word by word; an empty one fits nothing.
    """

    def rank(entry: PhoneRow) -> tuple[int, int] | None:
        """How near an entry is to the case, least first; none where it does not belong to it."""
        here = _share(hospital, entry.place)
        if entry.kind in (PhoneKind.PATHWAY_COORDINATOR, PhoneKind.BOOKING, PhoneKind.VISITATION):
            same = _share(department, entry.name)
            order = (PhoneKind.PATHWAY_COORDINATOR, PhoneKind.BOOKING, PhoneKind.VISITATION).index(entry.kind)
            return (0 if same else 2, order) if here and (same or not department) else None
        if entry.kind is PhoneKind.PRIVATE_HOSPITAL:
            return (1, 0) if _share(place, f"{entry.name} {entry.place}") else None
        if entry.kind is PhoneKind.TRANSPORT_OFFICE:
            return (3, 0)
        return (4, 0) if entry.kind is PhoneKind.INTERPRETER and interpreter else None

    ranked = [(found, number, entry) for number, entry in enumerate(entries) if (found := rank(entry)) is not None]
    return [entry for _found, _number, entry in sorted(ranked, key=lambda one: one[:2])]


_COMMON = frozenset(
    {"hospitalet", "hospital", "sygehus", "regionshospitalet", "afdeling", "afdelingen", "klinik", "og"}
)


def _share(one: str, other: str) -> bool:
    """Whether two names have a word in common that tells something."""
    return bool((set(fold(one).replace(",", " ").split()) & set(fold(other).replace(",", " ").split())) - _COMMON)
