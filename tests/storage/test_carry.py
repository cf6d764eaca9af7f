"""Rows carried from one database to another: every table, both engines, nothing changed on the way."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from storage import schema
from storage.carry import (
    BATCH_ROWS,
    Batch,
    Tallies,
    clear,
    is_empty,
    read_batches,
    rows_of,
    snapshot,
    tally,
    write_batches,
)
from storage.engine import for_writing, make_engine, sqlite_path
from storage.metadata import metadata
from tests import postgres


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_template: Path) -> str:
    """A small demo, for reading only."""
    path = tmp_path_factory.mktemp("carried") / "demo.db"
    shutil.copyfile(demo_template, path)
    return f"sqlite:///{path}"


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = make_engine(url, foreign_keys=False)
    yield engine
    engine.dispose()


def moved(source: str, target: str) -> None:
    """Carries everything to a database that is made for it."""
    schema.upgrade(target)
    with opened(source) as here, opened(target) as there, snapshot(here) as rows, for_writing(there).begin() as into:
        assert write_batches(into, read_batches(rows)) == tally(into)


def counted_in(url: str) -> Tallies:
    """What stands in a database."""
    with opened(url) as engine, snapshot(engine) as connection:
        return tally(connection)


def test_there_and_back_nothing_is_lost_or_changed(demo: str, postgres_server: str, tmp_path: Path) -> None:
    back = f"sqlite:///{tmp_path / 'back.db'}"
    with postgres.database(postgres_server, "template1") as server:
        moved(demo, server)
        moved(server, back)
        tallies = [counted_in(url) for url in (demo, server, back)]
    assert tallies[0] == tallies[1] == tallies[2]
    assert set(tallies[0]) == set(metadata.tables)
    assert rows_of(tallies[0]) > 2 * BATCH_ROWS
    with opened(back) as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None


def test_new_rows_are_numbered_after_those_that_were_carried(demo: str, postgres_server: str) -> None:
    with postgres.database(postgres_server, "template1") as server:
        moved(demo, server)
        with opened(server) as engine, engine.begin() as connection:
            highest = connection.scalar(sa.text("SELECT max(id) FROM events"))
            added = connection.scalar(
                sa.text(
                    "INSERT INTO events (case_id, at, kind, details) SELECT id, now(), 'waiting', '{}' "
                    "FROM cases LIMIT 1 RETURNING id"
                )
            )
    assert (added, highest is not None) == ((highest or 0) + 1, True)


def test_a_row_may_come_before_the_row_it_refers_to(empty_url: str) -> None:
    if path := sqlite_path(make_engine(empty_url)):
        path.parent.mkdir()
    schema.upgrade(empty_url)
    columns = metadata.tables["organizations"].columns.keys()
    plain = dict.fromkeys(columns) | {"ownership": "public", "alias": [], "special": False, "active": True}
    plain["by_hand"] = False
    part = plain | {"id": "a", "name": "Afdeling", "part_of": "z"}
    whole = plain | {"id": "z", "name": "Hospital"}
    engine = make_engine(empty_url)
    with for_writing(engine).begin() as connection:
        sent = write_batches(
            connection, [Batch("organizations", [list(part.values())]), Batch("organizations", [list(whole.values())])]
        )
        assert tally(connection) == sent
        clear(connection)
        assert is_empty(connection)
    engine.dispose()


def change(connection: sa.Connection) -> None:
    connection.execute(sa.text("UPDATE cases SET free_text = free_text || '.' WHERE queue_number = 1"))


def lose(connection: sa.Connection) -> None:
    connection.execute(sa.text("DELETE FROM call_windows WHERE rowid = (SELECT min(rowid) FROM call_windows)"))


@pytest.mark.parametrize(("harm", "table"), [(change, "cases"), (lose, "call_windows")])
def test_one_row_that_is_another_is_noticed(harm: Callable[[sa.Connection], None], table: str, demo: str) -> None:
    with opened(demo) as engine, engine.connect() as connection:
        before = tally(connection)
        harm(connection)
        after = tally(connection)
        connection.rollback()
    assert [name for name in before if before[name] != after[name]] == [table]


def test_a_snapshot_does_not_see_what_is_written_meanwhile(database_url: str) -> None:
    with opened(database_url) as engine, snapshot(engine) as seen:
        batches = read_batches(seen)
        first = next(batches)
        with for_writing(engine).begin() as other:
            other.execute(sa.text("UPDATE counters SET value = 77"))
        rows = {batch.table: batch.rows for batch in [first, *batches]}
    assert rows["counters"] == [["queue_number", 0]]


def test_a_json_column_that_may_be_empty_keeps_null_apart() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns if column.nullable]
    assert all(column.type.none_as_null for column in columns if isinstance(column.type, sa.JSON))
