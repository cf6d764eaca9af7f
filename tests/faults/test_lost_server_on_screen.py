"""The server goes silent, away or full under an open workbench: it says so, keeps what is typed, and goes on."""

from pathlib import Path
from time import monotonic

import pytest

from pkui.base.clock import Clock
from pkui.domain.codes import Role
from pkui.services import repeating
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from screens.widgets.view_bar import ViewBar
from storage import engine, patience
from storage.engine import sqlite_path
from tests.conftest import DeskAs, hire
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import opened
from tests.faults.network import network
from tests.faults.servers import Server, at, desk_at, either, few_connections, port_of, replicated
from tests.faults.test_storage import disk_full_at
from tests.services.steps import received, stored

MOST = engine.CONNECTIONS["pool_size"] + engine.CONNECTIONS["max_overflow"]
"""How many connections one desk may open at once."""


@pytest.fixture
def engine_name() -> str:
    """Only a server can be lost."""
    return "postgres"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives up soon."""
    monkeypatch.setattr(patience, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(repeating, "LOST_READ_SECONDS", 0.0)
    monkeypatch.setattr(repeating, "LOST_WRITE_SECONDS", 0.0)


@pytest.fixture(autouse=True)
def journal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The journal is this test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def hers(desk: Desk, desk_as: DeskAs) -> tuple[str, int]:
    """An adviser's username and the queue number of a case that she has taken."""
    adviser, number = desk_as(Role.ADVISER), received(desk)
    take(adviser, number)
    return adviser.person.username, number


async def test_a_server_that_is_gone_is_said_typed_text_is_kept_and_saved_when_it_is_back(
    impatient: None, desk: Desk, hers: tuple[str, int], database_url: str, key_file: Path
) -> None:
    username, number = hers
    with network(port_of(database_url)) as between:
        url = at(database_url, between.port)
        async with opened(url, key_file, username) as screen:
            queue = screen.queue_screen
            between.down()
            bar = queue.query_one(ViewBar)
            await screen.until(lambda: "ingen forbindelse · fra 09.00" in bar.right, "that the server is lost")
            await screen.press("m")
            await screen.idle()
            assert "ingen forbindelse · fra 09.00" in bar.right and bar.active == "all", "what is known stays"
            between.up()
            await screen.until(lambda: " af " in bar.right, "the server found again")
            await screen.idle()

            await QueuePage(screen).open(number)
            page, case = CasePage(screen), screen.case_screen
            await page.write_note("skrevet")
            between.stall()
            await screen.until(lambda: screen.sees("ingen forbindelse · fra 09.00"), "that the server is lost")
            for key in (" ", *"uden", " ", *"forbindelse", "ctrl+s"):
                screen._send("space" if key == " " else key)
            await screen.until(lambda: screen.sees("intet er ændret"), "that the note is not saved")
            assert page.note == "skrevet uden forbindelse"
            assert case.bench.journal is not None
            assert case.bench.journal.kept(case.view.row.record.id) == "skrevet uden forbindelse"
            assert stored(desk.store, "SELECT count(*) FROM notes") == [0]
            between.go_on()
            await screen.expect("Forbindelsen er tilbage.")
            assert not screen.sees("ingen forbindelse")
            await page.save_note()
            assert stored(desk.store, "SELECT text FROM notes") == ["skrevet uden forbindelse"]


async def test_the_replica_takes_over_under_an_open_case_and_the_typed_note_is_saved_there(
    impatient: None, own: Server, key_file: Path, clock: Clock
) -> None:
    """A replica that takes no writes yet is no server for a desk: until then what is typed waits on the screen."""
    with replicated(own) as replica:
        with desk_at(own.url, key_file, clock) as desk:
            hire(desk.store, "anna", (Role.ADVISER,), ("general",))
            number = received(desk)
            take(Desk(desk.store, clock, sign_in(desk.store, "anna", clock.now())), number)
        async with opened(either(own.url, replica.port), key_file, "anna") as screen:
            await QueuePage(screen).open(number)
            page = CasePage(screen)
            await page.write_note("skrevet")
            own.stop()
            await screen.until(lambda: screen.sees("ingen forbindelse · fra 09.00"), "that the primary is lost")
            await screen.type(" videre")
            await screen.press("ctrl+s")
            await screen.expect("(den er en kopi)")
            assert page.note == "skrevet videre"
            replica.promote()
            await screen.expect("Forbindelsen er tilbage.")
            await page.save_note()
            assert not screen.sees("ingen forbindelse")
        with desk_at(replica.url, key_file, clock) as desk:
            assert saved_notes(desk) == ["skrevet videre"]


async def test_behind_pgbouncer_in_transaction_mode_the_queue_is_shown_and_a_note_saved(
    pgbouncer: str, desk: Desk, hers: tuple[str, int], key_file: Path
) -> None:
    username, number = hers
    async with opened(pgbouncer, key_file, username) as screen:
        assert QueuePage(screen).numbers == [number]
        await QueuePage(screen).open(number)
        page = CasePage(screen)
        await page.write_note("skrevet")
        await page.save_note()
        assert "skrevet" in page.timeline
        assert saved_notes(desk) == ["skrevet"]


async def test_a_server_without_a_free_connection_is_said_and_the_note_is_saved_when_there_is_one(
    impatient: None, desk: Desk, hers: tuple[str, int], database_url: str, key_file: Path
) -> None:
    username, number = hers
    with few_connections(database_url, MOST) as few:
        async with opened(few.url, key_file, username) as screen:
            await QueuePage(screen).open(number)
            page = CasePage(screen)
            await page.write_note("skrevet")
            with few.taken():
                await screen.until(lambda: screen.sees("ingen forbindelse · fra 09.00"), "that the server is full")
                await screen.press("ctrl+s")
                await screen.expect("ingen ledige forbindelser lige nu; intet er ændret")
                assert page.note == "skrevet"
                assert saved_notes(desk) == []
            await screen.expect("Forbindelsen er tilbage.")
            await page.save_note()
            assert not screen.sees("ingen forbindelse")
            assert saved_notes(desk) == ["skrevet"]


def saved_notes(desk: Desk) -> list[str]:
    """The notes that are stored; the timeline tells of each once."""
    notes = stored(desk.store, "SELECT text FROM notes")
    assert stored(desk.store, "SELECT count(*) FROM events WHERE kind = 'note_added'") == [len(notes)]
    return notes


@pytest.mark.soak
async def test_half_a_minute_of_silence_loses_nothing_typed_and_ends_by_itself(
    desk: Desk, hers: tuple[str, int], database_url: str, key_file: Path
) -> None:
    """With the patience of an office's desk: the note that was being saved is there, once."""
    username, number = hers
    with network(port_of(database_url)) as between:
        async with opened(at(database_url, between.port), key_file, username) as screen:
            await QueuePage(screen).open(number)
            page = CasePage(screen)
            await page.write_note("skrevet")
            between.stall()
            silent_until = monotonic() + 30
            screen._send("ctrl+s")
            await screen.until(lambda: screen.sees("ingen forbindelse · fra 09.00"), "that the server is lost")
            while monotonic() < silent_until:
                await screen.pilot.pause(0.5)
                assert page.note == "skrevet"
            between.go_on()
            await screen.until(lambda: not screen.sees("ingen forbindelse"), "the server found again")
            if page.note:
                await page.save_note()
            assert stored(desk.store, "SELECT text FROM notes") == ["skrevet"]


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_full_disk_is_said_and_the_note_stays_and_is_saved_when_there_is_room(
    desk: Desk, hers: tuple[str, int], database_url: str, key_file: Path
) -> None:
    username, number = hers
    path = sqlite_path(desk.store.engine)
    assert path is not None
    async with opened(database_url, key_file, username) as screen:
        await QueuePage(screen).open(number)
        page, case = CasePage(screen), screen.case_screen
        await page.write_note("skrevet")
        with disk_full_at(0, path.with_name(f"{path.name}-wal")):
            screen._send("ctrl+s")
            await screen.expect("intet er ændret")
        assert page.note == "skrevet"
        journal = case.bench.journal
        assert journal is not None
        await screen.until(lambda: journal.kept(case.view.row.record.id) == "skrevet", "the journal")
        assert stored(desk.store, "SELECT count(*) FROM notes") == [0]
        await page.save_note()
        assert stored(desk.store, "SELECT text FROM notes") == ["skrevet"]
