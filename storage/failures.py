"""What a failure of the database means: another desk was in the way, the server was lost, or what is wrong with it."""

import errno
import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

_IN_THE_WAY = {"40001", "40P01", "55P03"}
"""Serialization failure, deadlock, a lock not had in time."""
_GOING_AWAY = {"57P01", "57P02", "57P03", "25006", "53300", "25P03"}
"""Shut down, crashed, starting up, no longer the primary, no connection left, cut off for idling in a transaction."""
_FULL = {"53100"}
_SAID_BY_SERVER = (
    ("too many clients", "server_full"),
    ("too many connections", "server_full"),
    ("remaining connection slots", "server_full"),
    ("query_wait_timeout", "server_full"),
    ("no more connections allowed", "server_full"),
    ("certificate verify failed", "server_not_trusted"),
    ("root certificate file", "server_not_trusted"),
    ("does not match host name", "server_other_name"),
    ("server does not support SSL", "server_plain"),
    ("password authentication failed", "server_refuses"),
    ("no password supplied", "server_refuses"),
    ("pg_hba.conf", "server_refuses"),
    ("not permitted to log in", "server_refuses"),
    ("permission denied", "server_refuses"),
    ("does not exist", "no_database"),
    ("read-only", "server_read_only"),
    ("hot standby", "server_read_only"),
    ("resolve host", "no_server"),
    ("translate host name", "no_server"),
    ("Connection refused", "no_server"),
    ("No route to host", "no_server"),
    ("no answer in time", "no_answer"),
    ("timeout expired", "no_answer"),
)
"""Pieces of what PostgreSQL, its library and pgbouncer say, and our code for it; the first that fits counts.

Of several hosts each says its own: a replica that is still to take over tells more than the one that is gone.
"""

CODES = frozenset(code for _piece, code in _SAID_BY_SERVER) | {"disk_full", "server_full", "unreachable"}
"""Everything `why_unreachable` can answer."""


def is_repeatable(error: BaseException) -> bool:
    """Whether the transaction failed only because another one was in its way, so that it can be run again."""
    if isinstance(error, StaleDataError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if sqlstate(error) in _IN_THE_WAY:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def is_lost(error: BaseException) -> bool:
    """Whether the server was lost under the transaction, or cannot be had at this moment: worth a fresh connection."""
    if not isinstance(error, DBAPIError):
        return False
    state = sqlstate(error)
    if state is not None:
        return is_going_away(state)
    return isinstance(error, OperationalError | InterfaceError) and not of_sqlite(error.orig)


def is_going_away(state: str) -> bool:
    """Whether the five signs say that the server, or this connection to it, is no longer to be had."""
    return state in _GOING_AWAY or state.startswith("08")


def is_unreachable(error: BaseException) -> bool:
    """Whether the database could not be reached or could not store (gone, full, read-only)."""
    if isinstance(error, OperationalError | InterfaceError | sa.exc.TimeoutError):
        return True
    return isinstance(error, DBAPIError) and sqlstate(error) in _GOING_AWAY


def why_unreachable(error: BaseException) -> str:
    """The code of the sentence that tells a person what is wrong with the database."""
    if isinstance(error, sa.exc.TimeoutError):
        return "server_full"
    if isinstance(error, DBAPIError):
        if sqlstate(error) in _FULL or _sqlite_full(error.orig):
            return "disk_full"
        said = str(error.orig)
        for piece, code in _SAID_BY_SERVER:
            if piece in said and not of_sqlite(error.orig):
                return code
    return "unreachable"


def sqlstate(error: BaseException) -> str | None:
    """PostgreSQL's five signs for what went wrong, where it said them."""
    state: Any = getattr(getattr(error, "orig", None), "sqlstate", None)
    return str(state) if state else None


def of_sqlite(error: object) -> bool:
    """Whether the embedded database's driver says so, or that of a file sealed as a whole, whose errors are its own."""
    return isinstance(error, sqlite3.Error) or type(error).__module__.startswith("sqlcipher3")


def _sqlite_full(error: object) -> bool:
    if not of_sqlite(error):
        return False
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or getattr(error, "errno", 0) == errno.ENOSPC
