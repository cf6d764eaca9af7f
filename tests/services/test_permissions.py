"""Every use case asks the permission table, and what the table says holds for every role."""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import pkui.services
from pkui.base.errors import Refused
from pkui.domain.codes import Role
from pkui.domain.permissions import TABLE, Permission
from pkui.services.desk import PERMISSIONS, Desk
from storage.store import Store
from tests.conftest import DeskAs
from tests.services.steps import everything

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
MODULES = sorted(module.name for module in walk_packages(pkui.services.__path__, "pkui.services."))
HELPERS = {
    "pkui.services.case_view.view_of",
    "pkui.services.cases.open_for_change",
    "pkui.services.contacts.attempts_allowed",
    "pkui.services.facts.add_fact",
    "pkui.services.providers.read_book",
    "pkui.services.providers_import.take_in",
    "pkui.services.providers_search.context_of",
    "pkui.services.queue.assign_to_self",
    "pkui.services.queue.deal_of",
    "pkui.services.queue.moment_of",
    "pkui.services.queue.row_of",
    "pkui.services.standing.count_of",
    "pkui.services.standing.place_anew",
    "pkui.services.standing.set_standing",
}
"""Functions of a unit of work that only use cases call: no screen or command gets hold of a `Work`."""


def use_cases() -> dict[str, Permission | None]:
    """What each use case asks, with every module of the services imported."""
    for name in MODULES:
        import_module(name)
    return dict(PERMISSIONS)


def test_the_table_speaks_of_every_permission() -> None:
    assert set(TABLE) == set(Permission)
    assert all(role is not Role.SYSTEM for row in TABLE.values() for role in row)


def test_every_public_function_of_a_unit_of_work_is_a_use_case() -> None:
    open_doors = set()
    for name in MODULES:
        module = import_module(name)
        tree = ast.parse(Path(inspect.getsourcefile(module) or "").read_text("utf-8"))
        for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
            takes_work = any(
                isinstance(a.annotation, ast.Name) and a.annotation.id == "Work" for a in function.args.args
            )
            decorated = any(
                isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "use_case"
                for d in function.decorator_list
            )
            if takes_work and not decorated and not function.name.startswith("_"):
                open_doors.add(f"{name}.{function.name}")
    assert open_doors <= HELPERS, "is it a use case? then it names its permission"


def test_only_these_ask_nothing_of_the_table() -> None:
    asking_nothing = {name for name, permission in use_cases().items() if permission is None}
    assert asking_nothing <= {"pkui.services.people.list_staff", "pkui.services.office.list_settings"}


def filler(parameter: inspect.Parameter) -> Any:
    """Something to call a use case with; who may not is refused before anything looks at it."""
    return 1


def call(name: str, desk: Desk) -> None:
    """Calls a use case with whatever arguments it must have."""
    module, _, function = name.rpartition(".")
    door = getattr(import_module(module), function)
    parameters = list(inspect.signature(door).parameters.values())[1:]
    needed = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    positional = [filler(p) for p in needed if p.kind is not p.KEYWORD_ONLY]
    door(desk, *positional, **{p.name: filler(p) for p in needed if p.kind is p.KEYWORD_ONLY})


def refused(name: str, desk: Desk) -> bool:
    """Whether the permission table keeps the person at the desk out; any other end means that she was let in."""
    try:
        call(name, desk)
    except Refused as refusal:
        return refusal.code == "not_allowed"
    except Exception:
        return False
    return False


def expected_refusals(role: Role) -> set[str]:
    return {
        name for name, permission in use_cases().items() if permission is not None and role not in TABLE[permission]
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_use_case_lets_in_whom_the_table_names(role: Role, store: Store, desk_as: DeskAs) -> None:
    desk = desk_as(role)
    before = everything(store)
    kept_out = expected_refusals(role)
    for name in kept_out:
        assert refused(name, desk), name
    assert everything(store) == before, "a refusal writes nothing"
    for name in set(use_cases()) - kept_out:
        assert not refused(name, desk), name


def test_the_system_person_is_let_in_everywhere(desk: Desk) -> None:
    assert not any(refused(name, desk) for name in use_cases())


def test_a_duty_adds_to_what_a_role_may(desk_as: DeskAs) -> None:
    assert refused("pkui.services.cases.assign", desk_as(Role.ADVISER))
    assert not refused("pkui.services.cases.assign", desk_as(Role.ADVISER, Role.DAY_COORDINATOR))
    assert refused("pkui.services.queue.take_next", desk_as(Role.SECRETARY, Role.DAY_COORDINATOR))
