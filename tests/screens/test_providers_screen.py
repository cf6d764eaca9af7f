"""From a hint to a chosen place to the outcome, on a screen of 80 by 24."""

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from pkui.base.words import pgettext
from pkui.domain.codes import ConsentMode, FactSource, SegmentState
from pkui.domain.providers.ladder import Why
from pkui.services.cases import close, open_case, take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.providers import open_book
from pkui.services.providers_choose import Choice, choose, set_segment_state
from pkui.services.providers_ending import endings
from pkui.services.providers_import import import_catalogue, parse
from pkui.services.providers_search import Wanted, patient_context, search
from screens.catalogue_import import ImportScreen
from screens.providers import ProvidersScreen
from tests.data.catalogue import document, encoded
from tests.drivers.workbench import WorkbenchDriver
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import received, stored

TODAY = date(2026, 11, 23)


@pytest.fixture
def number(desk: Desk, adviser: Desk) -> int:
    """A case the adviser holds, and a catalogue with invented waits."""
    body = document()
    for one in body["waiting_times"]:
        one |= {"source": "illustrative", "illustrative": True}
    import_catalogue(desk, parse({"catalogue.json": encoded(body)}))
    found = received(desk)
    take(adviser, found)
    for name, value in (("referral_received", "2026-10-29"), ("informed_of_diagnosis_on", "2026-10-29")):
        record_fact(adviser, found, name, value, source=FactSource.HOSPITAL)
    return found


def places(screen: WorkbenchDriver) -> ProvidersScreen:
    """The screen on top."""
    top = screen.app.screen
    assert isinstance(top, ProvidersScreen)
    return top


async def open_places(screen: WorkbenchDriver, number: int) -> None:
    """From the queue to the case to its places."""
    await screen.press("enter")
    await screen.on_case(number)
    await screen.press("p")
    await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
    await screen.expect("Regionshospitalet Viborg")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_ladder_of_a_case(
    adviser: Desk, workbench: OpenWorkbench, number: int, size: tuple[int, int]
) -> None:
    async with workbench(adviser, size=size) as screen:
        await open_places(screen, number)
        rows = [line.split()[1] for line in screen.lines if line[:1] in (" ", "▌") and line[1:2].isdigit()]
        assert len(rows) == 6
        ladder = places(screen)._rows
        assert [row.verdict.rung for row in ladder] == [1, 2, 2, 3, 4, 4]
        for row in ladder:
            assert screen.sees(row.entry.organization.name[:18])
        said = sum(pgettext("figure", "example") in line for line in screen.lines)
        assert said >= 6, "an invented figure says so in every line"


async def test_from_hint_to_chosen_place_to_outcome(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("down", "down", "down")
        chosen = places(screen).chosen
        assert chosen is not None
        assert chosen.provider_id == "aaklinik"
        await screen.press("enter")
        await screen.on_dialog()
        await screen.press("k", "enter")
        await screen.on_case(number)
    view = open_case(adviser, number)
    assert (view.segments[0].state, view.segments[0].provider_name) == (SegmentState.CHOSEN, "Åklinikken")
    (outcome,) = stored(adviser.store, "SELECT outcome FROM case_segments")
    assert outcome == "rereferral.treatment.partner"
    assert close(adviser, number, outcome=outcome).outcome == outcome
    assert stored(adviser.store, "SELECT count(*) FROM outbox_drafts") == [3]


async def test_a_further_course_beside_the_one_under_way(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    choose(adviser, number, Choice("aaklinik-HAND", consent=ConsentMode.SPOKEN))
    for state in (SegmentState.REQUESTED, SegmentState.REFERRAL_SENT):
        set_segment_state(adviser, number, 1, state)
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("enter")
        await screen.on_dialog()
        await screen.press("k", "enter")
        await screen.expect("Et delforløb er i gang")
        await screen.press("down", "enter")
        await screen.on_case(number)
        assert [one.state for one in open_case(adviser, number).segments] == ["referral_sent", "chosen"]
        await screen.press("p")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.press("g")
        await screen.expect("Hvilket delforløb")
        await screen.press("down", "enter")
        await screen.expect("Hvor langt")
        await screen.press("enter")
        await screen.on_case(number)
    assert [one.state for one in open_case(adviser, number).segments] == ["referral_sent", "requested"]


async def test_a_closed_place_asks_why(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("end", "enter")
        await screen.on_dialog()
        await screen.press("enter")
        await screen.type("Aftalt\n")
        await screen.on_case(number)
    assert open_case(adviser, number).events[-1].reason == "Aftalt"


async def test_typing_narrows_and_esc_takes_it_back(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("f3")
        await screen.type("hosrens")
        assert [row.provider_id for row in places(screen)._rows] == ["rh-horsens"]
        await screen.press("escape")
        await screen.until(lambda: len(places(screen)._rows) == 6, "every place again")
        assert places(screen).query_one("#search", Input).value == ""
        await screen.press("escape")
        await screen.on_case(number)


async def test_two_side_by_side_and_read_out(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("down", "s", "down", "s")
        await screen.on_dialog()
        rows = places_below(screen)._rows
        assert screen.sees(rows[1].entry.organization.name[:20], rows[2].entry.organization.name[:20])
        await screen.press("escape", "l")
        await screen.on_dialog()
        await screen.press("u")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.idle()
    (text,) = stored(adviser.store, "SELECT text FROM outbox_drafts")
    assert "Regionshospitalet Viborg" in text


def places_below(screen: WorkbenchDriver) -> ProvidersScreen:
    """The places under a dialog."""
    return next(one for one in screen.app.screen_stack if isinstance(one, ProvidersScreen))


async def test_a_slip_is_noted_and_shown(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("end", "t")
        await screen.on_dialog()
        await screen.type("Ulla")
        await screen.press("tab")
        await screen.type("1")
        await screen.press("enter")
        await screen.until(lambda: any(row.slip for row in places(screen)._rows), "the slip")
        row = next(row for row in places(screen)._rows if row.slip)
        assert row.figure is not None
        assert (row.provider_id, row.figure.weeks, row.illustrative) == ("engholm", 1, False)


async def test_a_waiting_time_is_corrected_with_its_source(
    adviser: Desk, workbench: OpenWorkbench, number: int
) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("end", "v")
        await screen.on_dialog()
        await screen.press("tab", "tab", "tab", "tab", "tab", "enter")
        assert screen.sees("Skriv, hvor det står"), "what is missing is said, and the box stays"
        await screen.type("Brev af 20/11")
        await screen.press("enter")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.idle()
        await screen.press("end", "h")
        await screen.expect("Brev af 20/11", adviser.person.name)


async def test_a_file_is_seen_before_it_is_taken_in(
    adviser: Desk, workbench: OpenWorkbench, number: int, tmp_path: Path
) -> None:
    body = document()
    body["services"].append({"id": "ouh-XX", "location_id": "ouh-1", "area": "XX"})
    body["organizations"][1]["name"] = "Hospitalet i Horsens"
    (tmp_path / "nyt.json").write_bytes(encoded(body))
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("i")
        await screen.type(f"{tmp_path / 'nyt.json'}\n")
        await screen.expect("nyt.json", "1 advarsel", "række 7", "Hospitalet i Horsens")
        await screen.press("i")
        await screen.on_dialog()
        await screen.press("enter")
        await screen.until(lambda: isinstance(screen.app.screen, ImportScreen), "Cancel was under the cursor")
        assert open_book(adviser).organizations["rh-horsens"].name == "Regionshospitalet Horsens"
        await screen.press("i")
        await screen.on_dialog()
        await screen.press("down", "enter")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.expect("Hospitalet i Horsens")


async def test_limits_close_places_and_say_so(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("b")
        await screen.on_dialog()
        await screen.press("tab")
        await screen.type("mange")
        await screen.press("enter")
        assert screen.sees("Skriv tal"), "the box stays"
        await screen.press("backspace", "backspace", "backspace", "backspace", "backspace", "4", "1", "enter")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.expect("BMI 41")
        await screen.press("k")
        await screen.type("Aftale\n")
        await screen.until(lambda: len(places(screen)._rows) == 2, "agreement hospitals alone")


async def test_an_agreement_is_ended_and_every_family_ticked(
    adviser: Desk, workbench: OpenWorkbench, number: int
) -> None:
    choose(adviser, number, Choice("aaklinik-HAND"))
    async with workbench(adviser) as screen:
        await open_places(screen, number)
        await screen.press("down", "down", "down", "e", "e")
        await screen.on_dialog()
        await screen.type("23/11\n")
        await screen.expect("Åklinikken", open_case(adviser, number).row.record.case_number)
        await screen.press("1", "3")
        await screen.press("escape")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.idle()
        row = next(row for row in places(screen)._rows if row.provider_id == "aaklinik")
        assert row.verdict.why is Why.ENDED
    (view,) = endings(adviser)
    (segment,) = view.segments
    assert (segment.advised_on, segment.complaint_on, segment.moved_back_on) == (TODAY, None, TODAY)


async def test_from_the_queue_there_is_no_choosing(adviser: Desk, workbench: OpenWorkbench, number: int) -> None:
    async with workbench(adviser) as screen:
        await screen.press("p")
        await screen.on_dialog()
        await screen.type("håndk\n")
        await screen.until(lambda: isinstance(screen.app.screen, ProvidersScreen), "the places")
        await screen.expect("Bakkehus")
        await screen.press("enter")
        assert isinstance(screen.app.screen, ProvidersScreen)
        assert {row.verdict.state.value for row in places(screen)._rows} == {"unknown"}


def test_what_the_screen_shows_is_what_the_service_finds(adviser: Desk, number: int) -> None:
    context = patient_context(adviser, number)
    assert len(search(open_book(adviser), Wanted(area=context.area, patient=context), TODAY)) == 6
