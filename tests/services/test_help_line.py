"""Enquiries typed at the desk, parked submissions completed, calls taken and short answers, on both engines."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import (
    CaseState,
    ContactResult,
    Direction,
    EventKind,
    Party,
    ReceiptStatus,
    Role,
    Team,
    Topic,
)
from pkui.domain.intake.form import EnquiryForm, document
from pkui.services import callbacks, cases, contacts, help_line, incoming, parked
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.os2forms import MAPPING, os2forms
from tests.data.submissions import changed, encoded, replacement_number, submission, submission_id
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, about, later, received, send, stored

NUMBER = replacement_number(1)


def typed(desk: Desk, id: str = submission_id(500), **values: str) -> dict[str, object]:
    form = EnquiryForm(id, desk.clock.now(), {"phone": "20304050", "topic": "faster_treatment", **values})
    return document(form, desk.clock.now(), relation="", entered_by=desk.person.username)


def test_an_enquiry_at_the_desk_gets_its_number_and_promise_once(desk: Desk, desk_as: DeskAs) -> None:
    secretary = desk_as(Role.SECRETARY)
    body = typed(secretary, cpr=NUMBER, consent="yes", text="Der er fundet en knude")
    done = help_line.register(secretary, body)
    assert (done.status, done.queue_number, done.linked_to) == (ReceiptStatus.CREATED, 1, ())
    assert (done.flagged_words, done.window) == (("knude",), None)
    assert done.due_at > secretary.clock.now()
    again = help_line.register(later(secretary, minutes=5), body)
    assert (again.status, again.queue_number) == (ReceiptStatus.REPLAYED, 1)
    second = help_line.register(secretary, typed(secretary, submission_id(501), cpr=NUMBER, consent="yes"))
    assert (second.queue_number, second.linked_to) == (2, (done.case_number,))
    assert [link.queue_number for link in cases.open_case(desk, 1).links] == [2]
    known = help_line.known_person(secretary, NUMBER)
    assert known is not None and [row.record.queue_number for row in known.open_cases] == [1, 2]
    assert help_line.known_person(secretary, replacement_number(9)) is None
    assert stored(desk.store, "SELECT count(*) FROM access_log WHERE what = 'patient'") == [2]


def test_what_is_missing_is_named_and_nothing_is_stored(desk: Desk) -> None:
    for values, pointer in (({"topic": ""}, "/matter/topic"), ({"phone": ""}, "/contact/phone"),
                            ({"cpr": "1234"}, "/patient/identifier/value")):  # fmt: skip
        with pytest.raises(BadInput) as refusal:
            help_line.register(desk, typed(desk, **values))
        assert pointer in [one["pointer"] for one in refusal.value.details["problems"]]  # type: ignore[attr-defined]
    assert stored(desk.store, "SELECT count(*) FROM cases") == [0]


def test_a_parked_submission_becomes_a_case_once_and_its_body_stays(desk: Desk, store: Store) -> None:
    bad = changed(submission(1), "/matter/topic", "knude_i_brystet")
    (answer,) = send(desk, bad)
    assert answer.status is ReceiptStatus.PARKED
    (one,) = parked.waiting(desk)
    assert (one.flagged_words, one.queue_number) == (("knude",), None)
    assert one.look_by is not None and one.look_by > desk.clock.now()
    assert parked.open_parked(desk, one.id).values["matter"]["topic"] == "knude_i_brystet"
    with pytest.raises(BadInput, match="enquiry_incomplete"):
        parked.complete(desk, one.id, {})
    done = parked.complete(desk, one.id, {"matter": {"topic": "faster_assessment"}})
    assert (done.status, done.queue_number, done.topic) == (ReceiptStatus.CREATED, 1, Topic.FASTER_ASSESSMENT)
    with pytest.raises(Refused, match="not_parked"):
        parked.complete(desk, one.id, {"matter": {"topic": "faster_assessment"}})
    assert parked.waiting(desk) == []
    assert [again.status for again in send(desk, bad)] == [ReceiptStatus.REPLAYED]
    assert send(desk, submission(1))[0].status is ReceiptStatus.CHANGED, "the sender mended it later"
    assert stored(store, "SELECT count(*) FROM cases") == [1]
    assert stored(store, "SELECT status FROM intake_receipts ORDER BY id") == ["created", "changed"]


def test_a_parked_form_of_another_product_is_completed_in_our_format(desk: Desk, store: Store) -> None:
    from pkui.domain.intake import parse_os2forms, read_mapping

    form = read_mapping(MAPPING)
    raw = json.dumps(os2forms(1, hvad_drejer_det_sig_om="ukendt", indkaldelsesbrev="../../x")).encode()
    (answer,) = import_bodies(desk, [raw], lambda body, now: parse_os2forms(body, form, now))
    assert answer.status is ReceiptStatus.PARKED
    (one,) = parked.waiting(desk)
    done = parked.complete(desk, one.id, {"matter": {"topic": "operation_changed"}})
    assert (done.status, done.left_out) == (ReceiptStatus.CREATED, ("/attachments/0/id",))
    assert stored(store, "SELECT neutral_sealed FROM intake_receipts") == [None]


def test_a_parked_submission_that_belongs_to_a_case(desk: Desk) -> None:
    number = received(desk, 2)
    send(desk, changed(submission(2), "/contact/phone", "12"), changed(submission(3), "/contact/phone", "12"))
    first, second = parked.waiting(desk)
    assert (first.queue_number, second.queue_number) == (number, None)
    done = parked.complete(desk, first.id, {"contact": {"phone": "20304050"}})
    assert (done.status, done.queue_number) == (ReceiptStatus.CHANGED, number), "its first form is a case already"
    done = parked.attach(desk, second.id, number)
    assert (done.status, done.queue_number) == (ReceiptStatus.CHANGED, number)
    kinds = [event.kind for event in cases.open_case(desk, number).events]
    assert kinds.count(EventKind.SUBMISSION_CHANGED) == 2
    with pytest.raises(Refused, match="not_parked"):
        parked.open_parked(desk, uuid4())


def test_broken_bodies_can_be_completed_from_nothing(desk: Desk) -> None:
    deep = encoded(submission(4))[:-1] + b', "x": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    latin = json.dumps(submission(5), ensure_ascii=False).encode("latin-1")
    assert [one.status for one in send(desk, deep, latin)] == [ReceiptStatus.PARKED] * 2
    patch = {"patient": {"identifier": {"type": "none"}}, "contact": {"phone": "20304050"},
             "matter": {"topic": "miscellaneous"}, "received_at": "2026-11-20T10:00:00Z"}  # fmt: skip
    for one in parked.waiting(desk):
        assert parked.complete(desk, one.id, patch).status is ReceiptStatus.CREATED
    assert len(stored(desk.store, "SELECT id FROM cases")) == 2


def test_grave_words_are_looked_at_within_the_hour(desk: Desk) -> None:
    first = received(
        desk, 1, **about("faster_imaging") | {"matter": {"topic": "faster_imaging", "free_text": "kræft?"}}
    )
    second = received(desk, 2, matter={"topic": "faster_imaging", "free_text": "en knude"})
    received(desk, 3)
    received(desk, 4, **about("maximum_waiting_time"))
    found = parked.flagged(desk)
    assert [one.row.record.queue_number for one in found] == [first, second]
    assert found[0].look_by == desk.clock.now() + timedelta(hours=1)
    parked.check_flags(desk, first, urgent=False)
    view = parked.check_flags(desk, second, urgent=True)
    assert (view.row.record.priority_class, view.row.record.team) == (1, Team.MAXIMUM_WAITING_TIME.value)
    assert parked.flagged(desk) == []


@pytest.mark.parametrize("agreed", [False, True])
def test_whoever_rings_herself_keeps_her_place_until_she_has_her_answer(
    agreed: bool, desk: Desk, desk_as: DeskAs
) -> None:
    adviser = desk_as(Role.ADVISER)
    number = received(desk, 1, call_windows=ALWAYS)
    cases.take(adviser, number, reason="x")
    at_work(desk.store, adviser.person.username)
    at = adviser.clock.now() + timedelta(days=1)
    callbacks.book(desk, number, at=at, adviser=adviser.person.username, agreed=agreed)
    secretary = desk_as(Role.SECRETARY)

    def rang(*, still_waits: bool) -> None:
        contacts.log_contact(secretary, number, party=Party.PATIENT, result=ContactResult.CALLED_BACK,
                             direction=Direction.INCOMING, still_waits=still_waits)  # fmt: skip

    rang(still_waits=True)
    view = cases.open_case(desk, number)
    assert view.row.record.answered_at is None and view.contacts[-1].direction is Direction.INCOMING
    assert not view.contacts[-1].counts_as_attempt
    booked = callbacks.booking_of(desk, number)
    assert (booked is not None) == agreed, "a call agreed with her stands"
    rang(still_waits=False)
    assert cases.open_case(desk, number).row.record.answered_at is not None
    assert callbacks.booking_of(desk, number) is None
    if agreed:
        assert stored(desk.store, "SELECT state FROM bookings") == ["ended"]


def test_a_patient_takes_her_enquiry_back_on_the_telephone(desk: Desk, desk_as: DeskAs) -> None:
    number, secretary = received(desk, 1), desk_as(Role.SECRETARY)
    with pytest.raises(BadInput, match="reason_needed"):
        incoming.withdraw(secretary, number, reason=" ")
    view = incoming.withdraw(secretary, number, reason="Har fået en tid", version=cases.open_case(desk, number).version)
    assert (view.outcome, view.row.record.state) == ("withdrawn", CaseState.CLOSED)
    with pytest.raises(Refused, match="closed"):
        incoming.withdraw(secretary, number, reason="igen")
    cases.reopen(desk, number, reason="fortrudt")


def test_short_answers_are_counted_apart(desk: Desk, desk_as: DeskAs) -> None:
    secretary = desk_as(Role.SECRETARY)
    assert [help_line.short_answer(secretary) for _time in range(3)] == [1, 2, 3]
    assert help_line.short_answers_today(later(secretary, days=1)) == 0
    assert stored(desk.store, "SELECT count(*) FROM cases") == [0]
