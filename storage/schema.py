"""Creates and moves the schema by Alembic from package code, also when several processes start at once."""

from importlib.resources import files

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from pkui.base.errors import BadInput, Refused
from storage.engine import for_writing, make_engine
from storage.revision import HEAD as HEAD

WAIT_SECONDS = 60.0
"""How long a process waits while another one makes or moves the schema."""
_LOCK = 0x706B7569


def revision(engine: Engine) -> str | None:
    """The step the database is at, or None where it has no schema of ours."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def require_head(engine: Engine) -> None:
    """Raises Refused when the database has no schema, an older one, or one this program does not know."""
    at = revision(engine)
    if at is None:
        raise Refused("no_database")
    if at < HEAD:
        raise Refused("database_older", at=at, needs=HEAD)
    if at > HEAD:
        raise Refused("database_newer", at=at, knows=HEAD)


def has_foreign_tables(engine: Engine) -> bool:
    """Whether the database holds tables but not our schema."""
    names = sa.inspect(engine).get_table_names()
    return bool(names) and "alembic_version" not in names


def upgrade(url: str) -> str:
    """Moves the database to HEAD in one transaction under a lock; does nothing where it is there already."""
    engine = make_engine(url, foreign_keys=False, in_a_hurry=False)
    try:
        with for_writing(engine, wait_seconds=WAIT_SECONDS).begin() as connection:
            lock(connection)
            _run(connection)
            if engine.dialect.name == "sqlite" and connection.execute(sa.text("PRAGMA foreign_key_check")).first():
                raise BadInput("foreign_keys_broken")
    finally:
        engine.dispose()
    return HEAD


def lock(connection: sa.Connection) -> None:
    """Lets one process at a time make the schema and what stands in it from the start; held until the transaction ends.

    On SQLite the write lock does that. Loading the steps takes longer than a desk may be idle in a transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SET LOCAL idle_in_transaction_session_timeout = '{WAIT_SECONDS:.0f}s'"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _run(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("storage") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
