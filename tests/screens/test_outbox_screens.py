"""Drafts, templates, the note that writes itself and the phone book, by the keyboard at 80x24."""

from pathlib import Path

import pytest

from pkui.base.words import _
from pkui.domain.codes import FactSource, Role
from pkui.domain.phone_book import PhoneKind, PhoneRow
from pkui.domain.texts import TextKind
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.outbox import drafts
from pkui.services.phone_book import import_phones
from pkui.services.texts import draft_text
from screens.drafts import DraftsScreen
from screens.phone_book import PhoneBookScreen
from screens.texts import TextsScreen
from tests.conftest import DeskAs
from tests.drivers.case import CasePage
from tests.drivers.outbox import OutboxPage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received, stored

ROWS = [
    PhoneRow(PhoneKind.OFFICE, "Patientkontoret", "", "+4583000000"),
    PhoneRow(PhoneKind.BOOKING, "Ortopædkirurgi, booking", "Regionshospitalet Viborg", "+4583000001"),
    PhoneRow(PhoneKind.TRANSPORT_OFFICE, "Kørselskontoret", "", "+4583000002"),
]


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds; the phone book knows its department."""
    import_phones(desk, ROWS, source="liste")
    held = received(desk, 1, call_windows=ALWAYS, referral=None)
    take(adviser, held)
    record_fact(adviser, held, "letter_hospital", "Regionshospitalet Viborg", source=FactSource.LETTER)
    record_fact(adviser, held, "letter_department", "Ortopædkirurgi", source=FactSource.LETTER)
    return held


async def test_a_text_from_a_case_is_read_corrected_sent_and_taken_back(
    number: int, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        page = OutboxPage(screen)
        await screen.press("enter")
        await screen.on_case(number)
        await screen.press("l")
        await page.pick(_("Not reached"))
        await screen.expect(_("The case does not know this. What stays empty is marked in the text."))
        await screen.press("escape")
        await screen.on_case(number)
        await screen.press("l")
        await page.pick(_("Forwarded"))
        await screen.expect(
            _("Forwarded to"), _("The case does not know this. What stays empty is marked in the text.")
        )
        await screen.press("enter")
        await screen.expect("[mangler: videresendt_til]")
        await screen.press("u")
        await screen.expect(_("The text waits under Drafts."))
        assert _("Draft made") in CasePage(screen).timeline
        await screen.press("escape")
        await screen.on_queue()
        await page.go("2", DraftsScreen)
        await screen.until(lambda: "[mangler: videresendt_til]" in page.text, "the draft's text")
        await screen.press("s")
        await screen.expect(_("Something is marked as missing in the text."), "Mette Test Lauridsen")
        await screen.press("b")
        await screen.until(lambda: screen.lines[-1].strip() != "", "the refusal")
        assert drafts(adviser), "a gap is not sent"
        await screen.press("enter")
        await screen.on_dialog()
        await screen.press("f7", "delete")
        await screen.type("Kære Mette. Sagen er sendt til Kørselskontoret.")
        await screen.press("escape")
        await screen.expect(_("Not saved. Ctrl+S: save · Esc again: give up what you changed")[:30])
        await screen.press("ctrl+s")
        await screen.until(lambda: "Kørselskontoret" in page.text, "the corrected text")
        await screen.press("s")
        await screen.on_dialog()
        await screen.press("b")
        await screen.expect(_("No draft waits."))
        await screen.press("z")
        await screen.until(lambda: "Kørselskontoret" in page.text, "the draft back")
        await screen.press("a")
        await screen.expect(_("No draft waits."))
        await screen.press("z")
        await screen.until(lambda: "Kørselskontoret" in page.text, "the draft back again")
    steps = stored(adviser.store, "SELECT step FROM draft_steps ORDER BY id")
    assert steps == ["corrected", "sent", "undone", "discarded", "undone"]


async def test_a_draft_is_printed_and_copied(
    number: int, adviser: Desk, workbench: OpenWorkbench, tmp_path: Path
) -> None:
    draft_text(adviser, number, TextKind.SMS)
    async with workbench(adviser, print_to=str(tmp_path)) as screen:
        page = OutboxPage(screen)
        await page.go("2", DraftsScreen)
        await screen.press("u")
        await screen.expect(_("Printed."))
        await screen.press("c")
        await screen.expect(_("The text is copied."))
    (printed,) = tmp_path.glob("2026-*.txt")
    assert "Patientkontoret har ringet" in printed.read_text("utf-8")
    assert stored(adviser.store, "SELECT step FROM draft_steps ORDER BY id") == ["printed", "copied"]


async def test_the_note_writes_itself_and_keeps_what_was_typed(
    number: int, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        case = CasePage(screen)
        await screen.press("enter")
        await screen.on_case(number)
        await case.write_note("Har talt med datteren.")
        await screen.press("escape", "g")
        await screen.on_dialog()
        await screen.press("1", "2", "2", "5", "enter")
        await screen.until(lambda: _("Background:") in case.note, "the draft note")
        assert case.note.startswith("Har talt med datteren.\n\n" + _("Background:"))
        assert _("free choice of hospital").capitalize() in case.note
        assert _("extended free choice") not in case.note
        assert "Regionshospitalet Viborg, Ortopædkirurgi" in case.note
        written = case.note
        await screen.press("escape", "g", "1", "5", "enter")
        await screen.expect(_("That stands in the note already."))
        assert case.note == written
        await case.save_note()
    assert stored(adviser.store, "SELECT text FROM notes") == [written]


async def test_a_call_from_the_phone_book_stands_on_the_case(
    number: int, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        page = OutboxPage(screen)
        await screen.press("enter")
        await screen.on_case(number)
        await page.go("t", PhoneBookScreen)
        await screen.expect("Ortopædkirurgi, booking", "83 00 00 01", "Kørselskontoret")
        assert len(page.numbers) == 2, "only what the case needs"
        await screen.type("korsel")
        await screen.press(*["backspace"] * 6)
        await screen.type("otropæd")
        await screen.until(lambda: len(page.numbers) == 1, "the misspelt department")
        await screen.press("enter")
        await screen.expect("83 00 00 01", _("Answer promised by (day)"))
        await screen.press("tab", "tab")
        await screen.type("+1")
        await screen.press("enter", "t")
        await screen.until(lambda: bool(stored(adviser.store, "SELECT 1 FROM contacts")), "the call logged")
        await screen.press("escape", "escape")
        await screen.on_case(number)
        assert "Ortopædkirurgi, booking" in CasePage(screen).timeline
    told = stored(adviser.store, "SELECT party, party_name, result, answer_promised_on FROM contacts")
    assert told == [("department", "Ortopædkirurgi, booking", "reached", "2026-11-24")]


async def test_the_phone_book_is_corrected_and_a_file_taken_in(
    number: int, adviser: Desk, workbench: OpenWorkbench, tmp_path: Path
) -> None:
    path = tmp_path / "numre.csv"
    path.write_text("kind,name,place,phone\ninterpreter,Tolk,,83000009\n")
    async with workbench(adviser) as screen:
        page = OutboxPage(screen)
        await page.go("3", PhoneBookScreen)
        await screen.until(lambda: len(page.numbers) == len(ROWS), "the book")
        assert screen.sees("83 00 00 00", "83 00 00 01", "83 00 00 02"), "a number is never cut"
        await screen.press("f5")
        await page.pick(_("Private hospital"))
        await screen.on_dialog()
        await screen.type("Privathospitalet Test")
        await screen.press("tab", "tab")
        await screen.type("12")
        await screen.press("tab", "tab", "tab")
        await screen.type("ringet op")
        await screen.press("enter")
        await screen.expect(_("Telephone"), "Privathospitalet Test")
        await screen.press("tab", "tab", *["backspace"] * 2)
        await screen.type("83 00 00 07")
        await screen.press("enter")
        await screen.until(lambda: len(page.numbers) == len(ROWS) + 1, "the new entry")
        await screen.press("f8")
        await screen.on_dialog()
        await screen.type(f"{path}\n")
        await screen.expect(_("What the file changes"))
        await screen.press("down", "enter")
        await screen.until(lambda: len(page.numbers) == 2, "the file's entry, and the one written by hand")


async def test_a_supervisor_writes_another_wording_and_sees_it_filled(
    desk_as: DeskAs, adviser: Desk, workbench: OpenWorkbench
) -> None:
    supervisor = desk_as(Role.SUPERVISOR)
    async with workbench(supervisor) as screen:
        page = OutboxPage(screen)
        await page.go("5", TextsScreen)
        await screen.until(lambda: "Hanne Test Møller" in page.text, "the made-up case")
        await screen.press("end", "enter")
        await screen.on_dialog()
        await screen.press("f7", "delete")
        await screen.type("Tid til {område}")
        await screen.press("ctrl+s")
        await screen.expect("kontorets_telefon")
        await screen.press("f7", "delete")
        await screen.type("Ring om {kønummer}")
        await screen.press("f5")
        await screen.expect("Ring om 4120", "SMS: 12")
        await screen.press("ctrl+s")
        await screen.until(lambda: "Ring om 4120" in page.text, "the new wording")
        await screen.press("h")
        await screen.expect(supervisor.person.name, _("Came with the program"))
    async with workbench(adviser) as screen:
        page = OutboxPage(screen)
        await page.go("5", TextsScreen)
        await screen.press("enter")
        await screen.expect(_("Templates are the supervisor's; you can read them and fill them from a case.")[:30])
