"""Counting: day 0 and the last day, months, leap days, clock changes, Easter and Christmas, expiries, far dates."""

from datetime import date, timedelta

import pytest

from pkui.base.calendar import public_holidays
from pkui.base.law import packaged_law
from pkui.domain.rights import counting
from pkui.domain.rights.answers import Answer
from pkui.domain.rights.facts import Cause, Postponement
from tests.domain.rights.judging import one


def working(start: str, days: int = 8) -> date | None:
    limit = counting.working_limit(date.fromisoformat(start), days, public_holidays(), packaged_law())
    return None if limit is None else limit.last


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2022-01-18", "2022-02-17"), ("2014-04-10", "2014-05-10"), ("2024-01-31", "2024-03-01"),
        ("2023-01-31", "2023-03-02"), ("2024-02-29", "2024-03-30"), ("2024-01-30", "2024-02-29"),
        ("2026-03-28", "2026-04-27"), ("2026-03-29", "2026-04-28"), ("2026-10-24", "2026-11-23"),
        ("2026-10-25", "2026-11-24"), ("2026-09-26", "2026-10-26"),
    ],
)  # fmt: skip
def test_thirty_calendar_days(start: str, last: str) -> None:
    limit = counting.calendar_limit(date.fromisoformat(start), 30)
    assert limit.last == date.fromisoformat(last)
    assert limit.rows[0].number == 0 and limit.rows[-1].number == 30


def test_a_short_month_is_flagged_and_thirty_days_used() -> None:
    limit = counting.calendar_limit(date(2023, 1, 31), 30)
    assert limit.rows[-1].note.code == "last_day_month_differs"
    assert limit.rows[-1].note.params == {"on": "2023-02-28"}
    assert counting.calendar_limit(date(2023, 3, 31), 30).rows[-1].note.code == "last_day"


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2023-09-13", "2023-09-25"), ("2014-04-10", "2014-04-25"), ("2024-12-18", "2025-01-02"),
        ("2021-03-01", "2021-03-11"), ("2016-06-07", "2016-06-17"), ("2023-05-04", "2023-05-17"),
        ("2024-04-25", "2024-05-07"), ("2026-04-01", "2026-04-16"), ("2026-12-23", "2027-01-06"),
    ],
)  # fmt: skip
def test_eight_working_days_over_feasts(start: str, last: str) -> None:
    assert working(start) == date.fromisoformat(last)


def test_great_prayer_day_is_a_working_day_from_2024() -> None:
    assert working("2023-05-04", 1) == date(2023, 5, 8)
    assert working("2024-04-25", 1) == date(2024, 4, 26)


def test_doubtful_days_are_flagged_in_the_count() -> None:
    hint = one("2024-12-20", "information_duty", "referral", referral_received="2024-12-18")
    notes = {row.day: row.note.code for row in hint.count}
    assert notes[date(2024, 12, 24)] == notes[date(2024, 12, 31)] == "doubtful_working_day"
    assert notes[date(2024, 12, 25)] == "public_holiday" and notes[date(2024, 12, 21)] == "saturday"
    assert hint.count[-1].day == hint.deadline and hint.count[-1].number == 8


def test_a_protecting_limit_is_not_moved_off_a_weekend() -> None:
    hint = one("2026-10-10", "assessment_right", case_kind="assessment", referral_received="2026-10-02")
    assert hint.deadline == date(2026, 11, 1) and hint.deadline.isoweekday() == 7


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-11-27", "2026-11-27"), ("2026-11-28", "2026-11-30"), ("2026-06-05", "2026-06-08"),
        ("2025-06-05", "2025-06-06"), ("2026-12-24", "2026-12-28"), ("2026-12-31", "2027-01-04"),
        ("2026-04-02", "2026-04-07"), ("2023-05-05", "2023-05-08"), ("2024-04-26", "2024-04-26"),
    ],
)  # fmt: skip
def test_an_expiry_moves_to_the_next_day_it_can_end_on(day: str, moved: str) -> None:
    found = counting.expiry(date.fromisoformat(day), public_holidays(), packaged_law())
    assert found == date.fromisoformat(moved)


def test_leap_days_in_years() -> None:
    assert counting.years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert counting.years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    hint = one("2025-01-01", "complaint_treatment", event_on="2024-02-29", known_on="2024-02-29")
    assert hint.deadline == date(2026, 3, 2)
    assert [row.note.code for row in hint.count] == ["from_known", "last_day", "expiry_moved"]


def test_overlapping_pauses_count_once() -> None:
    spans = [
        Postponement(date(2023, 1, 10), date(2023, 1, 20), Cause.HEALTH),
        Postponement(date(2023, 1, 15), date(2023, 1, 25), Cause.PATIENT_WISH),
        Postponement(date(2023, 3, 15), date(2023, 3, 25), Cause.PATIENT_WISH),
    ]
    limit = counting.calendar_limit(date(2023, 1, 2), 30, counting.pauses(spans))
    assert limit.last == date(2023, 2, 1) + timedelta(15)


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2099-12-24", "2100-01-04", "9999-12-31"])
def test_dates_outside_the_calendar_do_not_raise(day: str) -> None:
    assert one(day, "information_duty", "referral", referral_received=day).answer is Answer.REVIEW
    one(day, "assessment_right", case_kind="assessment", referral_received=day)
    assert one(day, "complaint_treatment", event_on=day, known_on=day).answer in ("needs_review", "yes")


def test_the_last_date_there_is_stays() -> None:
    assert counting.days_after(date.max, 30) == date.max
    assert counting.years_after(date.max, 5) == date.max
    assert counting.month_after(date(9999, 12, 31)) == date.max
