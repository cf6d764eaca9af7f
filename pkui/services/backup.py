"""Backing up while others write, and restoring what was verified. Needs no person, only the file and the key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.base.keys import new_key
from pkui.domain.codes import DatabaseKind
from pkui.services.retention import anonymise_restored
from storage import schema
from storage.backup import Header, read_backup, read_header, write_backup
from storage.carry import (
    Tallies,
    clear,
    counted,
    is_empty,
    read_batches,
    require_same,
    snapshot,
    tally,
    write_batches,
)
from storage.engine import for_writing, make_engine, sqlite_path
from storage.failures import is_unreachable
from storage.secrets import Cipher, find_key, lies_beside
from storage.tables.office import Installation


@dataclass(frozen=True)
class BackupReport:
    """What was written or restored: the file's size, the cases in it, and how many of them lost their person again."""

    ok: bool
    bytes: int
    cases: int
    anonymised: int = 0


def backup(url: str, file: Path, *, key_file: Path | None) -> BackupReport:
    """Writes one state of the whole database to a new file, and reads the file again to the end.

    Raises Refused where the file is there already, BadInput where the key is not the database's.
    """
    cipher = _cipher(key_file)
    with _engine(url) as engine:
        path = sqlite_path(engine)
        if path is not None and not path.exists():
            raise Unreachable("no_database")
        schema.require_head(engine)
        with snapshot(engine) as connection:
            with Session(connection) as session:
                installation = session.get(Installation, 1)
            if installation is None:
                raise Refused("no_database")
            if installation.key_fingerprint != cipher.fingerprint:
                raise BadInput("wrong_key")
            if installation.resealing:
                raise Refused("key_rotating")
            if installation.kind is DatabaseKind.PRODUCTION and lies_beside(key_file, file):
                raise BadInput("key_beside_backup")
            now = datetime.now(UTC)
            header = Header(new_key(now).hex, now.isoformat(), schema.HEAD, installation.kind.value, cipher.fingerprint)
            written = write_backup(file, header, read_batches(connection), cipher)
    counted(read_backup(file, cipher))
    return _report(file, written)


def restore(url: str, file: Path, *, key_file: Path | None, replace: bool = False) -> BackupReport:
    """Verifies the whole file, then writes it in one transaction and compares what stands there with the file.

    A database that holds anything is left alone unless `replace`; until the transaction ends, the old one is whole.
    """
    header, cipher = read_header(file), _cipher(key_file)
    if header.revision < schema.HEAD:
        raise Refused("backup_older", at=header.revision, needs=schema.HEAD)
    if header.revision > schema.HEAD:
        raise Refused("backup_newer", at=header.revision, needs=schema.HEAD)
    verified = counted(read_backup(file, cipher))
    with _engine(url) as engine:
        _require_place(engine, header, replace=replace)
        schema.upgrade(url)
        with for_writing(engine, wait_seconds=schema.WAIT_SECONDS).begin() as connection:
            schema.lock(connection)
            if not is_empty(connection):
                if not replace:
                    raise Refused("database_not_empty")
                _wait_at_most(connection, schema.WAIT_SECONDS)
                clear(connection)
            _write(connection, file, cipher, verified)
            with Session(connection) as session:
                made = session.get_one(Installation, 1)
                now = datetime.now(UTC) + timedelta(seconds=made.clock_shift_seconds)
                anonymised = anonymise_restored(session, now)
                session.flush()
    return replace_fields(_report(file, verified), anonymised=anonymised)


def _write(connection: Connection, file: Path, cipher: Cipher, verified: Tallies) -> None:
    write_batches(connection, read_backup(file, cipher))
    try:
        require_same(verified, tally(connection))
    except ValueError as error:
        raise BadInput("not_the_same", tables=str(error)) from error
    sqlite = connection.dialect.name == "sqlite"
    if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BadInput("foreign_keys_broken")


def _wait_at_most(connection: Connection, seconds: float) -> None:
    """Desks that are writing end first; one that hangs does not hold a restore for ever."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{seconds:.0f}s'")


def _require_place(engine: Engine, header: Header, *, replace: bool) -> None:
    """Raises Refused before anything is made where the target holds others' tables, or ours and it is not asked for."""
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    if schema.has_foreign_tables(engine):
        raise Refused("not_ours")
    if schema.revision(engine) is None:
        return
    with engine.connect() as connection:
        kind = connection.scalar(sa.text("SELECT kind FROM installation"))
    if kind is not None and not replace:
        raise Refused("database_not_empty")
    if kind is not None and kind != header.kind:
        raise Refused("other_kind", kind=kind)


def _cipher(key_file: Path | None) -> Cipher:
    found = find_key(key_file)
    if found is None:
        raise BadInput("no_key")
    return Cipher(found[0])


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    """An engine nobody waits at, without SQLite's checks row by row: they are made at the end, over everything."""
    engine = make_engine(url, foreign_keys=False, in_a_hurry=False)
    try:
        yield engine
    except SQLAlchemyError as error:
        raise Unreachable("unreachable" if is_unreachable(error) else "not_a_database") from error
    finally:
        engine.dispose()


def _report(file: Path, tallies: Tallies) -> BackupReport:
    return BackupReport(ok=True, bytes=file.stat().st_size, cases=tallies["cases"].rows)
