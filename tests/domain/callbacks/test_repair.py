"""Mending a plan: nothing moves that need not, class 1 first, and the alarm that says what would save a call."""

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.callbacks.alarm import Saving, alarms
from pkui.domain.callbacks.board import Board, board_of
from pkui.domain.callbacks.instance import Confirmed, Wall
from pkui.domain.callbacks.outcome import Plan
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.domain.callbacks.reading import read_instance
from pkui.domain.callbacks.repair import MoveReason, Repair, repair
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import violations

some = settings(max_examples=60, deadline=None, derandomize=True)
FREELY = Watch(lambda: True, lambda: True, lambda found, bound: None)


def planned(document: dict[str, Any]) -> tuple[Board, Plan, dict[str, Confirmed]]:
    """A plan and its times by case."""
    board = board_of(read_instance(document))
    plan = make_plan(board, 0.3, 1, FREELY)
    times = {
        board.tasks[index].call.id: Confirmed(board.who(desk), board.when(desk, slot))
        for index, (desk, slot) in plan.places.items()
    }
    return board, plan, times


def written(board: Board, mended: Repair) -> dict[str, Any]:
    placed = [
        {"case": board.tasks[index].call.id, "adviser": board.who(desk), "start": board.when(desk, slot).text()}
        for index, (desk, slot) in mended.places.items()
    ]
    unplaced = [{"case": t.call.id, "why": "-"} for t in board.tasks if t.index not in mended.places]
    return {"placed": placed, "unplaced": unplaced}


def absent(document: dict[str, Any], adviser: str, day: str) -> dict[str, Any]:
    changed = deepcopy(document)
    for person in changed["advisers"]:
        if person["id"] == adviser:
            person["shifts"] = [shift for shift in person["shifts"] if shift["date"] != day]
    return changed


@some
@given(st.integers(0, 5000))
def test_after_an_absence_only_the_calls_hit_move_unless_class_1_needs_the_time(seed: int) -> None:
    document = make_instance(seed, 40, 4, 3)
    _, _, times = planned(document)
    day = document["horizon_days"][0]
    after = absent(document, "A0", day)
    board = board_of(read_instance(after))
    mended = repair(board, times, work=20_000)
    assert violations(after, written(board, mended)) == []
    for move in mended.moves:
        if move.before is None:
            assert move.reason is MoveReason.NEW
        elif move.reason is MoveReason.DISPLACED:
            ranks = {call.id: call.rank for call in board.instance.calls}
            assert ranks[move.case] != 1 and move.by is not None and ranks[move.by] == 1
        else:
            assert move.reason is MoveReason.PLACE_GONE
            assert (move.before.adviser, move.before.start.day.isoformat()) == ("A0", day)


@some
@given(st.integers(0, 5000))
def test_with_nothing_changed_nothing_moves(seed: int) -> None:
    board, plan, times = planned(make_instance(seed, 30, 3, 3))
    mended = repair(board, times, work=5_000)
    assert all(move.before is None or move.reason is MoveReason.DISPLACED for move in mended.moves)
    before = (plan.objective.class1_late, plan.objective.weighted_tardiness)
    assert (mended.objective.class1_late, mended.objective.weighted_tardiness) <= before


def office(calls: list[dict[str, Any]], advisers: int = 2, end: str = "08:40") -> dict[str, Any]:
    """Some advisers with short mornings, all calls possible from 8 to 9 today only, and due today."""
    document = make_instance(3, len(calls), 1, 2)
    day, tomorrow = document["horizon_days"]
    shift = {"date": day, "start": "08:00", "end": end, "breaks": []}
    document |= {"bookings": [], "now": f"{day}T07:00"}
    document["advisers"] = [
        {"id": f"A{n}", "skills": ["general", "simple", "urgent"], "new_staff": False, "shifts": [dict(shift)]}
        for n in range(advisers)
    ]
    document["advisers"][0]["shifts"].append({"date": tomorrow, "start": "08:00", "end": "12:00", "breaks": []})
    weekday = read_instance(document).days[0].weekday()
    for case, call in zip(document["cases"], calls, strict=True):
        case |= {"class": 3, "skill": "simple", "duration": 40, "attempts_used": 0, "max_attempts": 3, "due": day}
        case |= {"not_before": None, "confirmed": None, "windows": [[weekday, "08:00", "09:00"]]} | call
    return document


@some
@given(st.integers(0, 5000), st.integers(0, 29))
def test_a_call_that_cannot_keep_its_time_moves_alone(seed: int, number: int) -> None:
    document = make_instance(seed, 30, 3, 3)
    _, _, times = planned(document)
    board = board_of(read_instance(document))
    gone = sorted(times)[number % len(times)] if times else ""
    mended = repair(board, times, work=5_000, gone={gone})
    moved = [move for move in mended.moves if move.before is not None and move.reason is not MoveReason.DISPLACED]
    assert {move.case for move in moved} <= {gone}
    agreed = {task.call.id for task in board.tasks if task.index in board.kept}
    assert gone in agreed or violations(document, written(board, mended)) == []


def test_class_1_displaces_another_call_and_it_is_told() -> None:
    document = office([{"class": 1, "skill": "urgent"}, {}])
    _, _, times = planned(document)
    hit = times["C0000"].adviser
    board = board_of(read_instance(absent(document, hit, document["horizon_days"][0])))
    mended = repair(board, times)
    moves = {move.case: move for move in mended.moves}
    after = moves["C0000"].after
    assert after is not None
    assert after.adviser == times["C0001"].adviser
    assert (moves["C0001"].reason, moves["C0001"].after) == (MoveReason.DISPLACED, None)
    assert mended.objective.class1_late == 0


def saved(document: dict[str, Any], places: dict[int, tuple[int, int]]) -> list[tuple[str, Saving]]:
    return [(alarm.case, alarm.saving) for alarm in alarms(board_of(read_instance(document)), places)]


def test_the_alarm_names_the_smallest_change() -> None:
    two: list[dict[str, Any]] = [{}, {}]
    assert saved(office(two, 2), {0: (0, 0), 1: (1, 0)}) == []
    assert saved(office(two, 2), {0: (0, 0)}) == [("C0001", Saving.FREE)]
    movable = office([{"windows": [[n, "08:00", "12:00"] for n in range(5)], "due": "2027-03-01"}, {}], 1)
    assert saved(movable, {0: (0, 0)}) == [("C0001", Saving.SWAP)]
    assert saved(office([{"duration": 30}, {"duration": 15}], 1), {0: (0, 0)}) == [("C0001", Saving.LONGER)]
    assert saved(office(two, 1, "09:20"), {0: (0, 0)}) == [("C0001", Saving.NOW)]
    assert saved(office(two, 1), {0: (0, 0)}) == [("C0001", Saving.NOTHING)]


def test_a_swap_says_who_goes_where() -> None:
    document = office([{"windows": [[n, "08:00", "12:00"] for n in range(5)], "due": "2027-03-01"}, {}], 1)
    (alarm,) = alarms(board_of(read_instance(document)), {0: (0, 0)})
    first, tomorrow = read_instance(document).days
    assert (alarm.adviser, alarm.start) == ("A0", Wall(first, 480))
    assert (alarm.other, alarm.other_adviser, alarm.other_start) == ("C0000", "A0", Wall(tomorrow, 480))
