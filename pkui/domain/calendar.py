"""Working days in Denmark as a value; the office's own closed days count for targets and calls, never for the law."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)


class OutsideCalendar(ValueError):
    """A date lies outside the years whose public holidays are known."""


class DayKind(StrEnum):
    """Why a day counts as a working day or not."""

    WORKING_DAY = "working_day"
    WEEKEND = "weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    OFFICE_CLOSED = "office_closed"


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One row of a printed count: the day, its kind, the holiday's code where it is one, and the running number."""

    day: date
    kind: DayKind
    number: int
    holiday: str | None = None


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday less public holidays; `closed` are the office's own days off, which legal limits ignore."""

    holidays: Mapping[date, str]
    first_year: int
    last_year: int
    closed: frozenset[date] = field(default_factory=frozenset)

    def covers(self, day: date) -> bool:
        """Whether the public holidays of that day's year are known."""
        return self.first_year <= day.year <= self.last_year

    def closing(self, days: Iterable[date]) -> "Calendar":
        """The same calendar with the office's own closed days."""
        return Calendar(self.holidays, self.first_year, self.last_year, frozenset(days))

    def legal(self) -> "Calendar":
        """The same calendar without the office's own closed days: the one for limits set by law."""
        return Calendar(self.holidays, self.first_year, self.last_year)

    def kind(self, day: date) -> DayKind:
        """What sort of day this is. Raises OutsideCalendar where the year's holidays are unknown."""
        if not self.covers(day):
            raise OutsideCalendar(f"public holidays are known for {self.first_year}-{self.last_year}, not {day.year}")
        if day in self.holidays:
            return DayKind.PUBLIC_HOLIDAY
        if day.isoweekday() > 5:
            return DayKind.WEEKEND
        return DayKind.OFFICE_CLOSED if day in self.closed else DayKind.WORKING_DAY

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, no public holiday, not closed."""
        return self.kind(day) is DayKind.WORKING_DAY

    def on_or_after(self, day: date) -> date:
        """The first working day from this day on, the day itself included."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`; day 1 is the first working day after it."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=i)) for i in range(1, days + 1))

    def count(self, start: date, working_days: int) -> list[CountedDay]:
        """The count from `start` (number 0) to the last of `working_days`, one row a calendar day."""
        rows = [self._row(start, 0)]
        number, day = 0, start
        while number < working_days:
            day += ONE_DAY
            number += self.is_working_day(day)
            rows.append(self._row(day, number))
        return rows

    def _row(self, day: date, number: int) -> CountedDay:
        return CountedDay(day, self.kind(day), number, self.holidays.get(day))
