"""Locking, unlocking, signing in and the reason for opening a case, as a person at an 80x24 terminal meets them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from pathlib import Path

from pkui.app import WorkbenchApp
from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.base.settings import ProgramSettings
from pkui.domain.codes import DatabaseKind, Role
from pkui.services import sign_in
from pkui.services.desk import Desk
from storage.store import create_store, open_store
from tests.conftest import DeskAs, hire
from tests.data.submissions import submission
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received, stored

PASSWORD, NEW = "fire små gule ord", "otte store blå heste"


async def test_req_9_the_screen_blanks_at_lock_and_what_was_typed_stays(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        case = CasePage(screen)
        await case.write_note("Halvt skrevet")
        await screen.press("ctrl+l")
        await screen.expect("Låst af Adviser1")
        assert "Mette" not in screen.text
        assert "Halvt" not in screen.text
        await screen.press("escape", "f1", "n", "f9")
        assert screen.sees("Låst af Adviser1")
        await screen.press("enter")
        await screen.on_case(number)
        assert case.note == "Halvt skrevet"
    log = stored(desk.store, "SELECT what FROM access_log WHERE kind = 'sign_in' ORDER BY id")
    assert log == ["signed_in", "locked", "unlocked"]


async def test_req_9_an_idle_desk_locks_by_itself(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        entrance = screen.app._entrance
        entrance._look()
        assert not screen.sees("Låst af")
        await screen.press("f2")
        await screen.on_dialog()
        entrance._touched -= 10 * 60 + 1
        entrance._look()
        await screen.expect("Låst af Adviser1")
        await screen.press("enter")
        await screen.on_dialog()
        entrance._touched -= 10 * 60 + 1
        entrance._look()
        await screen.press("f2")
        await screen.expect("Hvem er du?")
        assert "Mette" not in screen.text


async def test_req_8_the_reason_for_another_teams_case_is_picked_or_typed(
    desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, **about("maximum_waiting_time"))
    protected = received(desk, 2, patient=submission(2)["patient"] | {"address_protected": True})
    adviser = desk_as(Role.ADVISER)
    async with workbench(adviser) as screen:
        await QueuePage(screen).select(number)
        await screen.press("enter")
        await screen.on_dialog()
        assert screen.sees("Sagen hører til et andet team", "Afløser en kollega", "Der er kommet post i sagen")
        await screen.press("down", "down", "enter")
        await screen.on_case(number)
        await screen.press("escape")
        await screen.on_queue()
        await QueuePage(screen).select(protected)
        await screen.press("enter")
        await screen.on_dialog()
        assert any("beskyttet" in line for line in screen.dialog_lines)
        await screen.type("Hun bad om en kopi\n")
        await screen.on_case(protected)
    assert stored(desk.store, "SELECT purpose FROM access_log WHERE kind = 'look_up' ORDER BY id") == [
        "cover",
        "stated",
    ]
    assert stored(desk.store, "SELECT count(*) FROM case_openings WHERE break_glass") == [1]


async def test_req_9_first_run_then_signing_in_with_a_password_and_unlocking(tmp_path: Path, key_file: Path) -> None:
    url = f"sqlite:///{tmp_path / 'real.db'}"
    made_at = TRAINING_START.astimezone(UTC)
    create_store(
        url, kind=DatabaseKind.PRODUCTION, made_at=made_at, clock_shift=timedelta(0), key_file=key_file
    ).close()
    async with program(url, key_file) as screen:
        await screen.expect("Den første, der oprettes, er leder")
        await lines(screen, "lis", "Lisbeth Rosendal", "kort", "kort")
        await screen.expect("mindst 12 tegn")
        await lines(screen, PASSWORD, PASSWORD)
        await screen.expect("Dagens ark", "Lisbeth Rosendal")
        assert PASSWORD not in screen.text
        await screen.press("ctrl+l")
        await screen.type("forkert kode her\n")
        await screen.expect("Brugernavnet eller adgangskoden er forkert")
        await screen.type(f"{PASSWORD}\n")
        await screen.expect("Dagens ark")
        await screen.press("f2")
        await screen.type("skift adgangskode\n")
        await screen.expect("Nuværende adgangskode")
        await lines(screen, "forkert kode her", NEW, NEW)
        await screen.expect("Brugernavnet eller adgangskoden er forkert")
        await lines(screen, PASSWORD, NEW, NEW)
        await screen.expect("Dagens ark", "Din adgangskode er skiftet")
    store = open_store(url, key_file=key_file)
    hire(store, "bo", (Role.ADVISER,), ("general",))
    door = sign_in.at_the_door(store, FrozenClock(TRAINING_START + timedelta(days=400)), "test")
    lis = Desk(store, door.clock, sign_in.enter(door, "lis", NEW).person, "test")
    sign_in.set_password(lis, "bo", PASSWORD)
    async with program(url, key_file, user="bo") as screen:
        await screen.expect("Log ind i pkui")
        await screen.type(f"{PASSWORD}\n")
        await screen.expect("Vælg din egen")
        await lines(screen, NEW, NEW)
        await screen.expect("Min dag", "Bo")
    assert sign_in.enter(door, "bo", NEW).must_change is False
    store.close()


async def lines(screen: WorkbenchDriver, *texts: str) -> None:
    """Types into one field after the other."""
    for text in texts:
        await screen.type(text + "\n")


@asynccontextmanager
async def program(url: str, key_file: Path, user: str | None = None) -> AsyncIterator[WorkbenchDriver]:
    """The workbench at a database for real people."""
    app = WorkbenchApp(ProgramSettings(key_file=key_file, user=user), url=url)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        driver = WorkbenchDriver(app, pilot)
        await driver.until(lambda: len(app.screen_stack) > 2, "the door")
        await driver.idle()
        yield driver
    app.close_store()
