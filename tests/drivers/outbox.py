"""Page objects of the lists that texts and telephone numbers stand in."""

from textual.widgets import OptionList, Static

from screens.drafts import DraftsScreen
from screens.phone_book import PhoneBookScreen
from screens.texts import TextsScreen
from tests.drivers.workbench import WorkbenchDriver


class OutboxPage:
    """Drafts, templates and the phone book, wherever one came from."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    async def go(self, key: str, screen: type[DraftsScreen | PhoneBookScreen | TextsScreen]) -> None:
        """A key that leads to one of them."""
        await self.desk.press(key)
        await self.desk.until(lambda: isinstance(self.desk.app.screen, screen), screen.__name__)
        await self.desk.idle()

    @property
    def text(self) -> str:
        """The text beside or below the list."""
        return str(self.desk.app.screen.query_one("#text Static", Static).content)

    @property
    def numbers(self) -> list[str]:
        """The lines of the phone book."""
        return [str(option.prompt) for option in self.desk.app.screen.query_one(OptionList).options]

    async def pick(self, words: str) -> None:
        """Narrows a list of choices and takes the first."""
        await self.desk.on_dialog()
        await self.desk.type(words)
        await self.desk.press("enter")
