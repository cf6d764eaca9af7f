"""The help line's form at 80x24: keyboard only, nothing shown before consent, nothing lost, the number in large."""

import pytest
from textual.widgets import Digits

from pkui.domain.codes import ConsentType, Role
from pkui.services import cases
from pkui.services.desk import Desk
from screens.enquiry import EnquiryScreen
from screens.receipt import ReceiptScreen
from tests.conftest import DeskAs
from tests.data.submissions import replacement_number
from tests.drivers.enquiry import FormPage
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received

MOST_KEYS = 60
NUMBER = replacement_number(1)


@pytest.fixture
def secretary(desk_as: DeskAs) -> Desk:
    """Who answers the help line."""
    return desk_as(Role.SECRETARY)


async def test_a_full_form_in_fewer_than_sixty_keys(desk: Desk, secretary: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(secretary) as screen:
        page = FormPage(screen)
        await page.open()
        await page.choose("caller", "r")
        await page.choose("basis", "f")
        await page.write("cpr", NUMBER)
        await page.choose("consent", "j")
        await page.write("name", "Mette Test Kjær")
        await page.write("caller_name", "Ida Test")
        await page.write("relation", "datter")
        await page.write("caller_phone", "86 11 22 33")
        await page.write("phone", "20 30 40 50")
        await page.write("language", "arabisk")
        await page.to("topic")
        await page.press("enter")
        await screen.type("hurtigere beh")
        await page.press("enter")
        await page.write("text", "Jeg venter på en operation i hånden")
        await page.write("hospital", "Regionshospitalet Viborg")
        await page.write("department", "Ortopædkirurgi")
        await page.write("treatment", "Karpaltunnel")
        await page.write("referred", "29/10")
        await page.write("appointment", "11/3")
        await page.choose("changed", "j")
        await page.to("windows")
        await page.press("d", "right", "right", "space", "right", "right", "space", "down", "e")
        assert "man 8.30-15.30, tir 9.30-11, ons 12-15.30" in page.under.replace("\n", " ")
        await page.press("ctrl+s")
        await screen.until(lambda: isinstance(screen.app.screen, ReceiptScreen), "the receipt")
        await screen.idle()
        assert page.keys < MOST_KEYS, page.keys
        assert screen.app.screen.query_one(Digits).value == "1"
        assert screen.sees("Vi ringer senest", "Dit kønummer er 1", "Sag 2026-000001")
        await screen.press("enter")
        await screen.on_queue()
    view = cases.open_case(desk, 1)
    assert (view.patient.name, view.reach.phone, view.channel) == ("Mette Test Kjær", "+4520304050", "help_line")
    assert [(one.name, one.phone, one.relation, one.basis) for one in view.representatives] == [
        ("Ida Test", "+4586112233", "datter", "power_of_attorney")
    ]
    assert {one.type: one.given for one in view.consents} == {
        ConsentType.HEALTH_INFORMATION: True,
        ConsentType.TALK_TO_RELATIVE: True,
    }
    assert {fact.name: fact.value for fact in view.facts}["appointment_changed_by_hospital"] is True
    assert len(view.row.record.windows) == 3


async def test_nothing_of_a_patient_shows_before_consent(desk: Desk, secretary: Desk, workbench: OpenWorkbench) -> None:
    received(desk, 1)
    async with workbench(secretary) as screen:
        page = FormPage(screen)
        await page.open()
        await page.choose("caller", "p")
        await page.write("cpr", NUMBER[:6])
        assert "4 tegn mangler" in page.under
        await screen.type(f"-{NUMBER[6:]}")
        assert "erstatningsnummer" in page.under
        await page.to("consent")
        assert "Spørg om samtykke" in page.under
        assert "Mette" not in screen.text and "Kendt" not in screen.text
        await page.press("n")
        assert "Ingen samtykke: kun generel vejledning" in page.under
        assert "Mette" not in screen.text
        await page.press("up", "j")
        await screen.expect("Mette Test Lauridsen")
        assert "Kendt: Mette Test Lauridsen · åben: 1" in page.under
        await page.press("up", "n")
        await screen.expect_gone("Mette Test Lauridsen")


async def test_a_child_and_a_number_that_is_none(secretary: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(secretary) as screen:
        page = FormPage(screen)
        await page.open()
        await page.choose("caller", "f")
        await page.write("cpr", "6102164000")
        assert "10 år" in page.under and "Under 15" in page.under
        await page.to("custody")
        await page.press("u")
        assert "Forældremyndigheden er uklar" in page.under
        await page.press("up", "up", "up", "down", *["backspace"] * 10)
        await screen.type("9999999999")
        assert "kan ikke være rigtigt" in page.under


async def test_what_is_missing_is_marked_and_the_cursor_goes_there(secretary: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(secretary) as screen:
        page = FormPage(screen)
        await page.open()
        await page.choose("caller", "u")
        await page.press("ctrl+s")
        await screen.expect("! Hvad drejer det sig om")
        assert page.at == "topic"


async def test_a_half_typed_form_waits_for_a_second_call_and_over_a_crash(
    desk: Desk, secretary: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(secretary) as screen:
        page = FormPage(screen)
        await page.open()
        await page.choose("caller", "p")
        await page.write("cpr", NUMBER)
        await page.write("name", "Første Kald")
        first = page.form
        await page.press("ctrl+n")
        await screen.until(
            lambda: isinstance(screen.app.screen, EnquiryScreen) and screen.app.screen is not first, "new"
        )
        await screen.idle()
        await page.choose("caller", "u")
        await page.to("topic")
        await page.press("enter", "enter")
        await page.press("escape")
        await screen.until(lambda: screen.app.screen is first, "the first form again")
        assert page.at == "name" and screen.sees("Første Kald")
        await screen.until(lambda: bool(list(first.bench.journal.unfinished("form"))), "kept")  # type: ignore[union-attr]
    async with workbench(secretary) as screen:
        await screen.press("ctrl+n")
        await screen.expect("2 blanketter venter")
        assert screen.sees("Første Kald")
        await screen.press("down", "enter")
        await screen.expect("Første Kald")
        page = FormPage(screen)
        await screen.until(lambda: page.form.form.get("cpr") == NUMBER, "the form as it was")
    async with workbench(desk) as screen:
        await screen.press("ctrl+n")
        await screen.until(lambda: isinstance(screen.app.screen, EnquiryScreen), "a form of another person")
        assert not screen.sees("Første Kald")


async def test_the_form_opens_over_a_question_and_gives_it_back(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        await QueuePage(screen).select(number)
        await screen.press("enter")
        await screen.on_case(number)
        await screen.press("k", "p")
        await screen.on_dialog()
        dialog = screen.app.screen
        await screen.press("ctrl+n")
        await screen.until(lambda: isinstance(screen.app.screen, EnquiryScreen), "the form")
        await screen.press("escape")
        await screen.until(lambda: screen.app.screen is dialog, "the question as it was")
