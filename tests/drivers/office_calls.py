"""The page object of the office's day of calls, and of what is proposed for it."""

from textual.widgets import OptionList, Static

from screens.office_calls import OfficeCallsScreen
from screens.work_screen import WorkScreen
from tests.drivers.workbench import WorkbenchDriver


class OfficeCallsPage:
    """What is seen of the day and its proposals, and what keys do to them."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    async def open(self) -> None:
        """o, until the day is painted."""
        await self.desk.press("o")
        await self.back()

    async def back(self) -> None:
        """Waits until the day is on top."""
        await self.desk.until(lambda: isinstance(self.desk.app.screen, OfficeCallsScreen), "the office's day")
        await self.desk.until(lambda: bool(self.part("day")), "the day painted")
        await self.desk.idle()

    def part(self, id: str) -> str:
        """A part of the screen on top."""
        return str(self.desk.app.screen.query_one(f"#{id}", Static).content)

    def row(self, name: str) -> str:
        """The line of a person."""
        return next(line for line in self.part("grid").splitlines() if name in line)

    @property
    def lines(self) -> list[str]:
        """The lines of a proposal or of the alarm."""
        screen = self.desk.app.screen
        assert isinstance(screen, WorkScreen)
        return [str(option.prompt) for option in screen.query_one(OptionList).options]

    async def ready(self, words: str) -> None:
        """Waits for what a proposal says above its list."""
        await self.desk.expect(words)
        await self.desk.idle()
