"""The page objects of hints and of the law's numbers."""

from textual.widgets import Input, OptionList, Static

from pkui.base.words import _
from pkui.domain.rights.answers import Right
from tests.drivers.case import CasePage
from tests.drivers.workbench import WorkbenchDriver


class RightsPage:
    """What is seen of a case's hints and questions, and what keys do to them."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk, self.case = desk, CasePage(desk)

    @property
    def _options(self) -> OptionList:
        return self.desk.case_screen.query_one("#facts", OptionList)

    @property
    def hints(self) -> list[str]:
        """The hints as their lines read, top to bottom."""
        return self._lines("hint:")

    @property
    def questions(self) -> list[str]:
        """The questions, top to bottom."""
        return [line for line in self._lines("fact:") if line.startswith("? ")]

    def _lines(self, kind: str) -> list[str]:
        return [str(one.prompt) for one in self._options.options if one.id and one.id.startswith(kind)]

    def hint(self, right: Right, limb: str = "") -> str:
        """The line of one right."""
        return str(self._options.get_option(f"hint:{right}:{limb}").prompt)

    async def go_to(self, id: str) -> None:
        """Moves the cursor with the arrows to a line."""
        await self.desk.press("f", "home")
        for _step in range(self._options.option_count):
            if self._options.highlighted_option is not None and self._options.highlighted_option.id == id:
                return
            await self.desk.press("down")
        raise AssertionError(f"{id} is not among {[one.id for one in self._options.options]}")

    async def open_hint(self, right: Right, limb: str = "") -> str:
        """Enter on a hint; the whole text of the dialog."""
        await self.go_to(f"hint:{right}:{limb}")
        await self.desk.press("enter")
        await self.desk.on_dialog()
        return "\n".join(str(one.content) for one in self.desk.app.screen.query(Static))

    async def answer(self, name: str, who: str, text: str) -> None:
        """Answers a question where it stands: writes the line, or narrows the choices."""
        await self.go_to(f"fact:{name}:{who}")
        await self.desk.press("enter")
        await self.desk.type(f"{text}\n")
        edit = self.desk.case_screen.query_one("#edit", Input)
        await self.desk.until(lambda: not edit.has_class("-open"), "the answer saved")
        await self.desk.idle()

    async def say_otherwise(self, answer: str, reason: str, number: int) -> None:
        """In an open hint: o, the answer, the reason."""
        await self.desk.press("o")
        await self.desk.expect(_("I see it otherwise"))
        await self.desk.type(f"{answer}\n")
        await self.desk.expect(_("Why %(answer)s?") % {"answer": answer})
        await self.desk.type(f"{reason}\n")
        await self.desk.on_case(number)

    async def on_day(self, day: str) -> None:
        """j and the day, until its hints stand there."""
        await self.desk.press("j")
        await self.desk.on_dialog()
        await self.desk.type(f"{day}\n")
        await self.desk.idle()


class LawPage:
    """The law's numbers."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    async def open(self) -> None:
        """From the queue by the menu."""
        await self.desk.press("f2")
        await self.desk.on_dialog()
        await self.desk.type(f"{_('The numbers of the law')}\n")
        await self.desk.until(lambda: bool(self.rows), "the numbers")
        await self.desk.idle()

    @property
    def rows(self) -> list[str]:
        """Every line."""
        return [str(one.prompt) for one in self.desk.app.screen.query_one("#rows", OptionList).options]

    @property
    def source(self) -> str:
        """What stands about the number under the cursor."""
        return str(self.desk.app.screen.query_one("#source", Static).content)

    async def go_to(self, line: int) -> None:
        """Moves the cursor with the arrows."""
        await self.desk.press("home", *["down"] * line)

    async def set_value(self, value: str, day: str, source: str) -> None:
        """Enter, the three fields, Enter."""
        await self.desk.press("enter")
        await self.desk.on_dialog()
        for text in (value, day, source):
            await self.desk.press("ctrl+u")
            await self.desk.type(text)
            await self.desk.press("tab")
        await self.desk.press("enter")
        await self.desk.idle()
