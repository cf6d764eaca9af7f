"""Planning the office's calls: every time inside the rules, agreed calls fixed, applied at once, taken back whole."""

from datetime import datetime, timedelta

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import BookingState, Role
from pkui.domain.office import COPENHAGEN
from pkui.services import cases
from pkui.services.callbacks import agree, book, booking_of
from pkui.services.callbacks_apply import apply, undo
from pkui.services.callbacks_plan import plan
from pkui.services.callbacks_proposal import Change, Proposal
from pkui.services.desk import Desk
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.rota import at_work, away
from tests.services.steps import ALWAYS, about, received, stored

SECONDS = 1.0
AFTERNOONS = [{"weekday": day, "from": "13:00", "to": "15:00"} for day in (2, 4)]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR, teams=())


@pytest.fixture
def advisers(store: Store, desk_as: DeskAs) -> list[Desk]:
    desks = [desk_as(Role.ADVISER) for _number in range(2)]
    for one in desks:
        at_work(store, one.person.username)
    return desks


def fill(desk: Desk, count: int) -> list[int]:
    windows = (ALWAYS, AFTERNOONS)
    return [received(desk, n, **about("faster_treatment", call_windows=windows[n % 2])) for n in range(count)]


def times(proposal: Proposal) -> dict[int, tuple[str, datetime]]:
    return {one.queue_number: (one.after.adviser, one.after.start) for one in proposal.calls if one.after}


def test_a_plan_gives_every_case_a_time_in_its_windows_and_applies_and_undoes(
    store: Store, desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    numbers = fill(desk, 12)
    proposal = plan(supervisor, seconds=SECONDS)
    assert (proposal.waiting, proposal.offered, proposal.unplaced) == (12, False, ())
    assert {one.change for one in proposal.calls} == {Change.NEW}
    assert set(times(proposal)) == set(numbers)
    for number, (_adviser, start) in times(proposal).items():
        local = start.astimezone(COPENHAGEN)
        if numbers.index(number) % 2:
            assert local.isoweekday() in (2, 4) and 13 <= local.hour < 15
    assert stored(store, "SELECT count(*) FROM bookings") == [0], "a preview writes nothing"

    applied = apply(supervisor, proposal)
    assert (applied.done, applied.skipped) == (12, ())
    for number, (adviser, start) in times(proposal).items():
        booked = booking_of(supervisor, number)
        assert booked is not None
        assert (booked.adviser, booked.starts_at, booked.state) == (adviser, start, BookingState.PLANNED)
        assert booked.plan_id == applied.plan_id

    assert undo(supervisor).done == 12
    assert stored(store, "SELECT count(*) FROM booking_slots") == [0]
    with pytest.raises(Refused, match="nothing_to_undo"):
        undo(supervisor)


def test_agreed_calls_are_fixed_and_undo_leaves_what_was_agreed_since(
    desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    numbers = fill(desk, 6)
    name = advisers[0].person.username
    agreed = book(advisers[0], numbers[0], at=wall("2026-11-24T09:00"), adviser=name, agreed=True)
    proposal = plan(supervisor, seconds=SECONDS)
    assert numbers[0] not in times(proposal)
    begins, ends = agreed.starts_at - timedelta(minutes=15), agreed.ends_at + timedelta(minutes=10)
    assert not [at for who, at in times(proposal).values() if who == name and begins < at < ends]
    apply(supervisor, proposal)
    agree(supervisor, numbers[1])
    assert undo(supervisor).done == 4
    assert booking_of(supervisor, numbers[0]) == agreed
    assert booking_of(supervisor, numbers[1]) is not None


def test_a_planned_call_moves_when_its_adviser_falls_ill_and_undo_brings_its_time_back(
    store: Store, desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    (number,) = fill(desk, 1)
    ill = advisers[0].person.username
    before = book(supervisor, number, at=wall("2026-11-24T09:00"), adviser=ill)
    away(store, ill, wall("2026-11-23T08:00"), None)
    proposal = plan(supervisor, seconds=SECONDS)
    (call,) = proposal.calls
    assert call.change is Change.MOVED and call.after is not None and call.before is not None
    assert call.after.adviser == advisers[1].person.username
    apply(supervisor, proposal)
    undo(supervisor)
    back = booking_of(supervisor, number)
    assert back is not None and (back.id, back.starts_at) == (before.id, before.starts_at)


def test_a_case_that_changed_since_the_preview_is_left_alone_and_named(
    desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    numbers = fill(desk, 4)
    proposal = plan(supervisor, seconds=SECONDS)
    cases.take(advisers[0], numbers[0])
    cases.close(advisers[0], numbers[0], outcome="advised")
    book(advisers[0], numbers[1], at=wall("2026-11-26T13:30"))
    applied = apply(supervisor, proposal)
    assert set(applied.skipped) >= {numbers[0], numbers[1]}
    assert applied.done + len(applied.skipped) == 4
    kept = booking_of(supervisor, numbers[1])
    assert kept is not None and kept.starts_at == wall("2026-11-26T13:30")


def test_one_call_a_patient_however_many_cases(desk: Desk, supervisor: Desk, advisers: list[Desk]) -> None:
    patient = submission(1)["patient"]
    for number in range(3):
        received(desk, number, **about("hearing_aid", call_windows=ALWAYS, patient=patient))
    proposal = plan(supervisor, seconds=SECONDS)
    assert (proposal.waiting, len(proposal.calls)) == (1, 1)


def test_planning_needs_the_right_to_move_cases(desk: Desk, advisers: list[Desk]) -> None:
    fill(desk, 1)
    with pytest.raises(Refused, match="not_allowed"):
        plan(advisers[0], seconds=SECONDS)


def test_a_day_the_patient_is_away_is_not_planned(desk: Desk, supervisor: Desk, advisers: list[Desk]) -> None:
    away_days = [{"from": "2026-11-24", "to": "2026-11-26"}]
    number = received(desk, 1, **about("faster_treatment", call_windows=AFTERNOONS, unavailable=away_days))
    assert stored(desk.store, "SELECT count(*) FROM unavailable_periods") == [1]
    assert number not in times(plan(supervisor, days=5, seconds=SECONDS))
