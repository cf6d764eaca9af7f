"""Mending the office's calls: no needless move, agreed hours kept, class 1 alone displaces, the patient is told."""

from datetime import date, datetime, timedelta

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.callbacks.alarm import Saving
from pkui.domain.callbacks.repair import MoveReason
from pkui.domain.codes import BookingState, CaseState, ContactResult, Party, Role
from pkui.domain.office import COPENHAGEN
from pkui.services.callbacks import book, booking_of
from pkui.services.callbacks_alarm import alarm
from pkui.services.callbacks_apply import apply, undo
from pkui.services.callbacks_day import clock_change_near, office_day
from pkui.services.callbacks_proposal import Change, PlannedCall, Proposal
from pkui.services.callbacks_repair import Trouble, repair
from pkui.services.cases import open_case
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.rota import MONDAY, at_work, away
from tests.services.steps import ALWAYS, about, later, received, stored

TUESDAYS = [{"weekday": 2, "from": "13:00", "to": "14:00"}]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR, teams=("general",))


@pytest.fixture
def advisers(store: Store, desk_as: DeskAs) -> list[Desk]:
    desks = [desk_as(Role.ADVISER) for _number in range(2)]
    for one in desks:
        at_work(store, one.person.username)
    return desks


def case_at(desk: Desk, n: int, adviser: Desk, when: str, *, agreed: bool = False, **more: object) -> int:
    number = received(desk, n, **about(str(more.pop("topic", "faster_treatment")), **{"call_windows": ALWAYS, **more}))
    book(adviser, number, at=wall(when), adviser=adviser.person.username, agreed=agreed)
    return number


def by_case(proposal: Proposal) -> dict[int, PlannedCall]:
    return {one.queue_number: one for one in proposal.calls}


def test_an_absence_moves_its_calls_alone_and_an_agreed_hour_is_kept_by_a_colleague(
    store: Store, desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    ill, well = advisers
    agreed = case_at(desk, 1, ill, "2026-11-23T10:00", agreed=True)
    planned = case_at(desk, 2, ill, "2026-11-23T13:00")
    other = case_at(desk, 3, well, "2026-11-24T09:00", agreed=True)
    assert repair(supervisor).calls == (), "with nothing wrong nothing moves"
    away(store, ill.person.username, wall("2026-11-23T09:00"), wall("2026-11-23T16:00"))
    now = later(supervisor, minutes=1)
    proposal = repair(now)
    lines = by_case(proposal)
    assert set(lines) == {agreed, planned}
    assert {one.reason for one in lines.values()} == {MoveReason.PLACE_GONE}
    kept = lines[agreed].after
    assert kept is not None and (kept.adviser, kept.start) == (well.person.username, wall("2026-11-23T10:00"))
    assert not lines[agreed].to_be_told
    assert proposal.seconds < 2
    assert apply(now, proposal).skipped == ()
    taken_over = booking_of(supervisor, agreed)
    assert taken_over is not None and taken_over.state is BookingState.AGREED
    assert undo(later(now, minutes=1)).done == 2
    back = booking_of(supervisor, agreed)
    assert back is not None and (back.adviser, back.state) == (ill.person.username, BookingState.AGREED)
    assert booking_of(supervisor, other) is not None


def test_class_1_displaces_an_agreed_call_and_the_patient_is_told(
    store: Store, desk: Desk, supervisor: Desk, desk_as: DeskAs
) -> None:
    only = desk_as(Role.ADVISER)
    at_work(store, only.person.username, days=3)
    away(store, only.person.username, wall("2026-11-23T09:35"), wall("2026-11-24T08:00"))
    number = case_at(desk, 1, only, "2026-11-23T09:05", agreed=True)
    urgent = received(desk, 2, **about("maximum_waiting_time", call_windows=ALWAYS))
    proposal = repair(supervisor)
    lines = by_case(proposal)
    assert (lines[number].reason, lines[number].by) == (MoveReason.DISPLACED, urgent)
    assert lines[number].to_be_told and lines[urgent].after is not None
    applied = apply(supervisor, proposal)
    assert (applied.done, applied.skipped) == (2, ())
    view = open_case(supervisor, number)
    assert (view.row.record.state, view.row.record.follow_up_on) == (CaseState.WAITING, MONDAY)
    assert view.waiting_text is not None and "23/11" in view.waiting_text
    assert [e.details for e in view.events if e.details.get("made_way_for") == urgent]
    moved = booking_of(supervisor, number)
    assert moved is not None and moved.state is BookingState.PLANNED and moved.starts_at > wall("2026-11-24T08:00")

    log_contact(only, number, party=Party.PATIENT, result=ContactResult.REACHED)
    after = open_case(supervisor, number)
    assert (after.waiting_text, after.row.record.follow_up_on) == (None, None), "told, so nothing is left to tell"


def test_only_class_1_displaces_even_where_a_proposal_says_so(
    store: Store, desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    number = case_at(desk, 1, advisers[0], "2026-11-24T13:00", agreed=True)
    other = received(desk, 2, **about("faster_treatment", call_windows=ALWAYS))
    before = booking_of(supervisor, number)
    assert before is not None
    line = PlannedCall(
        number, before.case_number, Change.DROPPED, None, None, agreed=True, reason=MoveReason.DISPLACED, by=other
    )
    proposal = Proposal((MONDAY,), 1, True, (line,), (), None, None, 0.0)
    assert apply(supervisor, proposal).skipped == (number,)
    assert booking_of(supervisor, number) == before


def test_a_call_that_runs_over_and_a_patient_who_asks_for_another_day(
    desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    busy = advisers[0]
    hit = case_at(desk, 1, busy, "2026-11-23T09:30")
    safe = case_at(desk, 2, busy, "2026-11-23T11:00")
    proposal = repair(supervisor, Trouble(absent=busy.person.username, until=wall("2026-11-23T10:00")))
    assert set(by_case(proposal)) == {hit}
    moved = by_case(repair(supervisor, Trouble(other_day=safe)))
    assert set(moved) == {safe}
    after = moved[safe].after
    assert after is not None and after.start.astimezone(COPENHAGEN).date() > MONDAY
    with pytest.raises(Refused, match="not_booked"):
        repair(supervisor, Trouble(other_day=received(desk, 3)))
    with pytest.raises(BadInput, match="no_such_person"):
        repair(supervisor, Trouble(absent="nobody"))


def test_the_alarm_names_whom_todays_people_do_not_reach_and_what_saves_her(
    store: Store, desk: Desk, supervisor: Desk, desk_as: DeskAs
) -> None:
    only = desk_as(Role.ADVISER)
    at_work(store, only.person.username, days=3)
    away(store, only.person.username, wall("2026-11-24T08:00"), wall("2026-11-24T13:20"))
    reached = received(desk, 1, **about("faster_treatment", call_windows=TUESDAYS))
    missed = received(desk, 2, **about("faster_treatment", call_windows=TUESDAYS))
    third = received(desk, 3, **about("faster_treatment", call_windows=TUESDAYS))
    tuesday = later(supervisor, days=1)
    (one,) = alarm(tuesday)
    assert one.record.queue_number in (reached, missed, third)
    assert one.saving is Saving.NOW and one.proposal() is None
    assert one.time is not None and one.time.adviser == only.person.username
    away(store, only.person.username, wall("2026-11-24T13:20"), wall("2026-11-24T16:00"))
    assert {found.saving for found in alarm(tuesday)} == {Saving.NOTHING}


def test_the_office_day_shows_everybody_and_what_is_free(
    store: Store, desk: Desk, supervisor: Desk, advisers: list[Desk]
) -> None:
    case_at(desk, 1, advisers[0], "2026-11-24T09:00", agreed=True)
    away(store, advisers[1].person.username, wall("2026-11-24T12:00"), None)
    day = office_day(supervisor, MONDAY + timedelta(days=1))
    free = {one.username: one.free_minutes for one in day.people}
    assert free == {advisers[0].person.username: 450 - 20, advisers[1].person.username: 210}
    assert (day.calls, day.closed, day.clock_change) == (1, None, None)
    weekend = office_day(supervisor, MONDAY + timedelta(days=5))
    assert weekend.closed is not None and weekend.people == ()
    assert clock_change_near(date(2026, 10, 23)) == date(2026, 10, 25)
    assert stored(store, "SELECT count(*) FROM callback_plans") == [0]
