"""A database opened with its key: the one thing services hold of the storage floor."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.base.kept import kept
from pkui.base.keys import new_key
from pkui.base.surroundings import require_database
from pkui.domain.codes import DatabaseKind, Role, Team
from storage import schema
from storage.base import table_of
from storage.engine import connect_to_read, for_writing, is_sealed_file, make_engine, sqlite_path
from storage.failures import why_unreachable
from storage.log_chain import Ends
from storage.office import SettingsSeen
from storage.secrets import KEY_BYTES, Cipher, find_key, kept_key, lies_beside, make_key
from storage.tables.office import Counter, Installation
from storage.tables.staff import Staff, StaffRole, TeamRow

QUEUE_NUMBERS = "queue_number"
SYSTEM_USERNAME = "system"
"""Who acts on a training database when the login is no staff; stands in no list of people."""

_ALWAYS = date(2000, 1, 1)
LOG_KEY, OLD_KEY = "installation.log_key", "installation.old_key"


def session_on(connection: Connection, *, writes: bool) -> Session:
    """Objects within the connection's transaction; who commits it flushes them first."""
    return Session(connection, expire_on_commit=False) if writes else _ReadingSession(connection, autoflush=False)


class _ReadingSession(Session):
    def flush(self, objects: Any = None) -> None:
        """Refused: nothing is written here."""
        raise RuntimeError("a use case that writes must say so")


@dataclass(frozen=True)
class Store:
    """The engine, the cipher and what the database says of itself."""

    url: str
    engine: Engine
    cipher: Cipher
    kind: DatabaseKind
    clock_shift: timedelta
    log_key: bytes = field(repr=False, default=b"")
    """What the access log is signed with."""
    former: Cipher | None = field(default=None, repr=False)
    """The cipher of the key before this one, for what this desk still keeps from then."""
    unsettled: list[Any] = field(default_factory=list, compare=False, repr=False)
    """Writes of this desk whose end is not known; the services keep them."""
    log_ends: Ends = field(default_factory=dict, compare=False, repr=False)
    """Where this desk last saw the chains of the access log end."""
    settings: SettingsSeen = field(default_factory=SettingsSeen, compare=False, repr=False)

    @property
    def training(self) -> bool:
        """Whether the people in it are made up."""
        return self.kind is DatabaseKind.TRAINING

    def unit_of_work(self, *, writes: bool) -> Connection:
        """A connection for one unit of work; `session_on` makes its objects where it needs any."""
        return self._writer.connect() if writes else connect_to_read(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing; on SQLite it sees one state of the database."""
        with self.unit_of_work(writes=False) as connection, session_on(connection, writes=False) as session:
            yield session

    def writing(self) -> Session:
        """A transaction that holds the write lock from its start; left without `commit()` it is rolled back."""
        return Session(self._writer, expire_on_commit=False)

    @kept
    def _writer(self) -> Engine:
        return for_writing(self.engine)

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()


def open_store(url: str, *, key_file: Path | None = None) -> Store:
    """Opens a database that is at the newest schema, with the key it was made with. Raises what is wrong in words."""
    engine = make_engine(url)
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        raise Unreachable("no_database")
    if path is not None:
        require_database(path)
    try:
        schema.require_head(engine)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise Unreachable(_why(error)) from error
    except Exception:
        engine.dispose()
        raise
    return _with_key(url, engine, key_file)


def create_store(
    url: str, *, kind: DatabaseKind, made_at: datetime, clock_shift: timedelta, key_file: Path | None = None
) -> Store:
    """Makes the schema and the installation's row where they are missing; an existing database of the kind is kept."""
    engine = make_engine(url, in_a_hurry=False)
    path = sqlite_path(engine)
    if path is not None:
        require_database(path)
        if kind is DatabaseKind.PRODUCTION and lies_beside(key_file, path):
            raise BadInput("key_beside_database")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    if is_sealed_file(url):
        _key_for(key_file)
    try:
        if schema.has_foreign_tables(engine):
            raise Refused("not_ours")
        schema.upgrade(url)
        cipher = Cipher(_key_for(key_file))
        with Session(for_writing(engine, wait_seconds=schema.WAIT_SECONDS)) as session:
            schema.lock(session.connection())
            _install(session, kind, made_at, clock_shift, cipher)
            session.commit()
    except sa.exc.DatabaseError as error:
        raise Unreachable(_why(error)) from error
    finally:
        engine.dispose()
    store = open_store(url, key_file=key_file)
    if store.kind is not kind:
        store.close()
        raise Refused("other_kind", kind=store.kind.value)
    return store


def _key_for(key_file: Path | None) -> bytes:
    """The key that is there, else a new one."""
    found = find_key(key_file) if key_file is None or key_file.exists() else None
    return found[0] if found else make_key(key_file)


def _why(error: sa.exc.DatabaseError) -> str:
    return why_unreachable(error) if isinstance(error, OperationalError) else "not_a_database"


def _install(session: Session, kind: DatabaseKind, made_at: datetime, clock_shift: timedelta, cipher: Cipher) -> None:
    if session.get(Installation, 1) is not None:
        return
    session.add(
        Installation(
            kind=kind,
            made_at=made_at,
            clock_shift_seconds=clock_shift.total_seconds(),
            key_fingerprint=cipher.fingerprint,
            log_key_sealed=cipher.seal(LOG_KEY, secrets.token_bytes(KEY_BYTES)),
        )
    )
    session.add(Counter(name=QUEUE_NUMBERS, value=0))
    session.add_all(TeamRow(code=team.value, opened_on=_ALWAYS) for team in Team)
    if kind is DatabaseKind.TRAINING:
        system = Staff(id=new_key(made_at), username=SYSTEM_USERNAME, name=SYSTEM_USERNAME, active_from=_ALWAYS)
        session.add(system)
        session.flush()
        session.add(StaffRole(staff_id=system.id, role=Role.SYSTEM, valid_from=_ALWAYS))


def _with_key(url: str, engine: Engine, key_file: Path | None) -> Store:
    try:
        with Session(engine) as session:
            installation = session.get(Installation, 1)
        if installation is None:
            raise Unreachable("no_database")
        found = find_key(key_file)
        if found is None:
            raise BadInput("no_key")
        cipher = Cipher(found[0])
        if cipher.fingerprint != installation.key_fingerprint:
            # The key was changed for another database beside this one; what this one was made with stays there.
            kept = kept_key(key_file, installation.key_fingerprint)
            if kept is None:
                raise BadInput("wrong_key")
            cipher = kept
        if installation.resealing:
            raise Refused("key_rotating")
        path = sqlite_path(engine)
        if path is not None and installation.kind is DatabaseKind.PRODUCTION and lies_beside(key_file, path):
            raise BadInput("key_beside_database")
        sealed = installation.log_key_sealed or _make_log_key(engine, cipher)
    except Exception:
        engine.dispose()
        raise
    return Store(
        url=url,
        engine=engine,
        cipher=cipher,
        kind=installation.kind,
        clock_shift=timedelta(seconds=installation.clock_shift_seconds),
        log_key=cipher.open(LOG_KEY, sealed),
        former=Cipher(cipher.open(OLD_KEY, old)) if (old := installation.old_key_sealed) else None,
    )


def _make_log_key(engine: Engine, cipher: Cipher) -> bytes:
    """The log's key of a database older than it, sealed; of several desks making one, all use the first one's."""
    table = table_of(Installation)
    with for_writing(engine).begin() as connection:
        sealed = cipher.seal(LOG_KEY, secrets.token_bytes(KEY_BYTES))
        connection.execute(sa.update(table).where(table.c.log_key_sealed.is_(None)).values(log_key_sealed=sealed))
        return bytes(connection.execute(sa.select(table.c.log_key_sealed)).scalar_one())
