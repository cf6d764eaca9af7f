"""The plan of made-up offices against the rules, checked by the validator that shares nothing with the planner."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.callbacks.board import Board, Rules, board_of
from pkui.domain.callbacks.outcome import Plan
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.domain.callbacks.reading import read_instance
from pkui.domain.callbacks.relaxation import Relaxation, relax
from pkui.services.callbacks_planner.document import plan_document
from tests.domain.callbacks.instances import make_instance

FREELY = Watch(lambda: True, lambda: True, lambda found, bound: None)
SEEDS = st.integers(0, 10_000)
few = settings(max_examples=40, deadline=None, derandomize=True)


def board(document: dict[str, Any], rules: Rules | None = None) -> Board:
    return board_of(read_instance(document), rules or Rules())


def plan(document: dict[str, Any], seconds: float = 0.3, seed: int = 1, watch: Watch = FREELY) -> Plan:
    return make_plan(board(document), seconds, seed, watch)


def written(document: dict[str, Any], seconds: float = 0.3, seed: int = 1) -> dict[str, Any]:
    on = board(document)
    return plan_document(on, make_plan(on, seconds, seed, FREELY), 0)


def bound(document: dict[str, Any]) -> Relaxation:
    return relax(board(document), lambda: True)


@few
@given(SEEDS, st.floats(0.05, 0.3))
def test_more_time_is_never_worse(seed: int, seconds: float) -> None:
    document = make_instance(seed, 50)
    short, long = plan(document, seconds).objective, plan(document, seconds + 0.3).objective
    assert (long.class1_late, long.weighted_tardiness) <= (short.class1_late, short.weighted_tardiness)


def test_agreed_calls_stay_and_those_whose_adviser_is_gone_get_another_time() -> None:
    document = make_instance(7, 20, 3, 3)
    for case in document["cases"]:
        case["confirmed"] = None
    kept, lost = document["cases"][:2]
    day = document["horizon_days"][1]
    document["bookings"] = []
    for person in document["advisers"]:
        person["shifts"] = [{"date": day, "start": "08:00", "end": "15:00", "breaks": [["12:00", "12:30"]]}]
    for case, adviser in ((kept, "A0"), (lost, "A1")):
        case |= {"skill": "simple", "duration": 20, "attempts_used": 0, "not_before": None}
        case |= {"max_attempts": 3, "windows": [[weekday, "09:00", "10:00"] for weekday in range(5)]}
        case["confirmed"] = {"adviser": adviser, "start": f"{day}T14:00"}
    document["advisers"][1]["shifts"] = []
    found = {row["case"]: row for row in written(document)["placed"]}
    assert found[kept["id"]] == {"case": kept["id"], "adviser": "A0", "start": f"{day}T14:00"}
    assert found[lost["id"]]["adviser"] != "A1"
    assert "09:00" <= found[lost["id"]]["start"][11:] <= "09:40"


def test_every_call_left_out_says_why() -> None:
    document = make_instance(3, 6, 1, 2)
    day = document["horizon_days"][0]
    document["bookings"] = []
    document["now"] = f"{day}T07:00"
    document["advisers"][0] |= {"skills": ["simple"], "new_staff": False}
    document["advisers"][0]["shifts"] = [{"date": day, "start": "08:00", "end": "09:00", "breaks": []}]
    all_day = [[weekday, "08:00", "16:00"] for weekday in range(5)]
    common: dict[str, Any] = {"class": 2, "skill": "simple", "duration": 40, "max_attempts": 1, "attempts_used": 0}
    common |= {"not_before": None, "confirmed": None, "windows": all_day, "due": day}
    changes: list[dict[str, Any]] = [{}, {}, {"attempts_used": 1}, {"skill": "general"}]
    changes += [{"windows": [[0, "08:00", "08:30"]]}, {"windows": [[6, "08:00", "16:00"]]}]
    for case, change in zip(document["cases"], changes, strict=True):
        case |= common | change
    found = written(document)
    whys = {row["case"]: row["why"] for row in found["unplaced"]}
    assert len(found["placed"]) == 1
    assert sorted(whys.values()) == ["attempts_used", "no_room", "no_skill", "no_window", "too_long"]
    assert (whys["C0002"], whys["C0003"], whys["C0004"], whys["C0005"]) == (
        "attempts_used",
        "no_skill",
        "too_long",
        "no_window",
    )


def test_touching_windows_are_not_one() -> None:
    document = make_instance(3, 1, 1, 2)
    day = document["horizon_days"][0]
    document |= {"bookings": [], "now": f"{day}T07:00"}
    document["advisers"][0]["shifts"] = [{"date": day, "start": "08:00", "end": "15:00", "breaks": []}]
    halves = [[weekday, a, b] for weekday in range(5) for a, b in (("09:00", "09:30"), ("09:30", "10:00"))]
    case = {"skill": "simple", "duration": 40, "attempts_used": 0, "max_attempts": 1}
    document["cases"][0] |= case | {"not_before": None, "confirmed": None, "windows": halves}
    assert written(document)["unplaced"] == [{"case": "C0000", "why": "too_long"}]
    document["cases"][0]["windows"] = [[weekday, "09:00", "10:00"] for weekday in range(5)]
    assert written(document)["unplaced"] == []


@pytest.mark.parametrize("share", [10, 50, 100])
def test_minutes_held_back_are_left_free_today_and_tomorrow(share: int) -> None:
    document = make_instance(11, 60, 4, 4)
    plain, held = board(document), board(document, Rules(held_back_percent=share))
    for desk in range(len(plain.free)):
        kept = plain.free[desk].bit_count() - held.free[desk].bit_count()
        wanted = -(-plain.free[desk].bit_count() * share // 100) if desk < 8 else 0
        assert kept == wanted
        assert held.free[desk] & ~plain.free[desk] == 0


def test_the_ageing_cap_places_a_long_call_that_tardiness_leaves_out() -> None:
    document = make_instance(5, 5, 1, 1)
    day = document["horizon_days"][0]
    document |= {"bookings": [], "now": f"{day}T07:00"}
    document["advisers"][0] |= {"skills": ["simple"], "new_staff": False}
    document["advisers"][0]["shifts"] = [{"date": day, "start": "08:00", "end": "08:40", "breaks": []}]
    for case in document["cases"]:
        case |= {"class": 3, "skill": "simple", "duration": 10, "attempts_used": 0, "max_attempts": 3, "due": day}
        case |= {"not_before": None, "confirmed": None, "windows": [[n, "08:00", "16:00"] for n in range(5)]}
        case["created"] = f"{day}T06:00"
    document["cases"][4] |= {"duration": 40, "created": "2026-01-02T10:00", "due": "2026-01-05"}
    on = board(document, Rules(longest_wait=10))
    with_cap = make_plan(on, 0.3, 1, FREELY)
    assert 4 not in plan(document | {"cases": [c | {"due": day} for c in document["cases"]]}).places
    assert 4 in with_cap.places
