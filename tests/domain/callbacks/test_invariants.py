"""The seventeen invariants of the calls, each by its number, over made-up offices.

1 to 8 are looked at by the validator, which shares no code with the planner and is shown below to notice each breach;
9 to 17 compare two reckonings of the same thing. Twenty desks at one slot at once: `tests/services/test_callbacks`.
"""

from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from pkui.base.calendar import public_holidays
from pkui.domain.bookings import Length, call_start, minute_of, window_used, windows_of
from pkui.domain.callbacks.board import Board, Rules, board_of
from pkui.domain.callbacks.instance import Confirmed, Wall, instant, wall
from pkui.domain.callbacks.keep import better_of, cost_of
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.domain.callbacks.reading import BadInstance, read_instance
from pkui.domain.callbacks.relaxation import relax
from pkui.domain.callbacks.slots import OfficeCalendar
from pkui.domain.codes import BookingState, Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.priority import Matter, place
from pkui.domain.windows import CallWindow, refusal
from pkui.services.callbacks_planner.document import plan_document
from storage.base import table_of
from storage.callbacks import add_booking
from storage.tables.callbacks import Booking, BookingSlot
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import clock, danish_holidays, objective, violations

Document = dict[str, Any]
FREELY = Watch(lambda: True, lambda: True, lambda found, bound: None)
few = settings(max_examples=25, deadline=None, derandomize=True)
OFFICES = st.integers(0, 24)
"""The seeds of the offices that 1 to 8 and 14 look at: each is planned once."""
OFFICE = OfficeSettings(closed_days=frozenset({date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31)}))
MONDAY = date(2026, 11, 23)


def board(document: Document, rules: Rules | None = None) -> Board:
    return board_of(read_instance(document), rules or Rules())


def planned(document: Document, seconds: float = 0.3, seed: int = 1, watch: Watch = FREELY) -> Document:
    on = board(document)
    return plan_document(on, make_plan(on, seconds, seed, watch), 0)


@cache
def office(seed: int) -> tuple[Document, Document, tuple[str, ...]]:
    """A made-up office, its plan, and what the validator finds wrong with it."""
    document = make_instance(seed, 20 + seed, 1 + seed % 5, 1 + seed % 6)
    plan = planned(document)
    return document, plan, tuple(violations(document, plan))


def breaches(rule: str, seed: int) -> list[str]:
    return [one for one in office(seed)[2] if one.startswith(rule)]


# -- 1 to 8: what the validator looks at -----------------------------------------------------------------


@few
@given(OFFICES)
def test_i1_every_call_lies_inside_one_window(seed: int) -> None:
    assert breaches("window", seed) == []


@few
@given(OFFICES)
def test_i2_every_call_lies_inside_a_shift_outside_breaks_and_bookings(seed: int) -> None:
    assert breaches("at_work", seed) == []


@few
@given(OFFICES)
def test_i3_nobody_is_rung_on_a_closed_day(seed: int) -> None:
    assert breaches("closed", seed) == []


@few
@given(OFFICES)
def test_i4_no_two_calls_of_an_adviser_overlap(seed: int) -> None:
    assert breaches("overlap", seed) == []


@few
@given(OFFICES)
def test_i5_the_adviser_may_take_the_call(seed: int) -> None:
    assert breaches("skill", seed) == []


@few
@given(OFFICES)
def test_i6_one_attempt_a_case_and_none_beyond_the_last(seed: int) -> None:
    assert breaches("attempts", seed) == breaches("twice", seed) == []


@few
@given(OFFICES)
def test_i7_nobody_is_rung_before_now_or_before_the_gap_is_over(seed: int) -> None:
    assert breaches("too_early", seed) == []


@few
@given(OFFICES)
def test_i8_agreed_calls_stay(seed: int) -> None:
    assert breaches("agreed_moved", seed) == []


@few
@given(OFFICES)
def test_nothing_else_is_wrong_and_the_sums_are_right(seed: int) -> None:
    document, plan, wrong = office(seed)
    late, weighted = objective(document, plan)
    assert (wrong, plan["objective"]) == ((), {"class1_late": late, "weighted_tardiness": weighted})


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


WALLS = st.integers(0, 24 * 12 - 2).map(lambda slot: slot * 5)


@given(st.lists(st.tuples(st.integers(1, 5), WALLS, WALLS), max_size=6), WALLS, st.integers(1, 5))
def test_i1_a_whole_call_lies_in_a_widened_window_exactly_when_its_talk_lies_in_the_patients(
    spans: list[tuple[int, int, int]], start: int, weekday: int
) -> None:
    length, hours = Length(5, 20, 5), (time(0), time(23, 55))
    given_windows = [
        CallWindow(day, time(min(a, b) // 60, min(a, b) % 60), time(max(a, b) // 60, max(a, b) % 60))
        for day, a, b in spans
        if a != b
    ]
    block = Wall(MONDAY + timedelta(days=weekday - 1), start)
    if start < 5 or start + length.whole > 24 * 60 - 5:
        return
    widened = windows_of(given_windows, hours, length)
    inside = any(
        one.weekday == weekday - 1 and one.start <= start and start + length.whole <= one.end for one in widened
    )
    used = window_used(call_start(block, length), length.talk, given_windows)
    assert inside == (used is not None)
    assert used is None or minute_of(used.start) <= start + 5


# -- 9 to 11: time ---------------------------------------------------------------------------------------

AROUND_CHANGES = st.sampled_from([date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)])


@given(AROUND_CHANGES, st.integers(8 * 12, 16 * 12 - 1))
def test_i9_a_call_keeps_its_wall_time_over_the_changes_of_the_clock(day: date, slot: int) -> None:
    time_of_day = Wall(day, slot * 5)
    assert wall(instant(time_of_day, COPENHAGEN), COPENHAGEN) == time_of_day
    summer = date(2026, 3, 29) <= day < date(2026, 10, 25)
    offset = instant(time_of_day, COPENHAGEN) + timedelta(hours=2 if summer else 1)
    assert (offset.hour, offset.minute) == divmod(slot * 5, 60)


def test_i9_the_days_named() -> None:
    wanted = {date(2026, 3, 27): 8, date(2026, 3, 30): 7, date(2026, 10, 23): 7, date(2026, 10, 26): 8}
    for day, hour in wanted.items():
        assert instant(Wall(day, 9 * 60), COPENHAGEN) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@given(WALLS, st.integers(-2, 13), st.integers(1, 12))
def test_i10_a_window_is_refused_exactly_when_no_call_fits_in_it(start: int, length: int, slots: int) -> None:
    hours, end = (8 * 60 + 30, 15 * 60 + 30), min(max(0, start + length * 5), 24 * 60 - 5)
    fits = start < end and min(end, hours[1]) - max(start, hours[0]) >= slots * 5
    opens, closes, first, last = (time(one // 60, one % 60) for one in (*hours, start, end))
    assert (refusal(first, last, (opens, closes), timedelta(minutes=slots * 5)) is None) == fits


@few
@given(st.integers(0, 200), st.sampled_from(["ends_first", "midnight", "off_grid", "no_length"]))
def test_i10_an_instance_with_such_a_window_or_call_is_refused_with_its_place(seed: int, fault: str) -> None:
    document = make_instance(seed, 6)
    one = document["cases"][seed % 6]
    read_instance(document)
    match fault:
        case "ends_first":
            one["windows"] = [[0, "10:00", "09:00"]]
        case "midnight":
            one["windows"] = [[0, "22:00", "02:00"]]
        case "off_grid":
            one["duration"] = 12
        case "no_length":
            one["duration"] = 0
    with pytest.raises(BadInstance) as told:
        read_instance(document)
    assert told.value.pointer.startswith(f"/cases/{seed % 6}/")


def working(day: date) -> bool:
    """Whether the office works, counted by the validator's own holidays."""
    return day.weekday() < 5 and day not in danish_holidays(day.year) | OFFICE.closed_days


@given(st.dates(date(2024, 1, 2), date(2035, 12, 1)), st.times())
def test_i11_an_answer_is_due_when_the_second_working_day_after_receipt_closes(on: date, received: time) -> None:
    moment = datetime.combine(on, received, COPENHAGEN)
    day = moment.date()
    if moment.timetz().replace(tzinfo=None) >= OFFICE.closes:
        day += timedelta(days=1)
    while not working(day):
        day += timedelta(days=1)
    for _step in range(2):
        day += timedelta(days=1)
        while not working(day):
            day += timedelta(days=1)
    matter = Matter(topic=Topic.HEARING_AID, received_at=moment)
    assert place(matter, moment, OFFICE, OFFICE.calendar(public_holidays())).due_at == at(day, OFFICE.closes)


RECEIVED = {
    "2026-04-01T23:59": "2026-04-09",  # the evening before Maundy Thursday counts from Tuesday 7 April
    "2026-04-04T12:00": "2026-04-09",  # Easter Saturday
    "2026-12-23T09:00": "2026-12-29",  # Christmas Eve is the office's own day off
    "2026-12-25T09:00": "2026-12-30",  # Christmas Day counts from Monday 28 December
    "2026-06-04T09:00": "2026-06-09",  # Constitution Day is the office's own day off
    "2026-11-21T09:00": "2026-11-25",  # a Saturday counts from Monday
}


@pytest.mark.parametrize(("received", "due"), RECEIVED.items())
def test_i11_the_days_named(received: str, due: str) -> None:
    moment = datetime.fromisoformat(received).replace(tzinfo=COPENHAGEN)
    matter = Matter(topic=Topic.HEARING_AID, received_at=moment)
    found = place(matter, moment, OFFICE, OFFICE.calendar(public_holidays())).due_at
    assert found == at(date.fromisoformat(due), OFFICE.closes)


# -- 12 to 16: the plan ----------------------------------------------------------------------------------


@few
@given(st.integers(0, 10_000), st.integers(0, 5))
def test_i12_same_input_and_seed_same_plan(seed: int, search_seed: int) -> None:
    document = make_instance(seed)
    assert planned(document, seed=search_seed) == planned(deepcopy(document), seed=search_seed)


@few
@given(st.integers(0, 10_000))
def test_i13_more_people_or_wider_windows_never_worsen_the_bound(seed: int) -> None:
    document = make_instance(seed)
    before = relax(board(document), lambda: True)
    more, wider = deepcopy(document), deepcopy(document)
    more["advisers"].append(deepcopy(more["advisers"][0]) | {"id": "A9"})
    for one in wider["cases"]:
        one["windows"] = [[weekday, "07:00", "17:00"] for weekday in range(5)] + one["windows"]
    for changed in (more, wider):
        after = relax(board(changed), lambda: True)
        assert after.tardiness <= before.tardiness + 1e-6
        assert after.late <= before.late


def standing(plan: Document) -> dict[str, Confirmed]:
    found = {}
    for row in plan["placed"]:
        day, start = row["start"].split("T")
        found[row["case"]] = Confirmed(row["adviser"], Wall(date.fromisoformat(day), clock(start)))
    return found


@few
@given(st.integers(0, 10_000), st.booleans())
def test_i13_the_plan_that_stands_is_kept_where_a_new_one_is_not_better(seed: int, joined: bool) -> None:
    document = make_instance(seed, 30)
    before = planned(document)
    if joined:
        document["advisers"].append(deepcopy(document["advisers"][0]) | {"id": "A9"})
    on = board(document)
    worse = make_plan(on, 0.0, 1, Watch(lambda: False, lambda: False, lambda found, bound: None))
    chosen, kept = better_of(on, worse, standing(before))
    assert cost_of(on, chosen.places) <= min(cost_of(on, worse.places), cost_of(on, places_of(on, before)))
    assert violations(document, plan_document(on, chosen, 0)) == []
    if kept:
        after = {row["case"]: row for row in plan_document(on, chosen, 0)["placed"]}
        assert all(after[row["case"]] == row for row in before["placed"]), "kept is kept whole"
    same, unchanged = better_of(on, chosen, standing(plan_document(on, chosen, 0)))
    assert unchanged and same.places == chosen.places, "planned again, nothing moves"


def places_of(on: Board, plan: Document) -> dict[int, tuple[int, int]]:
    numbers = {one.id: number for number, one in enumerate(on.instance.advisers)}
    index = {task.call.id: task.index for task in on.tasks}
    return {
        index[name]: (
            on.instance.days.index(one.start.day) * on.advisers + numbers[one.adviser],
            one.start.minute // on.instance.slot - on.origin,
        )
        for name, one in standing(plan).items()
    }


@few
@given(OFFICES)
def test_i14_no_plan_is_better_than_the_bound(seed: int) -> None:
    plan = office(seed)[1]
    assert plan["objective"]["class1_late"] >= plan["bound"]["class1_late"]
    assert plan["objective"]["weighted_tardiness"] >= plan["bound"]["weighted_tardiness"] - 1e-6


@few
@given(st.integers(0, 5000), st.randoms(use_true_random=False))
def test_i15_cancelling_and_booking_again_gives_back_exactly_what_was_free(seed: int, rnd: Any) -> None:
    document = make_instance(seed, 25)
    on = board(document | {"cases": document["cases"][:12]})
    calendar = OfficeCalendar(on, make_plan(on, 0.1, 1, FREELY).places)
    empty, booked = list(calendar.free), []
    for call in read_instance(document).calls[12:]:
        for offer in calendar.offers(call, 1):
            one = (offer.adviser, offer.start, call.minutes)
            assert calendar.book(*one)
            assert not calendar.book(*one)
            booked.append(one)
    full = list(calendar.free)
    rnd.shuffle(booked)
    for one in booked:
        calendar.cancel(*one)
    assert calendar.free == empty
    assert all(calendar.book(*one) for one in booked)
    assert calendar.free == full


@few
@given(st.integers(0, 10_000), st.integers(0, 30))
def test_i16_stopped_at_any_moment_the_plan_is_valid(seed: int, moments: int) -> None:
    document, ticks = make_instance(seed, 50), count()
    watch = Watch(lambda: next(ticks) < moments, lambda: next(ticks) < moments, lambda found, bound: None)
    assert violations(document, planned(document, 5, 1, watch)) == []


# -- 17: the database ------------------------------------------------------------------------------------

ADVISERS = [UUID(int=number) for number in (1, 2)]


@few
@given(st.lists(st.tuples(st.sampled_from(ADVISERS), st.integers(0, 20), st.integers(1, 8)), max_size=12))
def test_i17_of_overlapping_bookings_exactly_the_first_wins(asked: list[tuple[UUID, int, int]]) -> None:
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with Session(engine) as session:
        for table in (table_of(Booking), table_of(BookingSlot)):
            table.create(session.connection())
        taken: set[tuple[UUID, int]] = set()
        for number, (adviser, first, length) in enumerate(asked, 1):
            wanted = {(adviser, slot) for slot in range(first, first + length)}
            won = add_booking(session, booking(number, adviser), range(first, first + length))
            assert won == (not wanted & taken)
            taken |= wanted if won else set()
        slots = table_of(BookingSlot).c
        rows = session.execute(sa.select(slots.adviser_id, slots.slot)).all()
        assert {(row[0], row[1]) for row in rows} == taken
        assert len(rows) == len(taken)
    engine.dispose()


def booking(number: int, adviser: UUID) -> Booking:
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return Booking(
        id=UUID(int=100 + number),
        case_id=UUID(int=200 + number),
        patient_id=UUID(int=300 + number),
        adviser_id=adviser,
        state=BookingState.PLANNED,
        attempt=1,
        starts_at=now,
        ends_at=now + timedelta(minutes=20),
        preparation_minutes=5,
        after_minutes=5,
        made_by=adviser,
        made_at=now,
    )
