"""Days away as stretches: midnight, noon, the changes of the clock, and days without anyone for the lane."""

from datetime import date, datetime, time, timedelta

import pytest

from pkui.domain.absences import Away, Half, away_between, uncovered_days
from pkui.domain.office import at

MONDAY = date(2026, 11, 23)


def test_a_day_is_from_midnight_up_to_but_not_at_the_next() -> None:
    away = away_between(MONDAY, MONDAY)
    assert away.holds_at(at(MONDAY, time(0)))
    assert away.holds_at(at(MONDAY, time(23, 59, 59)))
    assert not away.holds_at(at(MONDAY + timedelta(days=1), time(0)))
    assert not away.holds_at(at(MONDAY, time(0)) - timedelta(microseconds=1))


def test_half_days_meet_at_noon() -> None:
    morning, afternoon = away_between(MONDAY, MONDAY, Half.MORNING), away_between(MONDAY, MONDAY, Half.AFTERNOON)
    assert morning.ends_at == afternoon.starts_at == at(MONDAY, time(12))
    assert not morning.holds_at(at(MONDAY, time(12)))
    assert afternoon.holds_at(at(MONDAY, time(12)))


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (MONDAY, 24)])
def test_a_day_is_as_long_as_the_clock_makes_it(day: date, hours: int) -> None:
    away = away_between(day, day)
    assert away.ends_at is not None
    assert away.ends_at.timestamp() - away.starts_at.timestamp() == hours * 3600


def test_until_further_notice_has_no_end() -> None:
    away = Away(at(MONDAY, time(9, 30)), None)
    assert away.holds_at(datetime.fromisoformat("2030-01-01T00:00+01:00"))
    assert away.meets((at(MONDAY, time(8)), at(MONDAY, time(12))))
    assert not away.meets((at(MONDAY, time(8)), at(MONDAY, time(9, 30))))


def test_wrong_days_are_refused() -> None:
    with pytest.raises(ValueError, match="days"):
        away_between(MONDAY, MONDAY - timedelta(days=1))
    with pytest.raises(ValueError, match="days"):
        away_between(MONDAY, MONDAY + timedelta(days=1), Half.MORNING)


def test_a_day_of_the_roster_without_anyone_of_the_lane_is_found() -> None:
    def shift(day: date, start: int, end: int) -> tuple[datetime, datetime]:
        return at(day, time(start)), at(day, time(end))

    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    works = {"bo": [shift(MONDAY, 8, 12), shift(MONDAY, 12, 16), shift(tuesday, 8, 16)], "anna": [shift(tuesday, 8, 9)]}
    lane = dict.fromkeys((MONDAY, tuesday, wednesday), ("bo", "helle"))
    assert uncovered_days(works, {}, lane) == []
    assert uncovered_days(works, {"bo": [away_between(tuesday, tuesday)]}, lane) == [tuesday]
    assert uncovered_days(works, {"bo": [away_between(MONDAY, MONDAY, Half.MORNING)]}, lane) == []
    assert uncovered_days(works, {"bo": [away_between(MONDAY, tuesday)]}, lane) == [MONDAY, tuesday]
