"""A colleague sees what waits for her on a temporary colleague's case, sends it back and approves it, at 80x24."""

from pkui.domain.codes import Role
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.providers_choose import Choice, choose
from pkui.services.providers_import import import_catalogue, parse
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.catalogue import document, encoded
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import about, received, stored

STATES = "SELECT state FROM approvals"


async def test_a_course_is_sent_back_and_approved(
    desk: Desk, desk_as: DeskAs, adviser: Desk, store: Store, workbench: OpenWorkbench
) -> None:
    import_catalogue(desk, parse({"catalogue.json": encoded(document())}))
    lent = desk_as(Role.TEMPORARY)
    received(desk, 1, **about("choose_hospital"))
    take(lent, 1)
    choose(lent, 1, Choice("aaklinik-HAND"))
    async with workbench(adviser) as screen:
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_case(1)
        await screen.expect("Godkendes af makker", "Temporary2 venter på")
        await screen.press("f2")
        await screen.type("Send retur\n")
        await screen.expect("Hvad skal rettes?")
        await screen.type("Ring til stedet\n")
        await screen.on_case(1)
        await screen.expect("sendt retur af Adviser1", "Ring til stedet")
        assert stored(store, STATES) == ["returned"]
        await screen.press("f2")
        await screen.type("Godkend\n")
        await screen.on_case(1)
        await screen.expect("godkendt af Adviser1")
        assert stored(store, STATES) == ["approved"]
        await screen.press("f2")
        await screen.type("Godkend\n")
        await screen.expect("Ingen forløb venter på godkendelse.")
    async with workbench(lent) as screen:
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_case(1)
        await screen.expect("godkendt af Adviser1")
