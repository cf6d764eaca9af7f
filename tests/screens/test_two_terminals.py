"""Two workbenches in two terminals on one PostgreSQL: what one takes, the other sees."""

from pathlib import Path
from time import perf_counter

import pytest

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import Role
from pkui.services.desk import Desk
from tests.benchmarks.pty_app import PtyApp, python
from tests.conftest import DeskAs
from tests.services.steps import ALWAYS, received

SEEN_WITHIN = 2.0
"""Seconds, on a machine that is not busy."""


@pytest.fixture
def engine_name() -> str:
    """Several desks work on a server."""
    return "postgres"


def terminal(url: str, key_file: Path, username: str, folder: Path) -> PtyApp:
    """A workbench of its own process, as a person starts it."""
    home = {name: str(folder / username) for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    env = {"PKUI_KEY_FILE": str(key_file), "PKUI_NOW": TRAINING_START.isoformat(), "PKUI_LANG": "da", **home}
    return PtyApp(python("pkui", "--db", url, "--as", username), env=env)


def test_one_takes_a_case_and_the_other_sees_who_and_cannot_take_it_too(
    desk: Desk, desk_as: DeskAs, database_url: str, key_file: Path, tmp_path: Path
) -> None:
    anna, bo = desk_as(Role.ADVISER), desk_as(Role.ADVISER)
    number = received(desk, 1, call_windows=ALWAYS)
    with (
        terminal(database_url, key_file, anna.person.username, tmp_path) as hers,
        terminal(database_url, key_file, bo.person.username, tmp_path) as his,
    ):
        for one in (hers, his):
            one.wait_for("1 af 1")
            one.quiet(0.3)
        own = hers.press("n", lambda lines: any(f"kø-nr. {number}" in line for line in lines), timeout=30) / 1000
        begun = perf_counter()
        his.wait_for(f"{anna.person.name} har taget sag {number}.")
        assert perf_counter() - begun < SEEN_WITHIN + own, "as slow as the machine itself is, and no slower"
        his.press("n", lambda lines: any("ingen ledig sag" in line for line in lines), timeout=30)
        his.press("enter", lambda lines: any(f"Også her: {anna.person.name}" in line for line in lines), timeout=30)
        hers.wait_for(f"Også her: {bo.person.name}")
        hers.press("f4", lambda lines: any("Notat" in line for line in lines), timeout=30)
        hers.send("ringer op")
        his.wait_for(f"{anna.person.name} arbejder her siden 09.00")
