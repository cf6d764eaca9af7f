"""The working-day calendar: compared with the library it was written from, and with the rules it stands for."""

from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.base.calendar import public_holidays
from pkui.domain.calendar import ONE_DAY, Calendar, DayKind, OutsideCalendar
from tests.tools.public_holidays import FIRST_YEAR, LAST_YEAR, from_library, render

CALENDAR = public_holidays()
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR - 1, 1, 1))


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + n + 90) // 25
    return date(year, month, (h - m + n + month + 19) % 32)


def test_the_file_says_what_the_library_says_for_every_year() -> None:
    assert dict(CALENDAR.holidays) == from_library()
    assert (CALENDAR.first_year, CALENDAR.last_year) == (FIRST_YEAR, LAST_YEAR)


def test_writing_the_file_again_changes_nothing() -> None:
    assert render(from_library()) == files("pkui.domain").joinpath("public_holidays.toml").read_text("utf-8")


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_the_movable_days_follow_easter(year: int) -> None:
    sunday = easter(year)
    moved = {-3: "maundy_thursday", -2: "good_friday", 0: "easter_sunday", 1: "easter_monday",
             39: "ascension_day", 49: "whit_sunday", 50: "whit_monday"}  # fmt: skip
    for days, name in moved.items():
        assert name in CALENDAR.holidays[sunday + timedelta(days=days)].split("+")
    fixed = {(1, 1): "new_years_day", (12, 25): "christmas_day", (12, 26): "second_christmas_day"}
    for (month, day), name in fixed.items():
        assert CALENDAR.holidays[date(year, month, day)] == name
    prayer_day = sunday + timedelta(days=26)
    assert (CALENDAR.holidays.get(prayer_day) == "great_prayer_day") is (year <= 2023)
    assert CALENDAR.is_working_day(prayer_day) is (year > 2023)
    assert sum(day.year == year for day in CALENDAR.holidays) in ((11, 10) if year <= 2023 else (10, 9))


def test_the_days_before_christmas_and_after_it() -> None:
    assert CALENDAR.is_working_day(date(2026, 12, 24)), "no public holiday; the office may close"
    assert CALENDAR.is_working_day(date(2026, 12, 31))
    assert CALENDAR.is_working_day(date(2026, 6, 5)), "constitution day is none either"
    assert CALENDAR.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert CALENDAR.add_working_days(date(2026, 4, 1), 1) == date(2026, 4, 7), "Easter"


def test_the_offices_closed_days_do_not_move_legal_limits() -> None:
    christmas_eve = date(2026, 12, 24)
    office = CALENDAR.closing([christmas_eve])
    assert office.kind(christmas_eve) is DayKind.OFFICE_CLOSED
    assert office.add_working_days(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert office.legal().add_working_days(date(2026, 12, 23), 1) == christmas_eve
    assert office.closing([date(2026, 12, 26)]).kind(date(2026, 12, 26)) is DayKind.PUBLIC_HOLIDAY


@given(DAYS, st.integers(0, 60))
def test_counting_and_adding_agree(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    rows = CALENDAR.count(start, count)
    assert (rows[0].day, rows[-1].day, rows[-1].number) == (start, end, count)
    assert CALENDAR.working_days_between(start, end) == count
    assert CALENDAR.working_days_between(end, start) == -count
    assert [row.day for row in rows] == [start + i * ONE_DAY for i in range(len(rows))]
    for earlier, row in pairwise(rows):
        assert row.number - earlier.number == (row.kind is DayKind.WORKING_DAY)
        assert (row.holiday is None) is (row.day not in CALENDAR.holidays)


@given(DAYS, st.integers(1, 30), st.integers(1, 30))
def test_days_add_up(start: date, first: int, second: int) -> None:
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second) == CALENDAR.add_working_days(
        start, first + second
    )


@given(DAYS)
def test_a_working_day_is_its_own_next(day: date) -> None:
    found = CALENDAR.on_or_after(day)
    assert CALENDAR.is_working_day(found)
    assert not any(CALENDAR.is_working_day(day + i * ONE_DAY) for i in range((found - day).days))
    assert CALENDAR.on_or_after(found) == found


@given(DAYS, DAYS, DAYS)
def test_spans_add_up(a: date, b: date, c: date) -> None:
    between = CALENDAR.working_days_between
    first, middle, last = sorted((a, b, c))
    assert between(first, last) == between(first, middle) + between(middle, last)


@pytest.mark.parametrize("day", [date(FIRST_YEAR - 1, 12, 31), date(LAST_YEAR + 1, 1, 1)])
def test_a_year_whose_holidays_are_unknown_is_never_guessed(day: date) -> None:
    assert not CALENDAR.covers(day)
    for ask in (CALENDAR.kind, CALENDAR.is_working_day, CALENDAR.on_or_after):
        with pytest.raises(OutsideCalendar):
            ask(day)
    with pytest.raises(OutsideCalendar):
        Calendar(CALENDAR.holidays, FIRST_YEAR, LAST_YEAR).add_working_days(date(LAST_YEAR, 12, 31), 1)
