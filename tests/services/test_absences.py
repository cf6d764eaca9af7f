"""Reported ill: dealing stops, what cannot wait goes to cover the same minute, the rest stays, and it can be undone."""

from datetime import time, timedelta

import pytest

from pkui.base.errors import Refused
from pkui.domain.absences import Half
from pkui.domain.codes import AbsenceKind, ContactResult, Party, Role
from pkui.domain.office import at as instant
from pkui.services.absences import back, begin, preview, report, undo
from pkui.services.callbacks import book
from pkui.services.cases import take, wait
from pkui.services.contacts import log_contact
from pkui.services.cover import CannotWait
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.queue import take_next
from pkui.services.roster import roster, set_cover
from tests.conftest import DeskAs
from tests.services.rota import MONDAY, at_work
from tests.services.steps import ALWAYS, about, at, later, received, stored

MONDAY_11 = instant(MONDAY, time(11))
NOON_TUESDAY = instant(MONDAY + timedelta(days=1), time(12))
CALLED_BACK = ContactResult.CALLED_BACK


def holder(desk: Desk, number: int) -> str | None:
    query = "SELECT s.username FROM cases c LEFT JOIN staff s ON s.id = c.assignee_id WHERE c.queue_number = :n"
    (found,) = stored(desk.store, query, n=number)
    return None if found is None else str(found)


@pytest.fixture
def office(desk: Desk, desk_as: DeskAs) -> tuple[Desk, Desk, Desk, Desk]:
    """Anna, who falls ill; Bo, who is away too; Carl, who covers Bo; a secretary."""
    anna, bo, carl = (desk_as(Role.ADVISER) for _ in range(3))
    secretary = desk_as(Role.SECRETARY)
    for one in (anna, bo, carl, secretary):
        at_work(desk.store, one.person.username)
    names = [one.person.username for one in (anna, bo, carl)]
    set_cover(desk, names[0], [names[1]])
    set_cover(desk, names[1], [names[2]])
    report(desk, names[1])
    return anna, bo, carl, secretary


def test_what_cannot_wait_goes_along_the_chain_and_the_rest_stays(
    desk: Desk, office: tuple[Desk, Desk, Desk, Desk]
) -> None:
    anna, _bo, carl, secretary = office
    urgent, due, call, reply, rest = (
        received(desk, 1, **about("maximum_waiting_time")),
        *(received(desk, number, call_windows=ALWAYS) for number in (2, 3, 4, 5)),
    )
    for number in (urgent, due, call, reply, rest):
        take(anna, number, reason="i telefonen")
    wait(anna, due, party=Party.GP, until=MONDAY, text="svar fra lægen")
    book(anna, call, at=MONDAY_11, adviser=anna.person.username, agreed=True)
    log_contact(carl, reply, party=Party.PATIENT, result=CALLED_BACK, text=None)
    me = anna.person.username
    assert {one.queue_number for one in preview(secretary, me).moved} == {urgent, due, call, reply}
    told = report(secretary, me)
    assert {one.queue_number: (one.why, one.to) for one in told.moved} == {
        urgent: (CannotWait.CLASS_1, carl.person.username),
        due: (CannotWait.FOLLOW_UP, carl.person.username),
        call: (CannotWait.CALL_TODAY, carl.person.username),
        reply: (CannotWait.REPLY, carl.person.username),
    }
    assert (told.left, holder(desk, rest), holder(desk, call)) == (1, me, carl.person.username)
    assert stored(desk.store, "SELECT s.username FROM bookings b JOIN staff s ON s.id = b.adviser_id") == [
        carl.person.username
    ]
    with pytest.raises(Refused, match="reported_away"):
        take_next(anna)
    add_note(carl, due, "jeg er i gang")
    taken = undo(secretary, me)
    assert (taken.done, taken.moved_on) == (3, (due,))
    assert {number: holder(desk, number) for number in (urgent, due, call, reply)} == {
        urgent: me, due: carl.person.username, call: me, reply: me,
    }  # fmt: skip
    assert stored(desk.store, "SELECT s.username FROM bookings b JOIN staff s ON s.id = b.adviser_id") == [me]


def test_without_cover_it_goes_back_to_the_queue_and_to_everyone(desk: Desk, desk_as: DeskAs) -> None:
    anna, eva, secretary = desk_as(Role.ADVISER), desk_as(Role.ADVISER), desk_as(Role.SECRETARY)
    urgent = received(desk, 1, **about("maximum_waiting_time"))
    take(anna, urgent, reason="haster")
    assert [one.to for one in report(secretary, anna.person.username).moved] == [None]
    assert take_next(eva).record.queue_number == urgent


def test_an_absence_is_read_at_the_moment_of_use(desk: Desk, desk_as: DeskAs) -> None:
    anna, head = desk_as(Role.ADVISER), desk_as(Role.SUPERVISOR)
    received(desk, 1, call_windows=ALWAYS)
    me = anna.person.username
    tuesday = MONDAY + timedelta(days=1)
    report(head, me, kind=AbsenceKind.HOLIDAY, first=tuesday, last=tuesday, half=Half.MORNING)
    assert not next(one for one in roster(anna).people if one.record.username == me).record.absent
    with pytest.raises(Refused, match="reported_away"):
        take_next(at(anna, NOON_TUESDAY - timedelta(seconds=1)))
    assert take_next(at(anna, NOON_TUESDAY)).record.queue_number == 1


def test_back_ends_it_and_who_may_report_what(desk: Desk, desk_as: DeskAs) -> None:
    anna, secretary = desk_as(Role.ADVISER), desk_as(Role.SECRETARY)
    me = anna.person.username
    report(secretary, me, open_ended=True)
    with pytest.raises(Refused, match="away_already"):
        report(secretary, me)
    assert not back(later(secretary, minutes=5), me).absent
    with pytest.raises(Refused, match="not_away"):
        back(later(secretary, minutes=6), me)
    with pytest.raises(Refused, match="not_allowed"):
        report(secretary, me, kind=AbsenceKind.HOLIDAY)
    with pytest.raises(Refused, match="not_allowed"):
        report(anna, secretary.person.username)


def test_a_planned_day_without_anyone_for_maximum_waiting_times_is_refused_with_names(
    desk: Desk, desk_as: DeskAs
) -> None:
    expert, other, head = (
        desk_as(Role.ADVISER, teams=("maximum_waiting_time",)),
        desk_as(Role.ADVISER),
        desk_as(Role.SUPERVISOR),
    )
    for one in (expert, other):
        at_work(desk.store, one.person.username)
    day = MONDAY + timedelta(days=2)
    with pytest.raises(Refused, match="lane_uncovered") as refused:
        report(head, expert.person.username, kind=AbsenceKind.COURSE, first=day)
    assert refused.value.details == {"on": day.isoformat(), "names": other.person.name}
    assert stored(desk.store, "SELECT count(*) FROM absences") == [0]
    set_cover(desk, expert.person.username, [other.person.username])
    assert report(head, expert.person.username, kind=AbsenceKind.COURSE, first=day).gaps == ()


def test_a_planned_absence_moves_what_cannot_wait_when_it_begins_and_again_each_day(
    desk: Desk, desk_as: DeskAs
) -> None:
    anna, carl, head = desk_as(Role.ADVISER), desk_as(Role.ADVISER), desk_as(Role.SUPERVISOR)
    for one in (anna, carl, head):
        at_work(desk.store, one.person.username)
    me, cover = anna.person.username, carl.person.username
    set_cover(desk, me, [cover])
    urgent, late = received(desk, 1, **about("maximum_waiting_time")), received(desk, 2, call_windows=ALWAYS)
    for number in (urgent, late):
        take(anna, number, reason="i telefonen")
    tuesday = MONDAY + timedelta(days=1)
    wait(anna, late, party=Party.GP, until=tuesday + timedelta(days=1), text="svar fra lægen")
    report(head, me, kind=AbsenceKind.COURSE, first=MONDAY, half=Half.AFTERNOON)
    report(head, me, kind=AbsenceKind.HOLIDAY, first=tuesday, last=tuesday + timedelta(days=1))
    noon = instant(MONDAY, time(12))
    assert begin(at(head, noon - timedelta(seconds=1))) == ()
    (told,) = begin(at(head, noon))
    assert [(one.queue_number, one.to) for one in told.moved] == [(urgent, cover)]
    assert begin(at(head, noon + timedelta(hours=1))) == ()
    midnight = instant(tuesday, time(0))
    (told,) = begin(at(head, midnight))
    assert (told.moved, holder(desk, late)) == ((), me)
    assert begin(at(head, midnight + timedelta(hours=9))) == ()
    (told,) = begin(at(head, midnight + timedelta(days=1, hours=8)))
    assert [(one.why, one.to) for one in told.moved] == [(CannotWait.FOLLOW_UP, cover)]
    assert begin(at(head, midnight + timedelta(days=2))) == ()


def test_an_answer_in_a_case_of_somebody_away_goes_to_cover_the_same_minute(desk: Desk, desk_as: DeskAs) -> None:
    anna, carl, secretary = desk_as(Role.ADVISER), desk_as(Role.ADVISER), desk_as(Role.SECRETARY)
    for one in (anna, carl, secretary):
        at_work(desk.store, one.person.username)
    set_cover(desk, anna.person.username, [carl.person.username])
    number = received(desk, 1, call_windows=ALWAYS)
    take(anna, number)
    report(secretary, anna.person.username)
    assert holder(desk, number) == anna.person.username
    after = later(secretary, minutes=5)
    log_contact(after, number, party=Party.PATIENT, result=CALLED_BACK, still_waits=True)
    assert holder(desk, number) == carl.person.username
    assert undo(after, anna.person.username).done == 1
