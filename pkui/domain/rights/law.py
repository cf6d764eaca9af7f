"""The numbers of the law with their dates, as a value: parsed and validated from TOML, overridden by the office."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NoReturn

ONE_DAY = timedelta(days=1)
FIRM = frozenset({"H", "H/M", "M/H"})
CONFIDENCES = FIRM | {"M", "L", ""}


class BadLaw(ValueError):
    """The law's text breaks a rule: `pointer` names the place, `code` the rule."""

    def __init__(self, pointer: str, code: str) -> None:
        super().__init__(f"{pointer}: {code}")
        self.pointer, self.code = pointer, code


class Unit(StrEnum):
    """What a rule's value counts."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    YEARS = "years"
    KM = "km"
    KRONER = "kroner"


@dataclass(frozen=True, slots=True)
class Row:
    """A number in force from one day to another; `value` in the rule's unit, None where it is not verified."""

    start: date
    end: date | None = None
    value: int | None = None
    outer: int | None = None
    suspended: str | None = None
    confidence: str = "H"
    sources: tuple[str, ...] = ()
    citation: str | None = None
    note: str | None = None

    @property
    def firm(self) -> bool:
        """Whether the sources stand by the number (high confidence)."""
        return self.confidence in FIRM

    def covers(self, day: date) -> bool:
        """Whether the row is in force on that day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Rule:
    """One right's number through time: rows in order of date, none of them overlapping."""

    id: str
    key_event: str
    unit: Unit
    citations: tuple[str, ...]
    rows: tuple[Row, ...]
    gaps: tuple[tuple[date, date], ...] = ()
    switch: str | None = None

    def on(self, day: date) -> Row | None:
        """The row of that day; None before the first and in a declared gap."""
        for row in reversed(self.rows):
            if row.start <= day:
                return row if row.end is None or day <= row.end else None
        return None


@dataclass(frozen=True, slots=True)
class OfficeValue:
    """A number that the office has verified: from when it counts, where it is written, who set it and when."""

    rule: str
    start: date
    value: int
    source: str
    set_by: str
    set_on: date
    end: date | None = None
    outer: int | None = None
    suspended: str | None = None


@dataclass(frozen=True)
class Law:
    """Every rule by its id; `replaced` keeps the rows that office values took the place of."""

    version: str
    rules: Mapping[str, Rule]
    home_regions: frozenset[str]
    skin_words: tuple[str, ...]
    skin_covered_words: tuple[str, ...]
    skin_outside_words: tuple[str, ...]
    expiry_days: frozenset[str]
    doubtful_days: frozenset[str]
    children_under: int
    pension_from_age: int
    office: tuple[OfficeValue, ...] = ()
    replaced: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def rule(self, name: str) -> Rule:
        """The rule with that id. Raises KeyError."""
        return self.rules[name]

    def in_force(self, name: str, day: date) -> Row | None:
        """The rule's row that day; a rule behind a switch has none until the office has set a value for it."""
        rule = self.rules[name]
        confirmed = rule.switch is None or any(value.rule == name for value in self.office)
        return rule.on(day) if confirmed else None

    def with_office(self, values: Iterable[OfficeValue]) -> "Law":
        """The same law with the office's values laid over it, in their order. Raises BadLaw."""
        rules, replaced = dict(self.rules), dict(self.replaced)
        laid = tuple(values)
        for number, value in enumerate(laid):
            rule = rules.get(value.rule)
            if rule is None:
                raise BadLaw(f"/office/{number}/rule", "unknown_rule")
            if value.end is not None and value.end < value.start:
                raise BadLaw(f"/office/{number}/to", "ends_before_it_starts")
            over = [row for row in rule.rows if _meet(row, value)]
            replaced[value.rule] = (*replaced.get(value.rule, ()), *over)
            rules[value.rule] = replace(rule, rows=_laid_over(rule, value))
        return replace(self, rules=rules, replaced=replaced, office=(*self.office, *laid))


def _meet(row: Row, value: OfficeValue) -> bool:
    return (row.end is None or row.end >= value.start) and (value.end is None or row.start <= value.end)


def _laid_over(rule: Rule, value: OfficeValue) -> tuple[Row, ...]:
    """The rows with the office's value cut in; what stood there before keeps its days on either side."""
    new = Row(
        value.start, value.end, value.value, value.outer, value.suspended, "H", (value.source,), note=value.set_by
    )
    rows = [new]
    for row in rule.rows:
        if not _meet(row, value):
            rows.append(row)
            continue
        if row.start < value.start:
            rows.append(replace(row, end=value.start - ONE_DAY))
        if value.end is not None and (row.end is None or row.end > value.end):
            rows.append(replace(row, start=value.end + ONE_DAY))
    return tuple(sorted(rows, key=lambda row: row.start))


def parse_law(text: str) -> Law:
    """The law from its TOML text, validated. Raises BadLaw with a pointer."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadLaw("/", "not_toml") from error
    reader = _Reader(document, "")
    rules = [_rule(one) for one in reader.tables("rule")]
    by_id = {rule.id: rule for rule in rules}
    if len(by_id) < len(rules):
        raise BadLaw("/rule", "twice")
    law = Law(
        version=reader.text("version"),
        rules=by_id,
        home_regions=frozenset(name.casefold() for name in reader.texts("home_regions")),
        skin_words=reader.texts("skin_words"),
        skin_covered_words=reader.texts("skin_covered_words"),
        skin_outside_words=reader.texts("skin_outside_words"),
        expiry_days=frozenset(reader.texts("expiry_days")),
        doubtful_days=frozenset(reader.texts("doubtful_days")),
        children_under=reader.need_number("children_under"),
        pension_from_age=reader.need_number("pension_from_age"),
    )
    return law.with_office(_office_value(one) for one in reader.tables("office"))


class _Reader:
    """A table of the document with its pointer; each reading gives the right type or raises BadLaw."""

    def __init__(self, table: Mapping[str, Any], at: str) -> None:
        self.table, self.at = table, at

    def fail(self, key: str, code: str) -> NoReturn:
        """Refuses the value where it stands."""
        raise BadLaw(f"{self.at}/{key}", code)

    def tables(self, key: str) -> "list[_Reader]":
        """Several tables."""
        found = self.table.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.fail(key, "not_a_list")
        return [_Reader(one, f"{self.at}/{key}/{number}") for number, one in enumerate(found)]

    def text(self, key: str) -> str:
        """Words that are there."""
        found = self.table.get(key)
        if not isinstance(found, str):
            self.fail(key, "missing" if found is None else "not_a_text")
        return found

    def maybe_text(self, key: str) -> str | None:
        """Words, or none."""
        return self.text(key) if key in self.table else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Several texts."""
        found = self.table.get(key)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.fail(key, "missing" if found is None else "not_a_list")
        return tuple(found)

    def need_number(self, key: str) -> int:
        """A number that must be there."""
        found = self.number(key)
        if found is None:
            self.fail(key, "missing")
        return found

    def number(self, key: str) -> int | None:
        """A number, or none."""
        found = self.table.get(key)
        if found is not None and (not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= 100_000):
            self.fail(key, "not_a_whole_number")
        return found

    def day(self, key: str) -> date:
        """A date that must be there."""
        found = self.table.get(key)
        if type(found) is not date:
            self.fail(key, "missing" if found is None else "not_a_date")
        return found

    def maybe_day(self, key: str) -> date | None:
        """A date, or none."""
        return self.day(key) if key in self.table else None


def _rule(reader: _Reader) -> Rule:
    unit = reader.text("unit")
    if unit not in set(Unit):
        reader.fail("unit", "unknown_unit")
    rows = reader.tables("rows")
    if not rows:
        reader.fail("rows", "missing")
    rule = Rule(
        id=reader.text("id"),
        key_event=reader.text("key_event"),
        unit=Unit(unit),
        citations=reader.texts("citations"),
        rows=tuple(_row(one) for one in rows),
        gaps=tuple((one.day("from"), one.day("to")) for one in reader.tables("gaps")),
        switch=reader.maybe_text("switch"),
    )
    _in_order(rule, reader)
    return rule


def _row(reader: _Reader) -> Row:
    confidence = reader.text("confidence")
    if confidence not in CONFIDENCES:
        reader.fail("confidence", "unknown_confidence")
    row = Row(
        start=reader.day("from"),
        end=reader.maybe_day("to"),
        value=reader.number("value"),
        outer=reader.number("outer"),
        suspended=reader.maybe_text("suspended"),
        confidence=confidence,
        sources=reader.texts("sources"),
        citation=reader.maybe_text("citation"),
        note=reader.maybe_text("note"),
    )
    if row.value is None and confidence:
        reader.fail("value", "missing")
    if row.end is not None and row.end < row.start:
        reader.fail("to", "ends_before_it_starts")
    return row


def _in_order(rule: Rule, reader: _Reader) -> None:
    """Rows follow each other without overlap, and without a gap that the rule does not declare. Raises BadLaw."""
    for number, (row, after) in enumerate(zip(rule.rows, rule.rows[1:], strict=False)):
        at = f"rows/{number + 1}/from"
        if row.end is None or after.start <= row.end:
            reader.fail(at, "overlaps")
        if after.start != row.end + ONE_DAY and (row.end + ONE_DAY, after.start - ONE_DAY) not in rule.gaps:
            reader.fail(at, "undeclared_gap")


def _office_value(reader: _Reader) -> OfficeValue:
    return OfficeValue(
        rule=reader.text("rule"),
        start=reader.day("from"),
        end=reader.maybe_day("to"),
        value=reader.need_number("value"),
        outer=reader.number("outer"),
        suspended=reader.maybe_text("suspended"),
        source=reader.text("source"),
        set_by=reader.text("set_by"),
        set_on=reader.day("set_on"),
    )
