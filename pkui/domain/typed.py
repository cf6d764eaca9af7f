"""What people type for dates, times, numbers and yes or no, read the way Danes write them."""

import re
from contextlib import suppress
from datetime import date, time, timedelta

from pkui.domain.windows import CallWindow

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")
_WEEKDAYS = ("ma", "ti", "on", "to", "fr", "lø", "sø")
_TIME = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?")
_SOON = ("i morgen", "imorgen", "tomorrow")
_YES = {"ja", "j", "yes", "y"}
_NO = {"nej", "n", "no"}


class Unreadable(ValueError):
    """The text is no date, time, number or answer."""


def typed_date(text: str, today: date) -> date:
    """A date: `2026-11-27`, `27/11`, `27.11.26`, `+3` (days), `fre` (the next one), `i dag`, `i morgen`.

    A day and month without a year is the next such day. Raises Unreadable.
    """
    text = text.strip().casefold()
    if text in ("i dag", "idag", "today"):
        return today
    if text in _SOON:
        return today + timedelta(days=1)
    if re.fullmatch(r"\+\d{1,3}", text):
        return today + timedelta(days=int(text))
    for weekday, short in enumerate(_WEEKDAYS, 1):
        if len(text) >= 3 and text.startswith(short) and text.isalpha():
            return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else _day_first(text, today)
    except ValueError as error:
        raise Unreadable from error


def _day_first(text: str, today: date) -> date:
    found = _DAY_FIRST.fullmatch(text)
    if not found:
        raise Unreadable
    day, month, year = found.groups()
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    for candidate in (today.year, today.year + 1):
        try:
            read = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if read >= today:
            return read
    raise Unreadable


def past_date(text: str, today: date) -> date:
    """A day of something that has happened: without a year the last such day, `fre` the last Friday, `-3`, `i går`.

    Raises Unreadable.
    """
    text = text.strip().casefold()
    if text in ("i går", "igår", "yesterday"):
        return today - timedelta(days=1)
    if re.fullmatch(r"-\d{1,3}", text):
        return today - timedelta(days=int(text[1:]))
    if text.isalpha():
        read = typed_date(text, today)
        return read - timedelta(days=7) if read > today and text not in _SOON else read
    return max((day for day in _yearless(text, today) if day <= today), default=None) or typed_date(text, today)


def near_date(text: str, today: date) -> date:
    """A day that may lie behind or ahead: without a year the one nearest to today. Raises Unreadable."""
    days = _yearless(text.strip().casefold(), today)
    return min(days, key=lambda day: abs((day - today).days)) if days else typed_date(text, today)


def _yearless(text: str, today: date) -> list[date]:
    """A day and month without a year, in the years around; nothing for other texts."""
    found = _DAY_FIRST.fullmatch(text)
    days = []
    if found and not found[3]:
        for year in range(today.year - 8, today.year + 9):
            with suppress(ValueError):
                days.append(date(year, int(found[2]), int(found[1])))
    return days


def typed_time(text: str) -> time:
    """A wall time: `9`, `9.30`, `09:30`, `0930`. Raises Unreadable."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise Unreadable
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError as error:
        raise Unreadable from error


def typed_yes_no(text: str) -> bool:
    """Yes or no in Danish or English. Raises Unreadable."""
    text = text.strip().casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable


def typed_number(text: str) -> float:
    """A number with a decimal comma or point. Raises Unreadable."""
    if not re.fullmatch(r"-?\d{1,9}([.,]\d{1,4})?", text.strip()):
        raise Unreadable
    return float(text.strip().replace(",", "."))


def typed_windows(text: str) -> list[CallWindow]:
    """Weekly call times: `ma 9-11.30, to 13-15`; several days before one span share it. Raises Unreadable."""
    found: list[CallWindow] = []
    days: list[int] = []
    for word in re.split(r"[\s,;]+", text.strip().casefold()):
        weekday = next((number for number, short in enumerate(_WEEKDAYS, 1) if word.startswith(short)), None)
        if weekday is not None and word.rstrip(".").isalpha():
            days = [*days, weekday] if not found or found[-1].weekday not in days else [weekday]
            continue
        start, dash, end = word.partition("-")
        if not dash or not days:
            raise Unreadable
        try:
            found.extend(CallWindow(day, typed_time(start), typed_time(end)) for day in days)
        except ValueError as error:
            raise Unreadable from error
    if not found:
        raise Unreadable
    return found
