"""Reads the keys of a JSON object one by one, each checked; what is wrong is collected, nothing is raised."""

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from pkui.domain import phones
from pkui.domain.intake.text import clean_line, clean_prose
from pkui.domain.intake.values import Problem
from pkui.domain.intake.values import ProblemCode as Code

MAX_PROBLEMS = 50
"""More than this many problems of one body tell nobody more."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_OFFSET = re.compile(r"([Zz]|[+-][0-9]{2}:?[0-9]{2})$")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]+\.[^@\s<>\".]+")
MAX_READ = 254
"""The longest text that is read as a code, a date or an address of mail."""

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Fields:
    """One JSON object of a submission, where it stands, and the list its problems go to.

    Every reader answers None for a key that is absent, null or an empty text, and for one that is refused.
    """

    def __init__(self, values: dict[str, object], pointer: str, problems: list[Problem]) -> None:
        self.values = values
        self.pointer = pointer
        self.problems = problems

    def refuse(self, key: str, code: Code) -> None:
        """Notes a problem of a key; an empty key means the object itself."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(f"{self.pointer}/{key}" if key else self.pointer, code))

    def _given(self, key: str, required: bool) -> object | None:
        value = self.values.get(key)
        if value is None or value == "":
            if required:
                self.refuse(key, Code.REQUIRED)
            return None
        return value

    def _string(self, key: str, limit: int, required: bool) -> str | None:
        value = self._given(key, required)
        if value is None:
            return None
        if not isinstance(value, str):
            self.refuse(key, Code.WRONG_TYPE)
        elif len(value) > limit:
            self.refuse(key, Code.TOO_LONG)
        else:
            return value
        return None

    def line(self, key: str, limit: int, required: bool = False) -> str | None:
        """A single line of at most that many characters, cleaned."""
        text = self._string(key, limit, required)
        cleaned = clean_line(text) if text is not None else None
        if cleaned == "" and required:
            self.refuse(key, Code.REQUIRED)
        return cleaned or None

    def prose(self, key: str, limit: int) -> str | None:
        """Free text of at most that many characters, cleaned."""
        text = self._string(key, limit, required=False)
        return (clean_prose(text) or None) if text is not None else None

    def read(self, key: str, reader: Callable[[str], T | None], code: Code, required: bool = False) -> T | None:
        """A short text as `reader` understands it; where it answers None or raises ValueError, `code` is noted."""
        text = self._string(key, MAX_READ, required)
        if text is None:
            return None
        try:
            value = reader(text.strip())
        except (ValueError, OverflowError):
            value = None
        if value is None:
            self.refuse(key, code)
        return value

    def matching(self, key: str, pattern: re.Pattern[str], code: Code, required: bool = False) -> str | None:
        """A short text of a given form."""
        return self.read(key, lambda text: text if pattern.fullmatch(text) else None, code, required)

    def code(self, key: str, codes: type[E], refused: Code = Code.UNKNOWN_CODE, required: bool = False) -> E | None:
        """One of our codes."""
        return self.read(key, codes, refused, required)

    def flag(self, key: str, required: bool = False) -> bool | None:
        """True or false, not a word or a number for it."""
        value = self._given(key, required)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key, Code.WRONG_TYPE)
        return None

    def number(self, key: str, low: int, high: int) -> float | None:
        """A number within bounds, both included."""
        value = self._given(key, required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, Code.WRONG_TYPE)
        elif not low <= value <= high:
            self.refuse(key, Code.OUT_OF_RANGE)
        else:
            return float(value)
        return None

    def whole(
        self, key: str, low: int, high: int, refused: Code = Code.OUT_OF_RANGE, required: bool = False
    ) -> int | None:
        """A whole number within bounds, both included."""
        value = self._given(key, required)
        if value is None:
            return None
        if isinstance(value, float) and not value.is_integer():
            self.refuse(key, refused)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(key, Code.WRONG_TYPE)
        elif not low <= value <= high:
            self.refuse(key, refused)
        else:
            return int(value)
        return None

    def day(self, key: str, first: date = date.min, last: date = date.max, required: bool = False) -> date | None:
        """A date written YYYY-MM-DD, within bounds."""
        value = self.read(key, _day, Code.INVALID_DATE, required)
        if value is not None and not first <= value <= last:
            self.refuse(key, Code.OUT_OF_RANGE)
            return None
        return value

    def wall(self, key: str) -> time | None:
        """A wall time written HH:MM, seconds allowed; required."""
        return self.read(key, _wall, Code.INVALID_TIME, required=True)

    def instant(self, key: str, first: datetime, last: datetime, required: bool = False) -> datetime | None:
        """An ISO 8601 timestamp with its offset, as aware UTC, within bounds."""
        text = self.values.get(key)
        if isinstance(text, str) and _INSTANT.fullmatch(text.strip()) and not _OFFSET.search(text.strip()):
            self.refuse(key, Code.OFFSET_MISSING)
            return None
        value = self.read(key, _instant, Code.INVALID_TIMESTAMP, required)
        if value is None or first <= value <= last:
            return value
        self.refuse(key, Code.OUT_OF_RANGE if value < first else Code.IN_THE_FUTURE)
        return None

    def uuid(self, key: str) -> str | None:
        """A UUID in its usual form, in lower case; required."""
        return self.read(key, _uuid, Code.INVALID_UUID, required=True)

    def phone(self, key: str) -> str | None:
        """A telephone number, as E.164."""
        return self.read(key, phones.normalise, Code.INVALID_PHONE)

    def email(self, key: str) -> str | None:
        """An e-mail address: something, one @, a domain with a dot, nothing invisible."""
        return self.read(key, _email, Code.INVALID_EMAIL)

    def child(self, key: str, required: bool = False) -> "Fields | None":
        """The object under a key."""
        value = self._given(key, required)
        if isinstance(value, dict):
            return Fields(value, f"{self.pointer}/{key}", self.problems)
        if value is not None:
            self.refuse(key, Code.WRONG_TYPE)
        return None

    def entries(self, key: str, limit: int) -> list[object]:
        """The entries of the list under a key, at most that many."""
        value = self._given(key, required=False)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, Code.WRONG_TYPE)
        elif len(value) > limit:
            self.refuse(key, Code.TOO_MANY)
        else:
            return value
        return []

    def children(self, key: str, limit: int) -> list["Fields"]:
        """The objects of the list under a key, at most that many."""
        found = []
        for number, entry in enumerate(self.entries(key, limit)):
            if isinstance(entry, dict):
                found.append(Fields(entry, f"{self.pointer}/{key}/{number}", self.problems))
            else:
                self.refuse(f"{key}/{number}", Code.WRONG_TYPE)
        return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if _DATE.fullmatch(text) else None


def _wall(text: str) -> time | None:
    return time.fromisoformat(text) if _TIME.fullmatch(text) else None


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text.upper()).astimezone(UTC) if _INSTANT.fullmatch(text) else None


def _uuid(text: str) -> str | None:
    return str(uuid.UUID(text)) if _UUID.fullmatch(text) else None


def _email(text: str) -> str | None:
    return text if _EMAIL.fullmatch(text) and text.isprintable() else None
