"""Dealing and cover: nothing falls out, nobody is dealt what she may not finish, and chains of cover end."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkui.base.calendar import public_holidays
from pkui.domain.codes import Complexity, Role, Team, Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.permissions import may_work
from pkui.domain.routing import (
    LANE,
    Cover,
    Post,
    Waiting,
    cover_chain,
    deal,
    kept_until,
    orphans,
    situation,
)

OFFICE, DAY = OfficeSettings(), date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ROLES = [role for role in Role if role is not Role.SYSTEM]
TEAMS = [*(team.value for team in Team), "child_psychiatry", "closed_group"]
people = st.lists(
    st.tuples(st.sets(st.sampled_from(ROLES), min_size=1, max_size=2), st.sets(st.sampled_from(TEAMS), max_size=3)),
    max_size=6,
)
waiting = st.builds(
    Waiting,
    topic=st.sampled_from(Topic),
    complexity=st.sampled_from(Complexity),
    team=st.sampled_from(TEAMS),
    registered_at=st.timedeltas(timedelta(0), timedelta(hours=3)).map(lambda ago: NOW - ago),
    kept_until=st.none() | st.timedeltas(timedelta(hours=-2), timedelta(hours=2)).map(lambda on: NOW + on),
)


@given(here=people, cases=st.lists(waiting, max_size=8))
@settings(max_examples=150, deadline=None)
def test_nothing_falls_out_while_anybody_is_here_who_may_finish_everything(
    here: list[tuple[set[Role], set[str]]], cases: list[Waiting]
) -> None:
    able = any(may_work(roles, Topic.FASTER_TREATMENT, Complexity.ORDINARY) for roles, _teams in here)
    if able:
        assert orphans(cases, here, OFFICE) == []
    elif not here:
        assert orphans(cases, here, OFFICE) == cases


@given(here=people, case=waiting, lane_free=st.booleans())
@settings(max_examples=150, deadline=None)
def test_nobody_is_dealt_what_she_may_not_finish(
    here: list[tuple[set[Role], set[str]]], case: Waiting, lane_free: bool
) -> None:
    posts = [Post(team, role, lane_free) for roles, teams in here for role in roles for team in (*teams, None)]
    found = situation(posts)
    for roles, teams in here:
        dealt = deal(roles, teams, NOW, found, OFFICE)
        if dealt is not None and dealt.allows(case):
            assert may_work(roles, case.topic, case.complexity)


def dealt_to(roles: set[Role], teams: set[str], case: Waiting, *posts: Post) -> bool:
    found = deal(roles, teams, NOW, situation(posts), OFFICE)
    return found is not None and found.allows(case)


def case_of(team: str, *, complexity: Complexity = Complexity.ORDINARY, minutes: int = 5, kept: int = 0) -> Waiting:
    until = NOW + timedelta(minutes=kept) if kept else None
    return Waiting(Topic.FASTER_TREATMENT, complexity, team, NOW - timedelta(minutes=minutes), until)


EXPERT, GENERAL = Post(LANE, Role.ADVISER, True), Post("general", Role.ADVISER, True)


@pytest.mark.parametrize(
    ("minutes", "posts", "dealt"),
    [
        (5, (EXPERT, GENERAL), False),
        (60, (EXPERT, GENERAL), True),
        (5, (Post(LANE, Role.ADVISER, False), GENERAL), True),
        (5, (GENERAL,), True),
        (5, (Post(LANE, Role.SECRETARY, True), GENERAL), True),
    ],
)
def test_maximum_waiting_times_go_to_everyone_when_the_team_cannot(
    minutes: int, posts: tuple[Post, ...], dealt: bool
) -> None:
    assert dealt_to({Role.ADVISER}, {"general"}, case_of(LANE, minutes=minutes), *posts) is dealt
    assert dealt_to({Role.ADVISER}, {LANE}, case_of(LANE), *posts)


def test_simple_cases_are_kept_while_a_temporary_colleague_is_here() -> None:
    simple = case_of("general", complexity=Complexity.SIMPLE, kept=30)
    temporary = Post("simple_only", Role.TEMPORARY, True)
    assert not dealt_to({Role.ADVISER}, {"general"}, simple, GENERAL, temporary)
    assert dealt_to({Role.ADVISER}, {"general"}, simple, GENERAL)
    assert dealt_to({Role.TEMPORARY}, {"simple_only"}, simple, GENERAL, temporary)
    half_used = case_of("general", complexity=Complexity.SIMPLE, kept=0)
    assert dealt_to({Role.ADVISER}, {"general"}, half_used, GENERAL, temporary)


def test_a_team_nobody_answers_for_is_everybodys() -> None:
    group = Post("child_psychiatry", Role.ADVISER, True)
    case = case_of("child_psychiatry")
    assert not dealt_to({Role.ADVISER}, {"general"}, case, GENERAL, group)
    assert dealt_to({Role.ADVISER}, {"general"}, case, GENERAL)


def test_half_the_time_to_due_is_counted_in_opening_hours() -> None:
    friday, due = at(date(2026, 11, 20), time(15)), at(date(2026, 11, 24), time(16))
    kept = kept_until(Complexity.SIMPLE, "general", friday, due, OFFICE, public_holidays())
    assert kept == at(DAY, time(15, 30))
    assert kept_until(Complexity.ORDINARY, "general", friday, due, OFFICE, public_holidays()) is None
    assert kept_until(Complexity.SIMPLE, "health_record", friday, due, OFFICE, public_holidays()) is None
    assert kept_until(Complexity.SIMPLE, "general", due, due, OFFICE, public_holidays()) is None


def test_half_the_time_over_the_change_to_summer_time() -> None:
    friday, due = at(date(2026, 3, 27), time(8)), at(date(2026, 3, 30), time(16))
    kept = kept_until(Complexity.SIMPLE, "general", friday, due, OFFICE, public_holidays())
    assert kept == at(date(2026, 3, 27), time(16))
    assert kept.astimezone(COPENHAGEN).time() == time(16)


def chain(person: str, *covers: tuple[str, str, int] | tuple[str, str, int, date, date | None]) -> list[str]:
    rows = [Cover(*one) if len(one) == 5 else Cover(*one, DAY, None) for one in covers]
    return cover_chain(person, rows, DAY)


def test_cover_is_transitive_in_order_and_nearest_first() -> None:
    covers = (("anna", "dorte", 2), ("anna", "bo", 1), ("bo", "carl", 1), ("carl", "eva", 1))
    assert chain("anna", *covers) == ["bo", "dorte", "carl", "eva"]


def test_a_circle_of_cover_ends_and_never_comes_back_to_the_person() -> None:
    assert chain("anna", ("anna", "bo", 1), ("bo", "carl", 1), ("carl", "anna", 1), ("carl", "bo", 2)) == ["bo", "carl"]


def test_cover_that_has_ended_or_not_begun_is_none() -> None:
    yesterday, tomorrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert chain("anna", ("anna", "bo", 1, yesterday, yesterday), ("anna", "eva", 2, tomorrow, None)) == []
    assert chain("anna", ("anna", "bo", 1, DAY, DAY), ("bo", "carl", 1, yesterday, yesterday)) == ["bo"]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(1, 3)), max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_chain_holds_each_person_once_and_not_the_first(covers: list[tuple[str, str, int]]) -> None:
    found = chain("a", *(one for one in covers if one[0] != one[1]))
    assert len(found) == len(set(found))
    assert "a" not in found
