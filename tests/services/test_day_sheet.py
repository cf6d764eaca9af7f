"""What stands on the day's sheet, line by line, on an office with one case of each kind."""

from datetime import date, datetime, timedelta

import pytest

from pkui.base.errors import Refused
from pkui.domain.codes import FactSource, Party, Role
from pkui.domain.office import COPENHAGEN
from pkui.services.callbacks import book
from pkui.services.cases import take, wait
from pkui.services.day_sheet import DaySheet, Line, day_sheet
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.help_line import short_answer
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.rota import at_work, away
from tests.services.steps import ALWAYS, about, at, later, received, send

TOMORROW = date(2026, 11, 24)


@pytest.fixture
def anna(desk_as: DeskAs, store: Store) -> Desk:
    made = desk_as(Role.ADVISER)
    at_work(store, made.person.username)
    return made


@pytest.fixture
def supervisor(desk_as: DeskAs, anna: Desk) -> Desk:
    return desk_as(Role.SUPERVISOR)


def numbers(found: DaySheet, line: Line) -> tuple[int, ...]:
    return found.line(line).numbers


def test_each_thing_stands_on_its_line(desk: Desk, anna: Desk, supervisor: Desk, desk_as: DeskAs) -> None:
    first = received(desk, 1, **about("maximum_waiting_time"))
    agreed = received(desk, 2, call_windows=ALWAYS)
    take(anna, agreed, reason="r")
    book(anna, agreed, at=datetime(2026, 11, 23, 13, 0, tzinfo=COPENHAGEN), agreed=True)
    waiting = received(desk, 3)
    take(anna, waiting, reason="r")
    wait(anna, waiting, party=Party.DEPARTMENT, until=TOMORROW, text="Har spurgt")
    send(desk, b'{"schema": "pk-intake/1"}')
    coordinator = desk_as(Role.ADVISER, Role.DAY_COORDINATOR)
    found = day_sheet(supervisor)
    assert numbers(found, Line.CLASS_1) == (first,)
    assert numbers(found, Line.AGREED) == (agreed,)
    assert numbers(found, Line.FOLLOW_UPS) == ()
    assert set(numbers(found, Line.NEW)) == {first, agreed, waiting}
    assert found.line(Line.PARKED).count == 1
    assert found.line(Line.DRAFTS).count == 0
    short_answer(supervisor)
    assert day_sheet(later(supervisor, minutes=1)).line(Line.SHORT_ANSWERS).count == 1
    assert numbers(found, Line.ORPHANS) == ()
    assert found.coordinators == (coordinator.person.name,)
    tomorrow = day_sheet(at(supervisor, datetime(2026, 11, 24, 8, 0, tzinfo=COPENHAGEN)))
    assert numbers(tomorrow, Line.FOLLOW_UPS) == (waiting,)
    assert tomorrow.since == datetime(2026, 11, 23, 16, 0, tzinfo=COPENHAGEN)
    assert numbers(tomorrow, Line.NEW) == ()
    late = day_sheet(at(supervisor, datetime(2026, 12, 7, 8, 0, tzinfo=COPENHAGEN)))
    assert first in numbers(late, Line.OVERDUE)


def test_a_legal_deadline_is_there_two_working_days_before(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    number = received(desk, 1, **about("faster_assessment"))
    take(anna, number)
    assert numbers(day_sheet(supervisor), Line.DEADLINES) == ()
    record_fact(anna, number, "referral_received", "2026-10-26", source=FactSource.HOSPITAL)
    assert numbers(day_sheet(supervisor), Line.DEADLINES) == (number,)


def test_who_is_away_is_named(store: Store, anna: Desk, supervisor: Desk) -> None:
    away(store, anna.person.username, anna.clock.now() - timedelta(hours=1), None)
    found = day_sheet(supervisor)
    assert [one.username for one in found.away] == [anna.person.username]
    assert supervisor.person.username in [one.username for one in found.here]


def test_the_sheet_is_for_who_answers_for_the_day(anna: Desk) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        day_sheet(anna)
