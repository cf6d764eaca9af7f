"""People and settings on the screen: reported ill with two keys and taken back, and a setting given another value."""

from textual.widgets import OptionList

from pkui.domain.codes import Role
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.roster import set_cover
from tests.conftest import DeskAs
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.rota import at_work
from tests.services.steps import about, received, stored

HOLDER = "SELECT s.username FROM cases c JOIN staff s ON s.id = c.assignee_id"


async def go_to(screen: WorkbenchDriver, name: str) -> None:
    """The cursor to a person, with the arrows."""
    for _step in range(12):
        if any(line.startswith("▌") and name in line for line in screen.lines):
            return
        await screen.press("down")
    raise AssertionError(screen.text)


async def test_a_secretary_reports_a_colleague_ill_with_two_keys_and_takes_it_back(
    desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    ill, cover, secretary = desk_as(Role.ADVISER), desk_as(Role.ADVISER), desk_as(Role.SECRETARY)
    for one in (ill, cover, secretary):
        at_work(desk.store, one.person.username)
    set_cover(desk, ill.person.username, [cover.person.username])
    take(ill, received(desk, 1, **about("maximum_waiting_time")), reason="haster")
    async with workbench(secretary, size=(80, 24)) as screen:
        await screen.press("8")
        await screen.expect(ill.person.name)
        await go_to(screen, ill.person.name)
        await screen.press("s")
        await screen.on_dialog()
        assert screen.sees("1 · maksimal ventetid · " + cover.person.name)
        await screen.press("1")
        await screen.expect("syg til og med i dag")
        assert stored(desk.store, HOLDER) == [cover.person.username]
        await screen.press("z")
        await screen.expect_gone("syg til og med i dag")
        assert stored(desk.store, HOLDER) == [ill.person.username]


async def test_an_adviser_reports_nobody(desk_as: DeskAs, workbench: OpenWorkbench) -> None:
    adviser = desk_as(Role.ADVISER)
    async with workbench(adviser) as screen:
        await screen.press("8")
        await screen.expect(adviser.person.name)
        await screen.press("s")
        await screen.expect("Din rolle må ikke")


async def test_a_setting_gets_another_value_from_a_day_and_a_wrong_one_is_refused(
    desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    head = desk_as(Role.SUPERVISOR)
    async with workbench(head, size=(80, 24)) as screen:
        await screen.press("9")
        await screen.expect("Kontoret lukker")
        rows = screen.app.screen.query_one("#rows", OptionList)
        await screen.press("down", "enter")
        await screen.on_dialog()
        await screen.press(*["backspace"] * 5)
        await screen.type("07:00\n")
        await screen.expect("Det passer ikke med dagens andre indstillinger")
        await screen.press("enter")
        await screen.on_dialog()
        await screen.press(*["backspace"] * 5)
        await screen.type("17:00\n")
        await screen.expect("17:00")
        assert "17:00" in str(rows.get_option("closes").prompt)
    assert stored(head.store, "SELECT key, valid_from FROM office_settings") == [("closes", "2026-11-23")]


async def test_a_supervisor_gives_half_a_day_a_role_and_opens_a_group_and_the_history_tells(
    desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    head, anna = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    at_work(desk.store, anna.person.username)
    async with workbench(head, size=(80, 24)) as screen:
        await screen.press("8")
        await screen.expect(anna.person.name)
        await go_to(screen, anna.person.name)
        await screen.press("a")
        await screen.on_dialog()
        assert screen.sees("Uge 48: 8-11.30, 12-16")
        await screen.press("tab", "tab", *["backspace"] * 30)
        await screen.type("8-12, 11-13\n")
        await screen.expect("Tiderne overlapper")
        await screen.press(*["backspace"] * 7, "enter")
        await screen.expect("tiderne gælder 1 dag")
        await screen.press("o")
        await screen.on_dialog()
        await screen.type("sekr\n")
        await screen.expect("indtil videre")
        await screen.press("enter")
        await screen.expect("Gemt. h viser")
        await screen.press("t")
        await screen.on_dialog()
        await screen.press("enter")
        await screen.expect("Emnerne og ordene")
        await screen.type("Håndgruppen\n")
        await screen.expect("Håndgruppen (23.11")
        await screen.press("h")
        await screen.on_dialog()
        assert screen.sees("Lægesekretær: fra") and screen.sees("før: 8-11.30, 12-16")
