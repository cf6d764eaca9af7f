"""Dates, times, numbers and answers as Danes type them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.typed import Unreadable, near_date, past_date, typed_date, typed_number, typed_time, typed_yes_no

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", "2026-11-27"), ("27/11", "2026-11-27"), ("27.11.", "2026-11-27"), ("27.11.26", "2026-11-27"),
        ("27-11-2026", "2026-11-27"), ("23/11", "2026-11-23"), ("22/11", "2027-11-22"), ("1/1", "2027-01-01"),
        ("+0", "2026-11-23"), ("+3", "2026-11-26"), ("i dag", "2026-11-23"), ("I MORGEN", "2026-11-24"),
        ("fre", "2026-11-27"), ("fredag", "2026-11-27"), ("man", "2026-11-30"), ("Mandag", "2026-11-30"),
        ("tir", "2026-11-24"), ("søn", "2026-11-29"), (" lør ", "2026-11-28"), ("29/2/28", "2028-02-29"),
    ],
)  # fmt: skip
def test_dates(text: str, day: str) -> None:
    assert typed_date(text, MONDAY) == date.fromisoformat(day)


def test_a_leap_day_without_a_year_is_the_next_one_or_none() -> None:
    assert typed_date("29/2", date(2027, 12, 1)) == date(2028, 2, 29)
    with pytest.raises(Unreadable):
        typed_date("29/2", MONDAY)


@pytest.mark.parametrize(
    "text", ["", "31/2", "2026-02-30", "32/1", "1/13", "i går", "ma", "f", "27", "+1000", "27/11/", "nej"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(Unreadable):
        typed_date(text, MONDAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read_back_however_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day:%d-%m-%y}"):
        assert typed_date(text, MONDAY) == day


@given(st.text(max_size=12))
def test_any_other_text_is_unreadable_and_nothing_else_happens(text: str) -> None:
    for reader in (lambda: typed_date(text, MONDAY), lambda: typed_time(text), lambda: typed_number(text)):
        try:
            reader()
        except Unreadable:
            continue


@pytest.mark.parametrize(
    ("text", "wall"),
    [("9", time(9)), ("9.30", time(9, 30)), ("09:30", time(9, 30)), ("0930", time(9, 30)), (" 15 ", time(15))],
)
def test_times(text: str, wall: time) -> None:
    assert typed_time(text) == wall


@pytest.mark.parametrize("text", ["", "24", "9.60", "9:3", "halv ti", "9.30.00"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(Unreadable):
        typed_time(text)


def test_answers() -> None:
    assert [typed_yes_no(text) for text in ("ja", "J", " yes ", "nej", "N", "no")] == [True] * 3 + [False] * 3
    for text in ("", "måske", "1", "jaja"):
        with pytest.raises(Unreadable):
            typed_yes_no(text)


def test_numbers() -> None:
    assert [typed_number(text) for text in ("60", "60,5", " 60.25 ", "-3", "007")] == [60, 60.5, 60.25, -3, 7]
    for text in ("", "1.000,5", "1e3", "nan", "inf", "1 000", ",5"):
        with pytest.raises(Unreadable):
            typed_number(text)


def test_a_day_of_what_has_been_is_behind_and_a_near_one_the_nearest() -> None:
    today = date(2026, 11, 23)
    past = {
        "10/11": date(2026, 11, 10), "23/11": today, "24/11": date(2025, 11, 24), "29/2": date(2024, 2, 29),
        "fre": date(2026, 11, 20), "man": date(2026, 11, 23), "-3": date(2026, 11, 20),
        "i går": date(2026, 11, 22), "i dag": today, "2027-01-05": date(2027, 1, 5), "5/1/27": date(2027, 1, 5),
    }  # fmt: skip
    assert {text: past_date(text, today) for text in past} == past
    near = {"10/11": date(2026, 11, 10), "5/1": date(2027, 1, 5), "1/7": date(2026, 7, 1), "fre": date(2026, 11, 27)}
    assert {text: near_date(text, today) for text in near} == near
    for text in ("31/2", "engang", "-", "40/1"):
        with pytest.raises(Unreadable):
            past_date(text, today)
        with pytest.raises(Unreadable):
            near_date(text, today)
