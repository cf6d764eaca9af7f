"""Changing the master key: a new one beside the old, every field sealed anew, the old one refused from the start.

Killed at any instant and run again, it goes on: the new key is on the disk before the database knows of it, and the
database keeps the old one sealed with the new one until another change. Needs no person, only the key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.domain.access_codes import AccessKind
from storage import rotation, schema
from storage.engine import for_writing, is_sealed_file, make_engine, require_alone, seal_file_anew, sqlite_path
from storage.failures import is_unreachable, why_unreachable
from storage.log_chain import Entry, append
from storage.secrets import Cipher, default_key_file, find_key, make_key_at, next_key_file, put_in_place
from storage.store import LOG_KEY, OLD_KEY
from storage.tables.office import Installation

Reached = Callable[[int, int], None]
"""Called after every batch with what is done, and of how much."""


@dataclass
class Rotated:
    """What was done; `tables` counts rows sealed anew, `damaged` fields no key opens, which are left as they were."""

    ok: bool = True
    fingerprint: str = ""
    key_file: str = ""
    old_key_file: str | None = None
    rows: int = 0
    indexes: int = 0
    damaged: int = 0
    staff_to_import: int = 0
    tables: dict[str, int] = field(default_factory=dict)

    def add(self, batch: rotation.Batch) -> None:
        """Counts a batch."""
        self.rows += batch.resealed
        self.indexes += batch.indexes
        self.damaged += batch.damaged
        self.tables[batch.table] = self.tables.get(batch.table, 0) + batch.resealed


def rotate(url: str, *, key_file: Path | None, reached: Reached = lambda _done, _all: None) -> Rotated:
    """Changes the key, or ends a change that was interrupted.

    Raises BadInput where neither the key nor the new one beside it is the database's, or no new key can be written, and
    Refused where another desk has a file that is sealed as a whole open.
    """
    engine = make_engine(url, in_a_hurry=False)
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        raise Unreachable("no_database")
    place = key_file or default_key_file()
    try:
        if is_sealed_file(url):
            _open_with_either(engine, place)
            require_alone(engine)
        schema.require_head(engine)
        return _rotate(engine, place, key_file, reached, whole=is_sealed_file(url))
    except SQLAlchemyError as error:
        raise Unreachable(why_unreachable(error) if is_unreachable(error) else "not_a_database") from error
    except OSError as error:
        raise BadInput("cannot_write_key") from error
    finally:
        engine.dispose()


def _open_with_either(engine: Engine, place: Path) -> None:
    """A file sealed with the new key already, by a run that was killed there: the new key takes its place first."""
    try:
        schema.revision(engine)
    except SQLAlchemyError:
        found = find_key(place) if next_key_file(place).exists() else None
        if found is None:
            raise
        put_in_place(place, Cipher(found[0]))


def _rotate(engine: Engine, place: Path, key_file: Path | None, reached: Reached, *, whole: bool) -> Rotated:
    new = _new_key(engine, place, key_file)
    with Session(engine) as session:
        installation = session.get_one(Installation, 1)
    old = Cipher(new.open(OLD_KEY, installation.old_key_sealed or b""))
    if whole and next_key_file(place).exists():
        seal_file_anew(engine, make_key_at(next_key_file(place)))
    kept = put_in_place(place, old)
    done = Rotated(fingerprint=new.fingerprint, key_file=str(place), old_key_file=str(kept) if kept.exists() else None)
    with engine.connect() as connection:
        total = rotation.count(connection)
    seen = 0
    for batch in rotation.reseal(engine, old, new):
        done.add(batch)
        seen += batch.seen
        reached(seen, total)
    with Session(for_writing(engine, wait_seconds=schema.WAIT_SECONDS)) as session:
        done.staff_to_import = rotation.end(session.connection())
        _log(session, new)
        session.commit()
    rotation.tidy(engine)
    return done


def _new_key(engine: Engine, place: Path, key_file: Path | None) -> Cipher:
    """The key that is the database's from now on: a new one, or that of a change begun before."""
    with Session(engine) as session:
        installation = session.get(Installation, 1)
    if installation is None:
        raise Unreachable("no_database")
    beside = next_key_file(place)
    found = find_key(beside) if beside.exists() else None
    if found and Cipher(found[0]).fingerprint == installation.key_fingerprint:
        return Cipher(found[0])
    current = find_key(key_file)
    if current is None:
        raise BadInput("no_key")
    old = Cipher(current[0])
    if old.fingerprint != installation.key_fingerprint:
        raise BadInput("wrong_key")
    if installation.resealing:
        return old
    new = Cipher(found[0] if found else make_key_at(beside))
    if not rotation.begin(engine, old, current[0], new):
        raise Refused("key_rotating")
    return new


def _log(session: Session, cipher: Cipher) -> None:
    """The change of the key stands in the access log, as nobody's."""
    installation = session.get_one(Installation, 1)
    now = datetime.now(UTC) + timedelta(seconds=installation.clock_shift_seconds)
    if installation.log_key_sealed:
        key = cipher.open(LOG_KEY, installation.log_key_sealed)
        append(
            session.connection(), key, [Entry(AccessKind.CHANGE, "key", at=now, staff_id=None, place="crypto rotate")]
        )
