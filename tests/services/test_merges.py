"""Same case? Merged cases show as one and are counted once; a split gives back exactly what was, whatever it was."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from threading import Barrier, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkui.base.errors import PkuiError, Refused
from pkui.domain.codes import CaseState, ContactResult, FactSource, Party, Role, Topic
from pkui.domain.office import COPENHAGEN
from pkui.services.callbacks import book, booking_of
from pkui.services.cases import close, open_case, reopen, take, wait
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.merges import merge, split
from pkui.services.notes import add_note
from pkui.services.routing import change_topic
from pkui.services.standing import place_for_today
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.submissions import submission_id
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, about, at, everything, later, received, stored

MOVES_ON = {"version", "changed_at"}
"""Columns of a case that rise with every change, also with one that is taken back."""
HISTORY = {"events", "access_log", "access_chains", "case_merges"}
"""What is only ever added to."""


@pytest.fixture
def adviser(store: Store, desk_as: DeskAs) -> Desk:
    desk = desk_as(Role.ADVISER)
    at_work(store, desk.person.username)
    return desk


def twice(desk: Desk, number: int = 1, **later_one: Any) -> tuple[int, int]:
    """Two cases of one person, from two forms."""
    first = received(desk, number, call_windows=ALWAYS)
    again = {"submission_id": submission_id(number + 5_000), "call_windows": ALWAYS, **later_one}
    return first, received(desk, number, **again)


def rows(store: Store) -> dict[str, list[Any]]:
    """Every row that a split must give back."""
    case_columns = [column for column in stored_columns(store, "cases") if column not in MOVES_ON]
    found = {name: texts for name, texts in everything(store).items() if name not in HISTORY | {"cases"}}
    found["cases"] = sorted(map(str, stored(store, f"SELECT {', '.join(case_columns)} FROM cases")))
    found["bookings"] = sorted(map(str, stored(store, "SELECT id, case_id, state, starts_at, done_at FROM bookings")))
    return found


def stored_columns(store: Store, table: str) -> list[str]:
    import sqlalchemy as sa

    return [column["name"] for column in sa.inspect(store.engine).get_columns(table)]


def test_the_first_number_stays_and_shows_both(desk: Desk, adviser: Desk) -> None:
    first, second = twice(desk, **about("faster_imaging"))
    take(adviser, first)
    add_note(adviser, first, "fra den første")
    add_note(adviser, second, "fra den anden")
    log_contact(adviser, second, party=Party.DEPARTMENT, result=ContactResult.REACHED, text="Gødstrup")
    record_fact(adviser, second, "letter_hospital", "Gødstrup", source=FactSource.PATIENT)
    view = merge(adviser, second, first, reason="samme henvendelse")
    assert view.row.record.queue_number == first
    assert [note.text for note in view.notes] == ["fra den første", "fra den anden"]
    assert [(one.number, one.queue_number) for one in view.segments] == [(1, None), (1, second)]
    assert [contact.text for contact in view.contacts] == ["Gødstrup"]
    assert {fact.name: fact.value for fact in view.facts}["letter_hospital"] == "Gødstrup"
    (merged,) = view.merged
    assert (merged.queue_number, merged.free_text, merged.by) == (second, "Ring gerne.", "Adviser1")
    gone = open_case(adviser, second)
    assert (gone.row.record.state, gone.outcome) == (CaseState.CLOSED, "duplicate")
    assert gone.merged_into is not None and gone.merged_into.queue_number == first
    assert [event.details["with_case"] for event in view.events if event.kind.value == "merged"] == [second, first]
    log = stored(adviser.store, "SELECT count(*) FROM access_log WHERE what = 'merged'")
    assert log == [2]


def test_a_merged_case_is_left_alone(desk: Desk, adviser: Desk) -> None:
    first, second = twice(desk)
    take(adviser, first)
    merge(adviser, first, second, reason="samme")
    before = everything(adviser.store)
    changes: tuple[Callable[[], object], ...] = (
        lambda: add_note(adviser, second, "et notat"),
        lambda: reopen(adviser, second, reason="r"),
        lambda: log_contact(adviser, second, party=Party.PATIENT, result=ContactResult.REACHED),
    )
    for change in changes:
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.details == {"queue_number": second, "into": first}
    with pytest.raises(Refused, match="closed"):
        merge(adviser, first, second, reason="igen")
    assert everything(adviser.store) == before


def test_who_may_merge_what(desk: Desk, adviser: Desk, desk_as: DeskAs) -> None:
    first, second = twice(desk)
    other = received(desk, 3)
    colleague = desk_as(Role.ADVISER)

    def refused(code: str, call: Callable[[], object]) -> None:
        before = everything(adviser.store)
        with pytest.raises(PkuiError, match=code):
            call()
        assert everything(adviser.store) == before

    refused("not_yours", lambda: merge(adviser, first, second, reason="r"))
    version = take(colleague, first).version
    refused("not_yours", lambda: merge(adviser, first, second, reason="r"))
    refused("same_case", lambda: merge(colleague, first, first, reason="r"))
    refused("reason_needed", lambda: merge(colleague, first, second, reason=" "))
    take(colleague, other)
    refused("another_person", lambda: merge(colleague, first, other, reason="r"))
    add_note(adviser, first, "en anden var her")
    refused("stale", lambda: merge(colleague, first, second, reason="r", version=version))
    refused("not_merged", lambda: split(colleague, first))
    secretary = desk_as(Role.SECRETARY)
    refused("not_allowed", lambda: merge(secretary, first, second, reason="r"))


def test_somebody_without_a_number_may_be_the_same_person(desk: Desk, adviser: Desk) -> None:
    unknown = {"patient": {"identifier": {"type": "none"}, "name": "Mette", "birth_date": None, "address": None,
                           "address_protected": False, "region_of_residence": None}}  # fmt: skip
    first = received(desk, 1, **unknown)
    second = received(desk, 2)
    take(adviser, first)
    take(adviser, second)
    assert merge(adviser, first, second, reason="ringede først").merged[0].queue_number == second


def test_the_more_urgent_of_the_two_keeps_its_urgency(desk: Desk, adviser: Desk, desk_as: DeskAs) -> None:
    first, second = twice(desk, **about("maximum_waiting_time"))
    head = desk_as(Role.SUPERVISOR)
    calm = take(head, first, reason="r").row.record
    urgent = open_case(head, second).row.record
    assert (calm.priority_class, urgent.priority_class) == (3, 1)
    view = merge(head, first, second, reason="samme")
    assert (view.row.record.priority_class, view.row.record.due_at) == (1, urgent.due_at)
    place_for_today(later(head, days=1))
    assert open_case(head, first).row.record.priority_class == 1
    split(head, second)
    assert open_case(head, first).row.record.priority_class == 3
    assert open_case(head, second).row.record.priority_class == 1


def test_a_case_of_three(desk: Desk, adviser: Desk) -> None:
    first, second = twice(desk)
    third = received(desk, 1, submission_id=submission_id(9_999))
    take(adviser, first)
    before = rows(adviser.store)
    merge(adviser, second, third, reason="to og tre")
    add_note_on = merge(adviser, first, second, reason="en og to")
    assert [one.queue_number for one in add_note_on.merged] == [second, third]
    split(adviser, first)
    split(adviser, third)
    assert rows(adviser.store) == before


def test_a_closed_first_case_can_still_be_split(desk: Desk, adviser: Desk) -> None:
    first, second = twice(desk)
    take(adviser, first)
    merge(adviser, first, second, reason="samme")
    close(adviser, first, outcome="advised")
    view = split(adviser, second)
    assert (view.row.record.closed_at, view.mine) == (None, True)
    assert open_case(adviser, first).outcome == "advised"


BEFORE: dict[str, Callable[[Desk, int, datetime], object]] = {
    "note": lambda desk, n, _at: add_note(desk, n, "et notat"),
    "wait": lambda desk, n, _at: wait(desk, n, party=Party.DEPARTMENT, until=date(2026, 11, 27), text="spurgt"),
    "reached": lambda desk, n, _at: log_contact(desk, n, party=Party.PATIENT, result=ContactResult.REACHED),
    "attempt": lambda desk, n, _at: log_contact(desk, n, party=Party.PATIENT, result=ContactResult.NO_ANSWER),
    "fact": lambda desk, n, _at: record_fact(desk, n, "offered_date", "2026-12-01", source=FactSource.LETTER),
    "topic": lambda desk, n, _at: change_topic(desk, n, Topic.OPERATION_CHANGED, reason="r"),
    "call": lambda desk, n, at: book(desk, n, at=at, adviser=desk.person.username),
}
"""What may have happened to either case before they are merged."""
_person = count(100)
_minute = count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(sorted(BEFORE)), st.integers(0, 1)), max_size=6),
    asked=st.integers(0, 1),
    parted=st.integers(0, 1),
)
def test_a_split_gives_back_exactly_what_was(
    desk: Desk, adviser: Desk, steps: list[tuple[str, int]], asked: int, parted: int
) -> None:
    cases = twice(desk, next(_person))
    for number in cases:
        take(adviser, number)
    for step, which in steps:
        start = datetime(2026, 11, 24 + next(_minute) % 3, 13, 5 * (next(_minute) % 12), tzinfo=COPENHAGEN)
        try:
            BEFORE[step](adviser, cases[which], start)
        except Refused as refusal:  # a second call of the person, or an hour that is taken
            assert step == "call", refusal
    calls = [booking_of(adviser, number) for number in cases]
    before = rows(adviser.store)
    merge(adviser, cases[asked], cases[1 - asked], reason="samme henvendelse")
    assert booking_of(adviser, cases[0]) is not None or calls == [None, None]
    split(adviser, cases[parted])
    assert rows(adviser.store) == before


def test_two_desks_merging_at_once_and_one_wins(desk: Desk, adviser: Desk) -> None:
    first, second = twice(desk)
    third = received(desk, 1, submission_id=submission_id(9_999))
    take(adviser, first)
    together = Barrier(2)
    answers: list[str] = []

    def at_a_desk(one: int, other: int) -> None:
        own = at(adviser, adviser.clock.now())
        open_case(own, one)
        together.wait()
        try:
            merge(own, one, other, reason="samme")
            answers.append("won")
        except Refused as refusal:
            answers.append(refusal.code)

    for pairs in (((first, second), (second, first)), ((first, third), (third, first))):
        desks = [Thread(target=at_a_desk, args=pair) for pair in pairs]
        for one in desks:
            one.start()
        for one in desks:
            one.join()
    assert sorted(answers) == ["closed", "closed", "won", "won"]
    assert stored(desk.store, "SELECT count(*) FROM case_merges WHERE split_at IS NULL") == [2]
