"""Which databases the demo may be made in, and taking one away again."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pkui.base.errors import Refused, Unreachable
from pkui.domain.codes import DatabaseKind
from storage import schema
from storage.engine import make_engine, sqlite_path
from storage.metadata import metadata
from storage.tables.office import Installation

_SIDE_FILES = ("", "-wal", "-shm", "-journal")


def require_new_or_training(url: str) -> None:
    """Raises Refused for a database that holds tables and is not training; an empty or absent one is well."""
    engine = make_engine(url)
    try:
        if not _absent(engine):
            _require_training(engine)
    finally:
        engine.dispose()


def reset_demo(url: str) -> None:
    """Takes a training database away: its file, or our tables on a server; the key file stays.

    Nothing happens where there is none. Raises Refused where the database holds something else: it is left alone.
    """
    engine = make_engine(url)
    path = sqlite_path(engine)
    try:
        if _absent(engine) or not _require_training(engine):
            return
        if path is None:
            with engine.begin() as connection:
                metadata.drop_all(connection)
                connection.execute(sa.text("DROP TABLE alembic_version"))
    finally:
        engine.dispose()
    if path is not None:
        for suffix in _SIDE_FILES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _absent(engine: Engine) -> bool:
    path = sqlite_path(engine)
    return path is not None and (not path.exists() or path.stat().st_size == 0)


def _require_training(engine: Engine) -> bool:
    """Whether it holds our tables; raises Refused when it holds others, or ours with real people."""
    try:
        if schema.has_foreign_tables(engine):
            raise Refused("not_ours")
        if schema.revision(engine) is None:
            return False
        with engine.connect() as connection:
            kind = connection.scalar(sa.select(sa.inspect(Installation).local_table.c.kind))
    except sa.exc.OperationalError as error:
        raise Unreachable("unreachable") from error
    except sa.exc.DatabaseError as error:
        raise Unreachable("not_a_database") from error
    if kind is not DatabaseKind.TRAINING:
        raise Refused("not_training")
    return True
