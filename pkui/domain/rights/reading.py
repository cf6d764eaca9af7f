"""Reads facts from JSON: each field by its type, and the place and kind of the first fault."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from pkui.domain.rights.facts import Cause, DateChange, Place, Postponement, RightsFacts

LARGEST = 1_000_000
LONGEST_TEXT = 2_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class BadFacts(ValueError):
    """A field is unknown or of the wrong type: `pointer` is a JSON pointer, `code` names the fault."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{pointer}: {code}")
        self.pointer, self.code = pointer, code


def _day(value: object, at: str) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise BadFacts(at, "not_a_date")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadFacts(at, "not_a_date") from error


def _yes_no(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise BadFacts(at, "not_true_or_false")
    return value


def _whole(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadFacts(at, "not_a_whole_number")
    if not 0 <= value <= LARGEST:
        raise BadFacts(at, "out_of_range")
    return value


def _number(value: object, at: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadFacts(at, "not_a_number")
    if not 0 <= value <= LARGEST:
        raise BadFacts(at, "out_of_range")
    return value


def _text(value: object, at: str) -> str:
    if not isinstance(value, str):
        raise BadFacts(at, "not_a_text")
    if len(value) > LONGEST_TEXT:
        raise BadFacts(at, "out_of_range")
    return value


def _list(value: object, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadFacts(at, "not_a_list")
    return value


def _texts(value: object, at: str) -> tuple[str, ...]:
    return tuple(sorted({_text(one, f"{at}/{number}") for number, one in enumerate(_list(value, at))}))


def _member(kind: type[StrEnum]) -> Callable[[object, str], StrEnum | None]:
    members = {member.value: member for member in kind}

    def read(value: object, at: str) -> StrEnum | None:
        """The member a text names; none for `unknown`. Raises BadFacts for another."""
        if not isinstance(value, str):
            raise BadFacts(at, "not_a_text")
        if value == "unknown":
            return None
        if value not in members:
            raise BadFacts(at, "unknown_value")
        return members[value]

    return read


def _object(value: object, at: str, readers: Mapping[str, tuple[str, Callable[[object, str], Any]]]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadFacts(at or "/", "not_an_object")
    found = {}
    for name, inner in value.items():
        place = f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}"
        if name not in readers:
            raise BadFacts(place, "unknown_name")
        target, read = readers[name]
        found[target] = None if inner is None else read(inner, place)
    return found


def _postponements(value: object, at: str) -> tuple[Postponement, ...]:
    readers = {"from": ("start", _day), "to": ("end", _day), "cause": ("cause", _member(Cause))}
    return tuple(Postponement(**_object(one, f"{at}/{number}", readers)) for number, one in enumerate(_list(value, at)))


def _history(value: object, at: str) -> tuple[DateChange, ...]:
    readers = {
        "old_date": ("old_date", _day),
        "new_date": ("new_date", _day),
        "changed_on": ("changed_on", _day),
        "cause": ("cause", _member(Cause)),
        "at": ("at", _member(Place)),
    }
    return tuple(DateChange(**_object(one, f"{at}/{number}", readers)) for number, one in enumerate(_list(value, at)))


def _reader(annotation: object) -> Callable[[object, str], Any]:
    """How a field of that type is read."""
    simple: dict[object, Callable[[object, str], Any]] = {
        date | None: _day,
        bool | None: _yes_no,
        int | None: _whole,
        float | None: _number,
        str | None: _text,
        tuple[str, ...] | None: _texts,
        tuple[Postponement, ...] | None: _postponements,
        tuple[DateChange, ...] | None: _history,
    }
    if annotation in simple:
        return simple[annotation]
    kind = next(part for part in getattr(annotation, "__args__", ()) if part is not type(None))
    return _member(kind)


READERS: dict[str, tuple[str, Callable[[object, str], Any]]] = {
    one.name: (one.name, _reader(one.type)) for one in fields(RightsFacts)
}
"""Every field in order, with what reads it from JSON."""


def read_facts(document: object) -> RightsFacts:
    """The facts in a JSON object; absent and null mean unknown. Raises BadFacts for names and types that are wrong."""
    return RightsFacts(**_object(document, "", READERS))
