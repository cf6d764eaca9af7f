"""The load as it is counted, and proposals over the office's own cases: made, applied, taken back."""

from datetime import date, datetime, timedelta

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import Role
from pkui.domain.office import COPENHAGEN
from pkui.services.cases import close, take
from pkui.services.desk import Desk
from pkui.services.moving import Moved, undo_moves
from pkui.services.rebalance import Goal, Wish, apply, rebalance
from pkui.services.workload import PersonLoad, Workload, behind, workload
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.rota import at_work, away
from tests.services.steps import ALWAYS, about, at, everything, later, received, stored

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def anna(desk_as: DeskAs, store: Store) -> Desk:
    made = desk_as(Role.ADVISER)
    at_work(store, made.person.username)
    return made


@pytest.fixture
def bo(anna: Desk, desk_as: DeskAs, store: Store) -> Desk:
    made = desk_as(Role.ADVISER)
    at_work(store, made.person.username)
    return made


@pytest.fixture
def supervisor(desk_as: DeskAs, bo: Desk) -> Desk:
    return desk_as(Role.SUPERVISOR, teams=())


def person(found: Workload, desk: Desk) -> PersonLoad:
    return next(one for one in found.people if one.username == desk.person.username)


def cases(desk: Desk, holder: Desk | None, *numbers: int, **more: object) -> list[int]:
    made = [received(desk, number, call_windows=ALWAYS, **more) for number in numbers]
    for number in made if holder else ():
        assert holder is not None
        take(holder, number)
    return made


def test_what_a_person_carries(desk: Desk, anna: Desk, bo: Desk, supervisor: Desk) -> None:
    cases(desk, anna, 1, 2)
    cases(desk, None, 3)
    found = workload(supervisor)
    one = person(found, anna)
    assert (one.open, one.overdue, one.absent, one.capacity_minutes) == (2, 0, False, 390)
    assert sum(one.by_class) == 2
    assert one.minutes > 0
    assert one.capacity_week_minutes == 390 + 4 * 450
    assert person(found, bo).open == 0
    general = next(team for team in found.teams if team.team == "general")
    assert (general.open, general.unassigned, general.came[-1], general.went[-1]) == (3, 1, 3, 0)
    assert found.orphans == ()


def test_absence_takes_minutes_and_overdue_is_counted(desk: Desk, store: Store, anna: Desk, supervisor: Desk) -> None:
    cases(desk, anna, 1)
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=COPENHAGEN)
    away(store, anna.person.username, noon, None)
    assert person(workload(supervisor), anna).capacity_minutes == 150
    late = at(supervisor, datetime(2026, 12, 4, 9, 0, tzinfo=COPENHAGEN))
    one = person(workload(late), anna)
    assert (one.absent, one.absent_until, one.overdue, one.due_today) == (True, None, 1, 1)


def test_the_cases_behind_a_figure(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    mine = cases(desk, anna, 1, 2)
    free = cases(desk, None, 3)
    assert sorted(behind(supervisor, "open", username=anna.person.username)) == mine
    assert behind(supervisor, "unassigned", team="general") == free
    assert behind(supervisor, "overdue", team="general") == []
    assert behind(supervisor, "orphans") == []
    assert sorted(behind(supervisor, "class_3", team="general")) == sorted(mine + free)


def test_a_case_nobody_here_may_finish_is_an_orphan(
    desk: Desk, store: Store, anna: Desk, bo: Desk, supervisor: Desk
) -> None:
    (number,) = cases(desk, None, 1)
    for one in (anna, bo, supervisor):
        away(store, one.person.username, anna.clock.now() - timedelta(hours=1), None)
    assert workload(supervisor).orphans == (number,)
    assert behind(supervisor, "orphans") == [number]


def test_what_was_closed_went(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    (number,) = cases(desk, anna, 1)
    close(anna, number, outcome="advised")
    general = next(team for team in workload(supervisor).teams if team.team == "general")
    assert (general.open, general.came[-1], general.went[-1]) == (0, 1, 1)


def test_somebody_away_gives_her_cases_and_gets_them_back(
    desk: Desk, store: Store, anna: Desk, bo: Desk, supervisor: Desk
) -> None:
    cases(desk, anna, 1, 2)
    quiet = later(supervisor, minutes=20)
    before = everything(store)
    found = rebalance(quiet, Wish(Goal.ABSENT, username=anna.person.username, until=WEDNESDAY))
    assert everything(store) == before, "a proposal writes nothing"
    assert {move.to for move in found.moves} <= {bo.person.username, supervisor.person.username}
    assert len(found.moves) == 2
    assert found.before.late_in_all > found.after.late_in_all == 0
    assert apply(quiet, found.moves) == Moved(2, ())
    assert stored(store, "SELECT count(*) FROM cases WHERE assignee_id IS NOT NULL") == [2]
    assert person(workload(quiet), anna).open == 0
    assert undo_moves(quiet) == Moved(2, ())
    assert person(workload(quiet), anna).open == 2


def test_a_case_being_worked_on_stays(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    cases(desk, anna, 1)
    wish = Wish(Goal.ABSENT, username=anna.person.username, until=WEDNESDAY)
    assert rebalance(supervisor, wish).moves == ()
    assert len(rebalance(later(supervisor, minutes=20), wish).moves) == 1


def test_a_backlog_is_dealt_out(desk: Desk, anna: Desk, bo: Desk, supervisor: Desk) -> None:
    cases(desk, None, 1, 2, 3)
    quiet = later(supervisor, minutes=20)
    found = rebalance(quiet, Wish(Goal.BACKLOG, team="general", most=2))
    assert len(found.moves) == 2
    assert all(move.holder is None and move.why[0].code == "nobody_holds" for move in found.moves)
    assert rebalance(quiet, Wish(Goal.BACKLOG, words="findes ikke")).moves == ()


def test_an_edited_proposal_shows_its_own_effect(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    cases(desk, anna, 1, 2)
    found = rebalance(later(supervisor, minutes=20), Wish(Goal.ABSENT, username=anna.person.username, until=WEDNESDAY))
    none = found.edited([])
    assert none.moves == ()
    assert none.after == found.before


def test_unknown_people_and_days_are_refused(supervisor: Desk, anna: Desk) -> None:
    with pytest.raises(BadInput, match="no_such_person"):
        rebalance(supervisor, Wish(Goal.ABSENT, username="nobody", until=WEDNESDAY))
    with pytest.raises(BadInput, match="bad_days"):
        rebalance(supervisor, Wish(Goal.ABSENT, username=anna.person.username, until=date(2026, 11, 1)))


def test_the_load_is_for_who_answers_for_the_day(anna: Desk) -> None:
    for call in (lambda: workload(anna), lambda: behind(anna, "open"), lambda: rebalance(anna, Wish(Goal.EVEN))):
        with pytest.raises(Refused, match="not_allowed"):
            call()


def test_topics_are_learnt_from_the_log(desk: Desk, anna: Desk, supervisor: Desk) -> None:
    (number,) = cases(desk, anna, 1, **about("hearing_aid"))
    usual = person(workload(supervisor), anna).minutes
    assert usual % 5 == 0
    assert number in behind(supervisor, "open", username=anna.person.username)
