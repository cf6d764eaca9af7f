"""What the tests of commands share: a real process with folders of its own, and a database with people and cases."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import Role
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from pkui.services.people import sign_in
from storage.store import open_store
from tests.cli.ready import Waiting
from tests.conftest import KEY, hire, made_once
from tests.data.submissions import submission

NOW = TRAINING_START.isoformat()
CASES = 8
PROTECTED = 8
"""The queue number of the person with protected name and address."""


@dataclass(frozen=True)
class Ran:
    """What a process left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error object on standard error."""
        told = json.loads(self.err)
        assert set(told) == {"error"}
        assert set(told["error"]) == {"code", "message", "details"}
        return told["error"]


@dataclass
class Cli:
    """Runs `pkui` as its own process."""

    folder: Path
    waiting: Waiting
    env: dict[str, str] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        """Folders of this test alone; nothing of the person who runs it."""
        home = {
            name: str(self.folder / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME")
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PKUI_", "XDG_", "LC_"))}
        return kept | home | {"PKUI_LANG": "en", "LOGNAME": "robot", "PYTHONUTF8": "1"} | self.env | more

    def __call__(self, *arguments: str, stdin: str = "", **env: str) -> Ran:
        """Runs a command to its end."""
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin.encode())
            given.seek(0)
            code = self.waiting.run(arguments, self.environment(**env), (given, out, err), within=120)
            out.seek(0)
            err.seek(0)
            ran = Ran(code, out.read().decode(), err.read().decode())
        assert "Traceback" not in ran.err + ran.out
        return ran


@pytest.fixture(scope="session")
def waiting() -> Iterator[Waiting]:
    """The parent of every command of this worker."""
    parent = Waiting()
    yield parent
    parent.close()


@pytest.fixture
def cli(tmp_path: Path, waiting: Waiting) -> Cli:
    """A program with no database yet and its key file in a place of its own."""
    key = tmp_path / "keys" / "pkui.key"
    key.parent.mkdir()
    key.write_text(KEY)
    url = f"sqlite:///{tmp_path / 'pkui.db'}"
    return Cli(tmp_path, waiting, {"PKUI_KEY_FILE": str(key), "PKUI_DATABASE_URL": url, "PKUI_NOW": NOW})


def bodies(numbers: Iterable[int]) -> list[bytes]:
    """Submissions of made-up people."""
    return [json.dumps(submission(number)).encode() for number in numbers]


@pytest.fixture(scope="session")
def office_template(shared: Path, shared_key: Path, sqlite_template: Path) -> Path:
    """A training database with three people and eight free cases, the last of a protected person."""
    return made_once(shared, "office.db", lambda path: make_office(path, shared_key, sqlite_template))


def make_office(path: Path, key: Path, template: Path) -> None:
    """Fills a copy of an empty training database."""
    shutil.copyfile(template, path)
    store = open_store(f"sqlite:///{path}", key_file=key)
    for username, role in (("anna", Role.ADVISER), ("bo", Role.ADVISER), ("sofie", Role.SUPERVISOR)):
        hire(store, username, (role,), ("general",))
    clock = FrozenClock(TRAINING_START)
    desk = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
    last = submission(PROTECTED)
    last["patient"]["address_protected"] = True
    import_bodies(desk, [*bodies(range(1, CASES)), json.dumps(last).encode()])
    store.close()


@pytest.fixture
def office(cli: Cli, office_template: Path) -> Cli:
    """A program on the office's database."""
    shutil.copyfile(office_template, cli.folder / "pkui.db")
    return cli


def days_from_now(days: int) -> str:
    """A date so many days after the frozen clock's."""
    return date.fromordinal(TRAINING_START.date().toordinal() + days).isoformat()
