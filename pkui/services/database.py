"""The database as a whole: made, upgraded, checked and described. Needs no person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlmodel import Session, col

from pkui.base.clock import TRAINING_START
from pkui.base.errors import BadInput, PkuiError, Refused, Unreachable
from pkui.domain.codes import DatabaseKind
from storage import schema
from storage.engine import make_engine, sqlite_path
from storage.failures import is_unreachable, why_unreachable
from storage.log_chain import verify
from storage.secrets import Cipher, find_key
from storage.store import LOG_KEY, QUEUE_NUMBERS, SYSTEM_USERNAME, create_store
from storage.tables.cases import Case
from storage.tables.office import Counter, Installation
from storage.tables.staff import Staff


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `found` holds numbers and codes only."""

    name: str
    ok: bool
    found: Any = None


@dataclass(frozen=True)
class Report:
    """What was found of a database; `ok` when every check is."""

    revision: str | None
    checks: tuple[Check, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(check.ok for check in self.checks)


def init(url: str, *, training: bool, key_file: Path | None, now: datetime | None) -> Report:
    """Makes the database, or keeps one of the same kind. `now` freezes the clock; only training databases take it."""
    if now is not None and not training:
        raise BadInput("now_on_real_database")
    real = datetime.now(UTC)
    started = TRAINING_START.astimezone(UTC)
    create_store(
        url,
        kind=DatabaseKind.TRAINING if training else DatabaseKind.PRODUCTION,
        made_at=(now or started) if training else real,
        clock_shift=started - real if training else real - real,
        key_file=key_file,
    ).close()
    return Report(schema.HEAD, (Check("revision", True, schema.HEAD),))


def upgrade(url: str) -> Report:
    """Moves the schema to the newest step. Raises what `require_head` raises for a database that is not ours."""
    with engine_for(url) as engine:
        before = schema.revision(engine)
        if before is None:
            raise Refused("not_ours" if schema.has_foreign_tables(engine) else "no_database")
        if before > schema.HEAD:
            schema.require_head(engine)
    schema.upgrade(url)
    return Report(schema.HEAD, (Check("revision", True, schema.HEAD), Check("before", True, before)))


def check(url: str, *, key_file: Path | None) -> Report:
    """Looks at the file's integrity, foreign keys, the migration step, the key and the counter of queue numbers."""
    with engine_for(url, in_a_hurry=False) as engine:
        at = schema.revision(engine)
        found = [Check("revision", at == schema.HEAD, at)]
        if at == schema.HEAD:
            found += [_integrity(engine), _foreign_keys(engine), _key(engine, key_file), _counter(engine)]
            found.append(_log_chain(engine, key_file))
        return Report(at, tuple(found))


def info(url: str) -> Report:
    """What the database is: engine, kind, when it was made, and how many cases are open and closed."""
    with engine_for(url) as engine:
        schema.require_head(engine)
        with Session(engine) as session:
            installation = _installation(session)
            counted = {
                open_: session.scalar(sa.select(sa.func.count()).where(condition)) or 0
                for open_, condition in (
                    (True, col(Case.closed_at).is_(None)),
                    (False, col(Case.closed_at).is_not(None)),
                )
            }
        facts = {
            "engine": engine.dialect.name,
            "kind": installation.kind.value,
            "made_at": installation.made_at,
            "open": counted[True],
            "closed": counted[False],
        }
        return Report(schema.HEAD, tuple(Check(name, True, value) for name, value in facts.items()))


def is_filled(url: str) -> bool:
    """Whether a database of ours is there with people or cases in it. Raises Unreachable when that cannot be known."""
    path = sqlite_path(make_engine(url))
    if path is not None and not path.exists():
        return False
    with engine_for(url) as engine:
        if schema.revision(engine) is None:
            return False
        with Session(engine) as session:
            cases = session.scalar(sa.select(sa.exists(sa.select(col(Case.id)))))
            people = session.scalar(sa.select(sa.exists().where(col(Staff.username) != SYSTEM_USERNAME)))
        return bool(cases or people)


@contextmanager
def engine_for(url: str, *, foreign_keys: bool = True, in_a_hurry: bool = True, make: bool = False) -> Iterator[Engine]:
    """An engine for a database that is there, or whose file is to be made; what goes wrong is told as our own errors.

    `foreign_keys`: SQLite checks references row by row. `in_a_hurry`: a server that does not answer is given up.
    """
    engine = make_engine(url, foreign_keys=foreign_keys, in_a_hurry=in_a_hurry)
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        if not make:
            raise Unreachable("no_database")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    try:
        yield engine
    except SQLAlchemyError as error:
        raise Unreachable(why_unreachable(error) if is_unreachable(error) else "not_a_database") from error
    finally:
        engine.dispose()


def _installation(session: Session) -> Installation:
    """What the database says of itself. Raises Unreachable where its tables are there and nobody filled them."""
    found = session.get(Installation, 1)
    if found is None:
        raise Unreachable("no_database")
    return found


def _integrity(engine: Engine) -> Check:
    if engine.dialect.name != "sqlite":
        return _tried("integrity", lambda: _count(engine, "SELECT count(*) FROM cases") >= 0)
    return _tried("integrity", lambda: _first(engine, "PRAGMA integrity_check") == "ok")


def _foreign_keys(engine: Engine) -> Check:
    """SQLite looks at every row; PostgreSQL holds them itself, unless a constraint was left unvalidated."""
    if engine.dialect.name == "sqlite":
        return _tried("foreign_keys", lambda: _first(engine, "PRAGMA foreign_key_check") is None)
    unvalidated = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    return _tried("foreign_keys", lambda: _count(engine, unvalidated) == 0)


def _key(engine: Engine, key_file: Path | None) -> Check:
    with Session(engine) as session:
        fingerprint = _installation(session).key_fingerprint
    try:
        found = find_key(key_file)
        right = found is not None and Cipher(found[0]).fingerprint == fingerprint
    except PkuiError as error:
        return Check("key", False, error.code)
    return Check("key", right, found[1] if found else None)


def _log_chain(engine: Engine, key_file: Path | None) -> Check:
    """Whether every row of the access log is as it was written."""
    try:
        found = find_key(key_file)
        with Session(engine) as session:
            sealed = _installation(session).log_key_sealed
            if found is None or sealed is None:
                return Check("log", found is not None)
            whole = verify(session, Cipher(found[0]).open(LOG_KEY, sealed))
    except PkuiError as error:
        return Check("log", False, error.code)
    return Check("log", whole.first is None, {"rows": whole.rows, "seals": whole.seals})


def _counter(engine: Engine) -> Check:
    """Queue numbers run from 1 to the counter's value, each given to one case."""
    with Session(engine) as session:
        counter = session.get_one(Counter, QUEUE_NUMBERS).value
        number = col(Case.queue_number)
        cases, first, last = session.execute(sa.select(sa.func.count(), sa.func.min(number), sa.func.max(number))).one()
    whole = cases == counter == (last or 0) and (first or 1) == 1
    return Check("queue_numbers", whole, {"counter": counter, "cases": cases, "first": first, "last": last})


def _tried(name: str, holds: Callable[[], bool]) -> Check:
    """A check of the engine itself, which a damaged database answers with an error."""
    try:
        return Check(name, holds())
    except DatabaseError as error:
        if is_unreachable(error) and "malformed" not in str(error.orig):
            raise
        return Check(name, False)


def _first(engine: Engine, statement: str) -> Any:
    with engine.connect() as connection:
        row = connection.exec_driver_sql(statement).first()
    return row[0] if row else None


def _count(engine: Engine, statement: str) -> int:
    return int(_first(engine, statement))
