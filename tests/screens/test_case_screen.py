"""The case on the screen: each step by its keys, each refusal in words, and no word ever lost."""

from pathlib import Path
from typing import Any

import pytest

from pkui.domain.codes import ContactResult, Party, Role
from pkui.services.cases import close, open_case, take
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from pkui.services.facts import change_core_data
from pkui.services.notes import add_note
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received, stored

RINGABLE: dict[str, Any] = {"call_windows": ALWAYS}


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds."""
    number = received(desk, 1, **RINGABLE)
    take(adviser, number)
    return number


async def opened_case(screen: WorkbenchDriver, number: int) -> CasePage:
    """The case opened from the queue."""
    await QueuePage(screen).open(number)
    return CasePage(screen)


async def test_the_first_glance(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        assert screen.sees("Sag 2026-000001 · kø-nr. 1", "Mette Test Lauridsen", "20 00 00 01 (selv)", "nu til 15.30")
        assert screen.sees("Svar senest tir. 16.00", "Står her, fordi")
        assert "operation i højre hånd" in case.enquiry
        assert "brev.pdf" in case.enquiry
        assert "Regionshospitalet Viborg (brevet)" in case.facts["letter_hospital"]
        assert "8.30-15.30" in case.overview
        assert "Modtaget" in case.timeline
        assert "Overtaget af Adviser1" in case.timeline


async def test_a_free_case_is_taken_from_its_screen(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    number = received(desk, 1, **RINGABLE)
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("v")
        await screen.expect("Hent sagen først (h).")
        await screen.press("h")
        await screen.expect("Adviser1")
        await screen.until(lambda: open_case(adviser, number).mine, "the case taken")


async def test_put_back_and_hand_over(number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("z")
        await screen.on_dialog()
        await screen.type("Forkert sag\n")
        await screen.on_queue()
        assert open_case(adviser, number).row.record.assignee is None

        await screen.press("r")
        await screen.on_dialog()
        await screen.press("escape")
        await screen.on_case(number)
        await screen.press("o")
        await screen.on_dialog()
        assert not screen.sees("Adviser1\n")
        await screen.type("adviser2\n")
        await screen.expect("Besked til Adviser2")
        await screen.type("Ring efter 13 [haster]\n")
        await screen.on_queue()
    given = open_case(colleague, number)
    assert given.mine
    assert given.events[-1].reason == "Ring efter 13 [haster]"


async def test_a_contact_with_anyone(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await screen.press("k")
        await screen.on_dialog()
        await screen.press("a", "tab")
        await screen.type("Mulig tid i uge 50")
        await screen.press("tab")
        await screen.type("32/1")
        await screen.press("enter", "t")
        await screen.expect("Det er ingen dag")
        await screen.press(*["backspace"] * 4)
        await screen.type("27/11")
        await screen.press("enter", "t")
        await screen.on_case(number)
        await screen.until(lambda: "Mulig tid i uge 50" in case.timeline, "the contact in the timeline")
        assert "svar lovet" in case.timeline
    contact = open_case(adviser, number).contacts[0]
    assert (contact.party, contact.result) == (Party.DEPARTMENT, ContactResult.REACHED)
    assert str(contact.answer_promised_on) == "2026-11-27"


async def test_contact_details_and_call_times(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await screen.press("æ")
        await screen.on_dialog()
        await screen.press("tab", "ctrl+u")
        await screen.type("12\n")
        await screen.expect("otte cifre")
        await screen.press("æ")
        await screen.on_dialog()
        await screen.press("tab", "ctrl+u")
        await screen.type("21 22 23 24\n")
        await screen.expect("21 22 23 24 (selv)")

        await screen.press("w")
        await screen.on_dialog()
        await screen.press("z", "down", "d", "enter")
        await screen.until(lambda: "Hver uge: tir. 8.30-15.30" in case.overview, "the new call times")

        await screen.press("d")
        await screen.on_dialog()
        await screen.type("emne høre\n")
        await screen.on_dialog()
        await screen.type("Det gælder høreapparatet\n")
        await screen.expect("Emnet er ændret")
        assert screen.sees("Emne ændret fra")
    view = open_case(adviser, number)
    assert [one.weekday for one in view.row.record.windows] == [2]
    assert view.row.record.topic == "hearing_aid"


async def test_a_fact_that_cannot_be_read_stays_in_its_field(
    number: int, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        before = open_case(adviser, number).facts
        await case.begin_fact("referral_received")
        await screen.type("engang i maj\n")
        await screen.expect("skriv en dato")
        await screen.press("escape")
        assert open_case(adviser, number).facts == before
        await screen.press("escape")
        await screen.on_queue()


async def test_the_other_case_of_the_person(number: int, desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    patient = submission(1)["patient"]
    other = received(desk, 2, patient=patient, **about("hearing_aid"))
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("y")
        await screen.on_case(other)
        assert "2026-000001" in CasePage(screen).enquiry
        await screen.press("escape")
        await screen.on_case(number)
        await screen.press("y")
        await screen.on_case(other)
        await screen.press("n")
        await screen.until(lambda: open_case(adviser, other).mine, "the next case taken")
        await screen.on_case(other)
        assert len(screen.app.screen_stack) == 3


async def test_copying_goes_to_the_terminal_and_into_the_log(
    number: int, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        written: list[str] = []
        monkeypatch.setattr(screen.app._driver, "write", written.append)
        await screen.press("c")
        await screen.expect("Kopieret: 20 00 00 01")
        assert screen.app.clipboard == "20 00 00 01"
        await screen.press("x")
        await screen.expect("Kopieret: 2026-000001")
        assert screen.app.clipboard == "2026-000001"
        assert [text for text in written if text.startswith("\x1b]52;c;")] == [
            "\x1b]52;c;MjAgMDAgMDAgMDE=\a",
            "\x1b]52;c;MjAyNi0wMDAwMDE=\a",
        ]
    assert sorted(stored(adviser.store, "SELECT what FROM access_log WHERE kind = 'copy'")) == ["case_number", "phone"]


async def test_the_sum_behind_the_date(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("s")
        await screen.expect("Svar senest, dag for dag", "man. 23. nov.")
        await screen.press("enter")
        await screen.on_case(number)


async def test_a_forwarded_case_says_to_whom(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("a")
        await screen.on_dialog()
        await screen.type("videre\n")
        await screen.expect("Til hvem?")
        await screen.press("enter")
        await screen.expect("Skriv, hvem")
        await screen.type("Patienterstatningen\n")
        await screen.press("x")
        await screen.on_queue()
        assert screen.sees("0 af 0")
    assert open_case(adviser, number).forwarded_to == "Patienterstatningen"


async def test_what_cannot_be_done_says_why(
    number: int, desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    hers = received(desk, 2, **RINGABLE, contact={})
    take(colleague, hers)
    linked = received(desk, 3, patient=submission(1)["patient"], **RINGABLE)
    take(adviser, linked)
    async with workbench(adviser) as screen:
        await opened_case(screen, hers)
        for key in ("r", "v", "a", "f8", "z", "o", "h"):
            await screen.press(key)
            await screen.expect("Adviser2 har sagen.")
        for key, why in (("å", "allerede åben"), ("ctrl+s", "intet i notatet"), ("c", "intet telefonnummer")):
            await screen.press(key)
            await screen.expect(why)
        await screen.press("y")
        await screen.expect("ingen anden sag")
        await screen.press("escape")
        await screen.on_queue()
        await opened_case(screen, linked)
        close(adviser, number, outcome="advised")
        await screen.press("y")
        await screen.on_case(number)
        assert screen.sees("AFSLUTTET", "Vejledt")
        for key in ("r", "v", "a", "f8", "z", "o", "h"):
            await screen.press(key)
            await screen.expect("genåbn den først")
        await screen.press("å")
        await screen.on_dialog()
        await screen.type("Patienten ringede igen\n")
        await screen.until(lambda: "Patienten ringede igen" in CasePage(screen).timeline, "the case reopened")
        assert open_case(adviser, number).mine


async def test_a_colleague_was_first(number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await case.write_note("Mit eget notat [haster]")
        add_note(colleague, number, "Kollegaens notat [/]")
        await screen.press("ctrl+s")
        await screen.expect("Sagen er ændret imens", "Kollegaens notat [/]", "Mit eget notat [haster]")
        await screen.press("escape")
        await screen.on_case(number)
        assert case.note == "Mit eget notat [haster]"
        assert [note.text for note in open_case(adviser, number).notes] == ["Kollegaens notat [/]"]
        log_contact(colleague, number, party=Party.GP, result=ContactResult.BUSY)
        await screen.press("ctrl+s")
        await screen.expect("Egen læge: optaget")
        await screen.press("g")
        await screen.until(lambda: case.note == "", "the note saved on top")
    texts = [note.text for note in open_case(adviser, number).notes]
    assert sorted(texts) == ["Kollegaens notat [/]", "Mit eget notat [haster]"]


async def test_a_fact_and_a_wait_that_came_too_late_are_shown(
    number: int, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await case.begin_fact("referral_received")
        await screen.type("2/11")
        change_core_data(colleague, number, phone="21222324")
        await screen.press("enter")
        await screen.expect("Sagen er ændret imens", "telefon", "2/11")
        await screen.press("g")
        await screen.until(lambda: not case.facts["referral_received"].endswith("?"), "the fact on top")
        change_core_data(colleague, number, phone="21222325")
        await screen.press("v")
        await screen.on_dialog()
        await screen.press("a")
        await screen.type("Svar om tid?\n")
        await screen.press("enter")
        await screen.expect("Sagen er ændret imens", "Svar om tid?")
        await screen.press("g")
        await screen.until(lambda: screen.sees("Venter på afdelingen"), "the wait on top")
    assert open_case(adviser, number).waiting_text == "Svar om tid?"


async def test_leaving_keeps_an_unfinished_note_sealed(
    number: int, adviser: Desk, workbench: OpenWorkbench, own_state: Path
) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await case.write_note("Halvt skrevet om Mette")
        await screen.press("escape", "escape")
        await screen.on_queue()
        files = list(own_state.rglob("*.note"))
        assert len(files) == 1
        assert b"Halvt" not in files[0].read_bytes()
        assert files[0].stat().st_mode & 0o777 == 0o600
        await opened_case(screen, number)
        assert case.note == "Halvt skrevet om Mette"
        assert screen.sees("Dit ufærdige notat er her igen.")
        await case.save_note()
        assert not list(own_state.rglob("*.note"))
        await screen.press("escape")
        await screen.on_queue()
        await opened_case(screen, number)
        assert case.note == ""
    assert [note.text for note in open_case(adviser, number).notes] == ["Halvt skrevet om Mette"]


async def test_closing_saves_the_note_first(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await case.write_note("Aftalt med patienten")
        await screen.press("f8")
        await screen.on_dialog()
        await screen.type("vejl\n")
        await screen.press("x")
        await screen.on_queue()
        await screen.expect("Der er ingen ledig sag i køen")
    view = open_case(adviser, number)
    assert [note.text for note in view.notes] == ["Aftalt med patienten"]
    assert view.row.record.closed_at is not None


async def test_f_keys_work_while_a_note_is_written(number: int, adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        case = await opened_case(screen, number)
        await case.write_note("navrk")
        assert case.note == "navrk"
        await screen.press("f6")
        await screen.on_dialog()
        await screen.press("i")
        await screen.on_case(number)
        assert case.note == "navrk"
    assert open_case(adviser, number).row.record.attempts == 1


async def test_a_secretary_reads_and_adds_but_works_no_case(
    desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, **RINGABLE)
    secretary = desk_as(Role.SECRETARY)
    async with workbench(secretary) as screen:
        case = await opened_case(screen, number)
        await screen.press("h")
        await screen.expect("Din rolle må ikke")
        await case.write_note("Patienten ringede")
        await case.save_note()
    assert len(open_case(secretary, number).notes) == 1


async def test_another_complexity_asks_why_and_the_reason_stays_on_the_case(
    number: int, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        await opened_case(screen, number)
        await screen.press("d")
        await screen.on_dialog()
        await screen.type("enkel\n")
        await screen.expect("hvorfor?")
        await screen.press("enter")
        await screen.expect("Skriv nogle få ord")
        await screen.type("Kendt forløb\n")
        await screen.expect("Kendt forløb")
    assert stored(adviser.store, "SELECT complexity, complexity_reason FROM cases") == [("simple", "Kendt forløb")]
