"""Keys of writes: stored with the write, they tell a repeat that the first try was carried out after all."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.errors import Refused
from pkui.base.keys import new_key
from storage.base import table_of
from storage.fixed import Fixed
from storage.revision import HEAD
from storage.tables.sharing import WriteKey

KEPT_FOR = timedelta(days=2)
"""No desk repeats a write for that long."""

_KEY = sa.bindparam("key", type_=table_of(WriteKey).c.key.type)
_TAKE = Fixed(
    sa.text(
        "INSERT INTO write_keys (key) SELECT :key FROM installation, alembic_version "
        "WHERE key_fingerprint = :fingerprint AND version_num = :head ON CONFLICT DO NOTHING "
        "RETURNING (SELECT count(*) FROM office_settings)"
    ).bindparams(_KEY)
)
_WHY_NOT = sa.text(
    "SELECT version_num, (SELECT count(*) FROM write_keys WHERE key = :key) FROM alembic_version"
).bindparams(_KEY)


def take_key(connection: sa.Connection, key: UUID, fingerprint: str) -> int | None:
    """Stores the key as the first thing of a write; None when that write has been carried out before.

    What comes back else is the edition of the office's settings (`storage.office`), asked for on the same way.

    A first try that is still under way on the server is waited for. Raises Refused('restart_needed') where the schema
    has been moved on under an open desk, and Refused('key_changed') where fields are sealed with another key now. On
    PostgreSQL the look at that key holds its table, so that it cannot be changed before this transaction ends.
    """
    for (edition,) in _TAKE.rows(connection, {"key": key, "fingerprint": fingerprint, "head": HEAD}):
        return int(edition)
    at, carried_out = connection.execute(_WHY_NOT, {"key": key}).one()
    if at != HEAD:
        raise Refused("restart_needed", at=at, knows=HEAD)
    if not carried_out:
        raise Refused("key_changed")
    return None


def forget_keys(session: Session, now: datetime) -> None:
    """Throws away the keys of writes that nobody repeats any more."""
    oldest = UUID(int=new_key(now - KEPT_FOR).int >> 80 << 80)
    session.execute(sa.delete(WriteKey).where(col(WriteKey.key) < oldest))
