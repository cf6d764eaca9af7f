"""The server is restarted, fails over, goes silent or is full: what was saved stays, once, and the desk goes on."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from pkui.base.clock import Clock
from pkui.base.errors import PkuiError, Stale, Unreachable
from pkui.domain.codes import QueueView
from pkui.services import repeating
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.queue import snapshot
from storage import engine, patience
from tests.conftest import new_store
from tests.faults.network import Network, network
from tests.faults.servers import (
    Place,
    Server,
    at,
    desk_at,
    either,
    few_connections,
    port_of,
    replicated,
    running,
    until,
)
from tests.services.steps import received, stored

NOTES = "SELECT text FROM notes ORDER BY at, id"
PATIENCE = 0.5
"""Seconds that these desks wait for an answer; a desk of an office waits longer."""


@pytest.fixture
def engine_name() -> str:
    """Only a server can be lost."""
    return "postgres"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Desks opened from here on give up soon."""
    monkeypatch.setattr(patience, "ANSWER_SECONDS", PATIENCE)
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(repeating, "LOST_READ_SECONDS", PATIENCE)


@pytest.fixture
def between(database_url: str) -> Iterator[Network]:
    """A network in front of the run's server."""
    with network(port_of(database_url)) as one:
        yield one


@pytest.fixture
def far(impatient: None, between: Network, database_url: str, key_file: Path, clock: Clock) -> Iterator[Desk]:
    """A desk behind that network."""
    with desk_at(at(database_url, between.port), key_file, clock) as one:
        yield one


def test_a_commit_whose_answer_is_lost_is_recognised_and_not_done_twice(
    desk: Desk, far: Desk, between: Network
) -> None:
    number = received(desk)
    between.lose_answer_to_commit()
    view = add_note(far, number, "et notat", version=1)
    assert ([note.text for note in view.notes], view.version) == (["et notat"], 2)
    assert stored(desk.store, NOTES) == ["et notat"]
    assert stored(desk.store, "SELECT count(*) FROM events WHERE kind = 'note_added'") == [1]


def test_a_commit_held_on_its_way_is_waited_for_and_not_overtaken(desk: Desk, far: Desk, between: Network) -> None:
    """The first try is given up by the desk and still under way on the server when the second one begins."""
    number = received(desk)
    between.hold_commit()
    timer = threading.Timer(2 * PATIENCE, between.go_on)
    timer.start()
    view = add_note(far, number, "et notat", version=1)
    assert ([note.text for note in view.notes], view.version) == (["et notat"], 2)
    timer.join()
    assert stored(desk.store, NOTES) == ["et notat"]


def test_a_write_whose_end_stays_unknown_is_told_so_and_recognised_when_asked_for_again(
    desk: Desk, far: Desk, between: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = received(desk)
    patient = repeating.LOST_WRITE_SECONDS
    monkeypatch.setattr(repeating, "LOST_WRITE_SECONDS", PATIENCE)
    between.lose_answer_to_commit(and_stall=True)
    with pytest.raises(Unreachable) as unknown:
        add_note(far, number, "et notat", version=1)
    assert (unknown.value.exit_code, unknown.value.code) == (3, "unsettled")
    between.go_on()
    monkeypatch.setattr(repeating, "LOST_WRITE_SECONDS", patient)
    assert add_note(far, number, "et notat", version=1).version == 2
    assert stored(desk.store, NOTES) == ["et notat"]
    with pytest.raises(Stale):
        add_note(far, number, "et notat", version=1)


def test_a_network_gone_silent_is_given_up_told_and_found_again(desk: Desk, far: Desk, between: Network) -> None:
    number = received(desk)
    assert snapshot(far, QueueView.ALL).numbers == [number]
    between.stall()
    begun = time.monotonic()
    with pytest.raises(Unreachable, match="no_answer"):
        snapshot(far, QueueView.ALL)
    assert time.monotonic() - begun < 10
    between.go_on()
    assert snapshot(far, QueueView.ALL).numbers == [number]
    between.stall()
    threading.Timer(1.5 * PATIENCE, between.go_on).start()
    assert add_note(far, number, "mens linjen var død", version=1).version == 2
    assert stored(desk.store, NOTES) == ["mens linjen var død"]


def write_on(desk: Desk, number: int, stop: threading.Event, told: list[str]) -> list[str]:
    """Writes notes until told to stop; gives what was said to be saved. Refusals are told and tried again."""
    saved: list[str] = []
    while not stop.is_set():
        text = f"{threading.get_ident()} {len(saved)}"
        try:
            add_note(desk, number, text)
        except PkuiError as error:
            told.append(error.code)
            continue
        saved.append(text)
    return saved


def written_through(desk: Desk, what: Callable[[], None]) -> list[str]:
    """Lets two write while something happens to the server; every note they were told of is there, once."""
    number, stop = received(desk), threading.Event()
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(write_on, desk, number, stop, told) for _ in range(2)]
        try:
            until(lambda: len(stored(desk.store, NOTES)) > 5)
            what()
            before = len(stored(desk.store, NOTES))
            until(lambda: len(stored(desk.store, NOTES)) > before + 5)
        finally:
            stop.set()
    saved = [text for one in both for text in one.result()]
    assert sorted(stored(desk.store, NOTES)) == sorted(saved)
    assert stored(desk.store, "SELECT version FROM cases") == [1 + len(saved)]
    assert stored(desk.store, "SELECT count(*) FROM events WHERE kind = 'note_added'") == [len(saved)]
    return told


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGINT])
def test_a_server_started_again_is_found_again_and_nothing_is_lost_or_doubled(
    how: int, own: Server, key_file: Path, clock: Clock
) -> None:
    def restart() -> None:
        own.stop(how)
        own.start()

    with desk_at(own.url, key_file, clock) as desk:
        assert written_through(desk, restart) == []


def test_the_replica_takes_over_and_every_desk_finds_it(own: Server, key_file: Path, clock: Clock) -> None:
    """One address names both; nothing that was told as saved is lost, since the primary waits for the replica."""
    with replicated(own) as replica:

        def fail_over() -> None:
            own.stop()
            replica.promote()

        with desk_at(either(own.url, replica.port), key_file, clock) as desk:
            assert written_through(desk, fail_over) == []
            assert stored(desk.store, "SELECT inet_server_port()") == [replica.port]


def test_behind_pgbouncer_in_transaction_mode_many_desks_share_two_connections(
    pgbouncer: str, desk: Desk, key_file: Path, clock: Clock
) -> None:
    numbers = [received(desk, number) for number in range(8)]

    def work(number: int) -> int:
        with desk_at(pgbouncer, key_file, clock) as mine:
            for text in ("et", "to", "tre"):
                snapshot(mine, QueueView.ALL)
                add_note(mine, number, text)
            return len(add_note(mine, number, "fire").notes)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, numbers)) == [4] * 8
    limits = "SELECT count(*) FROM pg_settings WHERE name = 'lock_timeout' AND setting <> '0'"
    with desk_at(pgbouncer, key_file, clock) as mine:
        assert stored(mine.store, limits) == [0], "what a write sets for itself stays with no other transaction"


def test_a_server_without_a_free_connection_is_told_in_words_and_tried_again(
    desk: Desk, database_url: str, key_file: Path, clock: Clock, impatient: None
) -> None:
    number = received(desk)
    with few_connections(database_url, 1) as few, desk_at(few.url, key_file, clock) as mine:
        with few.taken():
            with pytest.raises(Unreachable) as full:
                snapshot(mine, QueueView.ALL)
            assert (full.value.exit_code, full.value.code) == (3, "server_full")
            psycopg.connect(database_url).close()
        assert snapshot(mine, QueueView.ALL).numbers == [number]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root may mount the small file system that is filled here")
    try:
        shutil.chown(folder, "nobody")
        folder.chmod(0o700)
        for parent in folder.parents[:4]:
            parent.chmod(parent.stat().st_mode | 0o011)
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_of_the_server_is_told_in_words_and_reading_goes_on(
    servers: Place, small_disk: Path, key_file: Path, clock: Clock
) -> None:
    primary = servers.primary(str(small_disk / "data"))
    with running(primary):
        new_store(primary.url, key_file).close()
        with desk_at(primary.url, key_file, clock) as desk:
            number = received(desk)
            filler = small_disk / "filler"
            with filler.open("wb") as file, pytest.raises(OSError, match="No space"):
                while True:
                    file.write(bytes(1 << 16))
            with pytest.raises(Unreachable) as full:
                for count in range(10_000):
                    add_note(desk, number, "x" * 20_000, version=count + 1)
            assert full.value.code in ("disk_full", "unsettled")
            notes = len(stored(desk.store, NOTES))
            assert snapshot(desk, QueueView.ALL).numbers == [number]
            filler.unlink()
            until(lambda: psycopg_alive(primary.url))
            assert len(add_note(desk, number, "der er plads igen").notes) == notes + 1


def psycopg_alive(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
