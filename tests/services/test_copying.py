"""Moving in: a whole database to the other engine and back, verified, and never over what somebody has."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from pkui.base.errors import BadInput, PkuiError, Refused, Unreachable
from pkui.domain.codes import ContactResult, FactSource, Party, Role
from pkui.services import database
from pkui.services.cases import open_case, take
from pkui.services.contacts import log_contact
from pkui.services.copying import copy
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.grants import grants
from pkui.services.notes import add_note
from pkui.services.people import sign_in
from pkui.services.queue import take_next
from storage.store import open_store
from tests import postgres
from tests.conftest import DeskAs
from tests.services.steps import ALWAYS, everything, received, stored


@pytest.fixture
def other_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Nothing yet, on the other engine."""
    if engine_name == "postgres":
        yield f"sqlite:///{tmp_path / 'moved' / 'pkui.db'}"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), "template1") as url:
        yield url


def worked(desk: Desk, adviser: Desk) -> None:
    """Some days of work: cases of several people, contacts, facts, notes, a booking's worth of history."""
    for one in range(1, 8):
        received(desk, one, call_windows=ALWAYS)
    first = take_next(adviser).record.queue_number
    log_contact(adviser, first, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    number = next(one for one in range(1, 8) if one != first)
    take(adviser, number)
    add_note(adviser, number, "æøå € – “citat”\nto linjer")
    record_fact(adviser, number, "referral_received", "2026-11-02", source=FactSource.PATIENT)


def test_everything_goes_to_the_other_engine_and_back(
    desk: Desk, desk_as: DeskAs, other_url: str, key_file: Path, tmp_path: Path
) -> None:
    worked(desk, desk_as(Role.ADVISER))
    told: list[tuple[int, int]] = []
    report = copy(desk.store.url, other_url, key_file=key_file, told=lambda done, every: told.append((done, every)))
    assert (report.ok, report.cases) == (True, 7)
    assert told[-1] == (2 * report.rows, 2 * report.rows) and told == sorted(told)
    back = tmp_path / "back" / "pkui.db"
    assert copy(other_url, f"sqlite:///{back}", key_file=key_file).tables == report.tables
    if desk.store.engine.dialect.name == "sqlite":
        again = open_store(f"sqlite:///{back}", key_file=key_file)
        assert everything(again) == everything(desk.store)
        again.close()
    there = open_store(other_url, key_file=key_file)
    moved = Desk(there, desk.clock, sign_in(there, None, desk.clock.now(), strict=False))
    number = stored(there, "SELECT c.queue_number FROM cases c JOIN notes n ON n.case_id = c.id")[0]
    assert open_case(moved, number).notes[0].text == "æøå € – “citat”\nto linjer"
    assert received(moved, 8) == 8, "numbers go on"
    assert add_note(moved, 8, "arbejdet går videre").notes
    there.close()


def test_nothing_is_written_over_and_a_copy_that_fails_leaves_an_empty_database(
    desk: Desk, other_url: str, key_file: Path, tmp_path: Path
) -> None:
    received(desk, 1)

    def broken(done: int, every: int) -> None:
        if done > every // 3:
            raise BadInput("interrupted")

    with pytest.raises(BadInput, match="interrupted"):
        copy(desk.store.url, other_url, key_file=key_file, told=broken)
    for look in (partial(database.check, key_file=key_file), database.info):
        with pytest.raises(Unreachable, match="no_database"):
            look(other_url)
    assert copy(desk.store.url, other_url, key_file=key_file).ok
    with pytest.raises(Refused, match="database_not_empty"):
        copy(desk.store.url, other_url, key_file=key_file)
    with pytest.raises(BadInput, match="same_database"):
        copy(desk.store.url, desk.store.url, key_file=key_file)
    other_key = tmp_path / "other.key"
    other_key.write_text("71" * 32)
    with pytest.raises(PkuiError, match="wrong_key"):
        copy(desk.store.url, f"sqlite:///{tmp_path / 'no.db'}", key_file=other_key)


@pytest.mark.parametrize("engine_name", ["postgres"])
def test_the_restricted_role_works_and_changes_no_history(desk: Desk, database_url: str, key_file: Path) -> None:
    """Really being that role: the day's work goes, history and log can only be added to."""
    role = f"desk_{database_url[-8:]}"
    person = f"{role}_anna"
    with psycopg.connect(database_url, autocommit=True) as owner:
        for statement in grants(role):
            owner.execute(statement.encode())
        owner.execute(f"CREATE ROLE {person} LOGIN PASSWORD 'x' IN ROLE {role}".encode())
    hers = database_url.replace(database_url.partition("://")[2].partition("@")[0], f"{person}:x")
    try:
        store = open_store(hers, key_file=key_file)
        anna = Desk(store, desk.clock, sign_in(store, None, desk.clock.now(), strict=False))
        number = received(anna, 1, call_windows=ALWAYS)
        take_next(anna)
        assert add_note(anna, number, "et notat").notes
        for table in ("events", "access_log", "access_seals", "access_cuts"):
            for change in (f"UPDATE {table} SET at = at", f"DELETE FROM {table}", f"TRUNCATE {table}"):
                with pytest.raises(ProgrammingError, match="permission denied"):
                    stored(store, change.replace("SET at = at", "SET number = 1") if "seals" in table else change)
        for change in (
            "DELETE FROM access_chains",
            "UPDATE installation SET kind = 'training'",
            "UPDATE alembic_version SET version_num = ''",
            "DROP TABLE cases",
            "CREATE TABLE mine (id int)",
            "ALTER TABLE events DISABLE TRIGGER ALL",
        ):
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                stored(store, change)
        store.close()
    finally:
        with psycopg.connect(database_url, autocommit=True) as owner:
            for one in (person, role):
                owner.execute(f"DROP OWNED BY {one}".encode())
                owner.execute(f"DROP ROLE {one}".encode())


@pytest.mark.parametrize("name", ["", "Anna", "x; DROP TABLE cases", "å", "1a", "a" * 64])
def test_a_role_that_would_need_quoting_is_refused(name: str) -> None:
    if name:
        with pytest.raises(BadInput, match="bad_role_name"):
            grants(name)
    else:
        assert any("pkui_desk" in one for one in grants(name))
