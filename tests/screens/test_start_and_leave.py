"""How the workbench starts, who sits there, and that it can be killed or left without anything being lost or left."""

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from textual.widget import Widget

from pkui.app import WorkbenchApp
from pkui.base.clock import TRAINING_START
from pkui.base.commands import Scope, in_scope
from pkui.base.settings import ProgramSettings
from pkui.domain.codes import QueueView, Role
from pkui.domain.permissions import Grant, Permission
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk, Person
from pkui.services.journal import Journal
from screens.places import PLACES
from tests.benchmarks.pty_app import ROOT, PtyApp, python
from tests.conftest import DeskAs
from tests.drivers.case import CasePage
from tests.drivers.queue import QueuePage
from tests.screens.conftest import OpenWorkbench
from tests.services.steps import ALWAYS, received

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "httpx", "psycopg", "holidays", "plotext", "cryptography", "rapidfuzz")
BEFORE_THE_FIRST_FRAME = f"""
import sys
from pkui.app import WorkbenchApp
from pkui.base.settings import ProgramSettings
WorkbenchApp(ProgramSettings(), url="sqlite:///nowhere.db")
print([name for name in {HEAVY} if name in sys.modules])
"""


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    done = subprocess.run([sys.executable, "-c", BEFORE_THE_FIRST_FRAME], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.DAY_COORDINATOR])
@pytest.mark.parametrize("by_the_door", [True, False])
def test_everybody_begins_where_she_may(role: Role, by_the_door: bool) -> None:
    app = WorkbenchApp(ProgramSettings(), url="sqlite:///nowhere.db", role=role)
    person = Person(uuid4(), "anna", "Anna", frozenset({role}), frozenset())
    begin = app._begin_of(person, by_the_door)
    reads = {
        None: Permission.READ_QUEUE,
        "day": Permission.WORK_CASES,
        "day_sheet": Permission.MOVE_CASES,
        "workload": Permission.MOVE_CASES,
        "log": Permission.ALL_ACCESS_LOG,
        "people": Permission.SEE_PEOPLE,
    }
    assert person.grant(reads[begin]) is not Grant.NO


async def test_on_a_training_database_one_picks_a_person(desk: Desk, desk_as: DeskAs, workbench: OpenWorkbench) -> None:
    received(desk, 1, call_windows=ALWAYS)
    adviser = desk_as(Role.ADVISER)
    desk_as(Role.SUPERVISOR)
    async with workbench(None) as screen:
        assert screen.sees("Hvem er du?", "Adviser1", "Patientvejleder", "Supervisor2")
        assert not screen.sees("Mette")
        await screen.press("s")
        await screen.press("a", "enter")
        await screen.expect("Min dag")
        await screen.press("escape")
        await screen.on_queue()
        assert screen.sees("Adviser1", "1 af 1")
        await screen.press("n")
        await screen.on_case(1)
    assert open_case(adviser, 1).mine


async def test_after_signing_out_nothing_of_anyone_is_left(
    desk: Desk, adviser: Desk, colleague: Desk, workbench: OpenWorkbench
) -> None:
    for number in range(1, 6):
        received(desk, number, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        await QueuePage(screen).search("møl", "0 af 5")
        await screen.press("escape")
        await screen.press("d", "enter")
        await screen.on_case(1)
        await CasePage(screen).write_note("Halvt skrevet")
        await screen.press("escape", "f2")
        await screen.type("log ud\n")
        await screen.expect("Hvem er du?")
        everything = "\n".join(str(one.render()) for s in screen.app.screen_stack for one in s.query(Widget))
        assert "Mette" not in everything
        assert "Halvt" not in everything
        await screen.type("a")
        await screen.press("down", "enter")
        await screen.expect("Min dag")
        await screen.press("escape")
        await screen.on_queue()
        await screen.expect("5 af 5")
        assert screen.sees("Adviser2") != screen.sees("Adviser1")
    assert Journal(adviser.store).kept(open_case(adviser, 1).row.record.id) == "Halvt skrevet"


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
async def test_a_note_survives_a_killed_program(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench, key_file: Path, own_state: Path, database_url: str
) -> None:
    number = received(desk, 1, call_windows=ALWAYS)
    take(adviser, number)
    env = {"PKUI_KEY_FILE": str(key_file), "PKUI_USER": adviser.person.username, "XDG_STATE_HOME": str(own_state)}
    env |= {"PKUI_NOW": TRAINING_START.isoformat(), "XDG_CONFIG_HOME": str(own_state)}
    with PtyApp(python("pkui", "--db", database_url), env=env) as program:
        program.wait_for("1 af 1")
        program.press("enter", lambda lines: "kø-nr. 1" in lines[0])
        program.press("f4")
        program.send("Ringede til afdelingen [haster]")
        journal = Journal(adviser.store)
        until = monotonic() + 30
        while (kept := journal.kept(open_case(adviser, number).row.record.id)) != "Ringede til afdelingen [haster]":
            assert monotonic() < until, "\n".join([f"kept: {kept}", *program.lines])
            program.quiet(0.05)
    (file,) = own_state.rglob("*.note")
    assert b"Ringede" not in file.read_bytes()
    async with workbench(adviser) as screen:
        await QueuePage(screen).open(number)
        assert CasePage(screen).note == "Ringede til afdelingen [haster]"
        assert screen.sees("Dit ufærdige notat er her igen.")


@pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning")
def test_ctrl_q_ends_the_program(desk: Desk, adviser: Desk, key_file: Path, own_state: Path, database_url: str) -> None:
    received(desk, 1, call_windows=ALWAYS)
    env = {"PKUI_KEY_FILE": str(key_file), "PKUI_USER": adviser.person.username, "XDG_STATE_HOME": str(own_state)}
    with PtyApp(python("pkui", "--db", database_url), env=env) as program:
        program.wait_for("1 af 1")
        program.send("\x11")
        deadline = monotonic() + 20
        while os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            assert monotonic() < deadline, "the program does not end"
            program.quiet(0.05)


async def test_every_command_of_the_table_is_one_of_a_screen(
    desk: Desk, adviser: Desk, workbench: OpenWorkbench
) -> None:
    received(desk, 1, call_windows=ALWAYS)
    async with workbench(adviser) as screen:
        queue = screen.app.screen
        await screen.press("enter")
        await screen.on_case(1)
        places = (queue, screen.app.screen, screen.app)
        ids = {one.id for scope in (Scope.QUEUE, Scope.CASE) for one in in_scope(scope)}
        names = [f"do_{id.replace('.', '_')}" for id in ids - set(PLACES) if id.partition(".")[2] not in set(QueueView)]
        assert [name for name in names if not any(hasattr(place, name) for place in places)] == []
