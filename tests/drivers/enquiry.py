"""The help line's form as a secretary uses it: typed text goes in as it is, every other key is counted."""

from textual.widgets import Static

from screens.enquiry import EnquiryScreen
from tests.drivers.workbench import WorkbenchDriver


class FormPage:
    """The form on top."""

    def __init__(self, screen: WorkbenchDriver) -> None:
        self.screen, self.keys = screen, 0

    @property
    def form(self) -> EnquiryScreen:
        """The form itself."""
        found = self.screen.app.screen
        assert isinstance(found, EnquiryScreen), found
        return found

    @property
    def at(self) -> str | None:
        """The question that has the focus."""
        return self.form._at

    @property
    def under(self) -> str:
        """What stands under the form: what binds, and how to ask."""
        return "\n".join(str(self.form.query_one(f"#{id}", Static).content) for id in ("advice", "hint"))

    async def open(self) -> None:
        """Ctrl+N."""
        await self.press("ctrl+n")
        await self.screen.until(lambda: isinstance(self.screen.app.screen, EnquiryScreen), "the form")
        await self.screen.idle()

    async def press(self, *keys: str) -> None:
        """Keys beyond the typed text."""
        self.keys += len(keys)
        await self.screen.press(*keys)

    async def to(self, question: str) -> None:
        """Enter until that question has the focus."""
        for _step in range(30):
            if self.at == question:
                return
            await self.press("enter")
        raise AssertionError(f"never came to {question}; the screen shows:\n{self.screen.text}")

    async def write(self, question: str, text: str) -> None:
        """Goes to a question and types."""
        await self.to(question)
        await self.screen.type(text)

    async def choose(self, question: str, key: str) -> None:
        """Goes to a question and answers it by its letter."""
        await self.to(question)
        await self.press(key)
