"""The table of roles and rights, cell by cell, and how several roles of one person add up."""

from itertools import product

import pytest

from pkui.domain.codes import Complexity, Role, Topic
from pkui.domain.permissions import RECORD_TOPICS, TABLE, Grant, Permission, grant, may_work

ROLES = ("adviser", "secretary", "administrative", "supervisor", "temporary", "day_coordinator", "log_reviewer",
         "system_administrator")  # fmt: skip
CELLS = {
    "read_queue": "yes yes yes yes yes yes no no",
    "work_cases": "yes no record_topics yes simple_only no no no",
    "approve": "yes no no yes no no no no",
    "register": "yes yes yes yes yes yes no no",
    "open_outside_team": "with_reason in_a_call with_reason yes no yes no no",
    "move_cases": "no no no yes no yes no no",
    "report_illness": "no yes no yes no yes no no",
    "settings": "no no no yes no no no yes",
    "law": "no no no yes no no no no",
    "texts": "no no no yes no no no no",
    "see_people": "yes yes yes yes yes yes no yes",
    "people": "no no no yes no no no yes",
    "catalogue": "yes yes yes yes no yes no no",
    "own_access_log": "yes yes yes yes yes yes no no",
    "access_log_figures": "no no no yes no no yes no",
    "all_access_log": "no no no no no no yes no",
    "operate": "no no no no no no no yes",
}
CASES = [
    (permission, role, cell) for permission, row in CELLS.items() for role, cell in zip(ROLES, row.split(), strict=True)
]


@pytest.mark.parametrize(("permission", "role", "cell"), CASES)
def test_the_table(permission: str, role: str, cell: str) -> None:
    assert grant({Role(role)}, Permission(permission)) is Grant(cell)


def test_no_cell_is_left_out() -> None:
    assert set(CELLS) == set(Permission)
    assert set(ROLES) | {"system"} == set(Role)


def test_nobody_may_nothing_and_the_system_person_everything() -> None:
    for permission in Permission:
        assert grant(set(), permission) is Grant.NO
        assert grant({Role.SYSTEM}, permission) is Grant.YES


def test_several_roles_reach_as_far_as_the_furthest() -> None:
    for first, second, permission in product(TABLE[Permission.READ_QUEUE], TABLE[Permission.READ_QUEUE], Permission):
        strength = list(Grant).index
        together = grant({first, second}, permission)
        assert strength(together) == max(strength(grant({role}, permission)) for role in (first, second))


def test_what_each_role_may_work() -> None:
    for topic, complexity in product(Topic, Complexity):
        assert may_work({Role.ADVISER}, topic, complexity)
        assert may_work({Role.ADMINISTRATIVE}, topic, complexity) is (topic in RECORD_TOPICS)
        assert may_work({Role.TEMPORARY}, topic, complexity) is (complexity is Complexity.SIMPLE)
        assert not may_work({Role.SECRETARY, Role.DAY_COORDINATOR}, topic, complexity)
        assert not may_work(set(), topic, complexity)
