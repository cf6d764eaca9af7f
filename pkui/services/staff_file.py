"""Reads a file of people: JSON `pk-staff/1` or CSV, both as the same rows, each checked and named by its place.

CSV has a head line `kind,username,name,value,from,to` and one row a thing: `team` (value: code), `person`,
`role` (value: role), `member` (value: team), `shift` (value: day, from and to as HH:MM) and `absence` (value: kind,
from and to as ISO 8601 with offset). JSON holds the same: `{"schema": "pk-staff/1", "teams": [...], "people": [{...,
"roles": [...], "teams": [...], "shifts": [...], "absences": [...]}]}`.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, TypeVar

from pkui.base.errors import BadInput
from pkui.domain.codes import AbsenceKind, Role

SCHEMA = "pk-staff/1"
SYSTEM = "system"
LIMIT_BYTES = 10_000_000
_COLUMNS = ("kind", "username", "name", "value", "from", "to")
_USERNAME = re.compile(r"[a-zæøå0-9][a-zæøå0-9._-]{0,39}")
_TEAM = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_MOST_NAME = 120
T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One row as text; `row` is a CSV line number or a JSON pointer."""

    row: int | str
    kind: str
    username: str = ""
    name: str = ""
    value: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Team:
    """A team opened and closed by date."""

    code: str
    name: str | None
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Held:
    """A role or a team that a person has from one day to another, both included."""

    code: str
    first: date
    last: date | None


@dataclass(frozen=True)
class ShiftOn:
    """A stretch of work in local wall time."""

    day: date
    starts: time
    ends: time


@dataclass(frozen=True)
class AbsenceFrom:
    """A time away; without an end until somebody gives it one."""

    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime | None


@dataclass
class PersonRows:
    """A person and everything the file says of her."""

    row: int | str
    username: str
    name: str
    active_from: date
    active_to: date | None
    roles: list[Held] = field(default_factory=list)
    teams: list[Held] = field(default_factory=list)
    shifts: list[ShiftOn] = field(default_factory=list)
    absences: list[AbsenceFrom] = field(default_factory=list)


@dataclass(frozen=True)
class StaffFile:
    """The whole file, checked but for the teams that stand in the database."""

    teams: tuple[Team, ...]
    people: tuple[PersonRows, ...]
    named_teams: dict[str, int | str]


def read_staff_file(data: bytes) -> StaffFile:
    """The people of a file. Raises BadInput with the row that is wrong; nothing that stands in it is repeated."""
    if len(data) > LIMIT_BYTES:
        raise BadInput("bad_staff_file")
    try:
        text = data.decode("utf-8-sig")
        entries = list(_from_json(text) if text.lstrip().startswith("{") else _from_csv(text))
    except (UnicodeDecodeError, csv.Error, ValueError, RecursionError) as error:
        raise BadInput("bad_staff_file") from error
    return _gather(entries)


def _from_csv(text: str) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if tuple(reader.fieldnames or ()) != _COLUMNS:
        raise ValueError("another head line")
    for values in reader:
        if None in values or None in values.values():
            raise BadInput("bad_staff_row", row=reader.line_num)
        kind, username, name, value, first, last = (values[column].strip() for column in _COLUMNS)
        yield Entry(reader.line_num, kind, username, name, value, first, last)


def _from_json(text: str) -> Iterator[Entry]:
    document = json.loads(text)
    if document.get("schema") != SCHEMA:
        raise ValueError("another schema")
    for number, team in enumerate(_list(document, "teams", "")):
        place = f"/teams/{number}"
        yield _entry(place, "team", team, {"value": "code", "name": "name", "first": "from", "last": "to"})
    for number, person in enumerate(_list(document, "people", "")):
        place = f"/people/{number}"
        whole = _entry(place, "person", person, {"username": "username", "name": "name", "first": "from", "last": "to"})
        yield whole
        for part, kind, value in (
            ("roles", "role", "role"),
            ("teams", "member", "team"),
            ("shifts", "shift", "day"),
            ("absences", "absence", "kind"),
        ):
            for index, one in enumerate(_list(person, part, place)):
                keys = {"value": value, "first": "from", "last": "to"}
                yield _entry(f"{place}/{part}/{index}", kind, one, keys, whole.username)


def _list(holder: Any, name: str, place: str) -> list[Any]:
    found = holder.get(name) or []
    if not isinstance(found, list):
        raise BadInput("bad_staff_row", row=f"{place}/{name}")
    return found


def _entry(place: str, kind: str, values: Any, keys: dict[str, str], username: str = "") -> Entry:
    if not isinstance(values, dict) or set(values) - set(keys.values()) - {"roles", "teams", "shifts", "absences"}:
        raise BadInput("bad_staff_row", row=place)
    texts = {ours: values.get(theirs) for ours, theirs in keys.items()}
    if any(not isinstance(text, str | None) for text in texts.values()):
        raise BadInput("bad_staff_row", row=place)
    return Entry(place, kind, **{"username": username, **{name: (text or "").strip() for name, text in texts.items()}})


def _gather(entries: list[Entry]) -> StaffFile:
    teams = [_team(one) for one in entries if one.kind == "team"]
    people: dict[str, PersonRows] = {}
    for one in entries:
        if one.kind == "person":
            person = _person(one)
            if person.username in people:
                raise BadInput("bad_username", row=one.row)
            people[person.username] = person
    named: dict[str, int | str] = {}
    for one in entries:
        if one.kind not in ("team", "person"):
            _add(one, people, named)
    for person in people.values():
        _require_no_overlap(person)
    return StaffFile(tuple(teams), tuple(people.values()), named)


def _add(one: Entry, people: dict[str, PersonRows], named: dict[str, int | str]) -> None:
    person = people.get(one.username.casefold())
    if person is None:
        raise BadInput("bad_username", row=one.row)
    match one.kind:
        case "role":
            code = _as(Role, one.value, "bad_role", one.row)
            if code is Role.SYSTEM:
                raise BadInput("bad_role", row=one.row)
            person.roles.append(_held(one, code.value, person))
        case "member":
            named.setdefault(one.value, one.row)
            person.teams.append(_held(one, one.value, person))
        case "shift":
            person.shifts.append(_shift(one))
        case "absence":
            person.absences.append(_absence(one))
        case _:
            raise BadInput("bad_staff_row", row=one.row)


def _team(one: Entry) -> Team:
    if not _TEAM.fullmatch(one.value) or len(one.name) > _MOST_NAME:
        raise BadInput("bad_team", row=one.row)
    return Team(one.value, one.name or None, *_days(one))


def _person(one: Entry) -> PersonRows:
    username = one.username.casefold()
    if not _USERNAME.fullmatch(username) or username == SYSTEM:
        raise BadInput("bad_username", row=one.row)
    if not one.name or len(one.name) > _MOST_NAME:
        raise BadInput("bad_staff_row", row=one.row)
    return PersonRows(one.row, username, one.name, *_days(one))


def _held(one: Entry, code: str, person: PersonRows) -> Held:
    first, last = _days(one, person.active_from)
    return Held(code, first, last)


def _shift(one: Entry) -> ShiftOn:
    day = _as(date.fromisoformat, one.value, "bad_shift", one.row)
    starts, ends = (_as(time.fromisoformat, text, "bad_shift", one.row) for text in (one.first, one.last))
    if starts >= ends or starts.tzinfo or ends.tzinfo:
        raise BadInput("bad_shift", row=one.row)
    return ShiftOn(day, starts, ends)


def _absence(one: Entry) -> AbsenceFrom:
    kind = _as(AbsenceKind, one.value, "bad_absence", one.row)
    starts = _as(datetime.fromisoformat, one.first, "bad_absence", one.row)
    ends = _as(datetime.fromisoformat, one.last, "bad_absence", one.row) if one.last else None
    if starts.tzinfo is None or (ends is not None and (ends.tzinfo is None or ends <= starts)):
        raise BadInput("bad_absence", row=one.row)
    return AbsenceFrom(kind, starts, ends)


def _days(one: Entry, default: date | None = None) -> tuple[date, date | None]:
    if not one.first and default is not None:
        first = default
    else:
        first = _as(date.fromisoformat, one.first, "bad_staff_date", one.row)
    last = _as(date.fromisoformat, one.last, "bad_staff_date", one.row) if one.last else None
    if last is not None and last < first:
        raise BadInput("bad_staff_date", row=one.row)
    return first, last


def _as(read: Callable[[str], T], text: str, code: str, row: int | str) -> T:
    try:
        return read(text)
    except ValueError as error:
        raise BadInput(code, row=row) from error


def _require_no_overlap(person: PersonRows) -> None:
    ordered = sorted(person.shifts, key=lambda shift: (shift.day, shift.starts))
    if any(one.day == after.day and after.starts < one.ends for one, after in pairwise(ordered)):
        raise BadInput("shifts_overlap", row=person.row)
