"""A walk through every screen, dialog, list and message, stopping at each: for what must hold everywhere."""

from collections.abc import AsyncIterator, Awaitable, Callable

from pkui.domain.codes import OUTCOMES
from pkui.services.cases import close, open_case
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from screens.dialogs.frame import Dialog
from screens.queue import QueueScreen
from screens.widgets.key_line import SaidLine
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import WorkbenchDriver

VIEWS = "gmdeul"
DIALOGS = {"k": "pi", "v": "a", "z": "", "o": "", "w": "", "æ": "", "s": "", "a": ""}
"""Keys that open a question on a case one holds, and keys that show more of it without answering it."""


class Tour:
    """Walks from the queue's first screen to the sign-in; `number` is held by who sits there, in her team's queue."""

    def __init__(self, screen: WorkbenchDriver, number: int, me: Desk, colleague: Desk, words: str = "Ord") -> None:
        self.screen, self.number, self.me, self.colleague, self.words = screen, number, me, colleague, words
        self.queue, self.case = QueuePage(screen), CasePage(screen)

    async def stops(self) -> AsyncIterator[str]:
        """The name of each stop, once the screen stands still there."""
        for part in (self._queue, self._help_line, self._case, self._dialogs, self._writing, self._closing, self._end):
            async for stop in part():
                await self.screen.idle()
                yield stop

    async def _queue(self) -> AsyncIterator[str]:
        press = self.screen.press
        for view in VIEWS:
            await press(view)
            yield f"queue {view}"
        await press("f3")
        yield "search"
        await self.screen.type(self.words)
        yield "search typed"
        await press("escape")
        async for stop in self._help_and_menu("queue"):
            yield stop
        await press("o")
        yield "office's calls"
        await press("a")
        yield "alarm"
        await press("escape", "escape")
        await self.screen.on_queue()
        await press("f7")
        yield "topic"
        await press("escape")
        await self.screen.on_queue()
        await self.queue.select(self.number)
        await press("z")
        yield "put back in queue"
        await press("enter")
        yield "put back in queue refused"
        await press("escape")

    async def _help_line(self) -> AsyncIterator[str]:
        """A new enquiry, a call, and what is parked, from the queue and back to it."""
        press = self.screen.press
        await press("ctrl+n")
        yield "enquiry"
        await press("enter", "enter", "r")
        yield "enquiry basis"
        await press("n", *["enter"] * 2)
        await self.screen.type(self.words)
        yield "enquiry without consent"
        await press(*["enter"] * 6)
        yield "enquiry topic"
        await press("enter")
        yield "enquiry topics"
        await press("escape", "ctrl+s")
        yield "enquiry refused"
        await press("escape", "ctrl+n")
        yield "enquiry waiting"
        await press("escape", "f2")
        await self.screen.type("kassér")
        yield "enquiry menu"
        await press("escape", "escape", "f9")
        yield "incoming"
        await self.screen.type(str(self.number))
        await press("enter")
        yield "call"
        await press("w")
        yield "call times"
        await press("escape", "x")
        yield "call withdraw"
        await press("escape", "escape")
        await self.screen.on_queue()
        await press("k")
        yield "parked"
        await press("enter")
        yield "parked opened"
        await press("escape")
        if not isinstance(self.screen.app.screen, QueueScreen):
            await press("escape")
        await self.screen.on_queue()

    async def _help_and_menu(self, where: str) -> AsyncIterator[str]:
        press = self.screen.press
        await press("f1")
        yield f"{where} help"
        for page in range(4):
            await press("pagedown")
            yield f"{where} help {page}"
        await press("escape", "f2")
        yield f"{where} menu"
        for page in range(4):
            await press("pagedown")
            yield f"{where} menu {page}"
        await press("escape")

    async def _case(self) -> AsyncIterator[str]:
        press = self.screen.press
        await press("enter")
        await self.screen.on_case(self.number)
        yield "case"
        for panel in range(3):
            await press("tab", "end")
            yield f"case panel {panel}"
        await press("f", "end")
        yield "case overview end"
        async for stop in self._help_and_menu("case"):
            yield stop
        for key in ("c", "x", "y", "h", "å", "ctrl+s"):
            await press(key)
            yield f"case said {key}"
            while self.screen.case_screen.number != self.number:
                await press("escape")

    async def _dialogs(self) -> AsyncIterator[str]:
        press = self.screen.press
        for key, more in DIALOGS.items():
            await press(key)
            yield f"dialog {key}"
            for letter in more[:-1] if key == "k" else more:
                await press(letter)
                yield f"dialog {key} {letter}"
            if key == "o":
                await press("enter")
                yield "dialog o message"
            await press("escape")
            await self.screen.on_case(self.number)
        for outcome in ("forwarded", OUTCOMES[0]):
            await press("a", *["down"] * OUTCOMES.index(outcome), "enter")
            yield f"closing {outcome}"
            await press("escape")
            await self.screen.on_case(self.number)

    async def _writing(self) -> AsyncIterator[str]:
        press = self.screen.press
        await self.case.begin_fact("letter_department")
        yield "fact"
        await press("down")
        yield "fact source"
        await self.screen.type(self.words)
        await press("enter")
        yield "fact written"
        await press("k", "a", "tab")
        await self.screen.type(self.words)
        await press("enter", "t")
        yield "contact logged"
        await self.case.wait_for("a", self.words, "+3", self.number)
        yield "waiting"
        await self.case.write_note(self.words)
        yield "note"
        add_note(self.colleague, self.number, self.words)
        await press("ctrl+s")
        await self.screen.on_dialog()
        yield "stale"
        await press("g")
        await self.screen.on_case(self.number)
        yield "note saved"

    async def _closing(self) -> AsyncIterator[str]:
        press = self.screen.press
        await press("k")
        version = open_case(self.me, self.number).version
        close(self.me, self.number, outcome="forwarded", forwarded_to=self.words, version=version)
        await press("p", "t")
        await self.screen.on_dialog()
        yield "stale closed"
        await press("escape")
        await self.screen.on_case(self.number)
        yield "closed case"
        await press("v")
        yield "closed case refuses"
        await press("å")
        yield "reopen"
        await press("escape", "escape")
        await self.screen.on_queue()
        yield "queue after"

    async def _end(self) -> AsyncIterator[str]:
        await self.screen.press("f2")
        await self.screen.type("log ud")
        yield "menu narrowed"
        await self.screen.press("enter")
        yield "sign-in"
        await self.screen.press("end")
        yield "sign-in end"


def usable(screen: WorkbenchDriver, stop: str) -> None:
    """Every line is as wide as the terminal, and one tells what to press, or a message stands over it."""
    lines = screen.lines
    assert all(len(line) == screen.app.size.width for line in lines), stop
    said = any(line.display for line in screen.app.screen.query(SaidLine))
    where = screen.dialog_lines if isinstance(screen.app.screen, Dialog) else lines[-2:]
    told = said or any(key in line for line in where for key in ("F1", "Esc", "Enter", "Ctrl+Q", "Skriv"))
    assert told, f"{stop}\n{screen.text}"


async def walk(tour: Tour, look: Callable[[str], Awaitable[None] | None]) -> list[str]:
    """Walks the whole tour and looks at every stop; the names of the stops."""
    names = []
    async for stop in tour.stops():
        names.append(stop)
        answer = look(stop)
        if answer is not None:
            await answer
    return names
