"""Min dag from what is stored: each case once, in its part; the check at the end; and follow-ups by recipient."""

from datetime import date, datetime, timedelta

import pytest

from pkui.base.errors import PkuiError
from pkui.domain.codes import ContactResult, FactSource, Party, QueueView, Role, SparringWith
from pkui.domain.day import Part
from pkui.domain.office import COPENHAGEN
from pkui.services.callbacks import book
from pkui.services.cases import assign, hand_over, open_case, take, wait
from pkui.services.contacts import log_contact
from pkui.services.day import evening, my_day
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.followups import contact_about, recipients
from pkui.services.help_line import short_answer
from pkui.services.notes import add_note
from pkui.services.queue import snapshot
from pkui.services.reminders import remind
from pkui.services.sparring import answer, ask
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.rota import at_work
from tests.services.steps import ALWAYS, about, everything, later, received, stored

TODAY = date(2026, 11, 23)
FRIDAYS = [{"weekday": 5, "from": "09:00", "to": "11:00"}]
"""Call times of somebody who cannot be rung now."""
GOEDSTRUP = {"hospital_text": "Regionshospitalet Gødstrup", "department_text": "Ortopædkirurgi"}


@pytest.fixture
def adviser(store: Store, desk_as: DeskAs) -> Desk:
    desk = desk_as(Role.ADVISER)
    at_work(store, desk.person.username)
    return desk


@pytest.fixture
def colleague(adviser: Desk, desk_as: DeskAs) -> Desk:
    return desk_as(Role.ADVISER)


def parts(desk: Desk) -> dict[int, tuple[Part, list[str]]]:
    return {line.row.record.queue_number: (line.part, [one.code for one in line.why]) for line in my_day(desk).lines}


def waits(desk: Desk, number: int, *, until: date = TODAY, party: Party = Party.DEPARTMENT) -> None:
    wait(desk, number, party=party, until=until, text="Har spurgt til en tid")


def test_each_case_stands_once_in_its_part(desk: Desk, adviser: Desk, colleague: Desk) -> None:
    free_now = received(desk, 1, call_windows=ALWAYS)
    called, follow, reminded, replied, handed, lying, mine_now = (
        received(desk, n, call_windows=FRIDAYS) for n in range(2, 9)
    )
    for number in (called, follow, reminded, replied, lying):
        take(adviser, number)
    book(adviser, called, at=datetime(2026, 11, 23, 13, 0, tzinfo=COPENHAGEN), agreed=True)
    waits(adviser, follow)
    remind(adviser, reminded, datetime(2026, 11, 23, 15, 0, tzinfo=COPENHAGEN), text="ring")
    take(colleague, handed)
    hand_over(colleague, handed, "adviser1", text="Tager du den?")
    log_contact(later(colleague, minutes=5), replied, party=Party.PATIENT, result=ContactResult.CALLED_BACK)
    short_answer(colleague)
    then = later(adviser, minutes=10)
    assert my_day(then).short_answers == 1
    found = parts(then)
    assert found == {
        called: (Part.AGREED, ["call"]),
        follow: (Part.FOLLOW_UP, ["follow_up"]),
        reminded: (Part.FOLLOW_UP, ["reminder"]),
        replied: (Part.REPLIES, ["reply"]),
        handed: (Part.HANDED, ["handed"]),
        free_now: (Part.RING_NOW, ["due"]),
        lying: (Part.PARKED, ["due"]),
    }
    assert mine_now not in found, "a free case that cannot be rung now stays in the queue"
    assert [line.part for line in my_day(then).lines] == sorted(
        (part for part, _why in found.values()), key=list(Part).index
    )
    (given,) = [line for line in my_day(then).lines if line.part is Part.HANDED]
    assert (given.why[0].params["by"], given.why[0].params["text"]) == ("Adviser2", "Tager du den?")


def test_what_one_has_seen_or_acted_on_is_no_longer_new(desk: Desk, adviser: Desk, colleague: Desk) -> None:
    number = received(desk, 1, call_windows=FRIDAYS)
    take(colleague, number)
    hand_over(colleague, number, "adviser1", text="tag den")
    assert parts(adviser)[number][0] is Part.HANDED
    add_note(adviser, number, "overtaget")
    assert parts(adviser)[number][0] is Part.PARKED
    record_fact(later(colleague, minutes=1), number, "offered_date", "2026-12-01", source=FactSource.HOSPITAL)
    assert parts(later(adviser, minutes=2))[number][0] is Part.REPLIES
    open_case(later(adviser, minutes=3), number)
    assert parts(later(adviser, minutes=4))[number][0] is Part.PARKED


def test_class_1_stands_first_mine_before_free(desk: Desk, desk_as: DeskAs) -> None:
    expert = desk_as(Role.ADVISER, teams=("maximum_waiting_time", "general"))
    free, held = (received(desk, n, **about("maximum_waiting_time")) for n in (1, 2))
    take(expert, held)
    lines = my_day(expert).lines
    assert [(line.row.record.queue_number, line.part, line.why[0].params["free"]) for line in lines] == [
        (held, Part.CLASS_1, False), (free, Part.CLASS_1, True),
    ]  # fmt: skip


def test_a_question_to_me_and_its_answer_are_new_to_who_is_concerned(
    desk: Desk, adviser: Desk, colleague: Desk
) -> None:
    number = received(desk, 1, call_windows=FRIDAYS)
    take(adviser, number)
    ask(adviser, number, "Gælder fristen?", asked_of=SparringWith.COLLEAGUE, colleague="adviser2")
    assert parts(colleague)[number] == (Part.REPLIES, ["asked"])
    assert parts(adviser)[number][0] is Part.PARKED
    answer(later(colleague, minutes=5), number, "Ja")
    assert number not in parts(colleague)
    assert parts(later(adviser, minutes=6))[number] == (Part.REPLIES, ["reply"])


def test_who_works_no_case_has_no_day(desk_as: DeskAs) -> None:
    for call in (my_day, evening, recipients):
        with pytest.raises(PkuiError, match="not_allowed"):
            call(desk_as(Role.SECRETARY))


def test_the_day_ends_when_everything_has_a_next_step(desk: Desk, adviser: Desk) -> None:
    answered, follow, fresh, called = (received(desk, n, call_windows=ALWAYS) for n in range(1, 5))
    for number in (answered, follow, fresh, called):
        take(adviser, number)
    log_contact(adviser, answered, party=Party.PATIENT, result=ContactResult.REACHED)
    waits(adviser, follow)
    book(adviser, called, at=datetime(2026, 11, 24, 10, 0, tzinfo=COPENHAGEN))
    note = open_case(adviser, fresh).row.record.id
    found = evening(adviser, [note])
    assert [(line.row.record.queue_number, line.why[0].code) for line in found.undone] == [
        (answered, "no_next_step"), (follow, "follow_up_not_done"),
    ]  # fmt: skip
    assert [row.record.queue_number for row in found.unfinished] == [fresh]
    assert [call.queue_number for call in found.tomorrow] == [called]
    assert (found.done, found.next_day) == (False, date(2026, 11, 24))
    waits(adviser, answered, until=TODAY + timedelta(days=3))
    waits(adviser, follow, until=TODAY + timedelta(days=3))
    assert evening(adviser).done
    missed = evening(later(adviser, days=1, hours=3))
    assert [(line.row.record.queue_number, line.why[0].code) for line in missed.undone] == [(called, "call_not_made")]


def waiting_for_goedstrup(desk: Desk, adviser: Desk, count: int) -> list[int]:
    """Cases of the adviser that wait for the same department."""
    numbers = []
    for n in range(1, count + 1):
        from tests.data.submissions import submission

        referral = {**submission(n)["referral"], **GOEDSTRUP}
        numbers.append(received(desk, n, referral=referral))
        take(adviser, numbers[-1])
        waits(adviser, numbers[-1], until=TODAY + timedelta(days=n))
    return numbers


def test_one_call_to_a_department_answers_all_its_cases(desk: Desk, adviser: Desk, desk_as: DeskAs) -> None:
    numbers = waiting_for_goedstrup(desk, adviser, 3)
    theirs = numbers[2]
    assign(desk_as(Role.SUPERVISOR), theirs, "adviser1")
    elsewhere = received(desk, 9, **about("health_record"))
    record_desk = desk_as(Role.ADVISER, teams=("health_record",))
    take(record_desk, elsewhere)
    waits(record_desk, elsewhere, party=Party.GP)
    (group,) = recipients(adviser)
    assert (group.name, [one.row.record.queue_number for one in group.cases], group.first) == (
        "Ortopædkirurgi Regionshospitalet Gødstrup", numbers, TODAY + timedelta(days=1),
    )  # fmt: skip
    hand_over(adviser, theirs, record_desk.person.username, text="tag den")
    versions = [(one.row.record.queue_number, one.version) for one in recipients(adviser)[0].cases]
    until = date(2026, 11, 30)
    count = contact_about(
        adviser, versions, result=ContactResult.REACHED, text="Tider mandag", name=group.name, until=until
    )
    assert count == 3
    contacts = "SELECT c.queue_number, k.party, k.party_name, k.text FROM contacts k JOIN cases c ON c.id = k.case_id"
    assert sorted(stored(desk.store, contacts)) == [
        (number, "department", group.name, "Tider mandag") for number in numbers
    ]
    dates = [open_case(adviser, number).row.record.follow_up_on for number in numbers]
    assert dates == [until, until, TODAY + timedelta(days=3)], "a colleague's own follow-up is hers to move"


def test_all_or_none_of_the_cases_are_written_to(desk: Desk, adviser: Desk, colleague: Desk) -> None:
    numbers = waiting_for_goedstrup(desk, adviser, 2)
    versions = [(one.row.record.queue_number, one.version) for one in recipients(adviser)[0].cases]
    add_note(colleague, numbers[1], "en kollega var her")
    before = everything(desk.store)
    with pytest.raises(PkuiError, match="stale"):
        contact_about(adviser, versions, result=ContactResult.REACHED)
    with pytest.raises(PkuiError, match="choose_cases"):
        contact_about(adviser, [], result=ContactResult.REACHED)
    with pytest.raises(PkuiError, match="follow_up_on_a_closed_day"):
        contact_about(adviser, [(n, None) for n in numbers], result=ContactResult.REACHED, until=date(2026, 11, 28))
    assert everything(desk.store) == before
    other = received(desk, 9)
    with pytest.raises(PkuiError, match="not_waiting"):
        contact_about(adviser, [(numbers[0], None), (other, None)], result=ContactResult.REACHED)
    assert everything(desk.store)["contacts"] == before["contacts"]


def test_without_a_call_are_written_answers_acceptance_requests_and_follow_ups_due(desk: Desk, adviser: Desk) -> None:
    written = received(desk, 1, reply_channel="letter")
    acceptance = received(desk, 2, **about("acceptance_request"))
    rung, follow, ahead = (received(desk, n) for n in (3, 4, 5))
    for number in (rung, follow, ahead):
        take(adviser, number)
    waits(adviser, follow)
    waits(adviser, ahead, until=TODAY + timedelta(days=1))
    assert sorted(snapshot(adviser, QueueView.WITHOUT_CALL).numbers) == [written, acceptance, follow]
    assert ahead in snapshot(later(adviser, days=1), QueueView.WITHOUT_CALL).numbers
