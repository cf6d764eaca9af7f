"""Databases to measure on, and the engine's own speed in the same run to hold the figures against."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from storage.store import Store
from tests import postgres
from tests.conftest import KEY, new_store


def desk_of(store: Store) -> Desk:
    """The system person's desk at the training clock's start."""
    clock = FrozenClock(TRAINING_START)
    return Desk(store, clock, sign_in(store, None, clock.now(), strict=False))


def key_in(folder: Path) -> Path:
    """A key file in the folder."""
    path = folder / "pkui.key"
    path.write_text(KEY)
    return path


@contextmanager
def sqlite(folder: Path) -> Iterator[Store]:
    """An empty training database in a file."""
    folder.mkdir()
    store = new_store(f"sqlite:///{folder / 'bench.db'}", key_in(folder))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def postgresql(folder: Path, **settings: str) -> Iterator[Store]:
    """An empty training database on a server of its own that writes to disk as in operation; with these settings."""
    folder.mkdir()
    with postgres.cluster(fsync="on", full_page_writes="on", log_statement="none", **settings) as url:
        store = new_store(url, key_in(folder))
        try:
            yield store
        finally:
            store.close()


def raw_commits_a_second(path: Path, times: int) -> float:
    """How many one-row transactions the plain driver commits a second in a file of the same settings."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, text)")
        start = time.perf_counter()
        for _ in range(times):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO raw (text) VALUES ('an ordinary row of about forty signs')")
            database.execute("COMMIT")
        return times / (time.perf_counter() - start)


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """How long each of several runs takes, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken
