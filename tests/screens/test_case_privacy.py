"""Consent given and taken back, a note corrected beside the old one, and a case kept, at 80x24."""

from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from storage.store import Store
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import received, stored


async def test_req_10_consent_is_given_and_taken_back(
    desk: Desk, adviser: Desk, store: Store, workbench: OpenWorkbench
) -> None:
    received(desk, 1)
    take(adviser, 1)
    async with workbench(adviser) as screen:
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_case(1)
        await screen.press("u")
        await screen.expect("Samtykke")
        await screen.type("pårørende mundtligt\n")
        await screen.expect("Alle må være tomme")
        await screen.type("hendes værge")
        await screen.press("tab")
        await screen.type("kun datteren\n")
        await screen.on_case(1)
        given = "SELECT count(*) FROM consents WHERE type = 'talk_to_relative' AND given AND withdrawn_at IS NULL"
        await screen.until(lambda: stored(store, given) == [1], "the consent stored")
        told = "SELECT given_by, scope FROM consents WHERE type = 'talk_to_relative'"
        assert stored(store, told) == [("hendes værge", "kun datteren")]
        await screen.press("u")
        await screen.type("træk tilbage pårørende\n")
        await screen.on_case(1)
        await screen.until(lambda: stored(store, given) == [0], "the consent taken back")


async def test_req_13_a_note_is_corrected_by_a_new_one(
    desk: Desk, adviser: Desk, store: Store, workbench: OpenWorkbench
) -> None:
    received(desk, 1)
    take(adviser, 1)
    add_note(adviser, 1, "Ringes tirsdag")
    async with workbench(adviser, size=(120, 40)) as screen:
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_case(1)
        await screen.press("f2")
        await screen.type("Ret et notat\n")
        await screen.expect("Hvilket notat skal rettes?", "Ringes tirsdag")
        await screen.press("enter")
        await screen.expect("Rettelse af notatet fra")
        await screen.type(", ikke onsdag")
        await screen.press("ctrl+s")
        await screen.expect("Rettelse af", "(rettet)")
        texts = stored(store, "SELECT text FROM notes ORDER BY id")
        assert texts == ["Ringes tirsdag", "Ringes tirsdag, ikke onsdag"]
        assert stored(store, "SELECT count(*) FROM notes WHERE corrects_id IS NOT NULL") == [1]


async def test_a_case_is_kept_and_let_go(desk: Desk, adviser: Desk, store: Store, workbench: OpenWorkbench) -> None:
    received(desk, 1)
    take(adviser, 1)
    async with workbench(adviser, size=(120, 40)) as screen:
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_case(1)
        for words, standing in (("Bevar sagen", 1), ("Bevar ikke sagen", 0)):
            await screen.press("f2")
            await screen.type(f"{words}\n")
            await screen.on_dialog()
            await screen.type("Erstatningssag\n")
            await screen.on_case(1)
            await screen.expect("Bevares ikke længere" if not standing else "Bevares ud over sin tid")
            assert stored(store, "SELECT count(*) FROM legal_holds WHERE lifted_at IS NULL") == [standing]
