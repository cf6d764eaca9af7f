"""A screen that fails ends the program without showing anything of what it was about."""

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from pkui.services.desk import Desk
from tests.screens.conftest import OpenWorkbench


class Broken(Screen[None]):
    """Fails while a number stands in its variables."""

    def compose(self) -> ComposeResult:
        """Never gets so far."""
        number = "620236-0001"
        yield Static(str(int(number)))


async def test_a_failure_shows_nothing_of_a_case(
    adviser: Desk, workbench: OpenWorkbench, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError):
        async with workbench(adviser) as screen:
            app = screen.app
            await app.push_screen(Broken())
    assert isinstance(app.broken, ValueError)
    assert "620236" not in capsys.readouterr().err
