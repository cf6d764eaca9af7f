"""The server goes silent under an open workbench: it says so and how old it is, keeps what is typed, and goes on."""

from pathlib import Path

import pytest

from pkui.domain.codes import Role
from pkui.services import repeating
from pkui.services.cases import take
from pkui.services.desk import Desk
from screens.widgets.view_bar import ViewBar
from storage import engine, patience
from tests.conftest import DeskAs
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import opened
from tests.faults.network import network
from tests.faults.servers import at, port_of
from tests.services.steps import received, stored


@pytest.fixture
def engine_name() -> str:
    """Only a server can be lost."""
    return "postgres"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Gives up soon; the journal is this test's own."""
    monkeypatch.setattr(patience, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(repeating, "LOST_READ_SECONDS", 0.0)
    monkeypatch.setattr(repeating, "LOST_WRITE_SECONDS", 0.0)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def test_a_silent_network_is_said_typed_text_is_kept_and_saved_when_it_is_back(
    desk: Desk, desk_as: DeskAs, database_url: str, key_file: Path
) -> None:
    adviser = desk_as(Role.ADVISER)
    number = received(desk, 1)
    take(adviser, number)
    with network(port_of(database_url)) as between:
        url = at(database_url, between.port)
        async with opened(url, key_file, adviser.person.username) as screen:
            queue = screen.queue_screen
            between.stall()
            bar = queue.query_one(ViewBar)
            await screen.until(lambda: "ingen forbindelse · fra 09.00" in bar.right, "that the server is lost")
            between.go_on()
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
