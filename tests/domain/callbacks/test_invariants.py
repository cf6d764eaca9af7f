"""The seventeen invariants of the calls, each by number: what is not tested here says where it is.

1 inside one window, 2 at work, 3 no closed day, 4 no overlap, 5 skill, 6 attempts and gap, 7 not too early, 8 agreed
calls stay: the validator holds them over made-up offices in `test_plan`; here it is shown to notice each breach.
6 also `test_reading` (elapsed gap) and, one open attempt a patient, `tests/services/test_callbacks`.
8 also `test_repair`. 9 wall time over clock changes and 11 due dates: here, `test_windows` and `test_priority`.
10 refused input: `test_reading`, `test_parts`. 12 same seed, 13 and 14 bound, 16 stopped at any moment: `test_plan`.
15 cancelling gives back: `test_slots`. 17 two desks at one slot: `tests/services/test_callbacks`.
"""

from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.base.calendar import public_holidays
from pkui.domain.bookings import Length, call_start, minute_of, window_used, windows_of
from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Wall, instant, wall
from pkui.domain.callbacks.outcome import Plan
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.domain.callbacks.reading import read_instance
from pkui.domain.codes import Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.priority import Matter, place
from pkui.domain.windows import CallWindow
from pkui.services.callbacks_planner.document import plan_document
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import clock, violations

Document = dict[str, Any]
FREELY = Watch(lambda: True, lambda: True, lambda found, bound: None)
few = settings(max_examples=40, deadline=None, derandomize=True)
OFFICE = OfficeSettings(closed_days=frozenset({date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)}))


def planned(document: Document) -> Document:
    board = board_of(read_instance(document))
    plan: Plan = make_plan(board, 0.3, 1, FREELY)
    return plan_document(board, plan, 0)


def small() -> tuple[Document, Document]:
    """An office in which one call stands at nine on the first day, and its valid plan."""
    document = make_instance(3, 2, 2, 3)
    first = document["horizon_days"][0]
    document |= {"bookings": [], "now": f"{first}T07:00"}
    for person in document["advisers"]:
        shift = {"start": "08:00", "end": "15:00", "breaks": [["11:30", "12:00"]]}
        person |= {"skills": ["simple"], "new_staff": False}
        person["shifts"] = [shift | {"date": day} for day in document["horizon_days"]]
    for case in document["cases"]:
        case |= {"class": 2, "skill": "simple", "duration": 30, "attempts_used": 0, "max_attempts": 3, "due": first}
        case |= {"not_before": None, "confirmed": None, "windows": [[day, "09:00", "13:00"] for day in range(5)]}
    plan = planned(document)
    assert violations(document, plan) == []
    return document, plan


def case(document: Document, row: Document) -> Document:
    return next(one for one in document["cases"] if one["id"] == row["case"])


def person(document: Document, row: Document) -> Document:
    return next(one for one in document["advisers"] if one["id"] == row["adviser"])


def breach(kind: str, document: Document, plan: Document) -> None:
    """Changes office or plan so that one rule is broken by the first call."""
    row = plan["placed"][0]
    day, start = row["start"].split("T")
    begins = clock(start)
    match kind:
        case "window":
            row["start"] = f"{day}T08:00"
        case "at_work":
            person(document, row)["shifts"] = []
        case "closed":
            document["closed_days"].append(day)
        case "overlap":
            other = plan["placed"][1]
            other |= {"adviser": row["adviser"], "start": row["start"]}
        case "skill":
            case(document, row)["skill"] = "urgent"
        case "attempts":
            case(document, row)["attempts_used"] = 3
        case "too_early":
            case(document, row)["not_before"] = f"{day}T{begins // 60:02d}:{begins % 60 + 1:02d}"
        case "agreed_moved":
            case(document, row)["confirmed"] = {"adviser": row["adviser"], "start": f"{day}T14:00"}
        case "grid":
            row["start"] = f"{day}T{begins // 60:02d}:{begins % 60 + 2:02d}"
        case "twice":
            plan["placed"].append(dict(row))


@pytest.mark.parametrize(
    "kind",
    ["window", "at_work", "closed", "overlap", "skill", "attempts", "too_early", "agreed_moved", "grid", "twice"],
)
def test_the_validator_notices_every_breach(kind: str) -> None:
    document, plan = (deepcopy(one) for one in small())
    breach(kind, document, plan)
    assert any(found.startswith(kind) for found in violations(document, plan))


AROUND_CHANGES = st.sampled_from([date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)])


@given(AROUND_CHANGES, st.integers(8 * 12, 16 * 12 - 1))
def test_9_a_call_keeps_its_wall_time_over_the_changes_of_the_clock(day: date, slot: int) -> None:
    time_of_day = Wall(day, slot * 5)
    assert wall(instant(time_of_day, COPENHAGEN), COPENHAGEN) == time_of_day
    summer = date(2026, 3, 29) <= day < date(2026, 10, 25)
    offset = instant(time_of_day, COPENHAGEN) + timedelta(hours=2 if summer else 1)
    assert (offset.hour, offset.minute) == divmod(slot * 5, 60)


def test_9_the_days_named() -> None:
    wanted = {date(2026, 3, 27): 8, date(2026, 3, 30): 7, date(2026, 10, 23): 7, date(2026, 10, 26): 8}
    for day, hour in wanted.items():
        assert instant(Wall(day, 9 * 60), COPENHAGEN) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


WALLS = st.integers(0, 24 * 12 - 2).map(lambda slot: slot * 5)


@given(st.lists(st.tuples(st.integers(1, 5), WALLS, WALLS), max_size=6), WALLS, st.integers(1, 5))
def test_1_a_whole_call_lies_in_a_widened_window_exactly_when_its_talk_lies_in_the_patients(
    spans: list[tuple[int, int, int]], start: int, weekday: int
) -> None:
    length, hours = Length(5, 20, 5), (time(0), time(23, 55))
    given_windows = [
        CallWindow(day, time(min(a, b) // 60, min(a, b) % 60), time(max(a, b) // 60, max(a, b) % 60))
        for day, a, b in spans
        if a != b
    ]
    monday = date(2026, 11, 23)
    block = Wall(monday + timedelta(days=weekday - 1), start)
    if start < 5 or start + length.whole > 24 * 60 - 5:
        return
    widened = windows_of(given_windows, hours, length)
    inside = any(
        one.weekday == weekday - 1 and one.start <= start and start + length.whole <= one.end for one in widened
    )
    used = window_used(call_start(block, length), length.talk, given_windows)
    assert inside == (used is not None)
    assert used is None or minute_of(used.start) <= start + 5


@few
@given(st.integers(0, 5000))
def test_13_the_old_plan_is_still_a_plan_when_somebody_joins(seed: int) -> None:
    document = make_instance(seed, 30)
    before = planned(document)
    more = deepcopy(document)
    more["advisers"].append(deepcopy(more["advisers"][0]) | {"id": "A9"})
    assert violations(more, before) == []


RECEIVED = {
    "2026-04-01T23:59": "2026-04-09",  # the evening before Maundy Thursday counts from Tuesday 7 April
    "2026-04-04T12:00": "2026-04-09",  # Easter Saturday
    "2026-12-23T09:00": "2026-12-29",  # Christmas Eve is the office's own day off
    "2026-12-25T09:00": "2026-12-30",  # Christmas Day counts from Monday 28 December
    "2026-06-04T09:00": "2026-06-09",  # Constitution Day is the office's own day off
    "2026-11-21T09:00": "2026-11-25",  # a Saturday counts from Monday
}


@pytest.mark.parametrize(("received", "due"), RECEIVED.items())
def test_11_an_answer_is_due_two_working_days_on_over_easter_christmas_and_the_offices_own_days(
    received: str, due: str
) -> None:
    moment = datetime.fromisoformat(received).replace(tzinfo=COPENHAGEN)
    calendar = OFFICE.calendar(public_holidays())
    matter = Matter(topic=Topic.HEARING_AID, received_at=moment)
    assert place(matter, moment, OFFICE, calendar).due_at == at(date.fromisoformat(due), OFFICE.closes)
