"""Booking calls: the times offered, every rule that refuses one, what ends a booking, and two desks at one slot."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from pkui.base.clock import TRAINING_START
from pkui.base.errors import Refused
from pkui.base.words.errors import message
from pkui.domain.codes import BookingState, CaseState, ContactResult, Direction, Party, Role
from pkui.domain.office import COPENHAGEN
from pkui.services import callbacks, cases
from pkui.services.callbacks import NoTime, book, booking_of, booking_with, free
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from storage.cases import case_by_number
from storage.store import Store
from tests import bookers
from tests.conftest import DeskAs, hire
from tests.data.submissions import submission
from tests.services.rota import at_work, away
from tests.services.steps import ALWAYS, about, at, later, received, stored

TUESDAY_AND_THURSDAY = [{"weekday": 2, "from": "13:00", "to": "15:00"}, {"weekday": 4, "from": "13:00", "to": "15:00"}]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.fixture
def anna(store: Store, desk_as: DeskAs) -> Desk:
    desk = desk_as(Role.ADVISER)
    at_work(store, desk.person.username)
    return desk


@pytest.fixture
def bo(store: Store, desk_as: DeskAs) -> Desk:
    desk = desk_as(Role.ADVISER)
    at_work(store, desk.person.username)
    return desk


def case_with(desk: Desk, number: int = 1, *, windows: list[dict[str, object]] = TUESDAY_AND_THURSDAY) -> int:
    return received(desk, number, **about("faster_treatment", call_windows=windows))


def test_the_best_times_lie_in_the_windows_soonest_first(desk: Desk, anna: Desk) -> None:
    found = free(anna, case_with(desk))
    starts = [one.start for one in found.times]
    assert starts[0] == wall("2026-11-24T13:00")
    assert all(one.start.astimezone(COPENHAGEN).isoweekday() in (2, 4) for one in found.times)
    assert all(13 <= one.start.astimezone(COPENHAGEN).hour < 15 for one in found.times)
    assert all(one.end.astimezone(COPENHAGEN).time() <= time(15) for one in found.times)
    assert found.why_none is None and not found.few


def test_every_time_offered_can_be_booked(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = case_with(desk, windows=ALWAYS)
    for one in free(anna, number, limit=30).times:
        booked = book(anna, number, at=one.start, adviser=one.adviser, move=True)
        assert (booked.starts_at, booked.adviser) == (one.start, one.adviser)


def test_the_own_adviser_comes_first(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = case_with(desk)
    cases.take(bo, number)
    assert {one.adviser for one in free(anna, number).times} == {bo.person.username}
    assert book(anna, number, at=wall("2026-11-24T13:00")).adviser == bo.person.username


def test_after_a_try_the_gap_holds_and_the_hour_people_answer_in_comes_first(desk: Desk, anna: Desk) -> None:
    number, other = case_with(desk, windows=ALWAYS), case_with(desk, 2, windows=ALWAYS)
    for week in range(1, 13):
        tuesday = at(anna, wall("2026-08-25T10:15") + timedelta(weeks=week))
        log_contact(tuesday, other, party=Party.PATIENT, result=ContactResult.REACHED)
        log_contact(later(tuesday, hours=3), other, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    log_contact(anna, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    found = free(anna, number)
    assert found.attempt == 2
    first = found.times[0].start.astimezone(COPENHAGEN)
    assert (first.date().isoformat(), first.hour) == ("2026-11-24", 10)
    refused(lambda: book(anna, number, at=wall("2026-11-23T13:00")), "too_soon")


def refused(call: Callable[[], object], code: str) -> str:
    with pytest.raises(Refused, match=f"^{code}$") as refusal:
        call()
    return message(refusal.value)


def test_each_rule_that_refuses_is_named(store: Store, desk: Desk, anna: Desk) -> None:
    number, name = case_with(desk), anna.person.username

    def booked(text: str, **more: object) -> Callable[[], object]:
        return lambda: book(anna, number, at=wall(text), **more)  # type: ignore[arg-type]

    assert "13-15" in refused(booked("2026-11-24T15:00"), "outside_window")
    assert "13-15" in refused(booked("2026-11-24T14:55"), "outside_window"), "the talk does not fit"
    refused(booked("2026-11-25T13:00"), "no_window_that_day")
    refused(booked("2026-11-24T07:00"), "outside_call_hours")
    refused(booked("2026-11-28T13:00"), "closed_day")
    refused(booked("2026-11-24T13:02"), "off_the_grid")
    refused(booked("2026-11-17T13:00"), "time_past")
    away(store, name, wall("2026-11-24T12:00"), wall("2026-11-24T14:00"))
    assert name in refused(booked("2026-11-24T13:00", adviser=name), "adviser_away")
    refused(booked("2027-03-02T13:00", adviser=name), "adviser_not_at_work")
    assert book(anna, number, at=wall("2026-11-24T14:10")).state is BookingState.PLANNED


def test_a_lunch_break_refuses_and_the_patient_may_agree_outside_her_window(desk: Desk, anna: Desk) -> None:
    number = case_with(desk, windows=ALWAYS)
    refused(lambda: book(anna, number, at=wall("2026-11-24T11:20")), "adviser_not_at_work")
    second = case_with(desk, 2)
    booked = book(anna, second, at=wall("2026-11-25T09:00"), agreed=True)
    assert booked.state is BookingState.AGREED
    assert booked.window_from is None


def test_a_taken_time_tells_who_was_first(desk: Desk, anna: Desk, bo: Desk) -> None:
    first, second = case_with(desk), case_with(desk, 2)
    book(bo, first, at=wall("2026-11-24T13:00"), adviser=anna.person.username)
    told = refused(lambda: book(anna, second, at=wall("2026-11-24T13:10"), adviser=anna.person.username), "time_taken")
    assert bo.person.username in told and "24/11 13.00" in told
    beside = wall("2026-11-24T13:30")
    assert book(anna, second, at=beside, adviser=anna.person.username).starts_at == beside


def test_a_case_that_has_a_time_keeps_it_unless_it_is_moved(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    book(anna, number, at=wall("2026-11-24T13:00"))
    refused(lambda: book(anna, number, at=wall("2026-11-24T14:00")), "booked_already")
    moved = book(anna, number, at=wall("2026-11-24T13:10"), move=True)
    assert moved.starts_at == wall("2026-11-24T13:10")
    assert stored(desk.store, "SELECT count(*) FROM bookings WHERE done_at IS NULL") == [1]


def test_booking_gives_a_free_case_to_the_adviser_and_schedules_it(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    book(anna, number, at=wall("2026-11-24T13:00"))
    view = cases.open_case(anna, number)
    assert (view.row.record.state, view.mine) == (CaseState.SCHEDULED, True)


def test_an_answered_case_is_due_at_its_call(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    cases.take(anna, number)
    log_contact(anna, number, party=Party.PATIENT, result=ContactResult.REACHED)
    book(anna, number, at=wall("2026-11-26T13:00"))
    record = cases.open_case(anna, number).row.record
    assert record.due_at == wall("2026-11-26T13:00")
    assert record.why[-1][0] == "booked_call"
    callbacks.cancel(anna, number)
    assert cases.open_case(anna, number).row.record.why[-1][0] == "no_next_step"


@pytest.mark.parametrize(
    ("result", "direction", "state"),
    [
        (ContactResult.NO_ANSWER, None, BookingState.ATTEMPTED),
        (ContactResult.REACHED, None, BookingState.REACHED),
        (ContactResult.CALLED_BACK, None, BookingState.ENDED),
        (ContactResult.REACHED, Direction.INCOMING, BookingState.ENDED),
    ],
)
def test_a_call_ends_the_booking(
    result: ContactResult, direction: Direction | None, state: BookingState, desk: Desk, anna: Desk
) -> None:
    number = case_with(desk)
    booked = book(anna, number, at=wall("2026-11-24T13:00"))
    log_contact(anna, number, party=Party.PATIENT, result=result, direction=direction)
    assert booking_with(anna, booked.id).state is state
    following = booking_of(anna, number)
    if state is BookingState.ATTEMPTED:
        assert following is not None and following.attempt == 2
        return
    assert following is None
    assert cases.open_case(anna, number).row.record.state is CaseState.ASSIGNED
    assert stored(desk.store, "SELECT count(*) FROM booking_slots") == [0]


def test_a_try_in_vain_plans_the_next_one_at_the_hour_people_answer(desk: Desk, anna: Desk, bo: Desk) -> None:
    number, other = case_with(desk, windows=ALWAYS), case_with(desk, 2, windows=ALWAYS)
    for week in range(1, 13):
        tuesday = at(anna, wall("2026-08-25T14:15") + timedelta(weeks=week))
        log_contact(tuesday, other, party=Party.PATIENT, result=ContactResult.REACHED)
        log_contact(later(tuesday, hours=-4), other, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    cases.take(anna, number)
    view = log_contact(anna, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    planned = view.row.booked
    assert planned is not None and planned.state is BookingState.PLANNED
    start = planned.starts_at.astimezone(COPENHAGEN)
    assert (planned.adviser, start.date().isoformat(), start.hour) == (anna.person.username, "2026-11-24", 14)
    assert view.row.record.state is CaseState.SCHEDULED
    refused(lambda: book(anna, number, at=wall("2026-11-25T10:00")), "booked_already")

    tomorrow = at(anna, planned.starts_at)
    second = log_contact(tomorrow, number, party=Party.PATIENT, result=ContactResult.VOICEMAIL).row.booked
    assert second is not None and second.attempt == 3
    last = log_contact(at(anna, second.starts_at), number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    assert last.row.booked is None, "after the last attempt a letter, and no call"
    letters = "SELECT count(*) FROM outbox_drafts d JOIN cases c ON c.id = d.case_id WHERE c.queue_number = :n"
    assert stored(desk.store, letters, n=number) == [1]


def test_no_next_try_for_class_1_one_attempt_only_or_a_patient_with_a_call(desk: Desk, anna: Desk) -> None:
    urgent = received(desk, 1, **about("maximum_waiting_time", call_windows=ALWAYS))
    cases.take(anna, urgent, reason="the team is away")
    assert log_contact(anna, urgent, party=Party.PATIENT, result=ContactResult.NO_ANSWER).row.booked is None
    once = case_with(desk, 2, windows=ALWAYS)
    with desk.store.writing() as session:
        case_by_number(session, once).one_attempt_only = True
        session.commit()
    cases.take(anna, once)
    assert log_contact(anna, once, party=Party.PATIENT, result=ContactResult.NO_ANSWER).row.booked is None
    third = case_with(desk, 3, windows=ALWAYS)
    cases.take(anna, third)
    agreed = book(anna, third, at=wall("2026-11-26T13:00"), agreed=True)
    tried = log_contact(anna, third, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    assert tried.row.booked is not None and tried.row.booked.id == agreed.id


def test_a_try_before_the_agreed_day_leaves_the_agreement(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    book(anna, number, at=wall("2026-11-26T13:00"), agreed=True)
    log_contact(anna, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    assert booking_of(anna, number) is not None


def test_a_contact_with_somebody_else_ends_nothing(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    book(anna, number, at=wall("2026-11-24T13:00"))
    log_contact(anna, number, party=Party.DEPARTMENT, result=ContactResult.REACHED)
    assert booking_of(anna, number) is not None


def test_closing_cancels(desk: Desk, anna: Desk) -> None:
    number = case_with(desk)
    book(anna, number, at=wall("2026-11-24T13:00"))
    cases.close(anna, number, outcome="advised")
    assert stored(desk.store, "SELECT state FROM bookings") == ["cancelled"]
    assert stored(desk.store, "SELECT count(*) FROM booking_slots") == [0]
    refused(lambda: book(anna, number, at=wall("2026-11-24T13:00")), "closed")


def test_a_patient_has_one_standing_call_over_all_her_cases(desk: Desk, anna: Desk) -> None:
    first = case_with(desk)
    second = received(desk, 2, **about("hearing_aid", call_windows=ALWAYS, patient=_patient_of(1)))
    book(anna, first, at=wall("2026-11-24T13:00"))
    assert str(first) in refused(lambda: book(anna, second, at=wall("2026-11-25T13:00"), move=True), "booked_already")


def _patient_of(number: int) -> object:
    return submission(number)["patient"]


def test_the_patients_wish_for_one_attempt_is_kept(desk: Desk, anna: Desk) -> None:
    number = case_with(desk, windows=ALWAYS)
    for day in range(3):
        log_contact(later(anna, days=day), number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    found = free(later(anna, days=3), number)
    assert (found.times, found.why_none) == ((), NoTime.ATTEMPTS_USED)
    refused(lambda: book(later(anna, days=3), number, at=wall("2026-11-27T13:00")), "attempts_used")


def test_class_1_is_bound_by_no_window(desk: Desk, anna: Desk) -> None:
    number = received(desk, 1, **about("maximum_waiting_time", call_windows=TUESDAY_AND_THURSDAY))
    cases.open_case(anna, number, reason="cover")
    assert free(anna, number).times[0].start <= TRAINING_START + timedelta(minutes=10)


def test_no_usable_window_is_told(desk: Desk, anna: Desk) -> None:
    found = free(anna, case_with(desk, windows=[{"weekday": 6, "from": "09:00", "to": "12:00"}]))
    assert (found.times, found.why_none, found.few) == ((), NoTime.NO_USABLE_WINDOW, True)


def test_of_twenty_processes_at_one_slot_exactly_one_wins(store: Store, desk: Desk, key_file: Path) -> None:
    hire(store, "anna", (Role.ADVISER,), ("general",))
    at_work(store, "anna")
    for number in range(20):
        hire(store, f"desk{number}", (Role.ADVISER,), ("general",))
    numbers = [case_with(desk, number, windows=ALWAYS) for number in range(20)]
    times = [wall("2026-11-24T13:00") + timedelta(minutes=5 * (number % 4)) for number in range(20)]
    answers = bookers.run(store.url, key_file, "anna", times, numbers)
    winners = [by for code, by in answers if code == "won"]
    assert len(winners) == 1, answers
    assert {(code, by) for code, by in answers if code != "won"} == {("time_taken", winners[0])}
    assert stored(store, "SELECT count(*) FROM bookings") == [1]


def test_of_twenty_processes_for_one_patient_exactly_one_wins(store: Store, desk: Desk, key_file: Path) -> None:
    hire(store, "anna", (Role.ADVISER,), ("general",))
    at_work(store, "anna")
    for number in range(20):
        hire(store, f"desk{number}", (Role.ADVISER,), ("general",))
    patient = _patient_of(1)
    numbers = [received(desk, n, **about("faster_treatment", call_windows=ALWAYS, patient=patient)) for n in range(20)]
    times = [wall("2026-11-24T12:30") + timedelta(minutes=30 * (n % 5), days=n // 10) for n in range(20)]
    answers = bookers.run(store.url, key_file, "anna", times, numbers)
    winners = [by for code, by in answers if code == "won"]
    assert len(winners) == 1, answers
    assert {code for code, _ in answers} <= {"won", "booked_already", "time_taken"}
    assert stored(store, "SELECT count(*) FROM bookings") == [1]
