"""A person number can be read only through the key: not in a file, a journal, a row, a log, a list or an error."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from pkui.base.errors import PkuiError
from pkui.domain.codes import ContactResult, FactSource, Party, QueueView
from pkui.domain.identifiers import classify, find_cprs
from pkui.services.cases import close, open_case, put_back, reopen, take, wait
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data, record_fact
from pkui.services.intake import parked
from pkui.services.notes import add_note
from pkui.services.queue import rows, snapshot
from storage.patients import find_patient
from tests.data.submissions import changed, submission
from tests.services.steps import everything, later, send

TEST_CPRS = ("0201609995", "0201609996", "0201919990", "0504909995", "0107729995", "1502779995")
"""MedCom's test patients."""


def forms(cpr: str) -> tuple[bytes, ...]:
    """The number as it could be found: plain, as shown, in another encoding."""
    plain, shown = cpr.encode(), f"{cpr[:6]}-{cpr[6:]}".encode()
    return plain, shown, cpr.encode("utf-16-le"), plain.hex().encode()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything anybody logs, the database's statements and rows among it."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "sqlalchemy.orm"):
        caplog.set_level(logging.DEBUG, name)
    yield caplog


@pytest.fixture
def numbered(desk: Desk, log: pytest.LogCaptureFixture) -> list[int]:
    """Six cases of the test patients, worked in every way, and one parked for its number's sake."""
    numbers = []
    for index, cpr in enumerate(TEST_CPRS):
        body = changed(submission(index), "/patient/identifier", {"type": "cpr", "value": cpr})
        person = {"name": "Ane Test", "phone": "20304050", "identifier": {"type": "cpr", "value": cpr}}
        (answer,) = send(desk, changed(body, "/representative", person))
        assert answer.queue_number
        numbers.append(answer.queue_number)
    send(desk, changed(submission(90), "/patient/identifier", {"type": "cpr", "value": f"{TEST_CPRS[0]}0"}))
    for number in numbers:
        work_on(desk, number)
    return numbers


def work_on(desk: Desk, number: int) -> None:
    take(desk, number)
    view = open_case(desk, number, reason="in_a_call")
    assert view.patient.identifier in TEST_CPRS
    add_note(desk, number, "et notat")
    record_fact(desk, number, "offered_date", "2027-01-04", source=FactSource.LETTER)
    log_contact(desk, number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    change_core_data(desk, number, phone="21222324", city="Skive")
    wait(desk, number, party=Party.DEPARTMENT, until=desk.clock.now().date(), text="svar fra afdelingen")
    put_back(desk, number, reason="ferie")
    take(desk, number)
    close(desk, number, outcome="advised")
    reopen(desk, number, reason="ringede igen")


def test_no_number_stands_in_a_row_a_log_a_list_or_an_error_and_each_is_found(
    desk: Desk, numbered: list[int], log: pytest.LogCaptureFixture
) -> None:
    not_in_a_row(desk)
    in_the_index(desk)
    listed = rows(desk, snapshot(desk, QueueView.ALL).numbers)
    assert len(listed) == len(numbered)
    told = [repr(listed), repr(parked(desk))]
    told += [repr(send(desk, b"{}"))]
    for number in numbered:
        with pytest.raises(PkuiError) as refused:
            take(later(desk, minutes=1), number + 1000)
        told.append(repr(refused.value))
    with desk.store.reading() as session:
        identifier = classify(TEST_CPRS[0])
        assert identifier
        assert find_patient(session, identifier, desk.store.cipher)
        told.append(repr(identifier))
    with pytest.raises(DBAPIError) as broken, desk.store.writing() as session:
        session.execute(sa.text("INSERT INTO patients (name) VALUES (:name)"), {"name": TEST_CPRS[0]})
    told.append(str(broken.value))
    assert find_cprs("\n".join(told)) == []
    logged = [record.getMessage() for phase in ("setup", "call") for record in log.get_records(phase)]
    assert len(logged) > 1_000
    assert find_cprs("\n".join(logged)) == []


def not_in_a_row(desk: Desk) -> None:
    """No number can be read in any row."""
    text = repr(everything(desk.store)).encode()
    for cpr in TEST_CPRS:
        assert not any(form in text for form in forms(cpr)), "a number can be read in a row"


def in_the_index(desk: Desk) -> None:
    """Each number is found by its keyed index, and opened by the key."""
    with desk.store.reading() as session:
        for cpr in TEST_CPRS:
            identifier = classify(f"{cpr[:6]}-{cpr[6:]}")
            assert identifier
            patient = find_patient(session, identifier, desk.store.cipher)
            assert patient is not None
            assert patient.identifier_sealed is not None
            assert desk.store.cipher.open_text("patients.identifier", patient.identifier_sealed) == cpr


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_no_number_stands_readable_in_the_file_or_its_journals(numbered: list[int], tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "pkui.key"]
    assert {path.name for path in files} == {"pkui.db", "pkui.db-wal", "pkui.db-shm"}
    assert sum(path.stat().st_size for path in files if path.name.endswith("-wal")) > 100_000
    for path in files:
        content = path.read_bytes()
        for cpr in TEST_CPRS:
            assert not any(form in content for form in forms(cpr)), path.name
