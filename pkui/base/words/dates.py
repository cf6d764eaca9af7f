"""Dates and times as people in the office say them: 'i dag 16.00', 'fre. 14.09', 'lørdag 28. november'."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton

from pkui.base.clock import local
from pkui.base.words import _, language

NEAR_DAYS = 6


@lru_cache(maxsize=2)
def _locale(code: str) -> Locale:
    return Locale.parse({"da": "da", "en": "en_GB"}[code])


def clock_time(at: time | datetime) -> str:
    """16.00 in Danish, 16:00 in English."""
    if isinstance(at, datetime):
        at = local(at).time()
    mark = "." if language() == "da" else ":"
    return f"{at.hour:02d}{mark}{at.minute:02d}"


def span(start: time, end: time) -> str:
    """A span of wall time, short where it can be: 9-11, 9.30-11."""
    return f"{_short(start)}-{_short(end)}"


def weekday(day: date) -> str:
    """The short name of a weekday, three letters in either language: fre., Fri."""
    name = babel_date(day, "EEEE", locale=_locale(language()))[:3]
    return f"{name}." if language() == "da" else name


def weekday_name(number: int) -> str:
    """The short name of ISO weekday 1-7."""
    return weekday(date(2026, 11, 22) + timedelta(days=number))


def short_date(day: date, today: date) -> str:
    """A date with its weekday: lør. 28. nov.; the year where it is another."""
    return f"{weekday(day)} " + babel_date(day, _pattern("d. MMM", "d MMM", day, today), locale=_locale(language()))


def plain_date(day: date) -> str:
    """A date in figures: 28.11.2026 or 28/11/2026."""
    return format_skeleton("yMMdd", datetime.combine(day, time()), locale=_locale(language()))


def long_date(day: date) -> str:
    """A date in full: mandag 23. november."""
    return babel_date(day, "EEEE d. MMMM" if language() == "da" else "EEEE d MMMM", locale=_locale(language()))


def near_day(day: date, today: date) -> str:
    """A day near today by its name, further away by its date: i dag, fre., 12. dec."""
    away = (day - today).days
    if away == 0:
        return _("today")
    if -NEAR_DAYS <= away <= NEAR_DAYS:
        return weekday(day)
    return babel_date(day, _pattern("d. MMM", "d MMM", day, today), locale=_locale(language()))


def near_instant(at: datetime, now: datetime) -> str:
    """An instant near now: i dag 16.00, fre. 14.09, 12. dec."""
    day, today = local(at).date(), local(now).date()
    if abs((day - today).days) > NEAR_DAYS:
        return near_day(day, today)
    return f"{near_day(day, today)} {clock_time(at)}"


def near_time(at: datetime, now: datetime) -> str:
    """An instant whose hour matters however far away: i dag 16.00, fre. 14.09, 12. dec. 09.30."""
    return f"{near_day(local(at).date(), local(now).date())} {clock_time(at)}"


def stamp(at: datetime) -> str:
    """Day, month and time for a timeline: 20/11 14.09."""
    wall = local(at)
    return f"{wall.day:02d}/{wall.month:02d} {clock_time(at)}"


def _short(at: time) -> str:
    return str(at.hour) if at.minute == 0 else clock_time(at).lstrip("0")


def _pattern(danish: str, english: str, day: date, today: date) -> str:
    pattern = danish if language() == "da" else english
    return pattern if day.year == today.year else f"{pattern} y"
