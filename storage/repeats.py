"""Keys of writes: stored with the write, they tell a repeat that the first try was carried out after all."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.errors import Refused
from pkui.base.keys import new_key
from storage.revision import HEAD
from storage.tables.sharing import WriteKey

KEPT_FOR = timedelta(days=2)
"""No desk repeats a write for that long."""

_REVISION = "(SELECT version_num FROM alembic_version)"
_TAKE = sa.text(
    f"INSERT INTO write_keys (key) SELECT :key WHERE {_REVISION} = :head ON CONFLICT DO NOTHING RETURNING 1"
).bindparams(sa.bindparam("key", type_=WriteKey.__table__.c.key.type))  # type: ignore[attr-defined]


def take_key(session: Session, key: UUID) -> bool:
    """Stores the key as the first thing of a write; False when that write has been carried out before.

    A first try that is still under way on the server is waited for. Raises Refused('restart_needed') where the schema
    has been moved on under an open desk.
    """
    if session.connection().execute(_TAKE, {"key": key, "head": HEAD}).first() is not None:
        return True
    at = session.scalar(sa.text(f"SELECT {_REVISION}"))
    if at != HEAD:
        raise Refused("restart_needed", at=at, knows=HEAD)
    return False


def forget_keys(session: Session, now: datetime) -> None:
    """Throws away the keys of writes that nobody repeats any more."""
    oldest = UUID(int=new_key(now - KEPT_FOR).int >> 80 << 80)
    session.execute(sa.delete(WriteKey).where(col(WriteKey.key) < oldest))
