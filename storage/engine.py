"""The engine: SQLite in one file or PostgreSQL, set up so that a write waits its turn and a power cut loses nothing."""

import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from pkui.base.errors import BadInput

READ_WAIT_MS = 5_000
"""How long a read may wait for SQLite's file."""
WRITE_WAIT_SECONDS = 15.0
"""How long a write waits for SQLite's lock."""
_PAUSE_SECONDS = (0.0005, 0.0035)
"""Between two tries for the lock: SQLite's own waiting starves some desks, chance does not."""

_REPEATABLE_SQLSTATES = {"40001", "40P01", "55P03"}


def make_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine for a database URL; nothing is opened yet. Errors never print a statement's parameters."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = sa.create_engine(
            parsed,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"prepare_threshold": None, "connect_timeout": 5, "application_name": "pkui"},
        )
        event.listen(engine, "handle_error", _hide_row)
        return engine
    engine = sa.create_engine(parsed, hide_parameters=True)
    _set_up_sqlite(engine, foreign_keys=foreign_keys)
    return engine


def parse_url(url: str) -> URL:
    """The URL with the driver we use. Raises BadInput for another engine or a URL that is none."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadInput("bad_database_url") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise BadInput("bad_database_url")
    return parsed.set(drivername="sqlite+pysqlite")


def sqlite_path(engine: Engine) -> Path | None:
    """The embedded database's file, or None on a server."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None


def for_writing(engine: Engine, *, wait_seconds: float = WRITE_WAIT_SECONDS) -> Engine:
    """The same engine whose transactions take SQLite's write lock when they begin, waiting for it that long."""
    return engine.execution_options(pkui_write_wait=wait_seconds)


def _set_up_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={READ_WAIT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        wait = connection.get_execution_options().get("pkui_write_wait")
        if wait is None:
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            _take_write_lock(connection, time.monotonic() + wait)
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={READ_WAIT_MS}")


def _take_write_lock(connection: Connection, until: float) -> None:
    """Begins a writing transaction. A try that fails costs next to nothing, so that whoever holds the lock gets on."""
    driver: Any = connection.connection.dbapi_connection
    while time.monotonic() < until:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                break
            time.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311
        else:
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _hide_row(context: ExceptionContext) -> None:
    """Cuts an error of PostgreSQL to its first line: the lines below quote the row it is about."""
    first = str(context.original_exception).partition("\n")[0]
    context.original_exception.args = (first,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (first,)


def is_repeatable(error: BaseException) -> bool:
    """Whether the transaction failed only because another one was in its way, so that it can be run again."""
    if isinstance(error, StaleDataError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _REPEATABLE_SQLSTATES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def is_unreachable(error: BaseException) -> bool:
    """Whether the database could not be reached or could not store (gone, full, read-only)."""
    return isinstance(error, OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError)
