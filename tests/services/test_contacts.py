"""Contacts: what counts as an attempt, the gap before the next, the letter after the last, and what answers a case."""

from datetime import date, datetime

import pytest

from pkui.domain.codes import CaseState, ContactResult, Direction, EventKind, Party, Role
from pkui.domain.office import COPENHAGEN
from pkui.services import outbox
from pkui.services.case_view import CaseView
from pkui.services.cases import close, open_case, take, wait
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from storage.cases import case_by_number
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.steps import ALWAYS, about, at, later, received, stored

FAILED = (ContactResult.NO_ANSWER, ContactResult.BUSY, ContactResult.VOICEMAIL)
NEXT_MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=COPENHAGEN)


@pytest.fixture
def number(desk: Desk) -> int:
    return received(desk, 1, call_windows=ALWAYS)


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


def ring(desk: Desk, number: int, result: ContactResult = ContactResult.NO_ANSWER) -> CaseView:
    return log_contact(desk, number, party=Party.PATIENT, result=result)


def drafts(store: Store) -> list[tuple[str, str, str]]:
    return stored(store, "SELECT kind, state, text FROM outbox_drafts ORDER BY id")


def test_an_attempt_counts_and_the_next_is_tomorrow(number: int, adviser: Desk) -> None:
    for count, result in enumerate(FAILED, 1):
        record = ring(adviser, number, result).row.record
        assert (record.attempts, record.retry_from, record.answered_at) == (count, NEXT_MORNING, None)
    assert stored(adviser.store, "SELECT count(*) FROM contacts WHERE counts_as_attempt") == [3]


def test_the_gap_ends_on_the_next_working_day_when_calls_begin(number: int, adviser: Desk) -> None:
    friday = at(adviser, datetime(2026, 11, 27, 15, tzinfo=COPENHAGEN))
    assert ring(friday, number).row.record.retry_from == datetime(2026, 11, 30, 8, 30, tzinfo=COPENHAGEN)
    christmas = at(adviser, datetime(2026, 12, 24, 9, tzinfo=COPENHAGEN))
    assert ring(christmas, number).row.record.retry_from == datetime(2026, 12, 28, 8, 30, tzinfo=COPENHAGEN)
    summer_time = at(adviser, datetime(2027, 3, 26, 9, tzinfo=COPENHAGEN))
    assert ring(summer_time, number).row.record.retry_from == datetime(2027, 3, 30, 8, 30, tzinfo=COPENHAGEN)


def test_after_the_last_attempt_a_letter_is_drafted_and_nothing_in_it_is_about_health(
    number: int, adviser: Desk
) -> None:
    for _ in range(2):
        ring(adviser, number)
        assert drafts(adviser.store) == []
    ring(adviser, number)
    ((kind, state, text),) = drafts(adviser.store)
    assert (kind, state) == ("letter", "draft")
    assert "2026-000001" in text
    for private in ("Karpaltunnel", "Ortopæd", "Regionshospitalet", "operation", "20000001"):
        assert private not in text


def test_a_try_after_the_letter_drafts_no_second_one_unless_it_was_discarded(number: int, adviser: Desk) -> None:
    for minutes in range(4):
        ring(later(adviser, minutes=minutes), number)
    ((kind, state, _text),) = drafts(adviser.store)
    assert (kind, state) == ("letter", "draft")
    (waiting,) = outbox.drafts(adviser)
    outbox.discard_draft(adviser, waiting.id)
    ring(later(adviser, minutes=4), number)
    assert [draft[1] for draft in drafts(adviser.store)] == ["discarded", "draft"]


def test_a_letter_goes_by_digital_post_where_the_patient_wanted_that(desk: Desk, adviser: Desk) -> None:
    number = received(desk, 1, reply_channel="digital_post")
    for _ in range(3):
        ring(adviser, number)
    assert [draft[0] for draft in drafts(adviser.store)] == ["digital_post"]


def test_maximum_waiting_time_has_no_gap_and_no_limit(desk: Desk, adviser: Desk) -> None:
    number = received(desk, 1, **about("maximum_waiting_time"))
    open_case(adviser, number, reason="cover")
    for attempts in range(1, 6):
        record = ring(adviser, number).row.record
        assert (record.attempts, record.retry_from) == (attempts, None)
    assert drafts(adviser.store) == []


def test_one_attempt_only_is_the_patients_wish(desk: Desk, number: int, adviser: Desk) -> None:
    with desk.store.writing() as session:
        case_by_number(session, number).one_attempt_only = True
        session.commit()
    ring(adviser, number)
    assert len(drafts(adviser.store)) == 1


NO_ATTEMPTS: tuple[tuple[Party, ContactResult, Direction | None], ...] = (
    (Party.PATIENT, ContactResult.WRONG_NUMBER, None), (Party.PATIENT, ContactResult.ASKED_TO_CALL_LATER, None),
    (Party.DEPARTMENT, ContactResult.NO_ANSWER, None), (Party.RELATIVE, ContactResult.VOICEMAIL, None),
    (Party.PATIENT, ContactResult.NO_ANSWER, Direction.INCOMING), (Party.GP, ContactResult.REACHED, None),
    (Party.DEPARTMENT, ContactResult.CALLED_BACK, None),
)  # fmt: skip


def test_what_is_no_attempt_changes_neither_count_nor_place(number: int, adviser: Desk) -> None:
    before = open_case(adviser, number).row.record
    for party, result, direction in NO_ATTEMPTS:
        after = log_contact(adviser, number, party=party, result=result, direction=direction).row.record
        names = ("attempts", "retry_from", "answered_at", "due_at", "priority_class", "why")
        assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


@pytest.mark.parametrize("result", [ContactResult.REACHED, ContactResult.CALLED_BACK])
def test_reaching_the_patient_answers_the_case_and_ends_the_gap(
    result: ContactResult, number: int, adviser: Desk
) -> None:
    ring(adviser, number)
    view = ring(later(adviser, hours=1), number, result)
    record = view.row.record
    assert (record.answered_at, record.retry_from, record.attempts) == (later(adviser, hours=1).clock.now(), None, 1)
    assert view.contacts[-1].direction is (
        Direction.INCOMING if result is ContactResult.CALLED_BACK else Direction.OUTGOING
    )
    assert not view.next_step, "answered and no next step yet: marked"
    assert record.why[-1] == ["no_next_step", {}]


def test_from_the_answer_on_the_next_step_decides_the_place(number: int, adviser: Desk) -> None:
    take(adviser, number)
    ring(adviser, number, ContactResult.REACHED)
    view = wait(adviser, number, party=Party.DEPARTMENT, until=date(2026, 12, 1), text="Har spurgt til en tid")
    record = view.row.record
    assert record.due_at == datetime(2026, 12, 1, 16, tzinfo=COPENHAGEN)
    assert record.why[-1] == ["follow_up", {"on": "2026-12-01"}]
    assert (view.next_step, record.state) == (True, CaseState.WAITING)


def test_the_first_answer_is_the_one_that_counts(number: int, adviser: Desk) -> None:
    first = ring(adviser, number, ContactResult.REACHED).row.record.answered_at
    assert ring(later(adviser, days=1), number, ContactResult.REACHED).row.record.answered_at == first


def test_a_relative_ends_the_gap_and_does_not_answer_the_patient(number: int, adviser: Desk) -> None:
    ring(adviser, number)
    record = log_contact(adviser, number, party=Party.RELATIVE, result=ContactResult.REACHED).row.record
    assert (record.retry_from, record.answered_at) == (None, None)


def test_a_call_about_a_closed_case_is_logged_and_does_not_open_it(number: int, adviser: Desk) -> None:
    take(adviser, number)
    answered = close(adviser, number, outcome="withdrawn").row.record.answered_at
    view = ring(later(adviser, days=3), number, ContactResult.CALLED_BACK)
    assert (view.row.record.state, view.row.record.answered_at) == (CaseState.CLOSED, answered)
    assert len(view.contacts) == 1


def test_everything_said_of_a_contact_is_kept(number: int, adviser: Desk) -> None:
    view = log_contact(
        adviser, number, party=Party.DEPARTMENT, result=ContactResult.REACHED, text="  Svarer på torsdag ",
        party_name="Ortopædkirurgi", answer_promised_on=date(2026, 11, 26), outside_window_reason="aftalt",
    )  # fmt: skip
    (contact,) = view.contacts
    assert (contact.text, contact.party_name, contact.by) == ("Svarer på torsdag", "Ortopædkirurgi", "Adviser1")
    assert (contact.answer_promised_on, contact.at) == (date(2026, 11, 26), adviser.clock.now())
    assert view.events[-1].kind is EventKind.CONTACT_LOGGED
    assert stored(adviser.store, "SELECT outside_window_reason FROM contacts") == ["aftalt"]
