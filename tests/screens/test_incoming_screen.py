"""An incoming call at 80x24: over whatever one is doing, logged with a key, and back to the same letter of the note."""

import pytest
from textual.widgets import TextArea

from pkui.domain.codes import ContactResult, Direction, Role
from pkui.services import cases, help_line
from pkui.services.desk import Desk
from screens.incoming import IncomingScreen
from screens.incoming_case import IncomingCase
from tests.conftest import DeskAs
from tests.data.submissions import replacement_number, submission
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received


async def on_call(screen: WorkbenchDriver) -> None:
    """Waits for the card of whoever rings."""
    await screen.until(lambda: isinstance(screen.app.screen, IncomingCase), "the call")
    await screen.idle()


@pytest.mark.parametrize("said", ["+4520000002", replacement_number(2), "2"])
async def test_a_call_in_the_middle_of_a_note(said: str, desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    mine, other = received(desk, 1, call_windows=ALWAYS), received(desk, 2, call_windows=[])
    cases.take(adviser, mine)
    async with workbench(adviser) as screen:
        await QueuePage(screen).select(mine)
        await screen.press("enter")
        await screen.on_case(mine)
        await screen.press("f4")
        await screen.type("Patienten fortæller")
        case, note = screen.case_screen, screen.case_screen.query_one("#note", TextArea)
        await screen.press("left", "left", "f9")
        await screen.until(lambda: isinstance(screen.app.screen, IncomingScreen), "the line")
        await screen.type(said)
        await screen.press("enter")
        await on_call(screen)
        assert screen.sees("Hanne Test Lauridsen", "Må siges", "Alle andre: kun generel vejledning")
        await screen.press("p")
        await screen.expect("Noteret: ringede selv")
        await screen.press("w", "d", "enter")
        await screen.expect("Ringetiderne er ændret")
        await screen.press("escape")
        await screen.until(lambda: screen.app.screen is case, "the case below")
        assert (note.text, note.has_focus, note.cursor_location) == ("Patienten fortæller", True, (0, 17))
    view = cases.open_case(desk, other)
    (contact,) = view.contacts
    assert (contact.result, contact.direction) == (ContactResult.CALLED_BACK, Direction.INCOMING)
    assert view.row.record.answered_at is None
    assert [(one.weekday, one.start.hour) for one in view.row.record.windows] == [(1, 8)]


async def test_what_may_be_said_and_taking_the_enquiry_back(
    desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    protected = submission(3)["patient"] | {"address_protected": True}
    relative = {"name": "Bo Test", "phone": "86112233", "relation": "søn"}
    number = received(desk, 3, patient=protected, representative=relative)
    async with workbench(desk_as(Role.SECRETARY)) as screen:
        await screen.press("f9")
        await screen.type("86 11 22 33")
        await screen.press("enter")
        await on_call(screen)
        text = " ".join(screen.text.split())
        assert "Bo Test · søn: intet samtykke. Kun generel vejledning; sig ikke, om der er en sag." in text
        assert "BESK.: oplys aldrig adresse eller telefon" in text
        await screen.press("x")
        await screen.type("Har fået en tid")
        await screen.press("enter")
        await screen.expect("trukket tilbage")
        await screen.press("x")
        await screen.expect("Sagen er afsluttet")
    assert cases.open_case(desk, number).outcome == "withdrawn"


async def test_several_hits_show_neither_number_nor_telephone(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    for one in (1, 9, 17):
        received(desk, one)
    async with workbench(adviser) as screen:
        await screen.press("f9")
        await screen.type("mette test")
        await screen.press("enter")
        await screen.expect("3 sager")
        assert not any(replacement_number(one)[6:] in screen.text for one in (9, 17))
        assert "20 00 00" not in screen.text
        await screen.press("down", "enter")
        await on_call(screen)
        await screen.press("escape")
        await screen.on_queue()


async def test_a_short_answer_in_two_keys(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        await screen.press("f9", "f8")
        await screen.on_queue()
        await screen.expect("Kort svar talt: 1 i dag.")
    assert help_line.short_answers_today(desk) == 1
