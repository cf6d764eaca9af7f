"""The page object of the week grid in which a call gets its time."""

from screens.callbacks import CallbacksScreen
from tests.drivers.workbench import WorkbenchDriver


class CallbacksPage:
    """What is seen of the week and what keys do to it."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    async def open(self) -> None:
        """b, until the week is painted."""
        await self.desk.press("b")
        await self.desk.until(lambda: isinstance(self.desk.app.screen, CallbacksScreen), "the week")
        await self.desk.expect("Markør")

    @property
    def best(self) -> str:
        """The line with the five best times."""
        return self._part("best")

    @property
    def cursor(self) -> str:
        """The time under the cursor, in words."""
        return self._part("at")

    @property
    def grid(self) -> str:
        """The whole grid."""
        return self._part("grid")

    def _part(self, id: str) -> str:
        from textual.widgets import Static

        return str(self.desk.app.screen.query_one(f"#{id}", Static).content)

    async def refused(self, words: str) -> None:
        """Waits for the rule that refuses."""
        await self.desk.expect(words)
        assert isinstance(self.desk.app.screen, CallbacksScreen)
