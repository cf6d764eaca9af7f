"""Min dag on the screen: what an adviser meets first, what its keys do, the check at the end, one call for all."""

from datetime import date, datetime

import pytest

from pkui.domain.codes import ContactResult, Party, Role
from pkui.domain.office import COPENHAGEN
from pkui.services.cases import hand_over, open_case, take, wait
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.journal import Journal
from pkui.services.notes import add_note
from pkui.services.reminders import remind
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.drivers.case import CasePage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received

FRIDAYS = [{"weekday": 5, "from": "09:00", "to": "11:00"}]


@pytest.fixture
def lying(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds, with nothing to do now."""
    number = received(desk, 1, call_windows=FRIDAYS)
    take(adviser, number)
    return number


async def on_my_day(screen: WorkbenchDriver) -> None:
    await screen.expect("Min dag", "Fyraftenstjek")


async def test_who_picks_herself_begins_with_her_day_and_goes_to_the_queue(
    lying: int, adviser: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    desk_as(Role.SECRETARY)
    async with workbench(None) as screen:
        await screen.press("enter")
        await on_my_day(screen)
        assert screen.sees("Ligger hos dig (1)", "Mette Test Lauridsen", "svar senest tir. 16.00")
        await screen.press("enter")
        await screen.on_case(lying)
        await screen.press("escape")
        await on_my_day(screen)
        await screen.press("escape")
        await screen.on_queue()
        await screen.press("1")
        await on_my_day(screen)
        await screen.press("f2")
        await screen.type("log ud\n")
        await screen.expect("Hvem er du?")
        await screen.press("s", "enter")
        await screen.on_queue()
        await screen.press("1")
        await screen.expect("Din rolle må ikke")


async def test_every_part_with_its_reason(
    lying: int, desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    urgent = received(desk, 2, **about("maximum_waiting_time", call_windows=FRIDAYS))
    follow, handed, rang = (received(desk, n, call_windows=FRIDAYS) for n in (3, 4, 5))
    received(desk, 6, call_windows=ALWAYS)
    for number in (follow, rang):
        take(adviser, number, reason="r")
    take(adviser, urgent, reason="r")
    wait(adviser, follow, party=Party.DEPARTMENT, until=date(2026, 11, 23), text="spurgt")
    remind(adviser, lying, datetime(2026, 11, 23, 13, 0, tzinfo=COPENHAGEN), text="ring til datteren")
    take(colleague, handed, reason="r")
    hand_over(colleague, handed, "adviser1", text="Tager du den?")
    log_contact(colleague, rang, party=Party.PATIENT, result=ContactResult.CALLED_BACK)
    async with workbench(adviser) as screen:
        await screen.press("1")
        await on_my_day(screen)
        headings = ["Maksimale ventetider (1)", "Skal følges op (2)", "Nyt, siden du var her (1)",
                    "Givet til dig (1)", "Ring nu (1)"]  # fmt: skip
        places = [next(y for y, line in enumerate(screen.lines) if heading in line) for heading in headings]
        assert places == sorted(places)
        assert screen.sees("følges op i dag", "påmindelse i dag 13.00: ring til datteren", "Opkald fra patienten")
        assert screen.sees("fra Adviser2 i dag 09.00: Tager du den?", "ledig, svar senest tir. 16.00")
        assert all(len(line.rstrip()) <= 80 for line in screen.lines)
        await screen.press("v")
        await screen.expect("Vent på")
        await screen.press("escape", "escape")
        await on_my_day(screen)
        add_note(colleague, lying, "noget nyt")
        await screen.expect("der er nyt (F5)")
        await screen.press("f5")
        await screen.expect_gone("der er nyt")
        await screen.press("n")
        await screen.on_case(6)


async def test_the_check_before_one_goes_home(lying: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    log_contact(adviser, lying, party=Party.PATIENT, result=ContactResult.REACHED)
    async with workbench(adviser) as screen:
        assert screen.sees("intet skridt"), "the queue marks it"
        await screen.press("1")
        await on_my_day(screen)
        await screen.press("enter")
        await screen.on_case(lying)
        await CasePage(screen).write_note("Halvt")
        await screen.press("escape", "escape")
        await on_my_day(screen)
        await screen.press("a")
        await screen.expect("Uden et næste skridt (1)", "intet næste skridt", "ikke gemt (1)", "Opkald tirsdag")
        assert not screen.sees("Alt har et næste skridt")
        wait(adviser, lying, party=Party.DEPARTMENT, until=date(2026, 11, 25), text="spurgt")
        Journal(adviser.store).forget(open_case(adviser, lying).row.record.id)
        await screen.press("f5")
        await screen.expect("Alt har et næste skridt")
        await screen.press("escape")
        await on_my_day(screen)


async def test_one_call_answers_every_case_of_a_department(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    numbers = []
    for n in (1, 2, 3):
        place = {"hospital_text": "Gødstrup", "department_text": "Ortopædkirurgi"}
        numbers.append(received(desk, n, referral={**submission(n)["referral"], **place}))
        take(adviser, numbers[-1])
        wait(adviser, numbers[-1], party=Party.DEPARTMENT, until=date(2026, 11, 23), text=f"spurgt {n}")
    async with workbench(adviser) as screen:
        await screen.press("1")
        await on_my_day(screen)
        await screen.press("s")
        await screen.expect("Ortopædkirurgi Gødstrup", "3 sager  3 forfaldne")
        await screen.press("k")
        await screen.expect("Åbn en modtager først")
        await screen.press("enter")
        await screen.expect("[x]", "spurgt 1", "spurgt 3")
        await screen.press("end", "space")
        await screen.expect("[ ]")
        await screen.press("k")
        await screen.expect("Om 2 sager.")
        await screen.press("tab")
        await screen.type("Tider mandag")
        await screen.press("enter", "t")
        await screen.expect("Hvornår følger du op")
        await screen.press("enter")
        await screen.expect("Noteret på 2 sager.")
        await screen.press("escape")
        await screen.expect("Opfølgning efter modtager")
        await screen.press("escape")
        await on_my_day(screen)
    views = [open_case(adviser, number) for number in numbers]
    assert [[one.text for one in view.contacts] for view in views] == [["Tider mandag"], ["Tider mandag"], []]
    assert [view.row.record.follow_up_on for view in views] == [date(2026, 11, 26)] * 2 + [date(2026, 11, 23)]
