"""Many cases moved at once: all that still fit, in one transaction; taken back as one, but for what has moved on."""

from datetime import date, timedelta

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import CaseState, ContactResult, EventKind, Party, Role
from pkui.services.callbacks import book, booking_of, free
from pkui.services.cases import close, open_case, take
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.moving import Change, Moved, move_cases, open_teams, undo_moves
from pkui.services.notes import add_note
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, about, everything, later, received, stored

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def colleague(adviser: Desk, desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR)


def to(desk: Desk, number: int, username: str) -> Change:
    return Change(number, version(desk, number), to=username)


def version(desk: Desk, number: int) -> int:
    return open_case(desk, number).row.record.version


def holders(store: Store) -> list[str | None]:
    return stored(
        store,
        "SELECT s.username FROM cases c LEFT JOIN staff s ON s.id = c.assignee_id ORDER BY c.queue_number",
    )


def test_cases_go_to_a_colleague_and_come_back(
    desk: Desk, store: Store, adviser: Desk, colleague: Desk, supervisor: Desk
) -> None:
    numbers = [received(desk, n) for n in (1, 2)]
    take(adviser, numbers[0])
    changes = [to(supervisor, number, colleague.person.username) for number in numbers]
    assert move_cases(supervisor, changes, reason="jævner ud") == Moved(2, ())
    assert holders(store) == [colleague.person.username] * 2
    told = stored(store, "SELECT reason FROM events WHERE kind = 'moved'")
    assert told == ["jævner ud"] * 2
    assert undo_moves(supervisor) == Moved(2, ())
    assert holders(store) == [adviser.person.username, None]
    states = stored(store, "SELECT state FROM cases ORDER BY queue_number")
    assert states == [CaseState.ASSIGNED, CaseState.NEW]
    with pytest.raises(Refused, match="no_moves_to_undo"):
        undo_moves(supervisor)


def test_what_has_moved_on_is_left_alone_and_named(
    desk: Desk, store: Store, adviser: Desk, colleague: Desk, supervisor: Desk
) -> None:
    numbers = [received(desk, n) for n in (1, 2, 3)]
    changes = [to(supervisor, number, colleague.person.username) for number in numbers]
    take(adviser, numbers[0])
    assert move_cases(supervisor, changes) == Moved(2, (numbers[0],))
    log_contact(colleague, numbers[1], party=Party.DEPARTMENT, result=ContactResult.REACHED)
    assert undo_moves(supervisor) == Moved(1, (numbers[1],))
    assert holders(store) == [adviser.person.username, colleague.person.username, None]


def test_a_closed_case_does_not_come_back(desk: Desk, colleague: Desk, supervisor: Desk) -> None:
    number = received(desk, 1)
    move_cases(supervisor, [to(supervisor, number, colleague.person.username)])
    close(colleague, number, outcome="advised")
    assert undo_moves(supervisor) == Moved(0, (number,))


def test_moves_of_yesterday_stay(desk: Desk, colleague: Desk, supervisor: Desk) -> None:
    move_cases(supervisor, [to(supervisor, received(desk, 1), colleague.person.username)])
    with pytest.raises(Refused, match="no_moves_to_undo"):
        undo_moves(later(supervisor, days=1))


def test_nobody_is_given_what_she_may_not_finish(desk: Desk, supervisor: Desk, desk_as: DeskAs) -> None:
    temporary = desk_as(Role.TEMPORARY, teams=("simple_only",))
    number = received(desk, 1, **about("maximum_waiting_time"))
    assert move_cases(supervisor, [to(supervisor, number, temporary.person.username)]) == Moved(0, (number,))


def test_a_booked_call_goes_along_or_the_case_stays(
    desk: Desk, store: Store, adviser: Desk, colleague: Desk, supervisor: Desk
) -> None:
    for one in (adviser, colleague):
        at_work(store, one.person.username)
    numbers = [received(desk, n, call_windows=ALWAYS) for n in (1, 2)]
    start = free(adviser, numbers[0]).times[0].start
    for one, number in zip((adviser, colleague), numbers, strict=True):
        take(one, number)
        book(one, number, at=start, adviser=one.person.username)
    first = to(supervisor, numbers[0], colleague.person.username)
    assert move_cases(supervisor, [first]) == Moved(0, (numbers[0],)), "she rings somebody else at that time"
    close(colleague, numbers[1], outcome="advised")
    assert move_cases(supervisor, [first]) == Moved(1, ())
    booked = booking_of(supervisor, numbers[0])
    assert booked is not None
    assert (booked.adviser, booked.starts_at) == (colleague.person.username, start)
    assert undo_moves(supervisor) == Moved(1, ())
    booked = booking_of(supervisor, numbers[0])
    assert booked is not None
    assert booked.adviser == adviser.person.username


def test_another_team_needs_a_reason_and_is_open(desk: Desk, store: Store, supervisor: Desk) -> None:
    number = received(desk, 1, **about("hearing_aid"))
    change = Change(number, version(supervisor, number), team="health_record")
    before = everything(store)
    with pytest.raises(BadInput, match="reason_needed"):
        move_cases(supervisor, [change])
    with pytest.raises(BadInput, match="no_such_team"):
        move_cases(supervisor, [Change(number, change.version, team="nowhere")], reason="r")
    with pytest.raises(BadInput, match="no_such_person"):
        move_cases(supervisor, [Change(number, change.version, to="nobody")])
    assert everything(store) == before
    assert "health_record" in open_teams(supervisor)
    assert move_cases(supervisor, [change], reason="handler om journalen") == Moved(1, ())
    assert stored(store, "SELECT team FROM cases") == ["health_record"]
    undo_moves(supervisor)
    assert stored(store, "SELECT team FROM cases") == ["general"]


def test_a_case_put_off_is_not_dealt_before_its_day(desk: Desk, store: Store, adviser: Desk, supervisor: Desk) -> None:
    from pkui.services.queue import take_next

    number = received(desk, 1, call_windows=ALWAYS, **about("hearing_aid"))
    due = stored(store, "SELECT due_at FROM cases")
    move_cases(supervisor, [Change(number, version(supervisor, number), not_before=TUESDAY)])
    assert stored(store, "SELECT due_at FROM cases") == due, "what the office promised stands"
    with pytest.raises(Refused, match="queue_empty"):
        take_next(adviser)
    assert take_next(later(adviser, days=1)).record.queue_number == number


def test_a_closed_day_is_refused(desk: Desk, supervisor: Desk) -> None:
    number = received(desk, 1)
    with pytest.raises(Refused, match="closed_day"):
        move_cases(supervisor, [Change(number, version(supervisor, number), not_before=TUESDAY + timedelta(days=4))])


def test_only_who_may_move_cases_moves_them(desk: Desk, adviser: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1)
    change = to(adviser, number, adviser.person.username)
    for one in (adviser, desk_as(Role.SECRETARY)):
        with pytest.raises(Refused, match="not_allowed"):
            move_cases(one, [change])
        with pytest.raises(Refused, match="not_allowed"):
            undo_moves(one)
    coordinator = desk_as(Role.ADVISER, Role.DAY_COORDINATOR)
    assert move_cases(coordinator, [change]) == Moved(1, ())


def test_a_note_after_the_move_is_what_moved_on_means(desk: Desk, colleague: Desk, supervisor: Desk) -> None:
    number = received(desk, 1)
    move_cases(supervisor, [to(supervisor, number, colleague.person.username)])
    add_note(colleague, number, "Har læst sagen")
    assert undo_moves(supervisor) == Moved(0, (number,))
    kinds = [event.kind for event in open_case(supervisor, number).events]
    assert EventKind.MOVED in kinds
