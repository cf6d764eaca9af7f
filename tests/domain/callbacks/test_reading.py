"""What the reader of instances refuses, and where it says the fault is."""

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.callbacks.instance import Wall, instant
from pkui.domain.callbacks.reading import BadInstance, read_instance
from tests.domain.callbacks.instances import make_instance

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
GONE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """An instance with one value replaced, or taken out."""
    document = make_instance(1, 5, 2, 3)
    document["advisers"][0]["shifts"][0]["breaks"] = [["11:00", "11:30"]]
    document["cases"][0]["windows"] = [[1, "09:00", "10:00"]]
    document["cases"][0]["confirmed"] = {"adviser": "A0", "start": f"{document['horizon_days'][0]}T09:00"}
    inside: Any = document
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    for step in steps:
        inside = inside[step]
    if value is GONE:
        del inside[last]
    else:
        inside[last] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "code", "pointer"),
    [
        ("/format", "callback-instance/2", "unknown_format", "/format"),
        ("/timezone", "Europe/Copenhavn", "unknown_timezone", "/timezone"),
        ("/slot_min", 7, "out_of_range", "/slot_min"),
        ("/slot_min", "5", "not_a_whole_number", "/slot_min"),
        ("/now", "2026-03-23T07:30+01:00", "not_a_local_time", "/now"),
        ("/now", "2026-02-30T07:30", "not_a_date", "/now"),
        ("/horizon_days", [], "empty", "/horizon_days"),
        ("/horizon_days/0", "2026-03-22", "not_a_working_day", "/horizon_days/0"),
        ("/horizon_days/1", "2026-01-05", "not_in_order", "/horizon_days/1"),
        ("/class_weight", {"x": 1}, "unknown_class", "/class_weight/x"),
        ("/advisers/0/skills", "simple", "not_a_list", "/advisers/0/skills"),
        ("/advisers/0/new_staff", 1, "not_true_or_false", "/advisers/0/new_staff"),
        ("/advisers/1/id", "A0", "twice", "/advisers/1/id"),
        ("/advisers/0/shifts/0/end", "07:00", "ends_before_it_starts", "/advisers/0/shifts/0/end"),
        ("/advisers/0/shifts/0/end", "15:03", "off_the_grid", "/advisers/0/shifts/0/end"),
        ("/advisers/0/shifts/0/breaks/0", ["11:00"], "not_a_span", "/advisers/0/shifts/0/breaks/0"),
        ("/bookings/0/adviser", "A7", "unknown_adviser", "/bookings/0/adviser"),
        ("/cases/0/windows/0", [1, "22:00", "02:00"], "ends_before_it_starts", "/cases/0/windows/0/2"),
        ("/cases/0/windows/0", [7, "09:00", "10:00"], "out_of_range", "/cases/0/windows/0/0"),
        ("/cases/0/windows/0", [1, "09:00"], "not_a_window", "/cases/0/windows/0"),
        ("/cases/0/windows/0", [1, "9:00", "10:00"], "not_a_time", "/cases/0/windows/0/1"),
        ("/cases/0/windows/0", [1, "09:02", "10:00"], "off_the_grid", "/cases/0/windows/0/1"),
        ("/cases/0/duration", 12, "off_the_grid", "/cases/0/duration"),
        ("/cases/0/duration", 0, "out_of_range", "/cases/0/duration"),
        ("/cases/0/class", 4, "unknown_class", "/cases/0/class"),
        ("/cases/0/due", "1066-10-14", "out_of_range", "/cases/0/due"),
        ("/cases/0/confirmed/start", "2026-03-23T09:01", "off_the_grid", "/cases/0/confirmed/start"),
        ("/cases/0/confirmed/adviser", GONE, "missing", "/cases/0/confirmed/adviser"),
        ("/cases/1", None, "not_an_object", "/cases/1"),
        ("/cases", GONE, "missing", "/cases"),
    ],
)
def test_a_fault_is_named_with_its_place(path: str, value: object, code: str, pointer: str) -> None:
    with pytest.raises(BadInstance) as caught:
        read_instance(changed(path, value))
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


@given(st.integers(0, 5000))
def test_made_up_instances_are_read(seed: int) -> None:
    document = make_instance(seed, 12)
    instance = read_instance(deepcopy(document))
    assert [call.id for call in instance.calls] == [case["id"] for case in document["cases"]]
    assert instance.now.text() == document["now"]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-27T09:00", "2026-03-27T08:00"),
        ("2026-03-30T09:00", "2026-03-30T07:00"),
        ("2026-10-23T09:00", "2026-10-23T07:00"),
        ("2026-10-26T09:00", "2026-10-26T08:00"),
        ("2026-03-29T02:30", "2026-03-29T01:30"),
        ("2026-10-25T02:30", "2026-10-25T00:30"),
    ],
)
def test_wall_time_is_kept_over_the_changes_of_the_clock(local: str, utc: str) -> None:
    at = Wall(date.fromisoformat(local[:10]), int(local[11:13]) * 60 + int(local[14:]))
    assert instant(at, COPENHAGEN) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_time_the_clock_skips_becomes_the_one_it_shows() -> None:
    document = changed("/cases/0/not_before", "2026-03-29T02:30")
    assert read_instance(document).calls[0].not_before == Wall(date(2026, 3, 29), 3 * 60 + 30)
