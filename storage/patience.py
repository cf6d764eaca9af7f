"""A connection to PostgreSQL that does not wait for ever: a network that has gone silent is given up."""

from typing import Any

import psycopg
from psycopg import errors
from psycopg.abc import RV, PQGen
from psycopg.pq import ExecStatus

from storage.failures import is_going_away

ANSWER_SECONDS = 10.0
"""How long a statement of a desk may take to be answered. Row locks give up before (`LOCK_SECONDS`)."""


class PlainCursor(psycopg.Cursor[Any]):
    """Describes columns by name and type alone: the driver's own objects cost more than reading a row."""

    @property
    def description(self) -> Any:
        """What a result set's columns are, as the DB-API lays down; None where there is no result set."""
        found = self.pgresult
        if found is None or found.status != ExecStatus.TUPLES_OK:
            return None
        return [
            ((found.fname(at) or b"").decode(), found.ftype(at), None, None, None, None, None)
            for at in range(found.nfields)
        ]


class PatientConnection(psycopg.Connection[Any]):
    """Closes itself when an answer does not come within `answer_within` seconds; None waits for ever."""

    answer_within: float | None = ANSWER_SECONDS
    has_limits = False
    """Whether the server knows for the whole connection what a transaction of it waits for at most."""

    def keep_what_it_may(self, prepare_after: int, limits: str) -> None:
        """Lets the server keep plans of what is asked again and again, and the limits of every transaction.

        Not where pgbouncer is in between, which gives each transaction another connection of its own: the process it
        says to be is not the one that answers.
        """
        self.autocommit = True
        if self.execute("SELECT pg_backend_pid()").fetchone() == (self.info.backend_pid,):
            self.execute(limits)
            self.prepare_threshold, self.has_limits = prepare_after, True
        self.autocommit = False

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Waits for the answer. Raises OperationalError when it does not come; the connection is closed then.

        The server may still carry out what was sent: only a write that is recognised when repeated may be repeated. An
        error is cut to its first line: those below quote the row it is about. Where the server says that it goes away,
        the connection is closed, so that the pool gives up its others with it.
        """
        try:
            return super().wait(gen, interval, self.answer_within if timeout is None else timeout)
        except errors._WaitTimeout as silence:
            self.pgconn.finish()
            raise errors.OperationalError("no answer in time") from silence
        except psycopg.Error as error:
            error.args = (str(error).partition("\n")[0],)
            if error.sqlstate and is_going_away(error.sqlstate):
                self.pgconn.finish()
            raise


def connecting(answer_within: float | None) -> type[PatientConnection]:
    """The class of connections with that patience."""
    return type("PatientConnection", (PatientConnection,), {"answer_within": answer_within})
