"""From the queue to a booked call, tried, booked again and reached; refusals in words; the whole grid by keys."""

import pytest

from pkui.domain.codes import BookingState, ContactResult, Party
from pkui.services.callbacks import booking_of
from pkui.services.contacts import log_contact
from pkui.services.desk import Desk
from tests.conftest import ENGINES
from tests.drivers.callbacks import CallbacksPage
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, about, later, received, stored

TUESDAYS = [{"weekday": 2, "from": "13:00", "to": "15:00"}]


@pytest.mark.parametrize("engine_name", ENGINES, indirect=True)
async def test_from_queue_to_booked_to_attempted_to_reached(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    at_work(desk.store, adviser.person.username)
    number = received(desk, 1, **about("faster_treatment", call_windows=ALWAYS))
    async with workbench(adviser) as screen:
        queue, week, case = QueuePage(screen), CallbacksPage(screen), CasePage(screen)
        await week.open()
        assert week.best.startswith("1 i dag 09.05")
        await screen.press("1")
        await screen.on_queue()
        assert "○ i dag 09.05" in queue.cursor.text
        assert screen.sees("Opkald planlagt i dag 09.05")

        await screen.press("enter")
        await screen.on_case(number)
        await case.ring("i", number)
        assert stored(desk.store, "SELECT state FROM bookings ORDER BY id") == ["attempted", "planned"]

        await screen.expect("Næste forsøg tir.")

        await week.open()
        assert week.best.startswith("1 tir.")
        await screen.press("a")
        await screen.on_case(number)
        booked = booking_of(adviser, number)
        assert booked is not None and booked.state is BookingState.AGREED and booked.attempt == 2
        await screen.expect("Opkald aftalt med patienten")

        await case.ring("t", number)
        assert stored(adviser.store, "SELECT state FROM bookings ORDER BY id")[-1] == "reached"
        assert booking_of(adviser, number) is None


async def test_a_refused_time_says_the_rule_and_any_time_can_be_reached(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    at_work(desk.store, adviser.person.username)
    number = received(desk, 1, **about("faster_treatment", call_windows=TUESDAYS))
    async with workbench(adviser) as screen:
        week = CallbacksPage(screen)
        await week.open()
        assert "tir. 13.00" in week.cursor
        assert "░ ledig" in week.grid and "pause" in week.grid
        await screen.press("up", "enter")
        await week.refused("13-15")
        await screen.press("down", "plus", "plus", "right")
        assert "ons. 13.10" in week.cursor
        await screen.press("enter")
        await week.refused("ingen ringetid")
        await screen.press("left", "enter")
        await screen.on_queue()
    booked = booking_of(adviser, number)
    assert booked is not None and booked.state is BookingState.PLANNED
    assert f"{booked.starts_at:%H:%M}" == "12:10"


async def test_a_patient_without_a_usable_window_is_told_with_a_question(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    at_work(desk.store, adviser.person.username)
    received(desk, 1, **about("faster_treatment", call_windows=[{"weekday": 6, "from": "09:00", "to": "12:00"}]))
    async with workbench(adviser) as screen:
        week = CallbacksPage(screen)
        await week.open()
        assert "Spørg" in week.best


async def test_the_booked_call_is_cancelled_by_a_key(desk: Desk, adviser: Desk, workbench: OpenWorkbench) -> None:
    at_work(desk.store, adviser.person.username)
    number = received(desk, 1, **about("faster_treatment", call_windows=ALWAYS))
    async with workbench(adviser) as screen:
        week = CallbacksPage(screen)
        await week.open()
        await screen.press("1")
        await screen.on_queue()
        await week.open()
        await screen.press("z")
        await screen.expect("Opkaldet er aflyst")
    assert booking_of(adviser, number) is None


async def test_the_card_before_dialling_says_what_one_must_know(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, **about("faster_treatment", call_windows=ALWAYS))
    log_contact(later(adviser, days=-3), number, party=Party.PATIENT, result=ContactResult.NO_ANSWER)
    async with workbench(adviser) as screen:
        await screen.press("r")
        await screen.on_dialog()
        assert screen.sees("Mette Test Lauridsen", "Tal med: ", "1 forsøg: 20/11", "Telefonsvarer:", "aldrig hvorfor")
        box = "\n".join(screen.dialog_lines)
        assert all(f"{place} " in box for place in (1, 2, 3)) and "bad os ringe senere" in box
        await screen.press("t")
        await screen.on_case(number)


async def test_a_patient_nobody_can_ring_is_seen_in_the_list_and_on_the_case(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(
        desk, 1, **about("faster_treatment", call_windows=[{"weekday": 6, "from": "09:00", "to": "12:00"}])
    )
    async with workbench(adviser) as screen:
        assert "? ingen tid" in QueuePage(screen).cursor.text
        assert screen.sees("Spørg efter en ringetid.")
        await screen.press("enter")
        await screen.on_case(number)
        assert screen.sees("Ingen ringetid kan bruges de næste fem hverdage")


async def test_ringing_outside_the_call_times_takes_a_reason_by_one_key(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    number = received(desk, 1, **about("faster_treatment", call_windows=TUESDAYS))
    async with workbench(adviser) as screen:
        await screen.press("r")
        await screen.on_dialog()
        await screen.expect("det kan ikke vente")
        await screen.press("h")
        await screen.expect("Uden for patientens ringetid")
        await screen.press("i")
        await screen.on_case(number)
    assert stored(desk.store, "SELECT outside_window_reason FROM contacts") == ["urgent"]
