"""Every screen: a protected person's whereabouts stand nowhere but in the opened case, and no word is English."""

from datetime import datetime

import pytest
from textual.widget import Widget

from pkui.domain.codes import Role, SparringWith
from pkui.domain.office import COPENHAGEN
from pkui.domain.texts import TextKind
from pkui.services.callbacks import book
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.sparring import ask
from pkui.services.texts import draft_text
from screens.places import PLACES, place
from tests.conftest import DeskAs
from tests.data.submissions import changed, replacement_number, submission
from tests.drivers.tour import Tour, walk
from tests.screens.conftest import OpenWorkbench
from tests.screens.test_words_on_screen import english_only, words_of
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, received, send

NUMBER = replacement_number(333)
PHONE, SHOWN = "51525354", "51 52 53 54"
HERS = ("Gemmestien", "Fristedby", PHONE, SHOWN, NUMBER, f"{NUMBER[:6]}-{NUMBER[6:]}")


@pytest.fixture
def protected(desk: Desk) -> int:
    """The queue number of a person whose name and address are protected."""
    body = changed(submission(333, call_windows=ALWAYS), "/patient/name", "Ord Skjulgaard")
    body["patient"]["address_protected"] = True
    body["patient"]["address"] |= {"line": "Gemmestien 12", "city": "Fristedby"}
    body["contact"] |= {"phone": PHONE}
    (answer,) = send(desk, body)
    assert answer.queue_number
    return answer.queue_number


async def test_req_12_no_screen_but_the_case_tells_where_a_protected_person_is_and_none_speaks_english(
    protected: int, desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    received(desk, 2, call_windows=[])
    take(adviser, number)
    told, english, foreign, marked = dict[str, list[str]](), english_only(), dict[str, set[str]](), 0
    async with workbench(adviser, size=(120, 40)) as screen:

        def look(stop: str) -> None:
            nonlocal marked
            text = screen.text
            lines = [line for line in text.splitlines() if "Skjulgaard" in line]
            marked += len(lines)
            if wrong := [one for one in HERS if one in text] + [line for line in lines if "BESK." not in line]:
                told[stop] = wrong
            tips = [str(widget.tooltip) for widget in screen.app.screen.query(Widget) if widget.tooltip]
            if words := words_of([text, *tips]) & english:
                foreign[stop] = words

        await walk(Tour(screen, number, adviser, colleague), look)
    assert not told
    assert marked, "her name is on a list, with the word"
    assert not foreign, "English words on a Danish screen"


async def test_req_12_in_the_case_the_word_stands_beside_name_and_telephone(
    protected: int, desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    take(adviser, protected, reason="in_a_call")
    async with workbench(adviser, size=(120, 40)) as screen:
        await screen.press("m", "enter")
        await screen.on_case(protected)
        assert "BESK." in screen.text
        assert SHOWN in screen.text


async def test_req_12_no_place_one_goes_to_tells_where_a_protected_person_is(
    protected: int, desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench
) -> None:
    """Every place of the table of places, a new one by itself, with something of hers in each list."""
    everybody = desk_as(Role.SUPERVISOR, Role.ADVISER, Role.LOG_REVIEWER)
    take(everybody, protected, reason="letter")
    draft_text(everybody, protected, TextKind.FORWARDED)
    ask(everybody, protected, "Hvad gør vi?", asked_of=SparringWith.MEETING)
    at_work(desk.store, everybody.person.username)
    book(everybody, protected, at=datetime(2026, 11, 23, 13, tzinfo=COPENHAGEN))
    found = dict[str, list[str]]()
    async with workbench(everybody, size=(120, 40)) as screen:
        for id in PLACES:
            await screen.app.push_screen(place(id, screen.app.bench))
            await screen.idle()
            found[id] = [one for one in HERS if one in screen.text]
            screen.app.pop_screen()
            await screen.idle()
    assert found == {id: [] for id in PLACES}
