"""Sealing every field anew under another key: columns are found by their names, batches stand by themselves.

A field that is sealed in `table.name_sealed` belongs to the place `table.name`; a keyed index of it stands in
`table.name_index`. What is sealed with the new key already is passed by, so that a run that was killed goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from pkui.base.errors import BadInput
from storage.base import table_of
from storage.engine import for_writing
from storage.metadata import metadata
from storage.schema import WAIT_SECONDS
from storage.secrets import Cipher
from storage.store import LOG_KEY, OLD_KEY
from storage.tables.office import Installation
from storage.tables.patients import Patient
from storage.tables.staff import Staff

SEALED, INDEX = "_sealed", "_index"
BATCH_ROWS, BATCH_BYTES = 1_000, 16_000_000
_INSTALLATION, _PATIENTS, _STAFF = table_of(Installation), table_of(Patient), table_of(Staff)


@dataclass(frozen=True)
class Batch:
    """What one transaction did: rows looked at, rows and indexes written, and fields that no key opens."""

    table: str
    seen: int
    resealed: int = 0
    indexes: int = 0
    damaged: int = 0


def sealed_tables() -> list[sa.Table]:
    """Every table with a sealed column; the installation's own keys are changed with its fingerprint."""
    tables = [table for table in metadata.sorted_tables if table.name != _INSTALLATION.name]
    return [table for table in tables if sealed_columns(table)]


def sealed_columns(table: sa.Table) -> list[str]:
    """The names of a table's sealed columns."""
    return [column.name for column in table.columns if column.name.endswith(SEALED)]


def count(connection: Connection) -> int:
    """How many rows hold a sealed field."""
    return sum(
        connection.scalar(sa.select(sa.func.count()).select_from(table).where(_holds_any(table))) or 0
        for table in sealed_tables()
    )


def begin(engine: Engine, old: Cipher, old_key: bytes, new: Cipher) -> bool:
    """Makes the new key the database's, in one transaction; from then on no desk with the old one writes.

    False where another key is the database's meanwhile. The old key stays in the row, sealed with the new one: for
    what is not sealed anew yet, and for what desks still keep of unfinished texts.
    """
    with for_writing(engine, wait_seconds=WAIT_SECONDS).begin() as connection:
        if connection.dialect.name == "postgresql":
            # Waits for every write that has looked at the key, and lets none begin (storage.repeats.take_key).
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS:.0f}s'")
            connection.exec_driver_sql("LOCK TABLE installation IN ACCESS EXCLUSIVE MODE")
        row = connection.execute(sa.select(_INSTALLATION)).one()
        if row.key_fingerprint != old.fingerprint:
            return False
        log_key = new.seal(LOG_KEY, old.open(LOG_KEY, bytes(row.log_key_sealed))) if row.log_key_sealed else None
        connection.execute(
            sa.update(_INSTALLATION).values(
                key_fingerprint=new.fingerprint,
                log_key_sealed=log_key,
                old_key_sealed=new.seal(OLD_KEY, old_key),
                resealing=True,
            )
        )
    return True


def reseal(engine: Engine, old: Cipher, new: Cipher) -> Iterator[Batch]:
    """Seals everything anew, a transaction a batch; stopped at any instant, it can be begun again."""
    for table in sealed_tables():
        after: Any = None
        while True:
            with for_writing(engine, wait_seconds=WAIT_SECONDS).begin() as connection:
                _overwrite(connection)
                keys = _next_keys(connection, table, after)
                batch = _Resealing(connection, table, old, new).batch(keys) if keys else Batch(table.name, 0)
            if not keys:
                break
            after = keys[-1]
            yield batch


def end(connection: Connection) -> int:
    """Ends the change. Colleagues' numbers have an index only: those who are no patients are found by it no more.

    Returns how many people's numbers have to be taken in again.
    """
    known = sa.select(_PATIENTS.c.identifier_index).where(_PATIENTS.c.identifier_index.is_not(None))
    lost = sa.and_(_STAFF.c.identifier_index.is_not(None), _STAFF.c.identifier_index.not_in(known))
    forgotten = connection.execute(sa.update(_STAFF).where(lost).values(identifier_index=None)).rowcount
    connection.execute(sa.update(_INSTALLATION).values(resealing=False))
    return forgotten


def tidy(engine: Engine) -> None:
    """Empties SQLite's journal, in which pages stand as they were before."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def _overwrite(connection: Connection) -> None:
    """What was sealed with the old key is not left in free pages of the file."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _holds_any(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c[name].is_not(None) for name in sealed_columns(table)))


def _next_keys(connection: Connection, table: sa.Table, after: Any) -> list[Any]:
    """The next rows by key: as many as fit a transaction, at least one."""
    (key,) = table.primary_key.columns
    size = sum((sa.func.coalesce(sa.func.length(table.c[name]), 0) for name in sealed_columns(table)), sa.literal(0))
    query = sa.select(key, size).where(_holds_any(table)).order_by(key).limit(BATCH_ROWS)
    if after is not None:
        query = query.where(key > after)
    keys: list[Any] = []
    total = 0
    for found, bytes_ in connection.execute(query):
        total += bytes_
        if keys and total > BATCH_BYTES:
            break
        keys.append(found)
    return keys


class _Resealing:
    """Seals some rows of one table anew."""

    def __init__(self, connection: Connection, table: sa.Table, old: Cipher, new: Cipher) -> None:
        self._connection, self._table, self._old, self._new = connection, table, old, new
        (self._key,) = table.primary_key.columns
        self._resealed = self._indexes = self._damaged = 0
        self._moved: list[dict[str, bytes]] = []

    def batch(self, keys: list[Any]) -> Batch:
        """Writes what is not sealed with the new key yet."""
        names = sealed_columns(self._table)
        for row in self._connection.execute(sa.select(self._table).where(self._key.in_(keys))).mappings().all():
            values: dict[str, bytes] = {}
            for name in names:
                if row[name] is not None:
                    values |= self._anew(name, bytes(row[name]), row)
            if values:
                self._connection.execute(sa.update(self._table).where(self._key == row[self._key.name]).values(values))
                self._resealed += 1
        if self._moved:
            which = _STAFF.c.identifier_index == sa.bindparam("was")
            self._connection.execute(
                sa.update(_STAFF).where(which).values(identifier_index=sa.bindparam("is_now")), self._moved
            )
        return Batch(self._table.name, len(keys), self._resealed, self._indexes, self._damaged)

    def _anew(self, name: str, sealed: bytes, row: Any) -> dict[str, bytes]:
        stem = name.removesuffix(SEALED)
        place, index = f"{self._table.name}.{stem}", f"{stem}{INDEX}"
        try:
            plain = self._old.open(place, sealed)
        except BadInput:
            self._damaged += not _opens(self._new, place, sealed)
            return {}
        values = {name: self._new.seal(place, plain)}
        if index in self._table.c:
            values[index] = self._new.blind_index(place, plain.decode())
            self._indexes += 1
            if self._table is _PATIENTS:
                self._moved.append({"was": bytes(row[index]), "is_now": values[index]})
        return values


def _opens(cipher: Cipher, place: str, sealed: bytes) -> bool:
    try:
        cipher.open(place, sealed)
    except BadInput:
        return False
    return True
