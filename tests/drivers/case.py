"""The case's page object."""

from textual.widgets import Input, OptionList

from tests.drivers.workbench import WorkbenchDriver


class CasePage:
    """What is seen of a case and what keys do to it."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    @property
    def timeline(self) -> str:
        """The timeline, all of it."""
        return self._panel("timeline")

    @property
    def enquiry(self) -> str:
        """The patient's own words and what came with them."""
        return self._panel("inquiry")

    @property
    def overview(self) -> str:
        """Everything in the overview: facts, call times, courses."""
        options = self.desk.case_screen.query_one("#facts", OptionList)
        return "\n".join(str(option.prompt) for option in options.options)

    def _panel(self, name: str) -> str:
        from textual.widgets import Static

        return str(self.desk.case_screen.query_one(f"#{name}-text", Static).content)

    @property
    def facts(self) -> dict[str, str]:
        """The facts by their id, as their lines read."""
        options = self.desk.case_screen.query_one("#facts", OptionList)
        return {
            option.id.removeprefix("fact:"): str(option.prompt)
            for option in options.options
            if option.id and option.id.startswith("fact:")
        }

    @property
    def note(self) -> str:
        """What stands in the note."""
        return self.desk.case_screen.note.text

    async def write_note(self, text: str) -> None:
        """F4 and the text."""
        await self.desk.press("f4")
        await self.desk.type(text)

    async def save_note(self) -> None:
        """Ctrl+S, until it is saved."""
        await self.desk.press("ctrl+s")
        await self.desk.until(lambda: self.note == "", "the note saved")
        await self.desk.idle()

    async def begin_fact(self, name: str) -> None:
        """Opens the field of a fact."""
        await self.desk.press("f")
        options = self.desk.case_screen.query_one("#facts", OptionList)
        await self.desk.press("home")
        for _step in range(options.option_count):
            if options.highlighted_option is not None and options.highlighted_option.id == f"fact:{name}":
                break
            await self.desk.press("down")
        await self.desk.press("enter")
        edit = self.desk.case_screen.query_one("#edit", Input)
        await self.desk.until(lambda: edit.has_class("-open"), f"the field of {name}")
        await self.desk.idle()

    async def write_fact(self, name: str, value: str, *, sources_down: int = 0) -> None:
        """Writes a fact in place; `sources_down` steps from the patient to another source."""
        await self.begin_fact(name)
        edit = self.desk.case_screen.query_one("#edit", Input)
        await self.desk.press(*["down"] * sources_down, *["backspace"] * len(edit.value))
        await self.desk.type(value)
        await self.desk.press("enter")
        await self.desk.until(lambda: not edit.has_class("-open"), "the fact saved")
        await self.desk.idle()

    async def ring(self, result: str, number: int) -> None:
        """r and the letter of how the call ended."""
        await self.desk.press("r")
        await self.desk.on_dialog()
        await self.desk.press(result)
        await self.desk.on_case(number)

    async def wait_for(self, party: str, text: str, day: str, number: int) -> None:
        """v, the letter of the party, what was asked, the day."""
        await self.desk.press("v")
        await self.desk.on_dialog()
        await self.desk.press(party)
        await self.desk.type(f"{text}\n")
        await self.desk.press(*["backspace"] * 10)
        await self.desk.type(f"{day}\n")
        await self.desk.on_case(number)
