"""What waits for a person at 80x24: parked submissions completed in the form, grave words judged with a key."""

import pytest

from pkui.domain.codes import Role
from pkui.services import cases, parked
from pkui.services.desk import Desk
from screens.enquiry import EnquiryScreen
from screens.receipt import ReceiptScreen
from tests.conftest import DeskAs
from tests.data.submissions import changed, submission
from tests.drivers.enquiry import FormPage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import received, send


@pytest.fixture
def administrative(desk_as: DeskAs) -> Desk:
    """Who sorts what is parked."""
    return desk_as(Role.ADMINISTRATIVE)


async def test_a_parked_submission_is_completed_where_it_is_wrong(
    desk: Desk, administrative: Desk, workbench: OpenWorkbench
) -> None:
    send(desk, changed(changed(submission(1), "/matter/topic", "knee"), "/contact/phone", "12"))
    async with workbench(administrative) as screen:
        await screen.press("k")
        await screen.expect("Til gennemsyn · 1 at se på", "Emnet er ukendt")
        await screen.press("enter")
        await screen.until(lambda: isinstance(screen.app.screen, EnquiryScreen), "the form")
        await screen.idle()
        page = FormPage(screen)
        assert (page.at, page.form.form.get("phone")) == ("phone", "12")
        await screen.press("end", *["backspace"] * 2)
        await screen.type("20304050")
        await page.to("topic")
        await screen.press("enter", "enter", "ctrl+s")
        await screen.until(lambda: isinstance(screen.app.screen, ReceiptScreen), "the receipt")
        await screen.press("enter")
        await screen.expect("Der er intet til gennemsyn")
    assert cases.open_case(desk, 1).reach.phone == "+4520304050"
    assert parked.waiting(desk) == []


async def test_grave_words_and_where_a_submission_belongs(
    desk: Desk, administrative: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, matter={"topic": "faster_imaging", "free_text": "De fandt en knude"})
    send(desk, changed(submission(2), "/matter/topic", "knee"))
    async with workbench(administrative) as screen:
        await screen.press("k")
        await screen.expect("2 at se på", "Se på ordene: knude", "se på senest")
        await screen.press("t")
        await screen.expect("Den er en sag i forvejen")
        await screen.press("s")
        await screen.expect("1 at se på")
        await screen.press("t")
        await screen.type(str(number))
        await screen.press("enter")
        await screen.expect("Lagt på sag 1", "0 at se på")
    assert parked.flagged(desk) == []
