"""How a use case is carried out when other desks are in its way or the server goes away under it.

What met another desk is run again. A lost server is looked for again, for a while. A write takes a key of its own
first, in its own transaction: when the connection is lost while committing, the repeat finds the key where the first
try was carried out, and gives what that try gave. So nothing is done twice and nothing is taken for done that is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from sqlalchemy.engine import Connection

from pkui.base.clock import Clock
from pkui.base.errors import PkuiError, Refused, Unreachable
from pkui.base.keys import new_key
from storage.failures import is_lost, is_repeatable, is_unreachable, why_unreachable
from storage.repeats import take_key
from storage.revision import HEAD
from storage.schema import revision
from storage.store import Store

if TYPE_CHECKING:
    from tenacity import RetryCallState

R = TypeVar("R")

WRITE_WITHIN_SECONDS = 15.0
"""How long a write is repeated while other desks are in its way."""
LOST_WRITE_SECONDS = 10.0
"""How long a write looks for a server that was lost."""
LOST_READ_SECONDS = 3.0
"""The same for a read: the screen keeps what it shows and asks again."""
MOST_UNSETTLED = 20
_PAUSE_SECONDS = (0.0005, 0.0035)
_LOST_PAUSE_SECONDS = (0.05, 0.25)


@dataclass
class Write:
    """One write under way: what it is, its key, and what a try gave whose commit was not answered."""

    same_as: object
    key: UUID
    given: Any = None
    unknown: bool = False


def read(store: Store, do: Callable[[Connection, None], R]) -> R:
    """Runs a read; anew where the server was lost. Raises Unreachable with what is wrong."""
    return _carried_out(store, lambda: _read_once(store, do), LOST_READ_SECONDS)


def write(store: Store, clock: Clock, do: Callable[[Connection, int], R], same_as: object) -> R:
    """Runs a write until its end is known; `do` is told the edition of the office's settings.

    `same_as` tells the same write when a person asks for it again.

    Raises Unreachable('unsettled') when the server was lost while committing and stays away: asked for again, the write
    is recognised. Every other refusal means that nothing was changed.
    """
    found = next((one for one in store.unsettled if one.same_as == same_as), None)
    this = found or Write(same_as, new_key(clock.now()))
    try:
        result = _carried_out(store, lambda: _write_once(store, do, this), LOST_WRITE_SECONDS)
    except Unreachable as error:
        if not this.unknown:
            raise
        if found is None:
            store.unsettled[:] = [*store.unsettled[-MOST_UNSETTLED:], this]
        raise Unreachable("unsettled", why=error.code) from error
    if found is not None:
        store.unsettled.remove(found)
    return result


def _read_once(store: Store, do: Callable[[Connection, None], R]) -> R:
    with store.unit_of_work(writes=False) as connection:
        return do(connection, None)


def _write_once(store: Store, do: Callable[[Connection, int], R], this: Write) -> R:
    with store.unit_of_work(writes=True) as connection:
        edition = take_key(connection, this.key, store.cipher.fingerprint)
        if edition is None:
            return cast(R, this.given)
        this.unknown = False
        result = do(connection, edition)
        # Having had the key, this try knows that no try before it was carried out; now it may become unknown itself.
        this.given, this.unknown = result, True
        try:
            connection.commit()
        except Exception as error:
            this.unknown = is_lost(error)
            raise
        return result


def _carried_out(store: Store, once: Callable[[], R], lost_seconds: float) -> R:
    try:
        return once()
    except Exception as error:
        first = error
    try:
        if is_repeatable(first) or is_lost(first):
            return _again(once, lost_seconds)
    except Exception as error:
        first = error
    raise _told(store, first) from first


def _again(once: Callable[[], R], lost_seconds: float) -> R:
    """Repeats with a pause by chance, as long as it is worth it; the last failure comes out."""
    from tenacity import Retrying, retry_if_exception, wait_random

    busy, lost = wait_random(*_PAUSE_SECONDS), wait_random(*_LOST_PAUSE_SECONDS)

    def failure(state: RetryCallState) -> BaseException | None:
        """What the last try failed with."""
        return state.outcome.exception() if state.outcome else None

    def pause(state: RetryCallState) -> float:
        """Longer after a lost server than after a busy one."""
        error = failure(state)
        return lost(state) if error and is_lost(error) else busy(state)

    def enough(state: RetryCallState) -> bool:
        """Whether it has been tried for as long as it may take."""
        error = failure(state)
        most = lost_seconds if error and is_lost(error) else WRITE_WITHIN_SECONDS
        return (state.seconds_since_start or 0.0) > most

    repeat = Retrying(
        retry=retry_if_exception(lambda error: is_repeatable(error) or is_lost(error)),
        wait=pause,
        stop=enough,
        reraise=True,
    )
    return repeat(once)


def _told(store: Store, error: Exception) -> Exception:
    """The failure as a person is told it; what is no failure of the database comes back as it is."""
    if isinstance(error, PkuiError):
        return error
    if is_repeatable(error):
        return Unreachable("busy")
    moved_on = None if is_lost(error) else _moved_on(store)
    return moved_on or (Unreachable(why_unreachable(error)) if is_unreachable(error) else error)


def _moved_on(store: Store) -> Refused | None:
    """Why this desk must be started again, where the schema was moved on while it was open."""
    try:
        at = revision(store.engine)
    except Exception:
        return None
    return Refused("restart_needed", at=at, knows=HEAD) if at is not None and at != HEAD else None
