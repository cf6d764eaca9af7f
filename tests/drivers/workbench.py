"""The workbench as a person at a desk meets it: keys go in, text is seen. Waits for what happens, never for time."""

import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from rich.console import RenderableType
from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen

from pkui.app import WorkbenchApp
from pkui.base.clock import TRAINING_START
from pkui.base.settings import ProgramSettings
from screens.case import CaseScreen
from screens.dialogs.frame import Dialog
from screens.queue import QueueScreen

PATIENCE = 30.0
"""Seconds until a condition that never comes is an error."""
STILL = 3
"""How many looks in a row must find nothing moving."""


class WorkbenchDriver:
    """A running workbench and its terminal."""

    def __init__(self, app: WorkbenchApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot
        self._paints, paint = 0, app._display

        def counted(screen: Screen[Any], renderable: RenderableType | None) -> None:
            self._paints += 1
            paint(screen, renderable)

        app._display = counted  # type: ignore[method-assign]

    # -- seeing ------------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What the terminal shows, as one text."""
        return "\n".join(line.rstrip() for line in self.lines)

    def sees(self, *texts: str) -> bool:
        """Whether every one of the texts stands on the screen, each on one line."""
        lines = self.lines
        return all(any(text in line for line in lines) for text in texts)

    async def expect(self, *texts: str) -> None:
        """Waits until all the texts stand on the screen, then until nothing moves."""
        await self.until(lambda: self.sees(*texts), f"{texts} on the screen")
        await self.idle()

    async def expect_gone(self, *texts: str) -> None:
        """Waits until none of the texts stands on the screen."""
        await self.until(lambda: not any(self.sees(text) for text in texts), f"{texts} gone from the screen")

    @property
    def clickable(self) -> list[object]:
        """Every action that text on the screen would run when clicked."""
        return [
            segment.style.meta["@click"]
            for strip in self.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style is not None and "@click" in segment.style.meta
        ]

    # -- doing -------------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Presses keys, each once the one before has been dealt with."""
        for key in keys:
            self._send(key)
            await self.idle()

    async def type(self, text: str) -> None:
        """Types text as fast as it comes."""
        for character in text:
            self._send("enter" if character == "\n" else character)
        await self.idle()

    def _send(self, key: str) -> None:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        character: str | None
        try:
            character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
        except KeyError:
            character = key if len(key) == 1 else None
        event = events.Key(name, character)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    async def click(self, text: str) -> None:
        """Clicks the first place where the text stands."""
        y, line = next((y, line) for y, line in enumerate(self.lines) if text in line)
        await self.pilot.click(offset=(line.index(text), y))
        await self.idle()

    # -- waiting -----------------------------------------------------------------------------------------

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Waits until something holds. Raises AssertionError with the screen when it never does."""
        deadline = monotonic() + PATIENCE
        while not holds():
            assert monotonic() < deadline, f"waited in vain for {what}; the screen shows:\n{self.text}"
            await self.pilot.pause(0.005)
        self._no_failure()

    async def idle(self) -> None:
        """Until no thread works, no message waits and the screen stays as it is."""
        deadline, drawn, before, still = monotonic() + PATIENCE, (0, 0), "", 0
        while still < STILL:
            assert monotonic() < deadline, f"never quiet; the screen shows:\n{self.text}"
            await self.pilot.pause(0.001)
            last, drawn = drawn, (id(self.app.screen), self._paints)
            seen = before if drawn == last else f"{drawn[0]}{self.text}"
            busy = any(not worker.is_finished for worker in self.app.workers)
            still = 0 if busy or seen != before else still + 1
            before = seen
        self._no_failure()

    def _no_failure(self) -> None:
        told = [note.message for note in self.app._notifications if note.severity == "error"]
        assert not told, f"the program failed: {told}\n{state_log()}"

    # -- screens -----------------------------------------------------------------------------------------

    @property
    def queue_screen(self) -> QueueScreen:
        """The queue, wherever it stands in the stack."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))

    @property
    def case_screen(self) -> CaseScreen:
        """The case on top."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, CaseScreen))

    async def on_queue(self) -> None:
        """Waits until the queue is on top and shows its count."""
        await self.until(lambda: isinstance(self.app.screen, QueueScreen) and self.sees(" af "), "the queue")
        await self.idle()

    async def on_dialog(self) -> None:
        """Waits until a question stands over the work."""
        await self.until(lambda: isinstance(self.app.screen, Dialog) and self.app.screen.is_mounted, "a dialog")
        await self.idle()

    @property
    def dialog_lines(self) -> list[str]:
        """What stands inside the box of the dialog on top."""
        region = self.app.screen.query_one("#box").content_region
        return [line[region.x : region.right].rstrip() for line in self.lines[region.y : region.bottom]]

    async def on_case(self, number: int) -> None:
        """Waits until that case is on top."""

        def there() -> bool:
            screen = self.app.screen
            return isinstance(screen, CaseScreen) and screen.is_mounted and screen.number == number

        await self.until(lambda: there() and self.sees(f"kø-nr. {number}"), f"case {number}")
        await self.idle()


def state_log() -> str:
    """The program's own log of this test, for what failed unexpectedly."""
    from pkui.base.log import FILE_NAME
    from pkui.base.settings import state_dir

    file = state_dir() / FILE_NAME
    return file.read_text("utf-8") if file.exists() else ""


@asynccontextmanager
async def opened(
    url: str,
    key_file: Path,
    username: str | None,
    *,
    now: datetime = TRAINING_START,
    size: tuple[int, int] = (80, 24),
    ready: str = " af ",
    **settings: Any,
) -> AsyncIterator[WorkbenchDriver]:
    """The workbench on that database: with a username its queue, once `ready` is seen; without one the sign-in."""
    app = WorkbenchApp(ProgramSettings(now=now, key_file=key_file, **settings), url=url, username=username)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        driver = WorkbenchDriver(app, pilot)
        if username is None:
            await driver.until(lambda: len(app.screen_stack) > 2, "the sign-in screen")
            await driver.idle()
        else:
            await driver.expect(ready)
        yield driver
    if app._store is not None:
        app._store.close()
