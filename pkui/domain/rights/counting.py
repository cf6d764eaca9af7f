"""How limits are counted: calendar days with pauses, working days, weeks and years, each with its printed count.

Day 0 is the day of the event; the last day is day N. Limits that protect a patient are not moved off a weekend; an
expiry of a right to complain or claim is (Forældelsesloven § 27). Dates past the last one there is stay at that one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pkui.domain.calendar import Calendar, DayKind, OutsideCalendar
from pkui.domain.rights.answers import CountRow, Reason
from pkui.domain.rights.facts import Cause, Postponement
from pkui.domain.rights.law import ONE_DAY, Law

PATIENTS_OWN = frozenset({Cause.PATIENT_WISH, Cause.HEALTH})
MONTH_DAYS = 30


def days_after(day: date, count: int) -> date:
    """The day that many calendar days later, or the last date there is."""
    return date.max if count > (date.max - day).days else day + timedelta(days=count)


def years_after(day: date, years: int) -> date:
    """The corresponding date; 29 February becomes the 28th in a year without one."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def month_after(day: date) -> date:
    """The corresponding day of the next month, or its last day."""
    year, month = divmod(day.year * 12 + day.month, 12)
    if year > date.max.year:
        return date.max
    last = 31
    while True:
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            last -= 1


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that is left out of a clock, from its first day up to its last (not counted)."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days are left out."""
        return (self.end - self.start).days


def pauses(postponements: Sequence[Postponement]) -> list[Pause]:
    """The stretches a patient put off for health or own wish, merged where they overlap, in order."""
    spans = sorted(
        (one.start, one.end)
        for one in postponements
        if one.cause in PATIENTS_OWN and one.start is not None and one.end is not None and one.start < one.end
    )
    merged: list[Pause] = []
    for start, end in spans:
        if merged and start <= merged[-1].end:
            merged[-1] = Pause(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Pause(start, end))
    return merged


@dataclass(frozen=True, slots=True)
class Limit:
    """The last day of a limit and the count that leads to it."""

    last: date
    rows: tuple[CountRow, ...]


def calendar_limit(start: date, days: int, left_out: Iterable[Pause] = ()) -> Limit:
    """Day 0 is `start`, the last day `days` later, plus every pause that begins before the limit runs out."""
    last = days_after(start, days)
    rows, paused = [CountRow(start, 0, Reason("day_zero"))], 0
    for pause in left_out:
        begins = max(pause.start, start)
        if begins > last or pause.end <= begins:
            continue
        length = (pause.end - begins).days
        rows.append(CountRow(begins, (begins - start).days - paused, Reason("pause_begins", {"days": length})))
        paused += length
        rows.append(CountRow(pause.end, (pause.end - start).days - paused, Reason("pause_ends")))
        last = days_after(last, length)
    note = Reason("last_day")
    if days == MONTH_DAYS and month_after(start) < days_after(start, days):
        note = Reason("last_day_month_differs", {"on": month_after(start).isoformat()})
    rows.append(CountRow(last, days, note))
    return Limit(last, tuple(rows))


def weeks_limit(start: date, weeks: int) -> date:
    """The same weekday that many weeks later."""
    return days_after(start, weeks * 7)


def working_limit(start: date, days: int, calendar: Calendar, law: Law) -> Limit | None:
    """Monday to Friday less public holidays, day 1 the first after `start`; None where the holidays are unknown."""
    legal = calendar.legal()
    try:
        counted = legal.count(start, days)
    except (OutsideCalendar, OverflowError):
        return None
    rows = []
    for row in counted:
        if row.number == 0 and row.day == start:
            note = Reason("day_zero")
        elif row.kind is DayKind.PUBLIC_HOLIDAY:
            note = Reason("public_holiday", {"holiday": row.holiday})
        elif row.kind is DayKind.WEEKEND:
            note = Reason("saturday" if row.day.isoweekday() == 6 else "sunday")
        elif row.day.strftime("%m-%d") in law.doubtful_days:
            note = Reason("doubtful_working_day")
        else:
            note = Reason("last_working_day" if row is counted[-1] else "working_day")
        rows.append(CountRow(row.day, row.number, note))
    return Limit(counted[-1].day, tuple(rows))


def expiry(day: date, calendar: Calendar, law: Law) -> date | None:
    """The first day from `day` on that a limitation period can end on; None where the holidays are unknown."""
    legal = calendar.legal()
    try:
        while not legal.is_working_day(day) or day.strftime("%m-%d") in law.expiry_days:
            day += ONE_DAY
    except (OutsideCalendar, OverflowError):
        return None
    return day
