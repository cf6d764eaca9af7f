"""The office's dated settings: what a stored value may be, and that a wrong one is named and never guessed."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from pkui.domain.codes import PriorityClass
from pkui.domain.office import COPENHAGEN, BadSetting, OfficeSettings, at, parse_setting, settings_from


def test_stored_values_replace_the_usual_ones() -> None:
    office = settings_from({"opens": "09:15", "closed_days": ["2026-12-24"], "target_days_class_3": 5, "attempts": 2})
    assert (office.opens, office.closed_days) == (time(9, 15), frozenset({date(2026, 12, 24)}))
    assert (office.target_days(PriorityClass.ORDINARY), office.attempts) == (5, 2)
    assert (office.closes, office.target_days(PriorityClass.RECORDS)) == (time(16), 3)
    assert settings_from({}) == OfficeSettings()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("opens", "25:00"), ("opens", 9), ("opens", None), ("closed_days", "2026-12-24"), ("closed_days", ["24/12"]),
        ("closed_days", [3]), ("attempts", "3"), ("attempts", -1), ("attempts", 1001), ("attempts", True),
        ("attempts", 2.0), ("target_days_class_1", 1), ("shoe_size", 42), ("__class__", 1),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(key: str, value: Any) -> None:
    with pytest.raises(BadSetting, match=key):
        parse_setting(key, value)
    with pytest.raises(BadSetting, match=key):
        settings_from({key: value})


def test_closing_is_wall_time_on_every_day_of_the_year() -> None:
    office = OfficeSettings()
    for day, hours in ((date(2026, 3, 27), 1), (date(2026, 3, 30), 2), (date(2026, 10, 26), 1)):
        closing = office.closing(day)
        assert (closing.time(), closing.utcoffset()) == (time(16), timedelta(hours=hours))
        assert closing == at(day, time(16))
        assert closing.tzinfo is COPENHAGEN
