"""Proposals: nobody gets what she may not finish, nothing pinned moves, nothing gets worse, and each move says why."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.domain.workload.balance import propose
from pkui.domain.workload.model import Item, Seat
from pkui.domain.workload.outlook import outlook

MONDAY = date(2026, 11, 23)
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(5))
SKILLS = ("general/simple", "general/ordinary", "record/ordinary")
NAMES = ("anna", "bo", "gitte", "katrine")


def seat(name: str, *minutes: int, skills: tuple[str, ...] = SKILLS[:2]) -> Seat:
    return Seat(name, dict(zip(DAYS, minutes, strict=False)), frozenset(skills))


def item(number: int, holder: str | None, *, due: int = 0, minutes: int = 30, **more: object) -> Item:
    values: dict[str, object] = {"rank": 3, "skill": SKILLS[1], "lane": "general"} | more
    return Item(number=number, holder=holder, due=DAYS[0] + timedelta(days=due), minutes=minutes, **values)  # type: ignore[arg-type]


def every(items: list[Item]) -> frozenset[int]:
    return frozenset(one.number for one in items)


def test_the_cases_of_somebody_away_go_to_those_who_are_here() -> None:
    items = [item(n, "anna") for n in range(1, 5)] + [item(9, "bo")]
    seats = [seat("anna", 0, 0, 420), seat("bo", 300), seat("gitte", 300)]
    found = propose(seats, items, DAYS, frozenset(range(1, 5)))
    assert {move.number for move in found.moves} == {1, 2, 3, 4}
    assert {move.to for move in found.moves} == {"bo", "gitte"}
    assert all(move.why[0].code == "holder_away" for move in found.moves)
    assert (found.before.late_in_all, found.after.late_in_all) == (4, 0)


def test_what_is_due_after_she_is_back_stays_with_her() -> None:
    items = [item(1, "anna", due=0), item(2, "anna", due=3)]
    found = propose([seat("anna", 0, 0, 420, 420), seat("bo", 300)], items, DAYS, every(items))
    assert [move.number for move in found.moves] == [1]


def test_who_has_spoken_with_the_patient_is_preferred() -> None:
    items = [item(1, "anna", known_by=frozenset({"gitte"})), item(2, "anna", known_by=frozenset({"bo"}))]
    found = propose([seat("anna"), seat("bo", 300), seat("gitte", 300)], items, DAYS, every(items))
    assert {move.number: move.to for move in found.moves} == {1: "gitte", 2: "bo"}
    assert all("knows_the_patient" in [reason.code for reason in move.why] for move in found.moves)


def test_who_is_at_work_when_the_patient_may_be_rung_is_preferred() -> None:
    items = [item(1, None, due=1, open_on=frozenset({DAYS[1]}))]
    found = propose([seat("bo", 400, 0), seat("gitte", 200, 200)], items, DAYS, every(items))
    assert [move.to for move in found.moves] == ["gitte"]


def test_an_even_load_is_left_alone() -> None:
    items = [item(1, "anna"), item(2, "bo")]
    assert propose([seat("anna", 300), seat("bo", 300)], items, DAYS, every(items)).moves == ()


def test_the_full_one_gives_to_the_empty_one() -> None:
    items = [item(n, "anna") for n in range(1, 11)]
    found = propose([seat("anna", 300), seat("bo", 300)], items, DAYS, every(items))
    assert found.moves
    assert {move.to for move in found.moves} == {"bo"}
    assert all(move.why[0].code == "holder_full" for move in found.moves)
    assert found.after.spread < found.before.spread == 100


def test_only_the_most_urgent_of_too_many_moves_are_proposed() -> None:
    items = [item(n, None, rank=1 + n % 4) for n in range(1, 9)]
    found = propose([seat("bo", 400)], items, DAYS, every(items), most=2)
    assert [move.number for move in found.moves] == [4, 8]


def test_what_nobody_may_finish_stays_and_counts_as_late() -> None:
    items = [item(1, None, skill="record/ordinary")]
    found = propose([seat("bo", 400)], items, DAYS, every(items))
    assert found.moves == ()
    assert found.after.late == {3: 1}
    assert found.after.lanes == {"general": 1}


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[Seat], list[Item], frozenset[int]]:
    minutes = st.sampled_from((0, 60, 240, 420))
    skills = st.sets(st.sampled_from(SKILLS))
    seats = [Seat(name, {day: draw(minutes) for day in DAYS}, frozenset(draw(skills))) for name in NAMES]
    items = [
        Item(
            number,
            draw(st.sampled_from((*NAMES, None, "gone"))),
            draw(st.integers(1, 4)),
            DAYS[0] + timedelta(days=draw(st.integers(-3, 9))),
            draw(st.integers(1, 90)),
            draw(st.sampled_from(SKILLS)),
            "general",
            pinned=draw(st.booleans()),
            known_by=frozenset(draw(st.sets(st.sampled_from(NAMES), max_size=1))),
        )
        for number in range(draw(st.integers(0, 25)))
    ]
    movable = frozenset(one.number for one in items if draw(st.booleans()))
    return seats, items, movable


@settings(max_examples=60, deadline=None)
@given(offices(), st.integers(0, 30))
def test_a_proposal_keeps_the_rules(
    office: tuple[list[Seat], list[Item], frozenset[int]],
    most: int,
) -> None:
    seats, items, movable = office
    found = propose(seats, items, DAYS, movable, most=most)
    by_number, able = {one.number: one for one in items}, {one.username: one for one in seats}
    assert len(found.moves) <= most
    assert len({move.number for move in found.moves}) == len(found.moves)
    for move in found.moves:
        one = by_number[move.number]
        assert one.number in movable
        assert not one.pinned
        assert move.holder == one.holder != move.to
        assert one.skill in able[move.to].skills
        assert move.why
    assert found.before == outlook(seats, items, DAYS)
    assert sum(one.cases for one in found.after.people) >= sum(one.cases for one in found.before.people)


@settings(max_examples=30, deadline=None)
@given(offices())
def test_the_same_office_gives_the_same_proposal(office: tuple[list[Seat], list[Item], frozenset[int]]) -> None:
    seats, items, movable = office
    assert propose(seats, items, DAYS, movable) == propose(seats, list(reversed(items)), DAYS, movable)
