"""What a database server says of itself and of us: what `doctor` tells the person who runs it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from pkui.services.database import engine_for

OLDEST = 15
"""The oldest major version of PostgreSQL the program is made for."""
CLOCKS_APART_SECONDS = 5.0
"""Holds and retry gaps go by each desk's clock: desks and server must agree this closely."""
CONNECTIONS_SHARE = 0.9

_ASK = sa.text(
    "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version'), "
    "pg_is_in_recovery(), has_table_privilege('events', 'UPDATE') OR has_table_privilege('access_log', 'DELETE'), "
    "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), "
    "current_setting('max_connections')::int, clock_timestamp()"
)


@dataclass(frozen=True)
class ServerState:
    """The server as this desk meets it. `may_change_history`: the role may change events or delete from the log."""

    major: int
    version: str
    is_replica: bool
    may_change_history: bool
    connections: int
    most_connections: int
    seconds_apart: float
    encrypted: bool

    @property
    def new_enough(self) -> bool:
        """Whether the program is made for this version."""
        return self.major >= OLDEST

    @property
    def clocks_agree(self) -> bool:
        """Whether this computer's clock and the server's show nearly the same."""
        return abs(self.seconds_apart) <= CLOCKS_APART_SECONDS

    @property
    def has_room(self) -> bool:
        """Whether more desks can come."""
        return self.connections < CONNECTIONS_SHARE * self.most_connections


def server_state(url: str) -> ServerState | None:
    """What the server says; None for the embedded file. Raises Unreachable with what is wrong."""
    with engine_for(url) as engine:
        if engine.dialect.name != "postgresql":
            return None
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            major, version, is_replica, may_change, used, most, at = connection.execute(_ASK).one()
            here = datetime.now(UTC)
        return ServerState(
            major=major,
            version=version,
            is_replica=is_replica,
            may_change_history=may_change,
            connections=used,
            most_connections=most,
            seconds_apart=(here - at).total_seconds(),
            encrypted=bool(driver.pgconn.ssl_in_use),
        )
