"""The queue's page object."""

from dataclasses import dataclass

from tests.drivers.workbench import WorkbenchDriver

CURSOR = "▌"


@dataclass(frozen=True)
class Row:
    """One line of the list as it stands on the screen."""

    y: int
    number: int
    text: str
    cursor: bool


class QueuePage:
    """What is seen of the queue and what keys do to it."""

    def __init__(self, desk: WorkbenchDriver) -> None:
        self.desk = desk

    @property
    def rows(self) -> list[Row]:
        """The rows in view, top to bottom."""
        region, lines, found = self.desk.queue_screen.cases.region, self.desk.lines, []
        for y in range(region.y + 1, region.bottom):
            words = lines[y].replace(CURSOR, " ").split()
            number = next((word for word in words[:2] if word.isdecimal()), None)
            if number is not None:
                found.append(Row(y, int(number), lines[y].rstrip(), lines[y].startswith(CURSOR)))
        return found

    @property
    def numbers(self) -> list[int]:
        """The queue numbers in view."""
        return [row.number for row in self.rows]

    @property
    def cursor(self) -> Row:
        """The row under the cursor."""
        (row,) = (row for row in self.rows if row.cursor)
        return row

    @property
    def counts(self) -> str:
        """What stands at the right of the line of lists."""
        return self.desk.lines[1].strip()

    async def select(self, number: int) -> "QueuePage":
        """Moves the cursor with the arrows to a row in view."""
        while (here := self.cursor.number) != number:
            order = self.numbers
            await self.desk.press("down" if order.index(number) > order.index(here) else "up")
        return self

    async def view(self, key: str, counts: str) -> list[int]:
        """Presses the key of a list and waits for its count; the numbers in view."""
        await self.desk.press(key)
        await self.desk.expect(counts)
        return self.numbers

    async def search(self, text: str, counts: str) -> list[int]:
        """F3 and the text; waits for the count that narrows to."""
        await self.desk.press("f3")
        await self.desk.type(text)
        await self.desk.expect(counts)
        return self.numbers

    async def end_search(self) -> None:
        """Esc takes the search back."""
        await self.desk.press("escape")
        await self.desk.idle()

    async def open(self, number: int) -> None:
        """Opens a row in view."""
        await self.select(number)
        await self.desk.press("enter")
        await self.desk.on_case(number)
