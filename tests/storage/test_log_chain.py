"""The access log as chains: whatever is edited, deleted or moved, the first row that is not as written is named."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import Role
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from storage.log_chain import Break, Entry, Verified, append, cut, seal, verify
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.steps import received, stored

ROWS = 6


@pytest.fixture
def logged(desk: Desk, desk_as: DeskAs) -> Desk:
    """A desk whose person has opened six cases, between those of a colleague and of the system."""
    numbers = [received(desk, number) for number in range(1, ROWS + 1)]
    adviser, colleague = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    for number in numbers:
        open_case(adviser, number)
        open_case(colleague, number)
    return adviser


def checked(store: Store) -> Verified:
    with store.reading() as session:
        return verify(session, store.log_key)


def tamper(store: Store, *statements: str, **values: object) -> None:
    """Changes the database as somebody who may do everything to it but has not the key."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            names = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            for name in names:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        for statement in statements:
            found = connection.execute(sa.text(statement).bindparams(**_of(statement, values)))
            assert found.rowcount, statement


def _of(statement: str, values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


def mine(desk: Desk) -> object:
    """The person's key as the engine stores it."""
    id = desk.person.id
    return id if desk.store.engine.dialect.name == "postgresql" else id.bytes


def test_req_2_an_untouched_log_is_whole(logged: Desk) -> None:
    found = checked(logged.store)
    assert found.first is None
    assert found.rows == 3 * ROWS
    assert found.chains == 3
    assert stored(logged.store, "SELECT number FROM access_log WHERE staff_id = :me ORDER BY id", me=mine(logged)) == [
        *range(1, ROWS + 1)
    ]


EDITS = {
    "what": "UPDATE access_log SET what = 'other' WHERE staff_id = :me AND number = 3",
    "whose": "UPDATE access_log SET patient_id = NULL WHERE staff_id = :me AND number = 3",
    "why": "UPDATE access_log SET purpose = 'in_a_call' WHERE staff_id = :me AND number = 3",
    "hits": "UPDATE access_log SET hits = 0 WHERE staff_id = :me AND number = 3",
    "signature": "UPDATE access_log SET mac = (SELECT mac FROM access_log WHERE staff_id = :me AND number = 2) "
    "WHERE staff_id = :me AND number = 3",
}


@pytest.mark.parametrize("edit", EDITS)
def test_req_2_an_edit_shows(logged: Desk, edit: str) -> None:
    tamper(logged.store, EDITS[edit], me=mine(logged))
    assert checked(logged.store).first == Break(logged.person.id, 3, "changed")


@pytest.mark.parametrize("number", [1, 3, ROWS])
def test_req_2_a_deletion_shows_also_of_the_newest_row(logged: Desk, number: int) -> None:
    tamper(logged.store, f"DELETE FROM access_log WHERE staff_id = :me AND number = {number}", me=mine(logged))
    assert checked(logged.store).first == Break(logged.person.id, number, "missing")


def test_req_2_a_deletion_shows_when_the_rest_is_numbered_anew(logged: Desk) -> None:
    tamper(
        logged.store,
        "DELETE FROM access_log WHERE staff_id = :me AND number = 3",
        *(f"UPDATE access_log SET number = {n - 1} WHERE staff_id = :me AND number = {n}" for n in range(4, ROWS + 1)),
        f"UPDATE access_chains SET number = {ROWS - 1} WHERE id = :me",
        me=mine(logged),
    )
    assert checked(logged.store).first == Break(logged.person.id, 3, "changed")


def test_req_2_another_order_shows(logged: Desk) -> None:
    tamper(
        logged.store,
        "UPDATE access_log SET number = 100 WHERE staff_id = :me AND number = 3",
        "UPDATE access_log SET number = 3 WHERE staff_id = :me AND number = 4",
        "UPDATE access_log SET number = 4 WHERE staff_id = :me AND number = 100",
        me=mine(logged),
    )
    assert checked(logged.store).first == Break(logged.person.id, 3, "changed")


def test_req_2_a_row_put_in_shows(logged: Desk) -> None:
    columns = "at, staff_id, kind, what, place, mac"
    tamper(
        logged.store,
        f"INSERT INTO access_log (number, {columns}) SELECT {ROWS + 1}, {columns} FROM access_log "
        f"WHERE staff_id = :me AND number = {ROWS}",
        me=mine(logged),
    )
    assert checked(logged.store).first == Break(logged.person.id, ROWS + 1, "changed")


def test_req_2_a_shorter_log_with_its_end_moved_back_shows(logged: Desk) -> None:
    tamper(
        logged.store,
        f"DELETE FROM access_log WHERE staff_id = :me AND number = {ROWS}",
        f"UPDATE access_chains SET number = {ROWS - 1}, mac = (SELECT mac FROM access_log WHERE staff_id = :me "
        f"AND number = {ROWS - 1}) WHERE id = :me",
        me=mine(logged),
    )
    assert checked(logged.store).first == Break(logged.person.id, ROWS - 1, "no_end")


def test_req_2_a_whole_chain_taken_away_shows_once_the_day_is_sealed(logged: Desk) -> None:
    today = logged.clock.now().date()
    with logged.store.writing() as session:
        assert seal(session, logged.store.log_key, today, logged.clock.now())
        assert not seal(session, logged.store.log_key, today, logged.clock.now())
        session.commit()
    found = checked(logged.store)
    assert (found.first, found.seals, found.sealed_to) == (None, 1, today)
    tamper(
        logged.store,
        "DELETE FROM access_log WHERE staff_id = :me",
        "DELETE FROM access_chains WHERE id = :me",
        me=mine(logged),
    )
    assert checked(logged.store).first == Break(logged.person.id, ROWS, "missing")


def test_req_2_a_changed_seal_shows(logged: Desk) -> None:
    now = logged.clock.now()
    with logged.store.writing() as session:
        for days in (2, 1):
            assert seal(session, logged.store.log_key, now.date() - timedelta(days=days), now)
        session.commit()
    assert checked(logged.store).first is None
    tamper(logged.store, "UPDATE access_seals SET day = '2020-01-01' WHERE number = 1")
    broken = checked(logged.store).first
    assert broken is not None
    assert (broken.number, broken.why) == (1, "seal_changed")


def test_req_4_rows_whose_time_is_over_are_deleted_and_the_rest_still_verifies(logged: Desk) -> None:
    store, now = logged.store, logged.clock.now()
    late = Entry(AccessKind.LOOK_UP, "case", now + timedelta(days=1), logged.person.id, "test")
    with store.writing() as session:
        append(session.connection(), store.log_key, [late])
        session.commit()
    with store.writing() as session:
        assert cut(session, store.log_key, now + timedelta(hours=1), now + timedelta(days=800)) == 3 * ROWS
        session.commit()
    assert stored(store, "SELECT number FROM access_log") == [ROWS + 1]
    assert checked(store).first is None
    tamper(store, "UPDATE access_cuts SET number = number + 1 WHERE chain = :me", me=mine(logged))
    assert checked(store).first is not None


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET what = 'other'",
        "DELETE FROM access_log",
        "DELETE FROM access_chains",
        "UPDATE access_chains SET number = 1",
        "UPDATE events SET kind = 'closed'",
        "UPDATE events SET reason = 'another'",
        "DELETE FROM events",
    ],
)
def test_req_2_the_program_itself_cannot_change_log_or_history(logged: Desk, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), logged.store.engine.begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_an_event_may_lose_its_words(logged: Desk) -> None:
    with logged.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE events SET reason = NULL, details = '{}'"))
