"""The office's day over everybody: the grid by keys, a repair and a plan booked and taken back, and the alarm."""

from datetime import datetime

import pytest

from pkui.domain.codes import BookingState, Role
from pkui.domain.office import COPENHAGEN
from pkui.services.callbacks import book, booking_of
from pkui.services.desk import Desk
from pkui.services.office import set_setting
from tests.conftest import DeskAs
from tests.drivers.office_calls import OfficeCallsPage
from tests.screens.conftest import OpenWorkbench
from tests.services.rota import MONDAY, at_work, away
from tests.services.steps import ALWAYS, about, received, stored

TUESDAYS = [{"weekday": 2, "from": "13:00", "to": "13:30"}]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR, teams=("general",))


@pytest.fixture
def team(adviser: Desk, colleague: Desk) -> tuple[Desk, Desk]:
    for one in (adviser, colleague):
        at_work(one.store, one.person.username)
    return adviser, colleague


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_day_over_everybody_and_a_repair_booked_and_taken_back(
    size: tuple[int, int], desk: Desk, supervisor: Desk, team: tuple[Desk, Desk], workbench: OpenWorkbench
) -> None:
    ill, well = team
    number = received(desk, 1, **about("faster_treatment", call_windows=ALWAYS))
    book(ill, number, at=wall("2026-11-23T10:00"), adviser=ill.person.username, agreed=True)
    away(desk.store, ill.person.username, wall("2026-11-23T09:30"), wall("2026-11-23T16:00"))
    async with workbench(supervisor, size=size) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        assert all(len(line) == size[0] for line in screen.lines)
        assert "●" in page.row(ill.person.name) and "▒fraværende" in page.row(ill.person.name)
        assert "─" in page.row(well.person.name)
        await screen.press(*["right"] * 4)
        assert "aftalt med patienten" in page.part("at") and str(number) in page.part("at")
        await screen.press(*["right"] * 7)
        assert "fraværende" in page.part("at")
        await screen.press("down")
        assert "pause" in page.part("at")

        await screen.press("f")
        await page.ready("1 opkald ændres")
        assert page.lines[0].count("10.00") == 2 and "besked" not in page.lines[0]
        await screen.press("g")
        await page.back()
        assert "●" in page.row(well.person.name)
        moved = booking_of(supervisor, number)
        assert moved is not None and (moved.adviser, moved.state) == (well.person.username, BookingState.AGREED)
        await screen.press("u")
        await screen.expect("1 opkald fortrudt")
        back = booking_of(supervisor, number)
        assert back is not None and (back.adviser, back.state) == (ill.person.username, BookingState.AGREED)

        await screen.press("pagedown")
        assert "tirsdag 24. november" in page.part("day")
        await screen.press(*["pagedown"] * 4)
        assert "weekend" in page.part("grid")


async def test_a_clock_that_is_moved_nearby_is_told_on_the_day_and_in_the_week(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    received(desk, 1, **about("faster_treatment", call_windows=ALWAYS))
    async with workbench(adviser, now=wall("2027-10-29T09:00")) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        assert "uret stilles søndag 31. oktober" in page.part("day")
        await screen.press("escape", "b")
        await screen.expect("uret stilles søndag 31. oktober")


async def test_a_plan_is_offered_above_the_set_backlog_and_shows_what_no_plan_can_beat(
    desk: Desk, supervisor: Desk, team: tuple[Desk, Desk], workbench: OpenWorkbench
) -> None:
    for n in range(4):
        received(desk, n, **about("faster_treatment", call_windows=ALWAYS))
    async with workbench(supervisor) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        await screen.press("p")
        await screen.expect("Der venter så få (4)")
    set_setting(supervisor, "plan_above_waiting", "3", valid_from=MONDAY)
    async with workbench(supervisor) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        assert "en plan kan betale sig" in page.part("day")
        await screen.press("p")
        await page.ready("kan ikke blive under")
        assert len(page.lines) == 4
        await screen.press("g")
        await page.back()
        assert stored(desk.store, "SELECT count(*) FROM bookings WHERE done_at IS NULL") == [4]


async def test_the_alarm_names_who_is_missed_and_opens_the_case(
    desk: Desk, supervisor: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    at_work(desk.store, adviser.person.username)
    numbers = [received(desk, n, **about("faster_treatment", call_windows=TUESDAYS)) for n in (1, 2, 3)]
    async with workbench(supervisor, now=wall("2026-11-24T09:00")) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        await screen.press("a")
        await page.ready("1 opkald når ikke")
        (line,) = page.lines
        assert "Adviser" in line
        number = next(one for one in numbers if f" {one} " in line)
        await screen.press("g")
        await screen.expect("mere end en booking")
        await screen.press("enter")
        await screen.on_case(number)


async def test_an_adviser_sees_the_day_and_changes_nothing(adviser: Desk, desk: Desk, workbench: OpenWorkbench) -> None:
    at_work(desk.store, adviser.person.username)
    async with workbench(adviser) as screen:
        page = OfficeCallsPage(screen)
        await page.open()
        for key in ("p", "f", "u", "v"):
            await screen.press(key)
            await screen.expect("Kun de, der flytter sager")
