"""Working a case: taken, put back, handed over, waiting, closed, reopened - and every refusal leaves it as it was."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pkui.base.errors import BadInput, PkuiError, Refused, Stale
from pkui.base.keys import new_key
from pkui.domain.codes import AbsenceKind, CaseState, Cause, ContactResult, FactSource, Party, Role, Topic
from pkui.services.cases import (
    assign,
    close,
    find_number,
    hand_over,
    open_case,
    put_back,
    reopen,
    take,
    wait,
)
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data, change_windows, record_fact
from pkui.services.notes import add_note
from pkui.services.queue import take_next
from pkui.services.routing import change_topic
from storage.store import Store
from storage.tables.staff import Absence
from tests.conftest import DeskAs
from tests.services.steps import ALWAYS, about, everything, later, received, stored

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
WAIT: dict[str, Any] = {"party": Party.DEPARTMENT, "until": date(2026, 11, 27), "text": "Har spurgt til en tid"}

CHANGES: dict[str, Callable[..., Any]] = {
    "put_back": lambda desk, n, **v: put_back(desk, n, reason="r", **v),
    "hand_over": lambda desk, n, **v: hand_over(desk, n, "adviser2", text="t", **v),
    "wait": lambda desk, n, **v: wait(desk, n, **WAIT, **v),
    "close": lambda desk, n, **v: close(desk, n, outcome="advised", **v),
    "note": lambda desk, n, **v: add_note(desk, n, "et notat", **v),
    "contact": lambda desk, n, **v: log_contact(desk, n, party=Party.PATIENT, result=ContactResult.REACHED, **v),
    "fact": lambda desk, n, **v: record_fact(desk, n, "offered_date", "2026-12-01", source=FactSource.LETTER, **v),
    "core_data": lambda desk, n, **v: change_core_data(desk, n, phone="21222324", **v),
    "windows": lambda desk, n, **v: change_windows(desk, n, (), **v),
    "topic": lambda desk, n, **v: change_topic(desk, n, Topic.HEARING_AID, reason="r", **v),
}
ONLY_THE_HOLDER = ("put_back", "hand_over", "wait", "close")


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def colleague(adviser: Desk, desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


@pytest.fixture
def number(desk: Desk) -> int:
    return received(desk, 1, call_windows=ALWAYS)


def refused_and_unchanged(store: Store, code: str, change: Callable[[], object]) -> None:
    """Asserts that a change is refused with that code and that not one row of any table differs afterwards."""
    before = everything(store)
    with pytest.raises(PkuiError) as refusal:
        change()
    assert refusal.value.code == code
    assert everything(store) == before


def test_a_case_is_taken_once(number: int, adviser: Desk, colleague: Desk) -> None:
    view = take(adviser, number)
    assert view.mine
    assert (view.row.record.state, view.row.record.assignee) == (CaseState.ASSIGNED, "adviser1")
    assert take(adviser, number).version == view.version
    refused_and_unchanged(adviser.store, "taken", lambda: take(colleague, number))


def test_put_back_keeps_its_place(desk: Desk, number: int, adviser: Desk, colleague: Desk) -> None:
    received(desk, 2, call_windows=ALWAYS)
    before = open_case(adviser, number).row.record
    take(adviser, number)
    view = put_back(later(adviser, hours=3), number, reason="skal til møde")
    after = view.row.record
    assert (after.state, after.assignee) == (CaseState.NEW, None)
    assert (after.priority_class, after.due_at) == (before.priority_class, before.due_at)
    assert (view.events[-1].kind.value, view.events[-1].reason) == ("put_back", "skal til møde")
    assert take_next(colleague).record.queue_number == number
    refused_and_unchanged(desk.store, "reason_needed", lambda: put_back(colleague, number, reason=" "))


def test_a_waiting_case_put_back_waits_on(number: int, adviser: Desk) -> None:
    take(adviser, number)
    wait(adviser, number, **WAIT)
    assert put_back(adviser, number, reason="ferie").row.record.state is CaseState.WAITING


def test_handing_over_takes_a_message_to_a_colleague_who_may(
    desk: Desk, number: int, adviser: Desk, colleague: Desk, desk_as: DeskAs
) -> None:
    temporary, secretary = desk_as(Role.TEMPORARY), desk_as(Role.SECRETARY)
    complaint = received(desk, 2, **about("dissatisfaction", call_windows=ALWAYS))
    store = desk.store
    refused_and_unchanged(store, "not_yours", lambda: hand_over(adviser, number, "adviser2", text="t"))
    for one in (number, complaint):
        take(adviser, one)
    refused_and_unchanged(store, "message_needed", lambda: hand_over(adviser, number, "adviser2", text=" "))
    refused_and_unchanged(store, "no_such_person", lambda: hand_over(adviser, number, "nobody", text="t"))
    refused_and_unchanged(
        store, "colleague_may_not", lambda: hand_over(adviser, number, secretary.person.username, text="t")
    )
    refused_and_unchanged(
        store, "colleague_may_not", lambda: hand_over(adviser, complaint, temporary.person.username, text="t")
    )
    assert (
        hand_over(adviser, number, temporary.person.username, text="den er enkel").row.record.assignee == "temporary3"
    )
    view = hand_over(adviser, complaint, " ADVISER2 ", text="Ring i morgen.")
    assert (view.mine, view.row.record.assignee, view.events[-1].reason) == (False, "adviser2", "Ring i morgen.")
    assert close(colleague, complaint, outcome="advised").outcome == "advised"


def test_only_who_moves_cases_may_assign(number: int, adviser: Desk, colleague: Desk, desk_as: DeskAs) -> None:
    refused_and_unchanged(adviser.store, "not_allowed", lambda: assign(adviser, number, "adviser2"))
    head = desk_as(Role.SUPERVISOR)
    assert assign(head, number, "adviser2", reason="hun kender sagen").row.record.assignee == "adviser2"
    assert assign(head, number, "adviser1").row.record.assignee == "adviser1"
    assert open_case(adviser, number).mine


def test_nobody_absent_is_given_a_case(number: int, adviser: Desk, colleague: Desk, desk_as: DeskAs) -> None:
    absent_now(colleague)
    head = desk_as(Role.SUPERVISOR)
    refused_and_unchanged(adviser.store, "colleague_absent", lambda: assign(head, number, "adviser2"))
    assert assign(later(head, days=2), number, "adviser2").row.record.assignee == "adviser2"


def absent_now(desk: Desk) -> None:
    now = desk.clock.now()
    with desk.store.writing() as session:
        session.add(
            Absence(
                id=new_key(now), staff_id=desk.person.id, kind=AbsenceKind.ILLNESS, starts_at=now - timedelta(hours=1),
                ends_at=now + timedelta(days=1), reported_at=now,
            )
        )  # fmt: skip
        session.commit()


def test_waiting_needs_a_text_and_a_working_day_to_come(number: int, adviser: Desk) -> None:
    take(adviser, number)
    store = adviser.store
    for code, change in {
        "text_needed": {"text": ""},
        "text_too_long": {"text": "x" * 20_001},
        "follow_up_in_the_past": {"until": date(2026, 11, 22)},
        "follow_up_on_a_closed_day": {"until": date(2026, 11, 28)},
    }.items():
        refused_and_unchanged(store, code, lambda change=change: wait(adviser, number, **{**WAIT, **change}))  # type: ignore[misc]
    with pytest.raises(BadInput) as closed:
        wait(adviser, number, **{**WAIT, "until": date(2026, 12, 24) + timedelta(days=1)})
    assert closed.value.details == {"on": "2026-12-25", "next": "2026-12-28"}
    view = wait(adviser, number, **WAIT)
    record = view.row.record
    assert (record.state, record.waiting_for, record.follow_up_on) == (CaseState.WAITING, "department", WAIT["until"])
    assert view.waiting_text == WAIT["text"]
    assert wait(adviser, number, **{**WAIT, "until": TODAY}).row.record.follow_up_on == TODAY


@pytest.mark.parametrize("length", [200, 2_000, 20_000, 30_000])
def test_long_texts_are_kept_whole_or_refused(length: int, number: int, adviser: Desk, colleague: Desk) -> None:
    text = "ø" * length
    take(adviser, number)
    changes: tuple[Callable[[], object], ...] = (
        lambda: wait(adviser, number, **{**WAIT, "text": text}).waiting_text,
        lambda: log_contact(adviser, number, party=Party.GP, result=ContactResult.REACHED, text=text).contacts[-1].text,
        lambda: add_note(adviser, number, text).notes[-1].text,
        lambda: change_core_data(adviser, number, name=text).patient.name,
        lambda: change_core_data(adviser, number, address_line=text).patient.address_line,
        lambda: change_core_data(adviser, number, email=text).reach.email,
        lambda: (
            [e for e in change_topic(adviser, number, Topic.HEARING_AID, reason=text).events if e.reason][-1].reason
        ),
        lambda: record_fact(adviser, number, "letter_hospital", text, source=FactSource.LETTER).facts[-1] and text,
        lambda: close(adviser, number, outcome="forwarded", forwarded_to=text).forwarded_to,
        lambda: reopen(adviser, number, reason=text).events[-1].reason,
        lambda: hand_over(adviser, number, "adviser2", text=text).events[-1].reason,
    )
    kept = 0
    for change in changes:
        try:
            assert change() == text
            kept += 1
        except BadInput as refusal:
            assert refusal.code in ("text_too_long", "bad_fact")
        except Refused as refusal:
            assert (refusal.code, length > 500) == ("not_closed", True)
    assert kept == {200: 11, 2_000: 4, 20_000: 2, 30_000: 0}[length]


def test_closing_needs_a_known_outcome_and_sets_the_answer(number: int, adviser: Desk, colleague: Desk) -> None:
    store = adviser.store
    refused_and_unchanged(store, "not_yours", lambda: close(adviser, number, outcome="advised"))
    take(adviser, number)
    wait(adviser, number, **WAIT)
    refused_and_unchanged(store, "unknown_outcome", lambda: close(adviser, number, outcome="fine"))
    refused_and_unchanged(store, "forwarded_to_needed", lambda: close(adviser, number, outcome="forwarded"))
    view = close(adviser, number, outcome="forwarded", forwarded_to="Styrelsen", cause=Cause.WAITING_TIME)
    assert (view.outcome, view.cause, view.forwarded_to) == ("forwarded", Cause.WAITING_TIME, "Styrelsen")
    record = view.row.record
    assert (record.state, record.closed_at, record.answered_at) == (
        CaseState.CLOSED,
        adviser.clock.now(),
        record.closed_at,
    )
    assert (record.follow_up_on, record.waiting_for, view.waiting_text, view.next_step) == (None, None, None, True)
    for name in ONLY_THE_HOLDER:
        refused_and_unchanged(store, "closed", lambda name=name: CHANGES[name](adviser, number))  # type: ignore[misc]
    refused_and_unchanged(store, "closed", lambda: take(colleague, number))


def test_reopening_gives_it_to_who_does_it_with_a_new_time_to_answer(
    number: int, adviser: Desk, colleague: Desk, desk_as: DeskAs
) -> None:
    take(adviser, number)
    log_contact(adviser, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    close(adviser, number, outcome="not_reached")
    store, then = adviser.store, later(colleague, days=7)
    refused_and_unchanged(store, "reason_needed", lambda: reopen(then, number, reason=""))
    secretary = desk_as(Role.SECRETARY)
    refused_and_unchanged(store, "not_allowed", lambda: reopen(secretary, number, reason="r"))
    view = reopen(then, number, reason="Hun ringede tilbage")
    record = view.row.record
    assert (record.state, record.assignee, record.attempts) == (CaseState.REOPENED, "adviser2", 0)
    assert (record.closed_at, record.answered_at, view.outcome, view.cause) == (None, None, None, None)
    assert record.due_at.date() == date(2026, 12, 2)
    assert [event.kind.value for event in view.events][-2:] == ["closed", "reopened"]
    refused_and_unchanged(store, "not_closed", lambda: reopen(then, number, reason="igen"))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_based_on_an_older_version_is_refused_and_writes_nothing(
    name: str, number: int, adviser: Desk, colleague: Desk
) -> None:
    version = take(adviser, number).version
    now_at = add_note(colleague, number, "en kollega var her").version
    assert now_at == version + 1
    before = everything(adviser.store)
    with pytest.raises(Stale) as stale:
        CHANGES[name](adviser, number, version=version)
    assert stale.value.details == {"based_on": version, "now_at": now_at}
    assert everything(adviser.store) == before
    assert CHANGES[name](adviser, number, version=now_at).version > now_at


def test_stale_assignments_and_reopenings_are_refused_too(number: int, adviser: Desk, desk_as: DeskAs) -> None:
    head = desk_as(Role.SUPERVISOR)
    version = take(head, number).version
    add_note(adviser, number, "en kollega var her")
    refused_and_unchanged(head.store, "stale", lambda: assign(head, number, "adviser1", version=version))
    closed = close(head, number, outcome="advised").version
    add_note(adviser, number, "og igen")
    refused_and_unchanged(head.store, "stale", lambda: reopen(head, number, reason="r", version=closed))


@pytest.mark.parametrize("name", CHANGES)
def test_a_colleagues_case_can_be_added_to_and_not_ended(
    name: str, number: int, adviser: Desk, colleague: Desk
) -> None:
    take(colleague, number)
    if name in ONLY_THE_HOLDER:
        refused_and_unchanged(adviser.store, "not_yours", lambda: CHANGES[name](adviser, number))
    else:
        assert CHANGES[name](adviser, number).row.record.assignee == "adviser2"


def test_stepping_past_a_maximum_waiting_time_case_asks_why(desk: Desk, desk_as: DeskAs, number: int) -> None:
    expert = desk_as(Role.ADVISER, teams=("general", "maximum_waiting_time"))
    urgent = received(desk, 2, **about("maximum_waiting_time"))
    other = received(desk, 3, **about("maximum_waiting_time"))
    refused_and_unchanged(desk.store, "reason_to_step_past", lambda: take(expert, number))
    assert take(expert, number, reason="aftalt tid").events[-1].reason == "aftalt tid"
    assert take(expert, other).mine
    assert take(expert, urgent).mine


def test_a_class_1_case_its_own_team_can_take_is_not_stepped_past(
    desk: Desk, adviser: Desk, desk_as: DeskAs, number: int
) -> None:
    desk_as(Role.ADVISER, teams=("maximum_waiting_time",))
    received(desk, 2, **about("maximum_waiting_time"))
    assert take(adviser, number).mine


def test_outside_ones_team_a_reason_opens_a_case(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1, **about("health_record", call_windows=ALWAYS))
    adviser, store = desk_as(Role.ADVISER), desk.store
    refused_and_unchanged(store, "reason_to_open", lambda: open_case(adviser, number))
    refused_and_unchanged(store, "reason_to_open", lambda: take(adviser, number, reason="  "))
    assert open_case(adviser, number, reason="dækker for Ida").row.record.queue_number == number
    assert open_case(desk_as(Role.SUPERVISOR), number)
    assert open_case(desk_as(Role.ADVISER, Role.DAY_COORDINATOR), number)
    temporary = desk_as(Role.TEMPORARY)
    refused_and_unchanged(store, "not_allowed", lambda: open_case(temporary, number, reason="dækker"))
    secretary = desk_as(Role.SECRETARY)
    refused_and_unchanged(store, "only_in_a_call", lambda: open_case(secretary, number))
    refused_and_unchanged(store, "only_in_a_call", lambda: open_case(secretary, number, reason="nysgerrig"))
    assert open_case(secretary, number, reason="in_a_call")


def test_every_look_is_logged_with_its_purpose_and_without_its_words(
    desk: Desk, number: int, adviser: Desk, desk_as: DeskAs
) -> None:
    outside = received(desk, 2, **about("health_record"))
    open_case(adviser, number)
    open_case(adviser, outside, reason="spørger om Ane Test")
    open_case(desk_as(Role.SECRETARY, teams=()), number, reason="in_a_call")
    query = (
        "SELECT s.username, c.queue_number, l.purpose FROM access_log l JOIN staff s ON s.id = l.staff_id "
        "JOIN cases c ON c.id = l.case_id AND c.patient_id = l.patient_id WHERE l.kind = 'look_up' ORDER BY l.id"
    )
    assert stored(desk.store, query) == [
        ("adviser1", number, None), ("adviser1", outside, "stated"), ("secretary2", number, "in_a_call"),
    ]  # fmt: skip


def test_what_a_role_may_not_work_it_cannot_take(desk: Desk, desk_as: DeskAs, number: int) -> None:
    complaint = received(desk, 2, **about("dissatisfaction"))
    clerk, temporary = desk_as(Role.ADMINISTRATIVE), desk_as(Role.TEMPORARY)
    refused_and_unchanged(desk.store, "not_allowed", lambda: take(clerk, number))
    refused_and_unchanged(desk.store, "not_allowed", lambda: take(temporary, complaint))
    assert take(temporary, number).mine


def test_a_case_is_found_by_either_number(desk: Desk, number: int) -> None:
    assert find_number(desk, " 1 ") == find_number(desk, "2026-000001") == number
    for wrong in ("2", "2026-000002", "ane", "", "2026-", "99999999999999999999"):
        with pytest.raises(Refused, match="no_case"):
            find_number(desk, wrong)
    with pytest.raises(Refused, match="no_case"):
        open_case(desk, 2)
