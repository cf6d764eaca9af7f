"""Intake: each submission becomes one case once, whatever comes again, changed, broken or at the same time."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import IdentifierType, ReceiptStatus, Role
from pkui.services.cases import close, open_case, take
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data
from pkui.services.intake import import_all, import_bodies, parked
from pkui.services.people import sign_in
from storage.intake import BODY
from storage.store import Store
from storage.tables.intake import IntakeReceipt
from tests import at_once
from tests.conftest import DeskAs
from tests.data.submissions import changed, encoded, minimal, submission, submission_id
from tests.services.steps import everything, received, send, stored

AT_ONCE = 50


def test_a_submission_becomes_a_case_with_both_numbers(desk: Desk) -> None:
    (answer,) = send(desk, submission(1))
    assert answer.submission_id == submission_id(1)
    assert (answer.status, answer.case_number, answer.queue_number) == (ReceiptStatus.CREATED, "2026-000001", 1)
    assert (answer.linked_to, answer.errors) == ((), ())
    assert stored(desk.store, "SELECT count(*) FROM access_log WHERE kind = 'create'") == [1]


def test_everything_of_the_form_is_on_the_case(desk: Desk) -> None:
    person = {"name": "Ane Test", "phone": "20304050", "relation": "datter", "basis": "spoken_consent"}
    person["identifier"] = {"type": "replacement", "value": "6201350001"}  # type: ignore[assignment]
    view = open_case(desk, received(desk, 1, representative=person))
    body = submission(1)
    assert view.patient.name == body["patient"]["name"]
    assert view.patient.identifier == body["patient"]["identifier"]["value"]
    assert view.patient.identifier_type is IdentifierType.REPLACEMENT
    assert (view.patient.city, view.patient.postcode, view.patient.protected) == ("Viborg", "8800", False)
    assert view.free_text == body["matter"]["free_text"]
    assert view.reach.phone == "+4520000001"
    assert view.reach.sms_allowed is True
    facts = {fact.name: fact.value for fact in view.facts}
    assert facts["letter_hospital"] == "Regionshospitalet Viborg"
    assert facts["offered_date"] == "2027-03-11"
    assert facts["max_distance_km"] == 60
    assert "free_choice_already_used" not in facts
    assert [(window.weekday, str(window.start)) for window in view.row.record.windows] == [
        (1, "09:00:00"),
        (4, "13:00:00"),
    ]
    assert [str(period.first) for period in view.row.record.unavailable] == ["2026-12-21"]
    assert [file.filename for file in view.attachments] == ["brev.pdf"]
    assert [consent.given for consent in view.consents] == [True]
    assert [(one.name, one.phone) for one in view.representatives] == [("Ane Test", "+4520304050")]
    assert [segment.referring_hospital for segment in view.segments] == ["Regionshospitalet Viborg"]


def test_the_least_that_is_required_becomes_a_case(desk: Desk) -> None:
    (answer,) = send(desk, minimal(1))
    assert answer.status is ReceiptStatus.CREATED
    assert answer.queue_number
    view = open_case(desk, answer.queue_number)
    assert (view.patient.name, view.patient.identifier, view.reach.phone, view.facts) == (None, None, None, ())


def test_two_people_without_a_number_are_two_people(desk: Desk) -> None:
    assert [answer.linked_to for answer in send(desk, minimal(1), minimal(2))] == [(), ()]
    assert stored(desk.store, "SELECT count(*) FROM patients") == [2]


def test_a_replay_gives_the_first_receipt_and_writes_nothing(desk: Desk) -> None:
    (first,) = send(desk, submission(1))
    before = everything(desk.store)
    for _ in range(2):
        (again,) = send(desk, submission(1))
        assert again.status is ReceiptStatus.REPLAYED
        assert (again.case_number, again.queue_number) == (first.case_number, first.queue_number)
    assert everything(desk.store) == before


def test_the_same_body_with_other_white_space_is_a_replay_or_a_change_never_a_case(desk: Desk) -> None:
    received(desk, 1)
    spaced = json.dumps(submission(1), indent=4).encode()
    (answer,) = send(desk, spaced)
    assert answer.queue_number == 1
    assert answer.status in (ReceiptStatus.REPLAYED, ReceiptStatus.CHANGED)
    assert stored(desk.store, "SELECT count(*) FROM cases") == [1]
    assert send(desk, spaced)[0].status is ReceiptStatus.REPLAYED


def test_changed_content_is_an_event_and_overwrites_nothing(desk: Desk, desk_as: DeskAs) -> None:
    number = received(desk, 1)
    adviser = desk_as(Role.ADVISER)
    take(adviser, number)
    change_core_data(adviser, number, phone="30405060", city="Skive", name="Ny Test Navn")
    before = open_case(adviser, number)
    new = changed(changed(submission(1), "/contact/phone", "51525354"), "/patient/name", "Helt Test Anden")
    new = changed(changed(new, "/matter/free_text", "Noget andet"), "/patient/address/city", "Randers")
    (answer,) = send(desk, new)
    assert (answer.status, answer.queue_number) == (ReceiptStatus.CHANGED, number)
    after = open_case(adviser, number)
    assert after.version == before.version + 1
    assert (after.patient, after.reach, after.free_text) == (before.patient, before.reach, before.free_text)
    assert [event.kind.value for event in after.events][-1] == "submission_changed"
    assert stored(desk.store, "SELECT count(*) FROM intake_receipts") == [2]
    assert send(desk, new)[0].status is ReceiptStatus.REPLAYED
    assert send(desk, submission(1))[0].queue_number == number


def test_what_cannot_be_understood_is_parked_with_its_body_and_reason(desk: Desk) -> None:
    broken = changed(changed(submission(1), "/matter/topic", "tandlæge"), "/call_windows/0/from", "12:00")
    (answer,) = send(desk, broken)
    assert answer.status is ReceiptStatus.PARKED
    assert (answer.submission_id, answer.case_number, answer.queue_number) == (submission_id(1), None, None)
    assert {(error.pointer, error.code.value) for error in answer.errors} == {
        ("/matter/topic", "unknown_topic"),
        ("/call_windows/0", "across_midnight_or_empty"),
    }
    (waiting,) = parked(desk)
    assert sorted(map(tuple, waiting.problems)) == sorted((e.pointer, e.code.value) for e in answer.errors)
    with desk.store.reading() as session:
        receipt = session.get_one(IntakeReceipt, waiting.id)
        assert json.loads(desk.store.cipher.open(BODY, receipt.body_sealed)) == broken
    assert stored(desk.store, "SELECT count(*) FROM cases") == [0]
    (again,) = send(desk, broken)
    assert (again.status, again.errors) == (ReceiptStatus.REPLAYED, answer.errors)
    assert len(parked(desk)) == 1


def test_a_parked_submission_sent_anew_and_right_becomes_a_case(desk: Desk) -> None:
    broken = changed(submission(1), "/matter/topic", "tandlæge")
    send(desk, broken)
    (answer,) = send(desk, submission(1))
    assert (answer.status, answer.queue_number) == (ReceiptStatus.CREATED, 1)
    assert send(desk, submission(1))[0].status is ReceiptStatus.REPLAYED
    assert send(desk, broken)[0].queue_number == 1


@pytest.mark.parametrize("raw", [b"[]", b"not json", b"", b"\xff\xfe{", b'"text"'])
def test_what_is_no_object_is_answered_and_nothing_of_it_kept(raw: bytes, desk: Desk) -> None:
    before = everything(desk.store)
    (answer,) = send(desk, raw)
    assert answer.status is ReceiptStatus.REJECTED
    assert answer.errors
    assert everything(desk.store) == before


def test_bodies_without_a_readable_id_are_known_by_their_content(desk: Desk) -> None:
    nameless = changed(submission(1), "/submission_id", "no uuid")
    other = changed(nameless, "/matter/free_text", "Noget andet")
    assert [a.status for a in send(desk, nameless, other, nameless)] == ["parked", "parked", "replayed"]
    assert [a.status for a in send(desk, nameless, other)] == ["replayed", "replayed"]
    assert len(parked(desk)) == 2


def test_the_same_id_from_another_form_is_another_submission(desk: Desk) -> None:
    other = changed(submission(1), "/source/form_id", "hjaelpelinje")
    assert [answer.status for answer in send(desk, submission(1), other)] == ["created", "created"]


def test_one_batch_holds_anything_and_answers_in_order(desk: Desk) -> None:
    again = changed(submission(1), "/matter/free_text", "Noget andet")
    broken = changed(submission(3), "/received_at", "i går")
    answers = send(desk, submission(1), b"[]", submission(1), again, submission(2), broken, broken, again)
    assert [(answer.status.value, answer.queue_number) for answer in answers] == [
        ("created", 1), ("rejected", None), ("replayed", 1), ("changed", 1),
        ("created", 2), ("parked", None), ("replayed", None), ("replayed", 1),
    ]  # fmt: skip
    assert stored(desk.store, "SELECT value FROM counters") == [2]


def test_another_enquiry_of_the_same_person_is_a_case_of_its_own_linked_both_ways(desk: Desk) -> None:
    first = received(desk, 1)
    version = open_case(desk, first).version
    again = submission(2, patient=submission(1)["patient"])
    third = submission(3, patient=submission(1)["patient"])
    answers = send(desk, again, third)
    assert [answer.linked_to for answer in answers] == [("2026-000001",), ("2026-000001", "2026-000002")]
    assert [link.queue_number for link in open_case(desk, first).links] == [2, 3]
    assert [link.queue_number for link in open_case(desk, 3).links] == [1, 2]
    assert open_case(desk, first).version > version
    assert stored(desk.store, "SELECT count(*) FROM patients") == [1]


def test_a_closed_case_is_not_linked_to(desk: Desk) -> None:
    first = received(desk, 1)
    take(desk, first)
    close(desk, first, outcome="advised")
    (answer,) = send(desk, submission(2, patient=submission(1)["patient"]))
    assert (answer.linked_to, open_case(desk, 2).links) == ((), ())


def test_protection_holds_once_anybody_has_said_so(desk: Desk) -> None:
    person = submission(1)["patient"]
    received(desk, 1, patient={**person, "address_protected": True})
    received(desk, 2, patient={**person, "address_protected": False})
    assert open_case(desk, 2).patient.protected
    received(desk, 3, patient=submission(3)["patient"])
    received(desk, 4, patient={**submission(3)["patient"], "address_protected": True})
    assert open_case(desk, 3).patient.protected


def test_a_newer_form_moves_the_address_until_an_adviser_has_corrected_it(desk: Desk) -> None:
    person = submission(1)["patient"]
    moved = {**person, "address": {"line": "Nygade 2", "postcode": "7800", "city": "Skive"}, "name": "Gift Test Nu"}
    first = received(desk, 1)
    received(desk, 2, patient=moved)
    assert (open_case(desk, first).patient.city, open_case(desk, first).patient.name) == ("Skive", "Gift Test Nu")
    change_core_data(desk, first, city="Hobro")
    received(desk, 3, patient=person)
    assert (open_case(desk, first).patient.city, open_case(desk, first).patient.name) == ("Hobro", "Gift Test Nu")


def test_the_longest_values_that_are_let_in_can_be_stored(desk: Desk) -> None:
    body = submission(1)
    lengths = {
        "/source/system": 128, "/source/form_id": 128, "/source/entered_by": 200, "/patient/name": 200,
        "/patient/address/line": 500, "/patient/address/postcode": 64, "/patient/address/city": 200,
        "/patient/address/municipality_code": 64, "/contact/interpreter_language": 64, "/matter/free_text": 50_000,
        "/referral/hospital_text": 500, "/referral/department_text": 500, "/referral/treatment_text": 500,
        "/referral/treatment_code": 64, "/attachments/0/id": 128, "/attachments/0/filename": 500,
        "/attachments/0/fetch": 500,
    }  # fmt: skip
    for pointer, length in lengths.items():
        body = changed(body, pointer, "ø" * length)
    body["language"] = "dan-12345678-12345678"
    body["contact"]["email"] = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.dk"
    body["attachments"][0]["media_type"] = f"{'a' * 63}/{'b' * 63}"
    body["representative"] = {"name": "ø" * 200, "relation": "ø" * 200}
    (answer,) = send(desk, body)
    assert (answer.status, answer.errors) == (ReceiptStatus.CREATED, ())
    view = open_case(desk, 1)
    assert view.patient.address_line == "ø" * 500
    assert view.free_text == "ø" * 50_000


def test_only_who_may_register_imports(desk_as: DeskAs) -> None:
    for role in (Role.LOG_REVIEWER, Role.SYSTEM_ADMINISTRATOR):
        with pytest.raises(Refused, match="not_allowed"):
            send(desk_as(role), submission(1))
    assert send(desk_as(Role.SECRETARY), submission(1))[0].status is ReceiptStatus.CREATED


def test_a_stream_is_imported_in_batches(desk: Desk) -> None:
    bodies = (encoded(submission(number)) for number in range(25))
    answers = list(import_all(desk, bodies, batch=10))
    assert [answer.queue_number for answer in answers] == list(range(1, 26))


def test_many_threads_at_once_give_each_its_number_without_a_gap(desk: Desk) -> None:
    def one(number: int) -> int | None:
        return import_bodies(desk, [encoded(submission(number))])[0].queue_number

    with ThreadPoolExecutor(12) as pool:
        numbers = list(pool.map(one, range(AT_ONCE)))
    assert sorted(map(int, filter(None, numbers))) == list(range(1, AT_ONCE + 1))
    assert stored(desk.store, "SELECT value FROM counters") == [AT_ONCE]


def test_the_same_submission_at_once_from_many_threads_is_one_case(desk: Desk) -> None:
    body = encoded(submission(1))
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: import_bodies(desk, [body])[0], range(20)))
    assert sorted(answer.status.value for answer in answers) == ["created"] + ["replayed"] * 19
    assert {answer.queue_number for answer in answers} == {1}
    assert stored(desk.store, "SELECT value FROM counters") == [1]


def test_two_forms_of_an_unknown_person_at_once_make_one_patient(desk: Desk) -> None:
    def one(number: int) -> Any:
        return import_bodies(desk, [encoded(submission(number, patient=submission(1)["patient"]))])[0]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    assert {answer.status for answer in answers} == {ReceiptStatus.CREATED}
    assert stored(desk.store, "SELECT count(*) FROM patients") == [1]


def sent_at_once(store: Store, key_file: Path, processes: int, each: int) -> list[int]:
    """The queue numbers that processes get who all begin at once."""
    calls = [[store.url, str(key_file), [*range(first, first + each)]] for first in range(0, processes * each, each)]
    return sorted(number for numbers in at_once.run("tests.openers:send", calls) for number in numbers)


def test_many_processes_at_once_give_each_its_number_without_a_gap(store: Store, key_file: Path) -> None:
    assert sent_at_once(store, key_file, 5, 10) == list(range(1, 51))


@pytest.mark.soak
def test_fifty_processes_at_once_give_each_its_number_without_a_gap(store: Store, key_file: Path) -> None:
    assert sent_at_once(store, key_file, AT_ONCE, 4) == list(range(1, 4 * AT_ONCE + 1))


def test_the_sender_is_recorded_as_who_acted(desk: Desk, desk_as: DeskAs) -> None:
    secretary = desk_as(Role.SECRETARY)
    number = received(secretary, 1)
    assert sign_in(desk.store, "secretary1", desk.clock.now()).id == secretary.person.id
    assert [event.by for event in open_case(desk, number).events] == ["Secretary1"]
