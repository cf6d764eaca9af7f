"""The person number in the clipboard: from the menu alone, logged, for a minute, and gone at the end."""

import pytest

from pkui.services.desk import Desk
from screens import clipboard
from tests.data.submissions import replacement_number
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received, stored


@pytest.fixture
def number(desk: Desk) -> int:
    """A case in the adviser's queue."""
    return received(desk, 1, call_windows=ALWAYS)


async def copied(screen: WorkbenchDriver, number: int) -> None:
    await screen.press("enter")
    await screen.on_case(number)
    await screen.press("f2")
    await screen.type("kopiér cpr")
    await screen.press("enter")
    await screen.expect("Kopieret: CPR-nummer. Udklipsholderen tømmes om et minut.")
    assert screen.app.clipboard == replacement_number(1)
    assert replacement_number(1) not in screen.text


async def test_req_12_it_is_logged_and_taken_back_after_its_time(
    number: int, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clipboard.CLEAR_AFTER_SECONDS == 60
    monkeypatch.setattr(clipboard, "CLEAR_AFTER_SECONDS", 2.0)
    async with workbench(adviser) as screen:
        await copied(screen, number)
        assert stored(adviser.store, "SELECT kind, what FROM access_log WHERE kind = 'copy'") == [
            ("copy", "identifier")
        ]
        await screen.until(lambda: screen.app.clipboard == "", "the clipboard emptied")


async def test_what_was_copied_since_is_left_alone(
    number: int, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(adviser) as screen:
        await copied(screen, number)
        await screen.press("x")
        await screen.expect("Kopieret: 2026-000001")
        clipboard.take_back(screen.app, screen.app.bench)
        assert screen.app.clipboard == "2026-000001"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+l"])
async def test_it_is_taken_back_when_the_program_ends_and_when_the_desk_is_locked(
    key: str, number: int, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(adviser) as screen:
        await copied(screen, number)
        written: list[str] = []
        monkeypatch.setattr(screen.app._driver, "write", written.append)
        await screen.press(key)
        assert "\x1b]52;c;\a" in written
