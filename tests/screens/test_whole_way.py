"""The whole way of one enquiry on a screen of 80 by 24: what is seen, and what is stored."""

import pytest

from pkui.base.words.timeline import fact_value
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from screens import queue as queue_screen
from tests.conftest import ENGINES
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received, stored

CHANGED = about("operation_changed", call_windows=ALWAYS)


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
async def test_an_enquiry_from_form_to_closed(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_screen, "POLL_SECONDS", 0.1)
    first = [received(desk, number, call_windows=ALWAYS) for number in (1, 2)]
    async with workbench(adviser) as screen:
        queue, case = QueuePage(screen), CasePage(screen)
        assert queue.numbers == first
        new = received(desk, 3, **CHANGED)
        await screen.expect("2 af 2 · 1 ny")
        assert queue.numbers == first
        assert queue.cursor.number == first[0]

        await screen.press("n")
        await screen.on_case(new)
        assert screen.sees("Søren Test Lauridsen", "20 00 00 03", "Ring gerne.")
        assert stored(desk.store, "SELECT state FROM cases WHERE queue_number = :n", n=new) == ["assigned"]

        await case.ring("i", new)
        await screen.expect("svarede ikke")
        assert "svarede ikke" in case.timeline
        assert stored(desk.store, "SELECT attempts FROM cases WHERE queue_number = :n", n=new) == [1]

        await case.write_note("Prøver igen i morgen [haster].")
        await case.save_note()
        assert "[haster]" in case.timeline
        assert open_case(adviser, new).notes[0].text == "Prøver igen i morgen [haster]."

        await case.write_fact("offered_date", "11/3", sources_down=1)
        fact = next(one for one in open_case(adviser, new).facts if one.name == "offered_date")
        assert (fact.value, fact.source.value) == ("2027-03-11", "hospital")
        assert case.facts["offered_date"].endswith(f"{fact_value('2027-03-11')} (hospitalet)")

        await case.wait_for("a", "Har de fundet en ny tid?", "+3", new)
        await screen.expect("Har de fundet en ny tid?")
        waiting = open_case(adviser, new)
        assert (waiting.row.record.state.value, waiting.waiting_text) == ("waiting", "Har de fundet en ny tid?")

        await screen.press("escape")
        await screen.on_queue()
        assert queue.cursor.number == first[0]
        assert await queue.view("m", "1 af 3") == [new]
        await queue.open(new)

        await screen.press("f8")
        await screen.on_dialog()
        await screen.type("vejl")
        await screen.press("enter")
        await screen.expect("Lang ventetid")
        await screen.press("v")
        await screen.on_case(first[0])
    closed = open_case(adviser, new)
    assert (closed.row.record.state.value, closed.outcome, str(closed.cause)) == ("closed", "advised", "waiting_time")
    assert open_case(adviser, first[0]).mine
    assert open_case(adviser, first[1]).row.record.assignee is None
    assert [event.kind.value for event in closed.events] == [
        "received", "assigned", "contact_logged", "note_added", "fact_recorded", "waiting", "closed",
    ]  # fmt: skip
