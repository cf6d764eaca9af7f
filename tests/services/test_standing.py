"""A case's place: computing it anew changes nothing, and every open case has a next step or a mark."""

from datetime import date

from pkui.domain.codes import ContactResult, FactSource, Party, SegmentState
from pkui.services.cases import close, open_case, reopen, take, wait
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk, Work
from pkui.services.facts import record_fact
from pkui.services.standing import place_anew
from storage.cases import case_by_number, read_segments
from tests.services.steps import about, later, received, stored

PLACE = "SELECT queue_number, priority_class, due_at, why FROM cases ORDER BY queue_number"


def recompute(desk: Desk, *numbers: int) -> None:
    with desk.store.unit_of_work(writes=True) as connection:
        work = Work(connection, desk, desk.clock.now())
        for number in numbers:
            place_anew(work, case_by_number(work.session, number))
        work.finish()
        connection.commit()


def mixed(desk: Desk) -> list[int]:
    """Cases of every class and state."""
    topics = ("maximum_waiting_time", "health_record", "operation_changed", "acceptance_request")
    numbers = [received(desk, number) for number in range(5)]
    numbers.insert(0, received(desk, 5, received_at="2026-11-21T10:00:00Z"))
    numbers += [received(desk, number, **about(topic)) for number, topic in enumerate(topics, 6)]
    for number in numbers[2:5]:
        take(desk, number, reason="aftalt tid")
        log_contact(desk, number, party=Party.PATIENT, result=ContactResult.REACHED)
    wait(desk, numbers[3], party=Party.GP, until=date(2026, 11, 30), text="Har spurgt")
    close(desk, numbers[4], outcome="advised")
    reopen(desk, numbers[4], reason="ringede igen")
    record_fact(desk, numbers[0], "offered_date", "25/11", source=FactSource.LETTER)
    return numbers


def test_recomputing_changes_nothing(desk: Desk) -> None:
    numbers = mixed(desk)
    before = stored(desk.store, PLACE)
    recompute(desk, *numbers)
    assert stored(desk.store, PLACE) == before
    recompute(later(desk, hours=2), *numbers)
    assert stored(desk.store, PLACE) == before, "nothing moves within a day unless a fact does"


def test_every_open_case_has_a_next_step_or_a_mark(desk: Desk) -> None:
    numbers = mixed(desk)
    for number in numbers:
        view = open_case(desk, number)
        marked = ["no_next_step", {}] in view.row.record.why
        assert view.next_step is not marked
    assert not open_case(desk, numbers[2]).next_step


def test_a_changed_operation_is_urgent_until_the_referral_is_delivered(desk: Desk) -> None:
    number = received(desk, 1, matter=about("operation_changed")["matter"])
    assert open_case(desk, number).row.record.priority_class == 2
    with desk.store.writing() as session:
        (segment,) = read_segments(session, case_by_number(session, number).id)
        segment.state = SegmentState.REFERRAL_SENT
        session.commit()
    recompute(desk, number)
    assert open_case(desk, number).row.record.priority_class == 3
