"""The times offered for a call, the rules that refuse one, and a calendar that forgets nothing."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Call, Wall
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.domain.callbacks.reading import read_instance
from pkui.domain.callbacks.slots import OfficeCalendar, Refusal
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import violations

some = settings(max_examples=60, deadline=None, derandomize=True)
FREELY = Watch(lambda: True, lambda: True, lambda found, bound: None)


def calendar_of(document: dict[str, Any], planned: int) -> tuple[OfficeCalendar, list[Call], list[dict[str, str]]]:
    """A calendar with the first calls of the instance planned; the rest are waiting."""
    part = document | {"cases": document["cases"][:planned]}
    instance = read_instance(document)
    board = board_of(read_instance(part))
    plan = make_plan(board, 0.3, 1, FREELY)
    placed = [
        {"case": board.tasks[index].call.id, "adviser": board.who(desk), "start": board.when(desk, slot).text()}
        for index, (desk, slot) in plan.places.items()
    ]
    return OfficeCalendar(board, plan.places), list(instance.calls[planned:]), placed


def placeable(document: dict[str, Any], row: dict[str, str], placed: list[dict[str, str]]) -> bool:
    """Whether the validator finds nothing wrong with one more call."""
    unplaced = [{"case": c["id"], "why": "-"} for c in document["cases"] if c["id"] != row["case"]]
    unplaced = [r for r in unplaced if r["case"] not in {p["case"] for p in placed}]
    found = violations(document, {"placed": [*placed, row], "unplaced": unplaced})
    return not [one for one in found if one.endswith(row["case"]) or one.startswith("overlap")]


@some
@given(st.integers(0, 5000))
def test_what_is_offered_can_be_booked(seed: int) -> None:
    document = make_instance(seed, 30)
    calendar, waiting, placed = calendar_of(document, 24)
    for call in waiting:
        for offer in calendar.offers(call):
            row = {"case": call.id, "adviser": offer.adviser, "start": offer.start.text()}
            assert call.confirmed or placeable(document, row, placed)
            assert calendar.refusals(call, offer.adviser, offer.start) == ()


@some
@given(st.integers(0, 5000), st.integers(0, 3), st.integers(0, 2), st.integers(84, 200))
def test_a_time_is_refused_exactly_when_a_rule_is_broken(seed: int, day: int, adviser: int, slot: int) -> None:
    document = make_instance(seed, 30)
    calendar, waiting, placed = calendar_of(document, 24)
    for call in waiting:
        if call.confirmed is None:
            start = Wall(calendar.instance.days[day], slot * 5)
            row = {"case": call.id, "adviser": f"A{adviser}", "start": start.text()}
            fine = calendar.refusals(call, f"A{adviser}", start) == ()
            assert fine == placeable(document, row, placed)


@some
@given(st.integers(0, 5000))
def test_the_best_offers_keep_the_due_date_then_the_adviser_then_come_soonest(seed: int) -> None:
    calendar, waiting, _ = calendar_of(make_instance(seed, 30), 20)
    for call in waiting:
        ranks = [(offer.days_late, not offer.own_adviser, offer.start.day) for offer in calendar.offers(call, 50)]
        assert ranks == sorted(ranks)
        assert len({offer.start for offer in calendar.offers(call, 50)}) == len(ranks)


def test_each_rule_names_itself() -> None:
    document = make_instance(2, 1, 1, 2)
    first, second = document["horizon_days"]
    document |= {"bookings": [{"adviser": "A0", "date": second, "start": "13:00", "end": "14:00", "kind": "meeting"}]}
    document["now"] = f"{first}T09:00"
    document["advisers"][0] |= {"skills": ["simple"], "new_staff": True}
    document["advisers"][0]["shifts"] = [
        {"date": day, "start": "08:00", "end": "15:00", "breaks": [["11:30", "12:00"]]} for day in (first, second)
    ]
    windows = [[weekday, "08:00", "14:00"] for weekday in range(5)]
    case = {"skill": "simple", "duration": 20, "attempts_used": 0, "max_attempts": 1, "windows": windows}
    document["cases"][0] |= case | {"not_before": f"{first}T10:00", "confirmed": None}
    board = board_of(read_instance(document))
    calendar, call = OfficeCalendar(board, {}), board.instance.calls[0]
    days = board.instance.days
    assert calendar.book("A0", Wall(days[1], 9 * 60), 30)

    def refused(day: int, clock: str) -> tuple[Refusal, ...]:
        return calendar.refusals(call, "A0", Wall(days[day], int(clock[:2]) * 60 + int(clock[3:])))

    assert refused(1, "10:00") == ()
    assert refused(0, "08:00") == (Refusal.PAST, Refusal.TOO_SOON)
    assert refused(0, "09:30") == (Refusal.TOO_SOON,)
    assert refused(0, "10:02") == (Refusal.OFF_THE_GRID,)
    assert refused(1, "14:00") == (Refusal.OUTSIDE_WINDOW,)
    assert refused(1, "11:15") == (Refusal.NOT_AT_WORK,)
    assert refused(1, "13:00") == (Refusal.BOOKED,)
    assert refused(1, "09:10") == (Refusal.TAKEN,)
