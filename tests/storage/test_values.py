"""What the columns keep: codes by value, instants in UTC, versions, references, one row for one number."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from pkui.base.keys import new_key
from pkui.domain.codes import ContactResult, FactSource, Party
from pkui.services.cases import take
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.notes import add_note
from storage.metadata import metadata
from storage.registration import mark_changed
from storage.store import Store
from storage.tables.cases import Case
from storage.tables.patients import Patient
from tests.data.submissions import changed, submission
from tests.services.steps import received, send, stored

DERIVED_AT = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def worked(desk: Desk) -> Iterator[Store]:
    """A store with a case and most of what can hang on one."""
    number = received(desk, representative={"name": "Ane Test", "phone": "20304050", "basis": "parent"})
    received(desk, 2, patient=submission(1)["patient"])
    send(desk, changed(submission(3), "/matter/topic", "no_such_topic"))
    take(desk, number)
    log_contact(desk, number, party=Party.DEPARTMENT, result=ContactResult.REACHED, text="talt med")
    record_fact(desk, number, "offered_date", "2027-01-04", source=FactSource.HOSPITAL)
    add_note(desk, number, "et notat")
    yield desk.store


def coded_columns() -> Iterator["sa.Column[object]"]:
    for table in metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, sa.Enum))


def test_codes_are_stored_by_value_and_no_other_can_be(worked: Store) -> None:
    seen = set()
    for column in coded_columns():
        kind = column.type
        assert isinstance(kind, sa.Enum)
        name = f"{column.table.name}.{column.name}"
        found = set(stored(worked, f'SELECT DISTINCT "{column.name}" FROM {column.table.name}')) - {None}
        assert found <= set(kind.enums), name
        if stored(worked, f"SELECT 1 FROM {column.table.name} LIMIT 1"):
            seen.add(name)
            with pytest.raises(IntegrityError), worked.engine.begin() as connection:
                connection.execute(sa.text(f"UPDATE {column.table.name} SET {column.name} = 'no_such_code'"))
    assert {"cases.topic", "cases.state", "facts.source", "events.kind", "intake_receipts.status"} <= seen


@pytest.mark.parametrize(
    "change",
    [
        "state = 'closed'", "closed_at = registered_at", "outcome = 'advised'", "assignee_id = NULL",
        "state = 'waiting', follow_up_on = NULL", "attempts = -1", "priority_class = 5",
    ],
)  # fmt: skip
def test_a_case_cannot_contradict_itself(change: str, worked: Store) -> None:
    with pytest.raises(IntegrityError), worked.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE cases SET {change} WHERE state = 'assigned'"))


def test_an_instant_comes_back_the_same_in_utc(worked: Store) -> None:
    with worked.writing() as session:
        case = session.scalars(sa.select(Case)).first()
        assert case
        case.received_at = DERIVED_AT
        session.commit()
        id = case.id
    with worked.reading() as session:
        case = session.get_one(Case, id)
        assert case.received_at == DERIVED_AT
        assert case.received_at.tzinfo is UTC
        assert case.received_at.isoformat() == "2026-10-25T01:30:00+00:00"


def test_an_instant_without_a_time_zone_is_refused(worked: Store) -> None:
    with worked.writing() as session:
        case = session.scalars(sa.select(Case)).first()
        assert case
        case.received_at = datetime(2026, 11, 23, 9)  # noqa: DTZ001
        with pytest.raises(StatementError):
            session.flush()


def test_a_write_raises_the_version_and_an_older_one_is_refused(worked: Store) -> None:
    with Session(worked.engine, expire_on_commit=False) as slow:
        case = slow.scalars(sa.select(Case)).first()
        assert case and case.version
        before, id = case.version, case.id
        slow.commit()
        with worked.writing() as quick:
            quick.get_one(Case, id).entered_by = "quick"
            quick.commit()
            assert quick.get_one(Case, id).version == before + 1
        case.entered_by = "slow"
        with pytest.raises(StaleDataError):
            slow.flush()


def test_bulk_changes_raise_the_version_too(worked: Store) -> None:
    with Session(worked.engine, expire_on_commit=False) as slow:
        cases = slow.scalars(sa.select(Case)).all()
        before = {case.id: case.version or 0 for case in cases}
        slow.commit()
        with worked.writing() as quick:
            mark_changed(quick, list(before), DERIVED_AT)
            quick.commit()
        assert dict(stored_versions(worked)) == {id: version + 1 for id, version in before.items()}
        cases[0].entered_by = "based on what was"
        with pytest.raises(StaleDataError):
            slow.flush()


def stored_versions(store: Store) -> list[tuple[object, int]]:
    with store.reading() as session:
        return [(case.id, case.version or 0) for case in session.scalars(sa.select(Case))]


def test_two_patients_cannot_have_one_number(worked: Store) -> None:
    with worked.writing() as session:
        known = session.scalars(sa.select(Patient)).first()
        assert known
        twin = {c: getattr(known, c) for c in ("identifier_type", "identifier_index", "identifier_sealed", "made_at")}
        session.add(Patient(id=new_key(DERIVED_AT), **twin))
        with pytest.raises(IntegrityError):
            session.flush()


def test_what_belongs_to_a_case_cannot_stay_without_it(worked: Store) -> None:
    for statement in ("DELETE FROM cases", "DELETE FROM patients", "UPDATE cases SET team = 'nobody'"):
        with pytest.raises(IntegrityError), worked.engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_sqlite_keeps_what_was_committed_through_a_power_cut(worked: Store) -> None:
    if worked.engine.dialect.name != "sqlite":
        assert stored(worked, "SHOW synchronous_commit") == ["on"]
        return
    assert stored(worked, "PRAGMA journal_mode") == ["wal"]
    assert stored(worked, "PRAGMA synchronous") == [2]
    assert stored(worked, "PRAGMA foreign_keys") == [1]
