"""Every screen at every size and in every colouring: nothing crashes, and what must be read can be read."""

import pytest

from pkui.services.cases import take
from pkui.services.desk import Desk
from screens.themes import THEMES
from tests.drivers.tour import Tour, usable, walk
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received


@pytest.mark.soak
@pytest.mark.parametrize("size", [(120, 40), (60, 18)])
async def test_every_screen_is_usable_at_every_size(
    size: tuple[int, int], desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    received(desk, 2, call_windows=ALWAYS)
    take(adviser, number)
    async with workbench(adviser, size=size) as screen:
        await walk(Tour(screen, number, adviser, colleague), lambda stop: usable(screen, stop))


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_theme_shows_the_same_words(
    theme: str, desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        words = screen.text
        while screen.app.theme != theme:
            await screen.press("f2")
            await screen.type("farver\n")
            await screen.on_queue()
        await screen.press("f5")
        assert screen.text == words


async def test_without_colour_every_state_is_still_told(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    received(desk, 1, call_windows=ALWAYS, received_at="2026-11-12T09:00:00Z")
    received(desk, 2, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        assert screen.app.no_color
        colours = {
            colour.triplet
            for strip in screen.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour is not None and colour.triplet is not None
        }
        assert all(max(colour) - min(colour) == 0 for colour in colours)
        assert screen.sees("◂", "▌")
        await screen.press("enter")
        await screen.on_case(1)
        assert screen.sees("◂ for sent")
