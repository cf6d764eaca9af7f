"""The supervisor's way at 80x24: what if somebody is away, the proposal, moved, undone; marked rows of the queue."""

from datetime import timedelta

import pytest

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import Role
from pkui.services.cases import take
from pkui.services.desk import Desk
from storage.store import Store
from tests.conftest import DeskAs
from tests.screens.conftest import OpenWorkbench
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, received, stored

LATER = TRAINING_START + timedelta(minutes=20)
"""Long enough after the cases came in for nobody to be working on them."""


@pytest.fixture
def office(desk: Desk, store: Store, desk_as: DeskAs) -> tuple[Desk, Desk, Desk]:
    """A supervisor and two advisers at work; the first holds two of three cases."""
    anna, bo = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    for one in (anna, bo):
        at_work(store, one.person.username)
    for number in (1, 2, 3):
        received(desk, number, call_windows=ALWAYS)
    take(anna, 1)
    take(anna, 2)
    return desk_as(Role.SUPERVISOR, teams=()), anna, bo


def holders(store: Store) -> list[str | None]:
    query = "SELECT s.username FROM cases c LEFT JOIN staff s ON s.id = c.assignee_id ORDER BY c.queue_number"
    return stored(store, query)


async def test_from_absence_to_proposal_to_moved_to_undone(
    store: Store, office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    supervisor, anna, _bo = office
    async with workbench(supervisor, now=LATER) as screen:
        await screen.on_queue()
        await screen.press("7")
        await screen.expect("Belastning · 3 af 3 er her", "Adviser1", "har plads", "Generel")
        await screen.press("f")
        await screen.expect("Hvad hvis Adviser1 er væk?")
        await screen.press("enter")
        await screen.expect("Forslag · 2 sager flyttes", "Adviser1 er væk", "derefter 0")
        await screen.press("space")
        await screen.expect("Forslag · 1 sag flyttes", "bliver")
        await screen.press("space")
        await screen.expect("Forslag · 2 sager flyttes")
        await screen.press("a")
        await screen.expect("Flyt 2 sager?", "Annullér")
        await screen.press("enter")
        assert holders(store) == [anna.person.username] * 2 + [None], "Cancel stands under the cursor"
        await screen.press("a", "down", "enter")
        await screen.expect("2 sager flyttet.")
        assert anna.person.username not in holders(store)
        await screen.press("z")
        await screen.expect("2 sager er tilbage.")
        assert holders(store) == [anna.person.username] * 2 + [None]
        await screen.press("z")
        await screen.expect("Ingen sager er flyttet i dag.")


async def test_the_cases_behind_a_figure_are_listed_and_opened(
    office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    async with workbench(office[0], now=LATER) as screen:
        await screen.on_queue()
        await screen.press("7")
        await screen.expect("Adviser1")
        await screen.press("enter")
        await screen.expect("Åbne: 2")
        await screen.press("enter")
        await screen.expect("Adviser1 · Åbne · 2 sager")
        await screen.press("enter")
        await screen.on_case(1)
        await screen.press("escape", "escape")
        await screen.expect("Belastning")


async def test_a_proposal_that_helps_nobody_is_not_shown(
    office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    async with workbench(office[0], now=LATER) as screen:
        await screen.on_queue()
        await screen.press("7")
        await screen.expect("Adviser1")
        await screen.press("j")
        await screen.expect("Ingen flytning ville gøre noget bedre.")


async def test_marked_rows_of_the_queue_are_moved_and_come_back(
    store: Store, office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    supervisor, _anna, bo = office
    async with workbench(supervisor, now=LATER) as screen:
        await screen.on_queue()
        await screen.press("space", "down", "x")
        await screen.expect("3 sager markeret.")
        await screen.press("up", "space")
        await screen.expect("2 sager markeret.")
        await screen.press("f")
        await screen.type("Adviser2\n")
        await screen.expect("Flyt til Adviser2: 2 sager", "Annullér")
        await screen.press("down", "enter")
        await screen.expect("2 sager flyttet. w fortryder.")
        assert holders(store).count(bo.person.username) == 2
        await screen.press("w")
        await screen.expect("2 sager er tilbage.")
        assert bo.person.username not in holders(store)


async def test_an_adviser_is_told_that_she_may_not_move_cases(
    office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    async with workbench(office[1], now=LATER) as screen:
        await screen.on_queue()
        await screen.press("7")
        await screen.expect("Din rolle må ikke")


async def test_the_days_sheet_leads_to_what_is_behind_its_lines(
    office: tuple[Desk, Desk, Desk], workbench: OpenWorkbench
) -> None:
    async with workbench(office[0], now=LATER) as screen:
        await screen.on_queue()
        await screen.press("6")
        await screen.expect("Dagens ark", "Her: 3 af 3", "3  Nye siden sidste lukketid")
        await screen.press("enter")
        await screen.expect("Der er ikke noget.")
        await screen.press(*["down"] * 8, "enter")
        await screen.expect("Nye siden sidste lukketid · 3 sager")
        await screen.press("escape")
        await screen.expect("Dagens ark", "Dagkoordinator: ingen udpeget")
