"""The queue on the screen: its lists, its search, what stays where it was, and what is refused in words."""

from typing import Any

import pytest

from pkui.domain.codes import Role
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from screens import queue as queue_screen
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, about, received, send, stored

RINGABLE: dict[str, Any] = {"call_windows": ALWAYS}


@pytest.fixture
def mixed(desk: Desk, adviser: Desk, colleague: Desk) -> dict[str, int]:
    """Six cases: one mine, one a colleague's, one of another team, one to be answered in writing, two ordinary."""
    numbers = {name: received(desk, n, **RINGABLE) for n, name in enumerate(("mine", "hers", "first", "second"), 1)}
    numbers["urgent"] = received(desk, 5, **about("maximum_waiting_time", call_windows=[]))
    numbers["written"] = received(desk, 6, reply_channel="digital_post", call_windows=[])
    take(adviser, numbers["mine"], reason="aftale")
    take(colleague, numbers["hers"], reason="aftale")
    return numbers


async def test_each_list_by_its_key_with_its_count(
    mixed: dict[str, int], adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        assert queue.counts.endswith("6 af 6")
        assert queue.numbers[0] == mixed["urgent"]
        assert await queue.view("m", "1 af 6") == [mixed["mine"]]
        assert sorted(await queue.view("d", "4 af 6")) == [mixed[n] for n in ("first", "second", "urgent", "written")]
        assert mixed["urgent"] not in await queue.view("e", "5 af 6")
        assert await queue.view("u", "1 af 6") == [mixed["written"]]
        assert mixed["written"] not in await queue.view("g", " af 6")
        assert len(await queue.view("l", "6 af 6")) == 6
        await screen.press("left")
        await screen.until(lambda: "6 af 6" not in queue.counts, "another list")
        await screen.press("right")
        await screen.expect("6 af 6")
        await screen.click("Mine")
        await screen.expect("1 af 6")


@pytest.mark.parametrize(
    "typed", ["mø", "test mø", "Mette Møl", "METTE MØ", "20 00 00 17", "20000017", "2026-000003", "3"]
)
async def test_search_narrows_while_one_types(typed: str, desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    for number in (1, 2, 17):
        received(desk, number)
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        assert await queue.search(typed, "1 af 3") == [3]
        await screen.press("enter")
        assert queue.cursor.number == 3
        await queue.end_search()
        await screen.expect("3 af 3")
        assert queue.cursor.number in (1, 2, 3)


async def test_letters_belong_to_the_search_while_it_is_written(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    received(desk, 1)
    async with workbench(adviser) as screen:
        await QueuePage(screen).search("mn", "0 af 1")
        assert screen.sees("mn")
        await screen.press("escape")
        await screen.expect("1 af 1")


async def test_escape_goes_back_a_step_and_never_quits(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    received(desk, 1, **about("hearing_aid"))
    received(desk, 2)
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        await screen.press("f7")
        await screen.on_dialog()
        await screen.type("høre\n")
        await screen.expect("1 af 2", "Høreapparat")
        assert await queue.search("nobody", "0 af 2") == []
        await screen.press("escape")
        await screen.expect("1 af 2")
        await screen.press("escape")
        await screen.expect("2 af 2")
        await screen.press("escape", "escape")
        assert screen.app.is_running
        await screen.on_queue()


async def test_cursor_and_scroll_stay_over_refresh_and_return(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_screen, "POLL_SECONDS", 0.1)
    for number in range(1, 61):
        received(desk, number, **RINGABLE)
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        await screen.press("pagedown", "pagedown", "up", "up", "up")
        before, shown = queue.cursor, queue.numbers
        assert before.number > 20
        received(desk, 99, **about("operation_changed"))
        await screen.expect("60 af 60 · 1 ny")
        assert (queue.cursor, queue.numbers) == (before, shown)
        await screen.press("f5")
        await screen.expect("61 af 61")
        assert (queue.cursor.y, queue.cursor.number) == (before.y, before.number)
        await screen.press("enter")
        await screen.on_case(before.number)
        await screen.press("escape")
        await screen.on_queue()
        assert (queue.cursor.y, queue.cursor.number) == (before.y, before.number)


async def test_a_list_remembers_its_cursor(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    for number in range(1, 11):
        received(desk, number, **RINGABLE)
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        await screen.press("down", "down", "down")
        here = queue.cursor.number
        await screen.press("d", "down", "l")
        await screen.until(lambda: queue.cursor.number == here, "the cursor where it was")


async def test_put_back_from_the_queue_asks_why(
    mixed: dict[str, int], desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        await queue.select(mixed["mine"])
        await screen.press("z")
        await screen.on_dialog()
        await screen.press("enter")
        await screen.expect("Skriv nogle få ord")
        await screen.type("Har ferie fra i morgen\n")
        await screen.expect(f"Sag {mixed['mine']} ligger igen på sin plads")
    assert open_case(desk, mixed["mine"]).row.record.assignee is None


async def test_another_teams_case_opens_with_a_reason(
    mixed: dict[str, int], desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        queue = QueuePage(screen)
        await queue.select(mixed["urgent"])
        await screen.press("enter")
        await screen.expect("andet team")
        await screen.press("escape")
        await screen.on_queue()
        await screen.press("enter")
        await screen.on_dialog()
        await screen.type("Sygemeldt kollega\n")
        await screen.on_case(mixed["urgent"])
    purposes = stored(desk.store, "SELECT purpose FROM access_log WHERE kind = 'look_up' ORDER BY at")
    assert "stated" in purposes
    assert not any("Sygemeldt" in str(row) for row in stored(desk.store, "SELECT * FROM access_log"))


async def test_ringing_past_an_urgent_case_asks_why(
    mixed: dict[str, int], desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    adviser = desk_as(Role.ADVISER, teams=("general", "maximum_waiting_time"))
    async with workbench(adviser) as screen:
        await QueuePage(screen).select(mixed["first"])
        await screen.press("r")
        await screen.expect("maksimal ventetid")
        await screen.type("Patienten ringede selv\n")
        await screen.until(lambda: screen.sees("svarede ikke"), "the call's dialog")
        assert screen.sees("20 00 00 03")
    assert open_case(adviser, mixed["first"]).mine


async def test_what_could_not_be_understood_is_counted(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    received(desk, 1)
    send(desk, submission(2, matter={"topic": "no_such_topic"}))
    async with workbench(adviser) as screen:
        assert screen.sees("1 af 1 · 1 parkeret")


async def test_an_empty_queue_says_so_and_why_nothing_can_be_done(adviser: Desk, workbench: OpenWorkbench) -> None:
    async with workbench(adviser) as screen:
        assert screen.sees("0 af 0")
        for key in ("enter", "r", "v", "z"):
            await screen.press(key)
            if key != "enter":
                await screen.expect("Der er ingen sag under markøren.")
        await screen.press("n")
        await screen.expect("Der er ingen ledig sag i køen")


async def test_a_colleagues_case_cannot_be_put_back_or_rung(
    mixed: dict[str, int], adviser: Desk, workbench: OpenWorkbench
) -> None:
    async with workbench(adviser) as screen:
        await QueuePage(screen).select(mixed["hers"])
        await screen.press("z")
        await screen.expect("kun den, der har den")
        await screen.press("r")
        await screen.expect(f"har taget sag {mixed['hers']}; vælg en anden.")


async def test_a_role_without_the_queue_is_told_so(desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench) -> None:
    received(desk, 1)
    reviewer = desk_as(Role.LOG_REVIEWER, teams=())
    async with workbench(reviewer, ready="Logeftersyn") as screen:
        await screen.press("escape")
        await screen.press("f5")
        await screen.expect("Din rolle må ikke")
        assert not screen.sees("Mette")


async def test_a_click_is_the_key(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    numbers = [received(desk, number, **RINGABLE) for number in (1, 2)]
    async with workbench(adviser) as screen:
        await screen.click("F1 Hjælp")
        await screen.expect("På dette skærmbillede")
        await screen.press("escape")
        await screen.click("Hanne")
        assert QueuePage(screen).cursor.number == numbers[1]
        await screen.click("Hanne")
        await screen.on_case(numbers[1])


async def test_no_number_or_address_of_a_patient_stands_in_the_queue(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    for number in (1, 2, 3):
        patient = submission(number)["patient"] | {"address_protected": number == 2}
        received(desk, number, patient=patient, **RINGABLE)
    secrets = ["Testgade", "8800", "2000000", "20 00 00"]
    secrets += [submission(number)["patient"]["identifier"]["value"] for number in (1, 2, 3)]
    async with workbench(adviser, size=(120, 40)) as screen:
        for _row in range(3):
            shown = screen.text.replace("-", "")
            assert not [secret for secret in secrets if secret in shown]
            await screen.press("down")
        assert screen.sees("Hanne Test Lauridsen BESK.")
        await screen.press("enter")
        await screen.on_case(3)
        assert "Hanne" not in f"{screen.app.title} {screen.app.sub_title}"
        assert "Hanne" not in screen.lines[0]


async def test_req_1_a_finished_search_is_one_row_of_the_log_also_without_hits(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    received(desk, 1)
    logged = "SELECT hits FROM access_log WHERE kind = 'search' ORDER BY id"
    async with workbench(adviser) as screen:
        await screen.on_queue()
        await screen.press("f3")
        await screen.type("zzz")
        await screen.expect("0 af 1")
        assert stored(desk.store, logged) == [], "not at every letter"
        await screen.press("enter")
        await screen.until(lambda: stored(desk.store, logged) == [0], "the search without hits in the log")
        await screen.press("escape", "f3")
        await screen.type("hanne")
        await screen.press("escape")
        await screen.until(lambda: len(stored(desk.store, logged)) == 2, "the second search in the log")
