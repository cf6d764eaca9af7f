"""What tests share: a database of either engine, an open store in it, and desks of every role."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import is_hypothesis_test, settings
from sqlmodel import Session

from pkui.base.clock import TRAINING_START, Clock, FrozenClock
from pkui.base.keys import new_key
from pkui.domain.codes import DatabaseKind, Role
from pkui.services.demo import build_demo
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from storage.engine import for_writing
from storage.store import Store, create_store, open_store
from storage.tables.staff import Staff, StaffRole, StaffTeam
from tests import postgres

if memory := postgres.in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)

settings.register_profile("the_same", derandomize=True, deadline=None)
settings.register_profile("searching", print_blob=True, deadline=None)
settings.load_profile("the_same")
"""A change is judged by the same examples as yesterday's; `make soak` searches for new ones."""

ENGINES = tuple(os.environ.get("PKUI_TEST_ENGINES", "sqlite,postgres").split(","))
"""What a test of databases runs on; `make sealed` runs them on a file sealed as a whole."""
KEY = "70" * 32 + "\n"
"""The master key of every test's database."""
LONG_AGO = date(2020, 1, 1)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what looks for counterexamples, so that `make soak` can search on."""
    if is_hypothesis_test(getattr(item, "obj", None)):
        item.add_marker(pytest.mark.fuzz)


class DeskAs(Protocol):
    """Makes a desk at which a new person of that role sits."""

    def __call__(
        self, role: Role, *also: Role, teams: tuple[str, ...] = ("general",), clock: Clock | None = None
    ) -> Desk: ...


def made_once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A file of the run's folder, made by whichever worker asks first; nobody writes in it, but in copies."""
    path = folder / name
    with postgres.locked(folder / f"{name}.lock"):
        if not path.exists():
            draft = folder / f"{name}.draft"
            make(draft)
            draft.rename(path)
    return path


def run_folder(factory: pytest.TempPathFactory, worker: str) -> Path:
    """The folder that every worker of this run sees."""
    base = factory.getbasetemp()
    return base if worker == "master" else base.parent


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The xdist worker's name, or `master`."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "master"))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Iterator[str]:
    """The URL of the run's PostgreSQL, as somebody who may make databases."""
    with postgres.shared(run_folder(tmp_path_factory, worker)) as url:
        yield url


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """The folder of what is made once a run."""
    return run_folder(tmp_path_factory, worker)


@pytest.fixture(scope="session")
def shared_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key the templates are made with."""
    path = tmp_path_factory.mktemp("key") / "pkui.key"
    path.write_text(KEY)
    return path


@pytest.fixture(scope="session")
def sqlite_template(shared: Path, shared_key: Path) -> Path:
    """A training database made once, copied for each test."""
    return made_once(shared, "template.db", lambda path: new_store(f"sqlite:///{path}", shared_key).close())


@pytest.fixture(scope="session")
def sealed_template(shared: Path, shared_key: Path) -> Path:
    """The same, sealed as a whole."""
    made_with = f"?key_file={shared_key}"
    return made_once(shared, "sealed.db", lambda path: new_store(f"sqlcipher:///{path}{made_with}", shared_key).close())


@pytest.fixture(scope="session")
def demo_template(shared: Path, shared_key: Path) -> Path:
    """A small demo of 40 open and 40 closed cases made once, for copies."""
    return made_once(
        shared,
        "small_demo.db",
        lambda path: build_demo(f"sqlite:///{path}", cases=40, closed_factor=1, seed=3, key_file=shared_key),
    )


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, shared_key: Path) -> Iterator[str]:
    """The name of a training database made once, copied for each test."""
    name = f"pkui_template_{new_key(TRAINING_START).hex[-12:]}"
    postgres.execute(postgres_server, "CREATE DATABASE {}", name)
    new_store(postgres.named(postgres_server, name), shared_key).close()
    yield name
    postgres.execute(postgres_server, "DROP DATABASE {} WITH (FORCE)", name)


def new_store(url: str, key_file: Path) -> Store:
    """A training database made at that URL."""
    return create_store(
        url,
        kind=DatabaseKind.TRAINING,
        made_at=TRAINING_START.astimezone(UTC),
        clock_shift=timedelta(0),
        key_file=key_file,
    )


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The key of this test's database."""
    path = tmp_path / "keys" / "pkui.key"
    path.parent.mkdir()
    path.write_text(KEY)
    return path


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every test that asks for a database runs on both engines."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A training database with the newest schema and nobody in it."""
    if engine_name == "sqlite":
        path = tmp_path / "data" / "pkui.db"
        path.parent.mkdir()
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    if engine_name == "sqlcipher":
        path = tmp_path / "data" / "pkui.db"
        path.parent.mkdir()
        shutil.copyfile(request.getfixturevalue("sealed_template"), path)
        yield f"sqlcipher:///{path}?key_file={request.getfixturevalue('key_file')}"
        return
    template = request.getfixturevalue("postgres_template")
    with postgres.database(request.getfixturevalue("postgres_server"), template) as url:
        yield url


@pytest.fixture
def empty_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it; on SQLite a file that does not exist yet."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty' / 'pkui.db'}"
        return
    if engine_name == "sqlcipher":
        yield f"sqlcipher:///{tmp_path / 'empty' / 'pkui.db'}?key_file={request.getfixturevalue('key_file')}"
        return
    with postgres.database(request.getfixturevalue("postgres_server"), "template1") as url:
        yield url


@pytest.fixture
def store(database_url: str, key_file: Path) -> Iterator[Store]:
    """The open training database."""
    opened = open_store(database_url, key_file=key_file)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    """Monday 2026-11-23 09:00 in Copenhagen, standing still."""
    return FrozenClock(TRAINING_START)


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    """The desk of the system person, who may do everything."""
    return Desk(store, clock, sign_in(store, None, clock.now(), strict=False))


@pytest.fixture
def desk_as(store: Store, clock: Clock) -> DeskAs:
    """Makes desks; every call hires one more person, in the teams named."""
    hired = 0
    usual = clock

    def make(role: Role, *also: Role, teams: tuple[str, ...] = ("general",), clock: Clock | None = None) -> Desk:
        nonlocal hired
        hired += 1
        username = f"{role.value}{hired}"
        hire(store, username, (role, *also), teams)
        return Desk(store, clock or usual, sign_in(store, username, usual.now()))

    return make


def hire(store: Store, username: str, roles: tuple[Role, ...], teams: tuple[str, ...]) -> Staff:
    """A person who has worked here for long, with these roles and teams."""
    with Session(for_writing(store.engine), expire_on_commit=False) as session:
        person = Staff(
            id=new_key(TRAINING_START),
            username=username,
            name=username.replace("_", " ").capitalize(),
            active_from=LONG_AGO,
        )
        session.add(person)
        session.flush()
        session.add_all(StaffRole(staff_id=person.id, role=role, valid_from=LONG_AGO) for role in roles)
        session.add_all(StaffTeam(staff_id=person.id, team=team, valid_from=LONG_AGO) for team in teams)
        session.commit()
        return person
