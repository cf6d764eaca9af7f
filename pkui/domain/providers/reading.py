"""Reads the catalogue format `pk-catalogue/1` from JSON, or from CSV texts with the same names (a list is `a;b`)."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from pkui.domain.providers.catalogue import (
    LISTS,
    SCHEMA,
    Agreement,
    AgreementKind,
    Catalogue,
    Organization,
    Ownership,
    Row,
    Service,
    WaitingTime,
    WaitSource,
    key_of,
)

LONGEST = 2_000
LONGEST_KEY = 80
LONGEST_NAME = 200
MOST_ROWS = 100_000
MOST_WEEKS = 520
_KEYS = frozenset({"id", "organization_id", "location_id", "service_id", "code", "area", "part_of"})
_NAMES = frozenset({"name", "name_da", "region_scope", "cluster", "type", "city", "specialty_da", "owner", "basis"})
_SHORT = frozenset({"sor_id", "shak", "cvr", "owner_region", "confidence", "postcode", "phone", "specialty_code"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "1", "ja", "yes"}), frozenset({"false", "0", "nej", "no"})


class BadCatalogue(ValueError):
    """The catalogue cannot be read: `pointer` names list, row (from 1) and field, `code` the fault."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{pointer}: {code}")
        self.pointer, self.code = pointer, code


@dataclass(frozen=True)
class CatalogueWarning:
    """Something that is kept and looks wrong: the list, the row's number from 1, and what."""

    list: str
    row: int
    code: str
    value: str


def read_catalogue(document: object) -> tuple[Catalogue, tuple[CatalogueWarning, ...]]:
    """The catalogue in a JSON value, and what looks wrong in it. Raises BadCatalogue."""
    if not isinstance(document, dict):
        raise BadCatalogue("/", "not_an_object")
    if document.get("schema") != SCHEMA:
        raise BadCatalogue("/schema", "unknown_schema")
    lists = {}
    for name in LISTS:
        rows = document.get(name)
        if not isinstance(rows, list):
            raise BadCatalogue(f"/{name}", "missing" if rows is None else "not_a_list")
        lists[name] = rows
    as_of = document.get("as_of")
    return _built(lists, None if as_of is None else _Field("/as_of").day(as_of), from_text=False)


def read_csv_texts(texts: Mapping[str, str]) -> tuple[Catalogue, tuple[CatalogueWarning, ...]]:
    """The catalogue in one CSV text a list. Raises BadCatalogue."""
    lists: dict[str, list[Any]] = {}
    for name in LISTS:
        if name not in texts:
            raise BadCatalogue(f"/{name}", "missing")
        try:
            lists[name] = list(csv.DictReader(io.StringIO(texts[name].removeprefix("\ufeff")), strict=True))
        except csv.Error as error:
            raise BadCatalogue(f"/{name}", "not_csv") from error
    return _built(lists, None, from_text=True)


def _built(
    lists: Mapping[str, list[Any]], as_of: date | None, *, from_text: bool
) -> tuple[Catalogue, tuple[CatalogueWarning, ...]]:
    found: dict[str, dict[str, Row]] = {}
    for name, kind in LISTS.items():
        if len(lists[name]) > MOST_ROWS:
            raise BadCatalogue(f"/{name}", "too_many_rows")
        rows: dict[str, Row] = {}
        for number, raw in enumerate(lists[name], start=1):
            row = read_row(kind, raw, f"/{name}/{number}", from_text=from_text)
            if rows.setdefault(key_of(row), row) is not row:
                raise BadCatalogue(f"/{name}/{number}/{kind.KEY}", "twice")
        found[name] = rows
    _check_references(found)
    return Catalogue(as_of, found), tuple(_warnings(found))


def read_row(kind: type[Row], raw: object, at: str, *, from_text: bool = False) -> Row:
    """One row of a list; `from_text` reads typed or CSV values. Raises BadCatalogue."""
    if not isinstance(raw, dict):
        raise BadCatalogue(at, "not_an_object")
    values = {}
    for field in fields(kind):
        value = raw.get(field.name)
        if from_text and isinstance(value, str):
            value = value.strip() or None
        place = f"{at}/{field.name}"
        if value is not None:
            values[field.name] = _read(field.name, str(field.type), _Field(place, from_text), value)
        elif field.default is MISSING and not _may_be_left_out(field.name):
            raise BadCatalogue(place, "missing")
    if kind is WaitingTime:
        values.setdefault("source", WaitSource.ILLUSTRATIVE if values.get("illustrative") else WaitSource.VENTEINFO)
        values["illustrative"] = bool(values.get("illustrative")) or values["source"] is WaitSource.ILLUSTRATIVE
    row: Row = kind(**values)
    if isinstance(row, Agreement):
        if not row.areas:
            raise BadCatalogue(f"{at}/areas", "missing")
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            raise BadCatalogue(f"{at}/valid_to", "ends_before_it_starts")
    return row


def _may_be_left_out(name: str) -> bool:
    return name == "source"


def _read(name: str, kind: str, field: "_Field", value: object) -> Any:
    codes: dict[str, type[StrEnum]] = {"ownership": Ownership, "kind": AgreementKind}
    if name in codes:
        return field.code(value, codes[name])
    if "WaitSource" in kind:
        return field.code(value, WaitSource)
    if "tuple" in kind:
        return field.texts(value)
    if "bool" in kind:
        return field.yes_no(value)
    if "float" in kind:
        return field.number(value, 90 if name == "latitude" else 180)
    if "int" in kind:
        return field.whole(value, MOST_WEEKS if name.startswith("weeks") else 1_000_000)
    if "date" in kind:
        return field.day(value)
    longest = LONGEST_KEY if name in _KEYS | _SHORT else LONGEST_NAME if name in _NAMES else LONGEST
    return field.text(value, longest)


class _Field:
    """One value with its place; each reading gives the right type or raises BadCatalogue."""

    def __init__(self, at: str, from_text: bool = False) -> None:
        self.at, self.from_text = at, from_text

    def fail(self, code: str) -> NoReturn:
        """Refuses the value where it stands."""
        raise BadCatalogue(self.at, code)

    def text(self, value: object, longest: int = LONGEST) -> str:
        """Words that are there and not too long."""
        if not isinstance(value, str) or "\0" in value:
            self.fail("not_a_text")
        if len(value) > longest:
            self.fail("too_long")
        if not value.strip():
            self.fail("missing")
        return value.strip()

    def texts(self, value: object) -> tuple[str, ...]:
        """Several short texts."""
        if self.from_text and isinstance(value, str):
            value = [part for part in value.split(";") if part.strip()]
        if not isinstance(value, list):
            self.fail("not_a_list")
        return tuple(self.text(one, LONGEST_NAME) for one in value)

    def code(self, value: object, kind: type[StrEnum]) -> StrEnum:
        """One of our codes."""
        if value not in set(kind):
            self.fail("unknown_code")
        return kind(str(value))

    def yes_no(self, value: object) -> bool:
        """Yes or no."""
        if self.from_text and isinstance(value, str) and value.casefold() in _TRUE | _FALSE:
            return value.casefold() in _TRUE
        if not isinstance(value, bool):
            self.fail("not_yes_or_no")
        return value

    def whole(self, value: object, most: int) -> int:
        """A whole number."""
        if self.from_text and isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            self.fail("not_a_whole_number")
        return value

    def number(self, value: object, most: float) -> float:
        """A number."""
        if self.from_text and isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                self.fail("not_a_number")
        if not isinstance(value, int | float) or isinstance(value, bool) or not -most <= value <= most:
            self.fail("not_a_number")
        return float(value)

    def day(self, value: object) -> date:
        """A date."""
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("not_a_date")
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail("not_a_date")


_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("organizations", "part_of", "organizations"),
    ("locations", "organization_id", "organizations"),
    ("services", "location_id", "locations"),
    ("agreements", "organization_id", "organizations"),
    ("waiting_times", "service_id", "services"),
)


def _check_references(found: Mapping[str, Mapping[str, Row]]) -> None:
    for name, field, target in _REFERENCES:
        for number, row in enumerate(found[name].values(), start=1):
            value = getattr(row, field)
            if value is not None and value not in found[target]:
                raise BadCatalogue(f"/{name}/{number}/{field}", "unknown_row")
    for number, one in enumerate(found["organizations"].values(), start=1):
        if isinstance(one, Organization) and one.id in _ancestors(one, found["organizations"]):
            raise BadCatalogue(f"/organizations/{number}/part_of", "part_of_itself")


def _ancestors(one: Organization, all_: Mapping[str, Row]) -> set[str]:
    seen: set[str] = set()
    above = one.part_of
    while above is not None and above not in seen:
        seen.add(above)
        above = getattr(all_[above], "part_of", None)
    return seen


def _warnings(found: Mapping[str, Mapping[str, Row]]) -> Iterable[CatalogueWarning]:
    """Areas that no list of areas knows, with the number of the row that names them."""
    known = found["areas"]
    named: dict[str, Callable[[Any], tuple[str, ...]]] = {
        "services": lambda row: (row.area,) if isinstance(row, Service) else (),
        "agreements": lambda row: row.areas if isinstance(row, Agreement) else (),
    }
    for name, areas_of in named.items():
        for number, row in enumerate(found[name].values(), start=1):
            for area in areas_of(row):
                if area not in known:
                    yield CatalogueWarning(name, number, "unknown_area", area)
