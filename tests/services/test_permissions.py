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

ROOT = Path(pkui.services.__path__[0]).parents[1]
ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
MODULES = sorted(module.name for module in walk_packages(pkui.services.__path__, "pkui.services."))


DOORS = {
    "repeating._write_once", "repeating._read_once", "backup.backup", "backup.restore", "copying._require_key",
    "people.sign_in", "people.people_to_pick", "sign_in.may_set_up", "sign_in.resume",
    "database.info", "database.is_filled", "database._key", "database._counter", "database._log_chain",
    "rotation._rotate", "rotation._new_key",
}  # fmt: skip
"""Who may open a unit of work: the frame of use cases, who comes in, and what looks after the database itself."""


def use_cases() -> dict[str, Permission | None]:
    """What each use case asks, with every module of the services imported."""
    for name in MODULES:
        import_module(name)
    return dict(PERMISSIONS)


def test_the_table_speaks_of_every_permission() -> None:
    assert set(TABLE) == set(Permission)
    assert all(role is not Role.SYSTEM for row in TABLE.values() for role in row)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def takes_work(function: ast.FunctionDef) -> bool:
    return any(isinstance(a.annotation, ast.Name) and a.annotation.id == "Work" for a in function.args.args)


def is_use_case(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(d, ast.Call) and isinstance(d.func, ast.Name) and d.func.id == "use_case"
        for d in function.decorator_list
    )


def parts_of_use_cases() -> set[str]:
    """Functions of a unit of work that name no permission: only use cases may call them."""
    found = set()
    for name in MODULES:
        tree = parsed(Path(inspect.getsourcefile(import_module(name)) or ""))
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        found |= {f"{name}.{f.name}" for f in functions if takes_work(f) and not is_use_case(f)}
    return found


def test_screens_and_commands_reach_a_unit_of_work_through_use_cases_only() -> None:
    guarded = parts_of_use_cases() | {"pkui.services.desk.Work"}
    assert "pkui.services.case_view.view_of" in guarded
    doors = [ROOT / "pkui" / "app.py", *(ROOT / "pkui" / "cli").rglob("*.py"), *(ROOT / "screens").rglob("*.py")]
    imports = [node for path in doors for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom)]
    assert {f"{node.module}.{alias.name}" for node in imports for alias in node.names} & guarded == set()
    names = {node.attr for path in doors for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert "Work" not in names


def test_only_these_ask_nothing_of_the_table() -> None:
    asking_nothing = {name for name, permission in use_cases().items() if permission is None}
    of_oneself = {name for name in asking_nothing if name.startswith("pkui.services.sign_in.")}
    assert asking_nothing - of_oneself <= {
        "pkui.services.people.list_staff",
        "pkui.services.office.list_settings",
        "pkui.services.roster.teams",
    }
    assert {name.rpartition(".")[2] for name in of_oneself} == {
        "_connected_as", "_count_try", "_came_in", "took_seat", "log_screen", "change_password", "set_up_first",
        "begin_commands", "end_commands",
    }  # fmt: skip


def test_req_7_only_these_open_a_unit_of_work_without_being_a_use_case() -> None:
    """Everything else a service does with the store goes through `use_case`, which asks the table first."""
    found = set()
    for name in MODULES:
        for function in ast.walk(parsed(Path(inspect.getsourcefile(import_module(name)) or ""))):
            if isinstance(function, ast.FunctionDef):
                named = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
                called = {node.func.id for node in ast.walk(function) if isinstance(node, ast.Call)
                          and isinstance(node.func, ast.Name)}  # fmt: skip
                if named & {"reading", "writing", "unit_of_work"} or "Session" in called:
                    found.add(f"{name.removeprefix('pkui.services.')}.{function.name}")
    assert {one for one in found if not one.startswith("demo.")} == DOORS


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
