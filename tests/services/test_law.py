"""The office's verified numbers: set by a supervisor with a day and a source, counted with, and nothing is lost."""

from datetime import date

import pytest

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import FactSource, Role
from pkui.domain.rights.answers import Right
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.law import LawRow, law, set_law_value
from pkui.services.standing import place_for_today
from tests.conftest import DeskAs
from tests.services.steps import about, received, stored

RULE = "assessment_right_somatic"
START = date(2026, 10, 1)


@pytest.fixture
def supervisor(desk_as: DeskAs) -> Desk:
    return desk_as(Role.SUPERVISOR)


def rows(desk: Desk, rule: str = RULE) -> list[LawRow]:
    """The rows of one rule."""
    return [row for row in law(desk) if row.rule == rule]


def test_every_number_tells_where_it_stands(desk_as: DeskAs) -> None:
    newest = rows(desk_as(Role.ADVISER))[-1]
    assert (newest.value, newest.unit, newest.start, newest.end) == (30, "days", date(2022, 1, 21), None)
    assert newest.citation
    assert newest.sources
    assert not newest.office
    off = [row for row in law(desk_as(Role.ADVISER)) if row.switch]
    assert {row.rule for row in off} >= {"child_psychiatry_start", "young_adult_start"}


def test_a_verified_number_stands_with_name_day_and_source_and_the_old_one_stays(supervisor: Desk) -> None:
    set_law_value(supervisor, RULE, 20, valid_from=START, source=" LBK 1 af 2026 ")
    old, new = rows(supervisor)[-2:]
    assert (old.value, old.end, old.office) == (30, date(2026, 9, 30), False)
    assert (new.value, new.start, new.sources, new.office) == (20, START, ("LBK 1 af 2026",), True)
    assert (new.set_by, new.set_on) == ("Supervisor1", date(2026, 11, 23))
    assert [(one.value, one.start) for one in new.before] == [(30, date(2022, 1, 21))]
    set_law_value(supervisor, RULE, 25, valid_from=START, source="rettelse")
    newest = rows(supervisor)[-1]
    assert newest.value == 25
    assert 20 in [one.value for one in newest.before], "the office's own earlier number is still told"
    assert stored(supervisor.store, "SELECT value, source FROM law_values ORDER BY id") == [
        (20, "LBK 1 af 2026"),
        (25, "rettelse"),
    ]


def test_hints_and_queue_count_with_it(desk: Desk, supervisor: Desk, desk_as: DeskAs) -> None:
    adviser = desk_as(Role.ADVISER)
    number = received(desk, 1, referral=None, **about("faster_assessment"))
    record_fact(adviser, number, "referral_received", "10/11", source=FactSource.HOSPITAL)
    place_for_today(desk)
    before = open_case(adviser, number)
    assert before.row.record.priority_class == 3
    set_law_value(supervisor, RULE, 14, valid_from=START, source="LBK 1 af 2026")
    hint = next(one for one in open_case(adviser, number).rights.hints if one.right is Right.ASSESSMENT)
    assert hint.deadline == date(2026, 11, 24)
    assert place_for_today(desk) == 1, "the same day: the law has changed"
    assert open_case(adviser, number).row.record.priority_class == 2


def test_only_a_supervisor_sets_the_law(desk_as: DeskAs) -> None:
    for role in (Role.ADVISER, Role.SECRETARY, Role.SYSTEM_ADMINISTRATOR, Role.DAY_COORDINATOR):
        with pytest.raises(Refused, match="not_allowed"):
            set_law_value(desk_as(role), RULE, 20, valid_from=START, source="x")


def test_what_is_no_number_of_the_law_is_refused(supervisor: Desk) -> None:
    for rule, value, source, code in (
        (RULE, 20, "  ", "source_needed"), (RULE, -1, "x", "bad_law_value"), (RULE, 10**12, "x", "bad_law_value"),
        ("no_such_rule", 20, "x", "bad_law_value"), (RULE, 20, "x" * 501, "text_too_long"),
    ):  # fmt: skip
        with pytest.raises((BadInput, Refused), match=code):
            set_law_value(supervisor, rule, value, valid_from=START, source=source)
    assert stored(supervisor.store, "SELECT count(*) FROM law_values") == [0]
