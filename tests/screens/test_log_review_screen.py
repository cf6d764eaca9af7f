"""The log review at an 80x24 terminal: a reviewer decides, a supervisor sees what is overdue, others their own rows."""

from datetime import timedelta

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import Role
from pkui.services import review
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import later, received, stored

NEXT_WEEK = TRAINING_START + timedelta(days=7)


def protected(number: int) -> dict[str, object]:
    return {"patient": submission(number)["patient"] | {"address_protected": True}}


async def test_req_5_a_reviewer_sees_decides_and_notes(
    desk: Desk, adviser: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    open_case(adviser, received(desk, 1, **protected(1)), reason="cover")
    open_case(adviser, received(desk, 2))
    reviewer = desk_as(Role.LOG_REVIEWER)
    async with workbench(reviewer, now=NEXT_WEEK, ready="2 venter på dig") as screen:
        await screen.expect("2 venter på dig", "Adviser1", "beskyttet", "BESK.")
        assert "Mette" not in screen.text
        await screen.press("3")
        await screen.on_dialog()
        await screen.type("Ingen opgave i sagen\n")
        await screen.expect("1 venter på dig")
        await screen.press("enter")
        await screen.expect("Opslag")
        await screen.press("escape", "1")
        await screen.expect("Der er intet at efterse.")
        await screen.press("1")
        assert screen.sees("Der er intet at efterse.")
    assert sorted(stored(desk.store, "SELECT decision FROM log_reviews")) == ["breach", "in_order"]


async def test_req_5_a_supervisor_sees_what_is_overdue_and_who_opened_protected_cases(
    desk: Desk, adviser: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, **protected(1))
    open_case(adviser, number, reason="cover")
    open_case(later(adviser, days=29), number, reason="letter")
    review.to_review(later(desk_as(Role.LOG_REVIEWER), days=8))
    async with workbench(desk_as(Role.SUPERVISOR), now=TRAINING_START + timedelta(days=30)) as screen:
        await screen.press("0")
        await screen.expect("Eftersyn er over tid", "0 af 1 efterset", "Der er kommet post i sagen")
        await screen.press("1")
        assert screen.sees("Kun en logkontrollør afgør")


async def test_req_7_others_see_their_own_rows(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    open_case(adviser, received(desk, 1))
    async with workbench(adviser) as screen:
        await screen.press("0")
        await screen.expect("Opslag", "2026-000001")
