"""Killed, full, locked: whatever happens, nothing is half written and every enquiry counts once."""

import random
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from pkui.base.errors import Unreachable
from pkui.services.desk import Desk
from pkui.services.intake import import_all, import_bodies
from pkui.services.notes import add_note
from storage import engine as engines
from storage.store import Store
from tests.data.submissions import encoded, submission
from tests.services.steps import everything, received, stored

IMPORTER = """
import sys
from pathlib import Path
from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.people import sign_in
from storage.store import open_store
store, clock = open_store(sys.argv[1], key_file=Path(sys.argv[2])), FrozenClock(TRAINING_START)
desk = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
lines = Path(sys.argv[3]).read_bytes().splitlines()
print("begun", flush=True)
print(sum(1 for _ in import_all(desk, iter(lines), batch=int(sys.argv[4]))))
"""


def importer(store: Store, key_file: Path, lines: Path, batch: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", IMPORTER, store.url, str(key_file), str(lines), str(batch)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_while_importing(store: Store, key_file: Path, folder: Path, count: int, kills: int, longest: float) -> int:
    """Starts the same import again and again, kills it at a random instant, lets the last one finish.

    Returns how many kills met an import that was under way.
    """
    lines = folder / "bodies.jsonl"
    lines.write_bytes(b"\n".join(encoded(submission(number)) for number in range(count)))
    chance, met = random.Random(7), 0
    for _ in range(kills):
        with importer(store, key_file, lines, 20) as process:
            assert process.stdout and process.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0.0, longest))
            process.send_signal(signal.SIGKILL)
        met += process.returncode == -signal.SIGKILL
        whole(store)
    with importer(store, key_file, lines, 20) as process:
        assert process.stdout and process.stdout.read().split() == ["begun", str(count)]
    return met


def whole(store: Store) -> None:
    """Asserts that every case is there with all its parts, and its number is the only one of its kind."""
    cases = stored(store, "SELECT count(*) FROM cases")[0]
    for table, each in (("facts", 8), ("intake_receipts", 1), ("consents", 1), ("call_windows", 2), ("attachments", 1)):
        assert stored(store, f"SELECT count(*) FROM {table}") == [cases * each], table
    assert stored(store, "SELECT count(*) FROM events WHERE kind = 'received'") == [cases]
    assert stored(store, "SELECT value FROM counters") == [cases]
    assert stored(store, "SELECT coalesce(max(queue_number), 0) FROM cases") == [cases]


def test_a_killed_import_is_run_again_and_every_enquiry_counts_once(
    store: Store, key_file: Path, tmp_path: Path
) -> None:
    assert kill_while_importing(store, key_file, tmp_path, 120, 4, 0.25) >= 2
    whole(store)
    assert stored(store, "SELECT count(DISTINCT submission_id) FROM intake_receipts") == [120]


@pytest.mark.soak
def test_ten_thousand_enquiries_survive_thirty_kills(store: Store, key_file: Path, tmp_path: Path) -> None:
    assert kill_while_importing(store, key_file, tmp_path, 10_000, 30, 3.0) >= 20
    whole(store)
    assert stored(store, "SELECT count(DISTINCT submission_id) FROM intake_receipts") == [10_000]


@contextmanager
def disk_full_at(more: int, path: Path) -> Iterator[None]:
    """Lets no file of this process grow past the size that `path` has now and `more` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + more, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("more", [0, 3_000, 40_000])
def test_on_a_full_disk_nothing_is_half_written_and_it_is_told(more: int, desk: Desk) -> None:
    number = received(desk, 0)
    before = everything(desk.store)
    path = engines.sqlite_path(desk.store.engine)
    assert path
    with disk_full_at(more, path.with_name(f"{path.name}-wal")), pytest.raises(Unreachable) as full:
        import_bodies(desk, [encoded(submission(one)) for one in range(1, 300)])
    assert (full.value.exit_code, full.value.code) == (3, "unreachable")
    assert everything(desk.store) == before
    assert len(list(import_all(desk, (encoded(submission(one)) for one in range(300))))) == 300
    assert add_note(desk, number, "der er plads igen").notes
    assert stored(desk.store, "PRAGMA integrity_check") == ["ok"]


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_database_that_stays_locked_is_told_and_read_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = received(desk, 1)
    path = engines.sqlite_path(desk.store.engine)
    assert path
    monkeypatch.setattr("pkui.services.repeating.WRITE_WITHIN_SECONDS", 0.2)
    impatient = engines.for_writing(desk.store.engine, wait_seconds=0.2)
    monkeypatch.setitem(desk.store.__dict__, "_writer", impatient)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        with pytest.raises(Unreachable, match="busy") as busy:
            add_note(desk, number, "et notat")
        assert (busy.value.exit_code, time.monotonic() - start < 5) == (3, True)
        assert stored(desk.store, "SELECT count(*) FROM notes") == [0]
        other.execute("ROLLBACK")
    assert add_note(desk, number, "et notat").notes


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_write_waits_for_the_one_before_it(desk: Desk) -> None:
    number = received(desk, 1)
    path = engines.sqlite_path(desk.store.engine)
    assert path
    program = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); time.sleep(0.5); c.execute('COMMIT')"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        assert add_note(desk, number, "et notat").notes


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_file_that_cannot_be_written_is_told(desk: Desk) -> None:
    number = received(desk, 1)
    with desk.store.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA query_only=ON"))
    with pytest.raises(Unreachable):
        add_note(desk, number, "et notat")


@pytest.mark.parametrize("engine_name", ["postgres"])
def test_a_connection_that_was_cut_is_made_anew(desk: Desk) -> None:
    number = received(desk, 1)
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(3):
        assert stored(desk.store, "SELECT 1") == [1]
        fresh = engines.make_engine(desk.store.url)
        with fresh.connect() as connection:
            connection.execute(sa.text(others))
        fresh.dispose()
        assert add_note(desk, number, "et notat").notes


@pytest.mark.parametrize("engine_name", ["postgres"])
def test_two_who_wait_for_each_other_are_both_served(desk: Desk) -> None:
    """A deadlock breaks one of the two transactions, which is run again."""
    first, second = received(desk, 1), received(desk, 2)
    held = threading.Event()

    def other() -> None:
        with desk.store.engine.begin() as connection:
            connection.execute(sa.text("UPDATE cases SET language = 'en' WHERE queue_number = :n"), {"n": first})
            held.set()
            time.sleep(0.3)
            connection.execute(sa.text("UPDATE cases SET language = 'en' WHERE queue_number = :n"), {"n": second})

    thread = threading.Thread(target=other)
    thread.start()
    held.wait()
    assert add_note(desk, second, "et notat").notes
    assert add_note(desk, first, "et notat").notes
    thread.join()


def test_a_process_that_dies_leaves_no_lock(store: Store, key_file: Path, desk: Desk, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from storage.store import open_store; from sqlalchemy import text\n"
        "store = open_store(sys.argv[1], key_file=Path(sys.argv[2]))\n"
        "with store.writing() as session:\n"
        '    session.execute(text("UPDATE counters SET value = 99"))\n'
        "    os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, store.url, str(key_file)], check=False)
    assert done.returncode == -9
    assert received(desk, 1) == 1
