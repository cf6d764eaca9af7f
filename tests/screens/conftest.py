"""What tests of screens share: the workbench on a test's own database, with nothing of this machine in it."""

import gc
import logging
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import Role
from pkui.services.desk import Desk
from screens import case_company
from tests.conftest import DeskAs
from tests.drivers.workbench import WorkbenchDriver, opened

OF_THIS_MACHINE = ("NO_COLOR", "COLORTERM", "SSH_CONNECTION", "SSH_TTY", "PKUI_NOW", "PKUI_LANG", "PKUI_USER")


class OpenWorkbench(Protocol):
    """Opens the workbench as the person of a desk; without one at the sign-in screen."""

    def __call__(
        self, desk: Desk | None, *, now: datetime = TRAINING_START, size: tuple[int, int] = (80, 24), **settings: Any
    ) -> AbstractAsyncContextManager[WorkbenchDriver]: ...


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The journal and the log of this test alone, and no setting of this machine.

    A case on the screen asks who else is there only in the tests about that, so that no test hangs on how long it took.
    """
    if "company" not in request.module.__name__:
        monkeypatch.setattr(case_company, "POLL_SECONDS", 3600.0)
    for name in OF_THIS_MACHINE:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    yield folder
    logger = logging.getLogger("pkui")
    for handler in [*logger.handlers]:
        logger.removeHandler(handler)
        handler.close()
    gc.unfreeze()


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """SQLite, where a test does not ask for another engine."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def workbench(database_url: str, key_file: Path) -> OpenWorkbench:
    """Opens the workbench on this test's database."""

    def open_as(
        desk: Desk | None, *, now: datetime = TRAINING_START, size: tuple[int, int] = (80, 24), **settings: Any
    ) -> AbstractAsyncContextManager[WorkbenchDriver]:
        return opened(database_url, key_file, desk.person.username if desk else None, now=now, size=size, **settings)

    return open_as


@pytest.fixture
def adviser(desk_as: DeskAs) -> Desk:
    """The adviser whose screen is looked at."""
    return desk_as(Role.ADVISER)


@pytest.fixture
def colleague(adviser: Desk, desk_as: DeskAs) -> Desk:
    """Another adviser of the same team."""
    return desk_as(Role.ADVISER)
