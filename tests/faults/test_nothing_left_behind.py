"""What a day leaves behind on the machine: files, journals, logs, and what the terminal still holds afterwards."""

import os
import sys
from pathlib import Path

import pytest

from pkui.base import log
from pkui.base.errors import BadInput
from pkui.domain.codes import Role
from pkui.feeds.catalogue import fetch
from pkui.services.desk import Desk
from pkui.services.intake import import_bodies
from tests.benchmarks.pty_app import PtyApp
from tests.conftest import KEY, hire
from tests.data.submissions import encoded, replacement_number, submission
from tests.services.steps import send

NUMBER = replacement_number(1)
NAME, STREET, PHONE = "Yrsa Skjulgaard", "Gemmestien 12", "51525354"
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def planted(desk: Desk) -> Desk:
    """One case of a person who can be told from everybody else."""
    body = submission(1)
    body["patient"] |= {"name": NAME}
    body["patient"]["address"] |= {"line": STREET}
    body["contact"] |= {"phone": PHONE}
    send(desk, body)
    hire(desk.store, "anna", (Role.ADVISER,), ("general",))
    desk.store.close()
    return desk


class Recorded(PtyApp):
    """A program in a terminal that keeps every byte it was sent."""

    raw = b""

    def __enter__(self) -> "Recorded":
        return self

    def _read(self, timeout: float) -> bool:
        before = len(self._pending)
        found = super()._read(timeout)
        self.raw += self._pending[before:]
        return found


def forms(text: str) -> tuple[bytes, ...]:
    return text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()


def holding(folder: Path, *texts: str) -> list[str]:
    """The files in which one of these texts can be read."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    assert found
    return [path.name for path in found if any(form in path.read_bytes() for one in texts for form in forms(one))]


def test_req_16_the_terminal_holds_nobody_after_the_program_and_the_files_no_number(
    planted: Desk, key_file: Path, tmp_path: Path
) -> None:
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    env = {**home, "PKUI_KEY_FILE": str(key_file), "TMPDIR": str(temporary), "PKUI_NOW": "2026-11-23T09:00:00+01:00"}
    command = [sys.executable, "-m", "pkui", "--db", planted.store.url, "--as", "anna"]
    with Recorded(command, env=env) as app:
        app.wait_for(NAME.split()[0])
        app.press("enter", lambda lines: any("51 52 53 54" in line for line in lines))
        app.press("f4")
        app.send("halvt skrevet om Skjulgaard")
        app.wait(lambda lines: any("halvt skrevet om" in line for line in lines), 10)
        app.send("\x11")
        app.quiet(5)
        before, _on, shown = app.raw.partition(b"\x1b[?1049h")
        shown, off, after = shown.partition(b"\x1b[?1049l")
    # What is written before the alternate screen is taken and after it is given back is what stays in the terminal.
    assert off and NAME.split()[0] in shown.decode(errors="replace")
    left = (before + after).decode(errors="replace")
    assert not [one for one in (NUMBER, "Yrsa", "Skjulgaard", STREET, "51 52 53 54", PHONE) if one in left]
    assert list(temporary.iterdir()) == []
    assert holding(tmp_path, NUMBER, KEY.strip()) == [key_file.name]
    assert holding(tmp_path / "home", "Skjulgaard", STREET, PHONE) == []


def test_req_3_what_the_program_logs_of_a_failure_quotes_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "state_dir", lambda: tmp_path / "state")
    log._logger().handlers.clear()
    try:
        raise ValueError(f"{NAME} {NUMBER} {PHONE}")
    except ValueError as error:
        log.unexpected(error)
    log._logger().handlers.clear()
    assert holding(tmp_path / "state", NAME, NUMBER, PHONE) == []
    assert (tmp_path / "state" / log.FILE_NAME).stat().st_mode & 0o077 == 0 or (
        tmp_path / "state"
    ).stat().st_mode & 0o077 == 0


def test_req_17_the_name_of_a_file_that_came_along_leads_nowhere(desk: Desk, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.rglob("*") if not path.name.startswith("pkui.db"))
    body = submission(1)
    odd = ("../../etc/passwd", "a\x00b.pdf", "\u202egpj.exe", "C:\\Windows\\x.dll", "~/.ssh/id", "x" * 5000)
    for number, name in enumerate(odd, 2):
        body = submission(number)
        body["attachments"] = [{"filename": name, "content_type": "application/pdf", "size": 10}]
        (answer,) = import_bodies(desk, [encoded(body)])
        assert answer.status.value in ("created", "parked"), name
    assert sorted(path.name for path in tmp_path.rglob("*") if not path.name.startswith("pkui.db")) == before


@pytest.mark.parametrize(
    "address", ["http://feed.example/x", "http://10.0.0.1/x", "https://u:p@feed.example/x", "ftp://x"]
)
def test_req_16_no_feed_is_read_without_tls_outside_this_machine(address: str, engine_name: str) -> None:
    with pytest.raises(BadInput, match="bad_feed_address"):
        fetch(address, key="secret")
    assert os.environ.get("PKUI_CATALOGUE_KEY") is None
