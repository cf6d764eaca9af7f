"""The engine: SQLite in one file or PostgreSQL, set up so that a write waits its turn and a power cut loses nothing."""

import logging
import random
import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from pkui.base.errors import BadInput, Refused
from storage.addresses import parse_url
from storage.secrets import file_key, find_key

READ_WAIT_MS = 5_000
"""How long a read may wait for SQLite's file."""
WRITE_WAIT_SECONDS = 15.0
"""How long a write waits for SQLite's lock."""
_PAUSE_SECONDS = (0.0005, 0.0035)
"""Between two tries for the lock: SQLite's own waiting starves some desks, chance does not."""

LOCK_SECONDS = 5
"""How long a write waits for a row of PostgreSQL before it is run again."""
IDLE_SECONDS = 15
"""How long the server keeps a write's rows for a desk that has gone silent in the middle of it."""
CONNECT_SECONDS = 5
PREPARE_AFTER = 3
"""How often a connection is asked the same before the server keeps its plan: planning costs more than answering."""
CONNECTIONS = {"pool_size": 2, "max_overflow": 4, "pool_timeout": 10}
"""What one desk may open at once: twenty desks stay within the 100 a server allows by itself."""

for _chatty in ("psycopg", "sqlalchemy.pool"):
    # What they would write on a terminal that has no log of its own is raised as well, and told in words.
    logging.getLogger(_chatty).addHandler(logging.NullHandler())


def make_engine(url: str, *, foreign_keys: bool = True, in_a_hurry: bool = True) -> Engine:
    """An engine for a database URL; nothing is opened yet. Errors never print a statement's parameters.

    `in_a_hurry`: somebody waits at a screen, so that a server that does not answer is given up.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed, in_a_hurry)
    if parsed.get_driver_name() == "pysqlcipher":
        engine = _sealed_file(parsed)
    else:
        engine = sa.create_engine(parsed, hide_parameters=True)
    _set_up_sqlite(engine, foreign_keys=foreign_keys)
    return engine


def _sealed_file(url: sa.URL) -> Engine:
    """An engine for a file sealed as a whole. Raises BadInput where the extra is not installed or there is no key."""
    try:
        from sqlcipher3 import dbapi2
    except ModuleNotFoundError as error:
        raise BadInput("no_sqlcipher") from error
    named, database = url.query.get("key_file"), url.database
    key_file = Path(str(named)) if named else None

    def connect() -> Any:
        """A connection that has the file's key. Raises BadInput without one."""
        found = find_key(key_file)
        if found is None:
            raise BadInput("no_key")
        connection = dbapi2.connect(database, check_same_thread=False)
        # Before the key: a wrong one is else told on the terminal, over the screen.
        connection.execute("PRAGMA cipher_log_level=none")
        connection.execute(f"PRAGMA key = \"x'{file_key(found[0]).hex()}'\"")
        return connection

    plain = url.set(drivername="sqlite+pysqlite", query={})
    return sa.create_engine(plain, module=dbapi2, creator=connect, poolclass=sa.pool.QueuePool, hide_parameters=True)


def _postgresql(url: sa.URL, in_a_hurry: bool) -> Engine:
    from storage.patience import ANSWER_SECONDS, PlainCursor, connecting

    known: dict[str, Any] = {"prepare_threshold": None, "connect_timeout": CONNECT_SECONDS, "application_name": "pkui"}
    known["cursor_factory"] = PlainCursor
    connection = connecting(ANSWER_SECONDS if in_a_hurry else None)

    def connect() -> Any:
        """A connection that waits no longer for an answer than it may."""
        arguments, named = engine.dialect.create_connect_args(url)
        made = connection.connect(*arguments, **(dict(named) | known))
        if in_a_hurry:
            made.keep_what_it_may(PREPARE_AFTER, _limits(LOCK_SECONDS))
        # Listened for only where it is needed: every statement of an engine that is listened to is slower.
        if not made.has_limits and not event.contains(engine, "begin", on_begin):
            event.listen(engine, "begin", on_begin)
        return made

    def on_begin(connection: Connection) -> None:
        """A transaction that writes waits no longer for a lock than it may."""
        wait = connection.get_execution_options().get("pkui_write_wait")
        driver: Any = connection.connection.dbapi_connection
        if wait is not None and not driver.has_limits:
            seconds = min(wait, LOCK_SECONDS) if in_a_hurry else wait
            connection.exec_driver_sql(_limits(seconds, until_commit=True))

    engine = sa.create_engine(url, hide_parameters=True, creator=connect, **CONNECTIONS)
    return engine


def _limits(lock_seconds: float, *, until_commit: bool = False) -> str:
    """What a transaction waits for at most: rows of others, and its own desk."""
    limits = {"lock_timeout": lock_seconds, "idle_in_transaction_session_timeout": IDLE_SECONDS}
    set_each = (f"set_config('{name}', '{seconds}s', {until_commit})" for name, seconds in limits.items())
    return f"SELECT {', '.join(set_each)}"


def is_sealed_file(url: str) -> bool:
    """Whether the address is of a file sealed as a whole."""
    return parse_url(url).get_driver_name() == "pysqlcipher"


def require_alone(engine: Engine) -> None:
    """Raises Refused('open_elsewhere') while another desk has a file that is sealed as a whole open."""
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        try:
            # SQLite leaves its write-ahead log only where nobody else has the file open.
            driver.execute("PRAGMA journal_mode=DELETE")
        except Exception as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise Refused("open_elsewhere") from error


def seal_file_anew(engine: Engine, master: bytes) -> None:
    """Seals the whole file with another key, in one transaction of the driver's own; see `require_alone`."""
    require_alone(engine)
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA rekey = \"x'{file_key(master).hex()}'\"")
    engine.dispose()


def sqlite_path(engine: Engine) -> Path | None:
    """The embedded database's file, or None on a server."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None


def connect_to_read(engine: Engine) -> Connection:
    """A connection on which a server answers each statement by itself; the file is read as of one instant."""
    connection = engine.connect()
    # Asked of the connection: an engine of that kind is listened to, and each of its statements is slower.
    return connection if engine.dialect.name == "sqlite" else connection.execution_options(isolation_level="AUTOCOMMIT")


def for_writing(engine: Engine, *, wait_seconds: float = WRITE_WAIT_SECONDS) -> Engine:
    """The same engine whose transactions take SQLite's write lock when they begin, waiting for it that long."""
    return engine.execution_options(pkui_write_wait=wait_seconds)


def _set_up_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        """Durable, with foreign keys; transactions begin where we say."""
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={READ_WAIT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        """A transaction that writes takes the write lock first."""
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
        except Exception as error:
            # SQLCipher's driver has errors of its own, with the same codes.
            code = getattr(error, "sqlite_errorcode", None)
            if code is None:
                raise
            if code & 0xFF != sqlite3.SQLITE_BUSY:
                break
            time.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311
        else:
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")
