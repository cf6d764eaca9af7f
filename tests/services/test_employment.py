"""Roles, teams and hours from a day on: what gives way, what is refused, and what is kept of every change."""

from datetime import date, time, timedelta

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import Role
from pkui.domain.office import at as instant
from pkui.services.callbacks import book
from pkui.services.desk import Desk
from pkui.services.employment import changes, end_role, end_team, give_role, give_team, set_hours, terms
from pkui.services.people import list_staff
from pkui.services.roster import close_team, open_team, teams
from tests.conftest import DeskAs
from tests.services.rota import MONDAY, at_work
from tests.services.steps import ALWAYS, at, received

TUESDAY = MONDAY + timedelta(days=1)
MORNING, AFTERNOON = (time(8), time(12)), (time(12, 30), time(16))


def roles_on(desk: Desk, username: str, day: date) -> frozenset[Role]:
    there = at(desk, instant(day, time(9)))
    return next(one.roles for one in list_staff(there) if one.username == username)


def test_a_role_holds_for_its_days_and_every_change_is_kept(desk_as: DeskAs) -> None:
    head, anna = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    me = anna.person.username
    give_role(head, me, Role.SECRETARY, first=TUESDAY, last=TUESDAY + timedelta(days=7))
    assert roles_on(head, me, MONDAY) == {Role.ADVISER}
    assert roles_on(head, me, TUESDAY) == {Role.ADVISER, Role.SECRETARY}
    end_role(head, me, Role.SECRETARY, last=TUESDAY)
    assert roles_on(head, me, TUESDAY + timedelta(days=1)) == {Role.ADVISER}
    end_role(head, me, Role.ADVISER, last=MONDAY - timedelta(days=1))
    assert roles_on(head, me, MONDAY) == frozenset()
    assert [(one.what, one.by, one.details.get("given"), one.details.get("ended")) for one in changes(head, me)] == [
        ("role", head.person.name, None, "adviser"),
        ("role", head.person.name, None, "secretary"),
        ("role", head.person.name, "secretary", None),
    ]


def test_a_later_stretch_of_a_role_stays_unless_the_new_one_reaches_it(desk_as: DeskAs) -> None:
    head, anna = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    me, summer = anna.person.username, MONDAY + timedelta(days=200)
    give_role(head, me, Role.SECRETARY, first=summer, last=summer + timedelta(days=20))
    give_role(head, me, Role.SECRETARY, first=TUESDAY, last=TUESDAY)
    assert Role.SECRETARY in roles_on(head, me, TUESDAY) & roles_on(head, me, summer)
    give_role(head, me, Role.SECRETARY, first=TUESDAY + timedelta(days=30))
    assert [one.first for one in terms(head, me).roles if one.code is Role.SECRETARY] == [
        TUESDAY,
        TUESDAY + timedelta(days=30),
    ]


def test_nobody_changes_her_own_roles_and_somebody_is_left_who_may_change_people(desk: Desk, desk_as: DeskAs) -> None:
    head, anna = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    with pytest.raises(Refused, match="own_roles"):
        give_role(head, head.person.username, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(Refused, match="last_with_people"):
        end_role(desk, head.person.username, Role.SUPERVISOR)
    with pytest.raises(Refused, match="term_not_held"):
        end_role(head, anna.person.username, Role.SECRETARY)
    with pytest.raises(BadInput, match="day_in_the_past"):
        give_role(head, anna.person.username, Role.SECRETARY, first=MONDAY - timedelta(days=1))
    with pytest.raises(Refused, match="not_allowed"):
        give_role(anna, head.person.username, Role.ADVISER)
    assert terms(head, anna.person.username).record.roles == {Role.ADVISER}


def test_hours_of_a_day_half_a_day_and_a_day_off(desk: Desk, desk_as: DeskAs) -> None:
    head, anna = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    me = anna.person.username
    at_work(desk.store, me)
    number = received(desk, 1, call_windows=ALWAYS)
    book(anna, number, at=instant(TUESDAY, time(14)), adviser=me, agreed=True)
    half = set_hours(head, me, [MORNING], first=TUESDAY)
    assert (half.days, half.calls) == (1, (number,))
    week = set_hours(head, me, [AFTERNOON, MORNING], first=TUESDAY, last=TUESDAY + timedelta(days=6))
    assert (week.days, week.calls) == (5, ())
    set_hours(head, me, [], first=MONDAY)
    hours = dict(terms(head, me).hours)
    assert (hours[MONDAY], hours[TUESDAY]) == ((), (MORNING, AFTERNOON))
    assert changes(head, me)[2].details["hours"] == ["08:00-12:00"]
    assert changes(head, me)[2].details["before"] == ["08:00-11:30", "12:00-16:00"]
    with pytest.raises(BadInput, match="bad_hours"):
        set_hours(head, me, [MORNING, (time(11), time(13))], first=TUESDAY)
    saturday = MONDAY + timedelta(days=5)
    with pytest.raises(BadInput, match="no_working_day"):
        set_hours(head, me, [MORNING], first=saturday, last=saturday)


def test_no_change_leaves_a_day_without_anyone_for_the_maximum_waiting_times(desk: Desk, desk_as: DeskAs) -> None:
    head, other = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER)
    expert = desk_as(Role.ADVISER, teams=("maximum_waiting_time",))
    for one in (expert, other):
        at_work(desk.store, one.person.username)
    name = expert.person.username
    refused = {"on": TUESDAY.isoformat(), "names": other.person.name}
    with pytest.raises(Refused, match="lane_uncovered") as told:
        set_hours(head, name, [], first=TUESDAY)
    assert told.value.details == refused
    with pytest.raises(Refused, match="lane_uncovered") as told:
        end_team(head, name, "maximum_waiting_time", last=MONDAY)
    assert told.value.details["on"] == TUESDAY.isoformat()
    give_team(head, other.person.username, "maximum_waiting_time", first=TUESDAY)
    assert [one.code for one in end_team(head, name, "maximum_waiting_time", last=MONDAY).teams] == [
        "maximum_waiting_time"
    ]
    with pytest.raises(BadInput, match="no_such_team"):
        give_team(head, name, "unknown")


def test_a_working_group_is_changed_and_closed_with_its_members(desk: Desk, desk_as: DeskAs) -> None:
    head, anna, bo = desk_as(Role.SUPERVISOR), desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    names = [one.person.username for one in (anna, bo)]
    open_team(head, "hand", "Håndgruppen", members=names)
    open_team(head, "hand", "Håndgruppen", last=TUESDAY, members=names[:1])
    group = next(one for one in teams(head) if one.code == "hand")
    assert (group.members, group.closed_on) == ((names[0],), TUESDAY)
    assert [one.details.get("ended") for one in changes(head, names[1])] == ["hand", None]
    close_team(head, "hand", last=MONDAY)
