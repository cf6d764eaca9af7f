"""Reads the answers of the intake for tests: problems as pairs, every value of a tree, every pointer of a body."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum

from pkui.domain.intake import Parked, Parsed


def problems(parsed: Parsed) -> list[tuple[str, str]]:
    assert isinstance(parsed, Parked), parsed
    return [(problem.pointer, problem.code.value) for problem in parsed.problems]


def leaves(value: object) -> Iterator[object]:
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from leaves(entry)
    else:
        yield value


def assert_storable(parsed: Parsed) -> None:
    """Every text of the answer fits any database and steers no screen."""
    for leaf in leaves(parsed):
        if isinstance(leaf, str) and not isinstance(leaf, Enum):
            leaf.encode("utf-8")
            assert all(sign in "\n\t" or not (sign < " " or "\x7f" <= sign <= "\x9f") for sign in leaf)
            assert not set(leaf) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
        if isinstance(leaf, datetime):
            assert leaf.utcoffset() == timedelta(0)


def every_pointer(value: object, pointer: str = "") -> Iterator[str]:
    if pointer:
        yield pointer
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from every_pointer(inner, f"{pointer}/{key}")
