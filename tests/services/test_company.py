"""Who else is in a case: seen, held by working, over by the clock, taken over with a reason; no word is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from pkui.base.errors import Refused, Stale
from pkui.domain.codes import ContactResult, EventKind, Party, QueueView, Role
from pkui.services.callbacks import book
from pkui.services.cases import close, open_case, put_back, take
from pkui.services.company import HOLD_LASTS, VISIT_LASTS, Company, come_in, hold, leave, look, take_over
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.queue import changes_since, snapshot, take_next
from tests.conftest import DeskAs
from tests.data.submissions import submission_id
from tests.services.steps import ALWAYS, later, received, stored


@pytest.fixture
def anna(desk_as: DeskAs) -> Desk:
    """An adviser."""
    return desk_as(Role.ADVISER)


@pytest.fixture
def bo(anna: Desk, desk_as: DeskAs) -> Desk:
    """Another adviser of the same team."""
    return desk_as(Role.ADVISER)


def held_by(found: Company) -> str | None:
    return found.hold.username if found.hold else None


def test_others_in_a_case_are_seen_until_they_leave_or_are_not_heard_of(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = received(desk)
    assert come_in(anna, number).others == ()
    assert come_in(bo, number).others == (anna.person.name,)
    assert look(anna, number).others == (bo.person.name,)
    leave(bo, number)
    assert look(anna, number).others == ()
    come_in(bo, number)
    assert look(later(anna, seconds=VISIT_LASTS.total_seconds() + 1), number).others == ()


def test_a_hold_is_renewed_by_work_and_over_by_the_clock(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = received(desk)
    first = hold(anna, number).hold
    assert first and first.mine and first.until == anna.clock.now() + HOLD_LASTS
    soon = later(anna, minutes=2)
    again = hold(soon, number, calling=True).hold
    assert again and (again.since, again.until, again.calling) == (first.since, soon.clock.now() + HOLD_LASTS, True)
    with pytest.raises(Refused, match="held") as refused:
        hold(later(bo, minutes=4), number)
    assert refused.value.details["by"] == anna.person.name
    assert held_by(hold(later(bo, minutes=5, seconds=1), number)) == bo.person.username
    assert held_by(look(later(anna, minutes=6), number)) == bo.person.username
    leave(bo, number)
    assert look(later(anna, minutes=6), number).hold is None


def test_nobody_does_the_same_at_the_same_time_but_what_is_registered_is_not_refused(
    desk: Desk, anna: Desk, bo: Desk
) -> None:
    free, held = received(desk, 1), received(desk, 2)
    hold(bo, free)
    take(anna, held)
    hold(bo, held)
    with pytest.raises(Refused, match="held"):
        take(anna, free)
    with pytest.raises(Refused, match="held"):
        close(anna, held, outcome="advised")
    with pytest.raises(Refused, match="held"):
        put_back(anna, held, reason="fejl")
    assert add_note(anna, held, "ringede til afdelingen").notes
    assert log_contact(anna, held, party=Party.GP, result=ContactResult.REACHED).contacts
    assert close(later(anna, minutes=4), held, outcome="advised").outcome == "advised"


def test_what_a_colleague_works_on_is_not_dealt_and_its_call_is_hers_to_book(desk: Desk, anna: Desk, bo: Desk) -> None:
    held, free = received(desk, 1, call_windows=ALWAYS), received(desk, 2, call_windows=ALWAYS)
    other = received(desk, 2, submission_id=submission_id(9), call_windows=ALWAYS)
    for number in (held, other):
        hold(bo, number)
    dealt = take_next(anna)
    assert (dealt.record.queue_number, dealt.followed) == (free, ())
    with pytest.raises(Refused, match="queue_empty"):
        take_next(anna)
    with pytest.raises(Refused, match="held") as refused:
        book(anna, held, at=anna.clock.now())
    assert refused.value.details["by"] == bo.person.name
    assert take_next(bo).record.queue_number == held, "what one works on oneself is no obstacle"


def test_taking_over_needs_a_reason_and_stands_in_the_history(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = received(desk)
    hold(anna, number)
    with pytest.raises(Refused, match="reason_needed"):
        take_over(bo, number, reason=" ")
    assert held_by(take_over(bo, number, reason="Anna er gået hjem")) == bo.person.username
    with pytest.raises(Refused, match="held"):
        hold(anna, number)
    event = open_case(anna, number).events[-1]
    assert (event.kind, event.reason, event.by) == (EventKind.TAKEN_OVER, "Anna er gået hjem", bo.person.name)
    assert event.details == {"from": anna.person.username}
    take_over(bo, number, reason="igen")
    assert len(open_case(anna, number).events) == 2, "taking over from oneself is nothing new"


def test_of_two_at_the_same_instant_one_holds(desk: Desk, anna: Desk, bo: Desk) -> None:
    numbers, start = [received(desk, one) for one in range(5)], Barrier(2)
    got: list[tuple[int, str]] = []

    def try_all(who: Desk) -> None:
        for number in numbers:
            start.wait()
            try:
                hold(who, number)
            except Refused:
                continue
            got.append((number, who.person.username))

    threads = [Thread(target=try_all, args=(who,)) for who in (anna, bo)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(number for number, _who in got) == numbers
    assert {number: held_by(look(desk, number)) for number in numbers} == dict(got)


def test_the_loser_of_a_race_sees_who_won(desk: Desk, anna: Desk, bo: Desk) -> None:
    number = received(desk)
    take(anna, number)
    with pytest.raises(Refused, match="taken") as lost:
        take(bo, number)
    assert lost.value.details["by"] == anna.person.name


def two_writers(anna: Desk, bo: Desk, numbers: list[int], edits: int) -> None:
    """Both write on the version they saw; a refused edit is shown what is new and written on top of it.

    They begin each case together and write `edits` notes on it each.
    """
    shown: list[tuple[str, str]] = []
    together = Barrier(2)

    def write(who: Desk) -> None:
        for number in numbers:
            together.wait()
            seen = open_case(who, number)
            for one in range(edits):
                text = f"{who.person.username} {one}"
                while True:
                    try:
                        seen = add_note(who, number, text, version=seen.version)
                        break
                    except Stale as stale:
                        assert stale.details["based_on"] == seen.version
                        before, seen = seen, open_case(who, number)
                        assert len(seen.notes) > len(before.notes), "what is new stands beside one's own"
                        shown.append((who.person.username, text))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (anna, bo)))
    wanted = sorted(f"{who.person.username} {one}" for who in (anna, bo) for one in range(edits))
    for number in numbers:
        assert sorted(note.text for note in open_case(anna, number).notes) == wanted
    assert stored(anna.store, "SELECT version FROM cases") == [1 + 2 * edits] * len(numbers)
    assert shown, "the two never met"


def test_two_writers_lose_no_edit_and_every_refused_one_was_shown(desk: Desk, anna: Desk, bo: Desk) -> None:
    two_writers(anna, bo, [received(desk)], 25)


@pytest.mark.soak
def test_two_writers_of_a_thousand_edits_each(desk: Desk, anna: Desk, bo: Desk) -> None:
    two_writers(anna, bo, [received(desk, number) for number in range(20)], 50)


@pytest.mark.parametrize("engine_name", ["postgres"])
def test_a_change_that_comes_to_light_after_a_newer_one_is_seen(desk: Desk, anna: Desk, bo: Desk) -> None:
    """Events are numbered when written and seen when committed: the older number may be the later one to be seen."""
    first, second = received(desk, 1), received(desk, 2)
    seen = snapshot(anna, QueueView.ALL).change
    with bo.store.writing() as session:
        session.execute(
            text(
                "INSERT INTO events (case_id, staff_id, kind, at, details) "
                "SELECT id, :who, 'sorted', received_at, '{}' FROM cases WHERE queue_number = :number"
            ),
            {"who": bo.person.id, "number": first},
        )
        add_note(bo, second, "et notat")
        newer = changes_since(anna, seen)
        assert [number for number, _kind, _who in newer.touched] == [second]
        assert changes_since(anna, newer.change).touched == ()
        session.commit()
    late = changes_since(anna, newer.change)
    assert first in [number for number, _kind, _who in late.touched]
    assert changes_since(anna, late.change).touched == ()
