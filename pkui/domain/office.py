"""The office's own dated settings as one value: hours, closed days, service targets, attempts."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pkui.domain.calendar import Calendar
from pkui.domain.codes import PriorityClass, Topic
from pkui.domain.sorting_rules import (
    COMMON_AREAS,
    LIMIT_WORDS,
    ORDINARY_BECAUSE,
    PSYCHIATRY_WORDS,
    SIMPLE_TOPICS,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


CHOICES: Mapping[str, frozenset[str]] = {
    "simple_topics": frozenset(topic.value for topic in Topic),
    "ordinary_because": frozenset(ORDINARY_BECAUSE),
}
"""The settings that are lists of codes, and the codes."""
MOST_WORDS, LONGEST_WORD = 200, 60


class BadSetting(ValueError):
    """A setting's value is not of its kind, or its key is unknown."""


@dataclass(frozen=True)
class OfficeSettings:
    """How the office works on a given day. Times are local wall time; `targets` are working days by class.

    A plan of calls is offered above so many waiting; it leaves a share of today and tomorrow free for repairs, and
    after the longest wait (working days) a call counts as aged, however long it takes.
    """

    opens: time = time(8, 0)
    closes: time = time(16, 0)
    calls_from: time = time(8, 30)
    calls_to: time = time(15, 30)
    closed_days: frozenset[date] = frozenset()
    same_day_before: time = time(14, 0)
    next_day_by: time = time(10, 0)
    target_days_class_2: int = 1
    target_days_class_3: int = 2
    target_days_class_4: int = 3
    deadline_near_days: int = 5
    appointment_near_days: int = 3
    attempts: int = 3
    plan_above_waiting: int = 150
    lock_after_minutes: int = 10
    break_glass_minutes: int = 60
    log_kept_months: int = 24
    kept_months: int = 24
    kept_months_complaints: int = 60
    kept_months_records: int = 24
    review_sample: int = 20
    review_within_days: int = 14
    plan_held_back_percent: int = 8
    plan_longest_wait_days: int = 10
    first_to_all_minutes: int = 60
    kept_percent: int = 50
    approved_first: int = 10
    simple_topics: tuple[str, ...] = SIMPLE_TOPICS
    ordinary_because: tuple[str, ...] = ORDINARY_BECAUSE
    simple_from_age: int = 18
    common_areas: tuple[str, ...] = COMMON_AREAS
    psychiatry_words: tuple[str, ...] = PSYCHIATRY_WORDS
    limit_words: tuple[str, ...] = LIMIT_WORDS

    def target_days(self, priority_class: PriorityClass) -> int:
        """Working days from receipt to the first real answer; class 1 is answered the same day."""
        return {
            PriorityClass.MAXIMUM_WAITING_TIME: 0,
            PriorityClass.LEGAL_DEADLINE: self.target_days_class_2,
            PriorityClass.ORDINARY: self.target_days_class_3,
            PriorityClass.RECORDS: self.target_days_class_4,
        }[priority_class]

    def closing(self, day: date) -> datetime:
        """The instant at which the office closes on that day."""
        return at(day, self.closes)

    def calendar(self, public_holidays: Calendar) -> Calendar:
        """The office's working days: public holidays and its own closed days taken out."""
        return public_holidays.closing(self.closed_days)


def at(day: date, wall: time) -> datetime:
    """The instant of a local wall time on a day."""
    return datetime.combine(day, wall, COPENHAGEN)


def settings_from(values: Mapping[str, Any]) -> OfficeSettings:
    """The settings in force from stored values by key. Raises BadSetting naming the key."""
    defaults = OfficeSettings()
    return replace(defaults, **{key: parse_setting(key, value) for key, value in values.items()})


def parse_setting(key: str, value: Any) -> Any:
    """One stored value as the type its key asks for: 'HH:MM', dates, words or a whole number. Raises BadSetting."""
    kinds = {f.name: type(getattr(OfficeSettings(), f.name)) for f in fields(OfficeSettings)}
    kind = kinds.get(key)
    try:
        if kind is time and isinstance(value, str):
            return time.fromisoformat(value)
        if kind is frozenset and isinstance(value, list):
            return frozenset(date.fromisoformat(day) for day in value)
        if kind is tuple and isinstance(value, list):
            return _words(key, value)
        if kind is int and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000:
            return value
    except (TypeError, ValueError) as error:
        raise BadSetting(key) from error
    raise BadSetting(key)


def problem_of(office: OfficeSettings) -> str | None:
    """Which setting does not go with the others, if any: hours in their order, a share of no more than the whole."""
    if office.opens >= office.closes:
        return "closes"
    if not office.opens <= office.calls_from < office.calls_to <= office.closes:
        return "calls_to" if office.calls_from >= office.opens else "calls_from"
    if not office.opens <= office.same_day_before <= office.closes:
        return "same_day_before"
    if not office.opens <= office.next_day_by <= office.closes:
        return "next_day_by"
    return "kept_percent" if office.kept_percent > 100 else None


def _words(key: str, value: list[Any]) -> tuple[str, ...]:
    if len(value) > MOST_WORDS or not all(isinstance(word, str) and 0 < len(word) <= LONGEST_WORD for word in value):
        raise BadSetting(key)
    choices = CHOICES.get(key)
    if choices is not None and not choices.issuperset(value):
        raise BadSetting(key)
    if choices is None and not all(word.strip("* ") for word in value):
        raise BadSetting(key)
    return tuple(value)
