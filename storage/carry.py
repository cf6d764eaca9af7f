"""Carries the rows of every table, from a snapshot, in foreign-key order and in batches, with counts and hashes.

Both a backup and a move to another engine read and write by this module, so that neither can forget a table.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.metadata import metadata
from storage.types import Key

BATCH_ROWS = 500
_BATCH_OF_SEALED = 20
"""Rows with sealed bodies, of which one may be 25 MB."""
_MODULUS = 1 << 256

Plain = list[Any]
"""One row as JSON can hold it, in the order of the table's columns."""


@dataclass(frozen=True)
class Batch:
    """Some rows of one table; sealed fields are carried as they are."""

    table: str
    rows: list[Plain]


@dataclass(frozen=True)
class Tally:
    """How many rows a table has, and a SHA-256 sum over them that neither engine nor order of rows changes."""

    rows: int
    digest: str


Tallies = dict[str, Tally]


class Counting:
    """Adds batches up as they pass by; a table without rows has a tally too."""

    def __init__(self) -> None:
        self._rows = {table.name: 0 for table in metadata.sorted_tables}
        self._sums = dict(self._rows)

    def add(self, batch: Batch) -> None:
        """Counts the rows and adds their hashes."""
        self._rows[batch.table] += len(batch.rows)
        self._sums[batch.table] += sum(_hash(row) for row in batch.rows)

    def result(self) -> Tallies:
        """What has passed by so far, by table."""
        return {name: Tally(rows, f"{self._sums[name] % _MODULUS:064x}") for name, rows in self._rows.items()}


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the whole database for as long as it is open, while others write."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def read_batches(connection: Connection) -> Iterator[Batch]:
    """Every row of every table, what is referred to before what refers to it."""
    for table in metadata.sorted_tables:
        sealed = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
        size = _BATCH_OF_SEALED if sealed else BATCH_ROWS
        rows = connection.execute(sa.select(table).execution_options(yield_per=size))
        for part in rows.partitions():
            yield Batch(table.name, [[_plain(value) for value in row] for row in part])


def tally(connection: Connection) -> Tallies:
    """What stands in every table."""
    return counted(read_batches(connection))


def counted(batches: Iterable[Batch]) -> Tallies:
    """The tallies of the batches."""
    counting = Counting()
    for batch in batches:
        counting.add(batch)
    return counting.result()


def write_batches(connection: Connection, batches: Iterable[Batch]) -> Tallies:
    """Writes batches that come in the order of `read_batches` into empty tables; returns what was handed in.

    References to rows that may come later are filled in at the end. The caller commits.
    """
    counting, later = Counting(), _Later()
    for batch in batches:
        counting.add(batch)
        table = metadata.tables[batch.table]
        rows = [_values(table, row) for row in batch.rows]
        connection.execute(sa.insert(table), later.without(table, rows))
    later.fill_in(connection)
    _number_on(connection)
    if connection.dialect.name == "postgresql":
        # Plans are good from the first statement on, not only when the server comes to count the rows by itself.
        connection.exec_driver_sql("ANALYZE")
    return counting.result()


def require_same(wanted: Tallies, found: Tallies) -> None:
    """Raises ValueError with the names of tables whose rows differ."""
    if different := sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)):
        raise ValueError(", ".join(different))


def clear(connection: Connection) -> None:
    """Empties every table within the caller's transaction. On SQLite the engine must not check foreign keys.

    The triggers that keep history as it was written are away for as long as that takes.
    """
    if connection.dialect.name == "postgresql":
        names = ", ".join(connection.dialect.identifier_preparer.format_table(one) for one in metadata.sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names}")
        return
    guards = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in reversed(metadata.sorted_tables):
        connection.execute(sa.delete(table))
    for _name, sql in guards:
        connection.exec_driver_sql(sql)


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row."""
    return not any(connection.scalar(sa.select(sa.exists(sa.select(table)))) for table in metadata.sorted_tables)


class _Later:
    """Columns that refer to the same table or in a circle: written empty first, filled in when every row is there."""

    def __init__(self) -> None:
        self._columns: dict[str, list[str]] = {}
        self._values: dict[str, list[dict[str, Any]]] = {}
        place = {table.name: number for number, table in enumerate(metadata.sorted_tables)}
        for table in metadata.sorted_tables:
            for constraint in table.foreign_key_constraints:
                if place[constraint.referred_table.name] >= place[table.name]:
                    self._columns.setdefault(table.name, []).extend(constraint.column_keys)

    def without(self, table: sa.Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows with those columns empty; what they held is kept."""
        columns = self._columns.get(table.name, ())
        if not columns:
            return rows
        keys = [column.name for column in table.primary_key.columns]
        kept = self._values.setdefault(table.name, [])
        kept += [
            {f"key_{key}": row[key] for key in keys} | {f"to_{name}": row[name] for name in columns}
            for row in rows
            if any(row[name] is not None for name in columns)
        ]
        return [row | dict.fromkeys(columns) for row in rows]

    def fill_in(self, connection: Connection) -> None:
        """Writes what was kept."""
        for name, values in self._values.items():
            if values:
                table = metadata.tables[name]
                keys = (key == sa.bindparam(f"key_{key.name}", type_=key.type) for key in table.primary_key.columns)
                to = {one: sa.bindparam(f"to_{one}", type_=table.c[one].type) for one in self._columns[name]}
                connection.execute(sa.update(table).where(*keys).values(to), values)


def _number_on(connection: Connection) -> None:
    """Lets PostgreSQL's identity columns go on after the highest number that was written; SQLite does so itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.identity is not None:
                highest = connection.scalar(sa.select(sa.func.max(column)))
                sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
                connection.execute(sa.select(sa.func.setval(sequence, highest or 1, highest is not None)))


def _number(value: Any) -> Any:
    """A whole number is the same with or without a point: SQLite keeps a JSON column's 60.0 as 60."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _hash(row: Plain) -> int:
    text = json.dumps([_number(value) for value in row], sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case UUID():
            return value.hex
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
    return value


def _values(table: sa.Table, row: Plain) -> dict[str, Any]:
    return {column.name: _value(column.type, one) for column, one in zip(table.columns, row, strict=True)}


def _value(kind: Any, plain: Any) -> Any:
    """A value as its column takes it. Raises ValueError for one that is none of the column's."""
    if plain is None:
        return None
    match kind:
        case Key():
            return UUID(hex=plain)
        case sa.Enum():
            return kind.enum_class(plain) if kind.enum_class else plain
        case UTCDateTime():
            return datetime.fromisoformat(plain)
        case sa.Date():
            return date.fromisoformat(plain)
        case sa.Time():
            return time.fromisoformat(plain)
        case sa.LargeBinary():
            return base64.b64decode(plain, validate=True)
    return plain


def rows_of(tallies: Mapping[str, Tally]) -> int:
    """All rows of all tables."""
    return sum(one.rows for one in tallies.values())
