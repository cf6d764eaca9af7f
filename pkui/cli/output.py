"""Printing: JSON and nothing else, or readable text without anything that could steer a terminal."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

from pkui.base.clock import local

_GAP = "  "


class Output:
    """How this run prints: `as_json` beats `plain`, which is one line a row with tabs between the cells."""

    def __init__(self) -> None:
        self.as_json = False
        self.plain = False

    def data(self, value: Any) -> None:
        """One JSON value on a line of its own, handed on at once to whoever reads along."""
        ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
        sys.stdout.write(json.dumps(value, ensure_ascii=ascii_only) + "\n")
        sys.stdout.flush()

    def lines(self, texts: Iterable[str]) -> None:
        """Readable lines."""
        for text in texts:
            sys.stdout.write(_printable(text, sys.stdout.encoding) + "\n")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Rows in columns under their head; plain rows have neither head nor padding."""
        if self.plain:
            self.lines("\t".join(clean(cell) for cell in row) for row in rows)
            return
        cells = [[clean(cell) for cell in row] for row in (head, *rows)]
        widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
        self.lines(
            _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
        )

    def pairs(self, values: Mapping[str, str]) -> None:
        """Name and value, a line each."""
        separator = "\t" if self.plain else ": "
        self.lines(f"{name}{separator}{clean(value)}" for name, value in values.items())


def clean(text: str) -> str:
    """Text from outside on one line, without characters that steer a terminal or turn the reading direction."""
    return "".join(char if unicodedata.category(char) not in ("Cc", "Cf") else " " for char in text)


def as_json(value: Any) -> Any:
    """A value as JSON can hold it: codes by value, instants as ISO 8601 with the office's offset, times as HH:MM."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case UUID():
            return str(value)
        case Mapping():
            return {str(key): as_json(one) for key, one in value.items()}
        case list() | tuple() | frozenset():
            return [as_json(one) for one in value]
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    return value


def instant(at: datetime) -> str:
    """An instant as ISO 8601, to the second, with the office's offset."""
    return local(at).isoformat(timespec="seconds")


def instant_or_none(at: datetime | None) -> str | None:
    """An instant, or null."""
    return None if at is None else instant(at)


def _printable(text: str, encoding: str | None) -> str:
    """The text with what the terminal's encoding lacks written out, so that printing never fails."""
    kept = "".join(char if char == "\t" else clean(char) for char in text)
    return kept.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")
