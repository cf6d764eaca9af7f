"""Same case, sparring and reminders on the screen: every flow by its keys at 80x24."""

import pytest

from pkui.domain.codes import Role
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.sparring import open_questions
from tests.conftest import DeskAs
from tests.data.submissions import submission_id
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds."""
    number = received(desk, 1, call_windows=ALWAYS)
    take(adviser, number)
    return number


async def test_two_cases_become_one_and_are_parted_again(
    number: int, desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    other = received(desk, 1, submission_id=submission_id(5_000), **about("faster_imaging"))
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        case = CasePage(screen)
        await case.write_note("Halvt skrevet")
        await screen.press("escape", "m")
        await screen.expect("Gem notatet først (Ctrl+S).")
        await screen.press("ctrl+s")
        await screen.expect("Notatet er gemt.")
        await screen.press("m")
        await screen.expect("Samme sag?", "Saml med sag 2026-000002")
        await screen.press("enter")
        await screen.expect("hvorfor er de samme?", "Sendt to gange")
        await screen.press("down", "enter")
        await screen.expect("Samlet: begge vises her")
        assert "Samme henvendelse: sag 2026-000002" in case.enquiry
        assert "Ring gerne." in case.enquiry
        assert "Samlet med kø-nr. 2 · Adviser1: Sendt to gange" in case.timeline
        assert "Samlet med kø-nr. 1" not in case.timeline
        assert open_case(adviser, other).outcome == "duplicate"
        await screen.press("m")
        await screen.expect("Del sag 2026-000002 fra igen")
        await screen.type("del\n")
        await screen.expect("Kø-nr. 2 er sin egen sag igen.")
        assert "Samme henvendelse" not in case.enquiry
    assert open_case(adviser, other).outcome is None


async def test_a_merged_case_says_where_to_write(
    number: int, desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    other = received(desk, 1, submission_id=submission_id(5_000))
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(other)
        await screen.press("m", "enter")
        await screen.expect("Én sag under kø-nr. 1")
        await screen.type("sendt igen\n")
        await screen.on_case(number)
        await screen.press("y")
        await screen.on_case(other)
        assert screen.sees("En del af sag 2026-000001 (kø-nr. 1): skriv dér.")
        await screen.press("m")
        await screen.expect("Lad den være", "Del fra sag 2026-000001")
        await screen.press("enter")
        await screen.on_case(other)
    assert open_case(adviser, other).merged_into is not None, "the first choice changes nothing"


async def test_a_question_is_asked_and_answered(
    number: int, adviser: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    colleague = desk_as(Role.ADVISER, teams=("health_record",))
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        await screen.press("q")
        await screen.expect("Spørg juristen", "Tag den med til 14-dages-mødet", "Spørg Adviser2")
        await screen.type("adviser2\n")
        await screen.expect("Spørgsmål til en kollega", "Hvad vil du vide?")
        await screen.type("Gælder fristen fra brevet?\n")
        await screen.expect("Spurgt. Sagen beholder sit næste skridt.", "spurgt: Adviser2")
        assert "Gælder fristen fra brevet?" in CasePage(screen).timeline
    async with workbench(colleague) as screen:
        await screen.press("4")
        await screen.expect("Sparring: venter på svar", "Til dig", "Gælder fristen")
        assert screen.sees("Adviser1 spørger Adviser2: Gælder fristen fra brevet?")
        await screen.press("enter")
        await screen.on_case(number)
        await screen.press("escape")
        await screen.press("s")
        await screen.type("Ja, fra den 29.\n")
        await screen.expect("Svaret står på sagen.", "Ingen spørgsmål venter på svar.")
        await screen.press("escape")
        await screen.on_queue()
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        case = CasePage(screen)
        assert "Svar fra Adviser2 (Adviser2): Ja, fra den 29." in case.timeline
        assert "Ja, fra den 29." in case.overview
        assert not screen.sees("spurgt:")
    assert open_questions(adviser) == []


async def test_a_reminder_by_day_and_time(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        await screen.press("ø")
        await screen.expect("Påmindelse", "Tidspunkt")
        await screen.type("nonsens\n")
        await screen.expect("Skriv en dag som 27/11")
        await screen.press("ø")
        await screen.type("i morgen\n")
        await screen.expect("Du bliver mindet om det på Min dag.")
        assert open_case(adviser, number).reminder is not None
        await screen.press("ø")
        await screen.press("home", "ctrl+k", "enter")
        await screen.expect("Ingen påmindelse.")
    assert open_case(adviser, number).reminder is None
