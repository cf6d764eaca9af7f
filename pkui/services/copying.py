"""Moving in: everything from one database to another, empty one, on either engine, in one go and verified.

The source is read in one state while others may work in it; the target is written in one transaction, so that it holds
all or nothing. Counts and hashes of every table are compared, and the target is checked as `db check` does.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.services.database import Check, check, engine_for
from storage import schema
from storage.addresses import parse_url
from storage.carry import Batch, Tallies, counted, is_empty, read_batches, require_same, snapshot, write_batches
from storage.engine import for_writing, sqlite_path
from storage.metadata import metadata
from storage.secrets import Cipher, find_key
from storage.tables.office import Installation

Told = Callable[[int, int], None]
"""Is told how many rows of how many have been carried."""


@dataclass(frozen=True)
class CopyReport:
    """What was carried, by table, and what the check of the target found."""

    ok: bool
    cases: int
    rows: int
    tables: dict[str, int]
    checks: tuple[Check, ...]


def copy(source: str, target: str, *, key_file: Path | None, told: Told = lambda _done, _all: None) -> CopyReport:
    """Copies a database into an empty one; both keep the same key.

    Raises Refused('database_not_empty') for a target that holds anything, BadInput('not_the_same') where what stands
    there afterwards is not what was read; then the target is left empty.
    """
    if parse_url(source) == parse_url(target):
        raise BadInput("same_database")
    with engine_for(source, in_a_hurry=False) as here:
        schema.require_head(here)
        _require_key(here, key_file)
        with _prepared(target) as there, snapshot(here) as reading:
            carried = _carry(reading, there, told)
    checked = check(target, key_file=key_file)
    tables = {name: one.rows for name, one in carried.items() if one.rows}
    return CopyReport(checked.ok, carried["cases"].rows, sum(tables.values()), tables, checked.checks)


def _require_key(engine: Engine, key_file: Path | None) -> None:
    with Session(engine) as session:
        installation = session.get(Installation, 1)
    if installation is None:
        raise Unreachable("no_database")
    found = find_key(key_file)
    if found is None:
        raise BadInput("no_key")
    if Cipher(found[0]).fingerprint != installation.key_fingerprint:
        raise BadInput("wrong_key")


@contextmanager
def _prepared(url: str) -> Iterator[Engine]:
    """The target's engine with our tables in it, made where they are missing; SQLite's references are checked after."""
    with engine_for(url, foreign_keys=False, in_a_hurry=False, make=True) as engine:
        if schema.has_foreign_tables(engine):
            raise Refused("not_ours")
        schema.upgrade(url)
        yield engine


def _carry(reading: Connection, there: Engine, told: Told) -> Tallies:
    with for_writing(there, wait_seconds=schema.WAIT_SECONDS).begin() as writing:
        schema.lock(writing)
        if not is_empty(writing):
            raise Refused("database_not_empty")
        # Read and written, then read again where they were written: twice as many rows pass as there are.
        every = 2 * _rows(reading)
        sent = write_batches(writing, _counted(read_batches(reading), told, 0, every))
        try:
            require_same(sent, counted(_counted(read_batches(writing), told, every // 2, every)))
        except ValueError as error:
            raise BadInput("not_the_same", tables=str(error)) from error
        if sqlite_path(there) is not None and writing.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise BadInput("foreign_keys_broken")
    return sent


def _rows(connection: Connection) -> int:
    counts = (connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in metadata.sorted_tables)
    return sum(count or 0 for count in counts)


def _counted(batches: Iterable[Batch], told: Told, done: int, every: int) -> Iterator[Batch]:
    for batch in batches:
        yield batch
        done += len(batch.rows)
        told(done, every)
