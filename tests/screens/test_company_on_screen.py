"""Two desks in one case: said on the head line, nothing moved, no word lost."""

import pytest
from textual.widgets import TextArea

from pkui.services.cases import take
from pkui.services.company import come_in, hold, look, take_over
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import received


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds."""
    number = received(desk, 1)
    take(adviser, number)
    return number


async def asked_again(screen: WorkbenchDriver) -> None:
    """The next of the questions that a case asks again and again."""
    screen.case_screen._ask_company()
    await screen.idle()


async def opened_case(screen: WorkbenchDriver, number: int) -> CasePage:
    await QueuePage(screen).open(number)
    return CasePage(screen)


async def test_who_else_is_here_stands_on_the_head_line_and_goes(
    number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    come_in(colleague, number)
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        assert screen.sees(f"Også her: {colleague.person.name}")
        assert look(colleague, number).others == (adviser.person.name,)
        hold(colleague, number, calling=True)
        await asked_again(screen)
        assert screen.sees(f"{colleague.person.name} i telefonen siden 09.00")
        await screen.press("z")
        assert screen.sees(f"! {colleague.person.name} arbejder i sagen; e overtager.")
        await screen.press("escape")
        await screen.on_queue()
        await screen.idle()
        assert look(colleague, number).others == ()


async def test_writing_holds_the_case_and_what_is_written_under_a_lost_hold_is_kept(
    number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        page = await opened_case(screen, number)
        assert look(colleague, number).hold is None
        await page.write_note("hun ringer igen")
        held = look(colleague, number).hold
        assert held and held.username == adviser.person.username
        take_over(colleague, number, reason="hun er i telefonen nu")
        await asked_again(screen)
        assert screen.sees(f"! {colleague.person.name} har overtaget. Det, du skrev, er bevaret.")
        assert page.note == "hun ringer igen"
        await screen.press("escape", "e")
        assert screen.sees(f"Overtag fra {colleague.person.name}: hvorfor?")
        await screen.type("aftalt med hende\n")
        await screen.until(lambda: look(colleague, number).hold is not None, "a hold")
        held = look(colleague, number).hold
        assert held and held.username == adviser.person.username
        await page.save_note()
        assert "hun ringer igen" in page.timeline


async def test_what_a_colleague_changed_is_said_and_shown_while_one_writes(
    number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        page = await opened_case(screen, number)
        add_note(colleague, number, "patienten har ringet")
        await asked_again(screen)
        assert screen.sees(f"{colleague.person.name} har ændret sagen.")
        assert "patienten har ringet" in page.timeline
        await page.write_note("mit notat")
        add_note(colleague, number, "og en gang til")
        await asked_again(screen)
        assert screen.case_screen.query_one("#note", TextArea).has_focus
        assert (page.note, "og en gang til" in page.timeline) == ("mit notat", True)


async def test_what_rests_on_an_older_case_is_refused_shown_beside_what_is_new_and_put_on_top_of_it(
    number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        page = await opened_case(screen, number)
        await screen.press("q", "down", "enter")
        await screen.type("må hun vente?")
        add_note(colleague, number, "patienten har ringet")
        await asked_again(screen)
        assert "patienten har ringet" not in page.timeline, "what the question rests on stays"
        await screen.press("enter")
        await screen.expect("Sagen er ændret imens", "patienten har ringet", "må hun vente?")
        await screen.press("g")
        await screen.until(lambda: "må hun vente?" in page.timeline, "the question on top of what is new")
        assert "patienten har ringet" in page.timeline

        await screen.press("k")
        add_note(colleague, number, "og igen")
        await asked_again(screen)
        await screen.press("escape")
        await screen.until(lambda: "og igen" in page.timeline, "what changed while a question stood there")


async def test_the_queue_says_who_took_the_case_under_the_cursor_and_no_row_moves(
    desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    numbers = [received(desk, one) for one in range(1, 4)]
    async with workbench(adviser) as screen:
        queue = screen.queue_screen
        at = queue.cases.cursor_id
        assert at in numbers
        before = list(queue.cases._ids)
        take(colleague, at)
        received(desk, 9)
        queue._poll()
        await screen.idle()
        assert screen.sees(f"{colleague.person.name} har taget sag {at}.")
        assert (list(queue.cases._ids), queue.cases.cursor_id) == (before, at)
        assert screen.sees("1 ny")
