"""Files of others, files anybody may change, links, a key beside what it opens: refused or told, in words."""

import os
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from pkui.base import settings
from pkui.base.clock import TRAINING_START
from pkui.base.errors import BadInput
from pkui.base.surroundings import doubts, require_database, require_own, terminal_of_another
from pkui.base.words.errors import message
from pkui.domain.codes import DatabaseKind
from pkui.services.backup import backup
from storage.secrets import find_key, make_key
from storage.store import create_store, open_store
from tests.conftest import KEY

SOMEBODY = 4321
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is named by the environment."""
    path = tmp_path / "pkui.toml"
    path.write_text('lang = "en"\n')
    path.chmod(0o600)
    monkeypatch.setenv("PKUI_CONFIG", str(path))
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A key in a folder of its own."""
    path = tmp_path / "keys" / "pkui.key"
    path.parent.mkdir()
    path.write_text(KEY)
    path.chmod(0o600)
    return path


@pytest.fixture
def url(tmp_path: Path, key: Path) -> Iterator[str]:
    """A database of real people in another folder."""
    made = f"sqlite:///{tmp_path / 'data' / 'pkui.db'}"
    production(made, key)
    yield made


def production(url: str, key: Path) -> None:
    now = TRAINING_START.astimezone(UTC)
    create_store(url, kind=DatabaseKind.PRODUCTION, made_at=now, clock_shift=timedelta(0), key_file=key).close()


def test_settings_that_anybody_may_change_are_refused(config: Path) -> None:
    assert settings.load().lang == "en"
    config.chmod(0o602)
    with pytest.raises(BadInput, match="file_open_to_all") as refused:
        settings.load()
    assert "pkui.toml" in message(refused.value)


@as_root
def test_what_a_group_of_users_may_change_is_refused(config: Path, key: Path, url: str) -> None:
    database = Path(url.removeprefix("sqlite:///"))
    for path in (config, key, database):
        path.chmod(0o660)
    assert settings.load().lang == "en", "a group of one's own is no other user"
    for path in (config, key, database):
        os.chown(path, os.geteuid(), SOMEBODY)
    for call in (settings.load, lambda: find_key(key), lambda: open_store(url, key_file=key)):
        with pytest.raises(BadInput, match="file_open_to_group"):
            call()


@as_root
def test_a_folder_in_which_others_could_exchange_the_database_is_refused(key: Path, url: str) -> None:
    folder = Path(url.removeprefix("sqlite:///")).parent
    folder.chmod(0o777)
    with pytest.raises(BadInput, match="file_open_to_all"):
        open_store(url, key_file=key)
    folder.chmod(0o1777)
    open_store(url, key_file=key).close()
    os.chown(folder, SOMEBODY, SOMEBODY)
    with pytest.raises(BadInput, match="file_of_another"):
        open_store(url, key_file=key)


@as_root
def test_settings_key_and_database_of_another_user_are_refused(config: Path, key: Path, url: str) -> None:
    database = Path(url.removeprefix("sqlite:///"))
    for path in (config, key, database):
        os.chown(path, SOMEBODY, SOMEBODY)
    with pytest.raises(BadInput, match="file_of_another"):
        settings.load()
    with pytest.raises(BadInput, match="file_of_another"):
        find_key(key)
    with pytest.raises(BadInput, match="file_of_another"):
        open_store(url, key_file=key)
    found = {(one.code, one.file) for one in doubts(config, key, database, ()) if one.wrong}
    assert found == {("file_of_another", path.name) for path in (config, key, database)}


def test_a_key_that_anybody_may_change_is_refused_and_one_others_can_read_is_told(key: Path, tmp_path: Path) -> None:
    key.chmod(0o644)
    assert find_key(key)
    assert [(one.code, one.wrong) for one in doubts(tmp_path / "none", key, None, ())] == [("file_readable", False)]
    key.chmod(0o646)
    with pytest.raises(BadInput, match="file_open_to_all"):
        find_key(key)


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_a_link_in_the_place_of_the_database_is_refused(end: str, url: str, key: Path, tmp_path: Path) -> None:
    database = Path(url.removeprefix("sqlite:///"))
    real = database.with_name(database.name + end)
    if real.exists():
        real.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").touch()
    real.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="file_is_link"):
        open_store(url, key_file=key)
    with pytest.raises(BadInput, match="file_is_link"):
        production(url, key)
    assert ("file_is_link", real.name) in {(one.code, one.file) for one in doubts(key, key, None, (database.parent,))}


def test_req_16_a_key_in_the_folder_of_real_people_is_refused(url: str, key: Path, tmp_path: Path) -> None:
    beside = tmp_path / "data" / "pkui.key"
    beside.write_text(KEY)
    for call in (open_store, lambda url, key_file: production(url, key_file)):
        with pytest.raises(BadInput, match="key_beside_database"):
            call(url, key_file=beside)
    link = tmp_path / "data" / "link"
    link.symlink_to(key.parent)
    open_store(url, key_file=link / "pkui.key").close()
    with pytest.raises(BadInput, match="key_beside_backup"):
        backup(url, key.parent / "today.backup", key_file=key)
    assert not (key.parent / "today.backup").exists()
    assert backup(url, tmp_path / "today.backup", key_file=key).ok


def test_a_key_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot_write_key"):
        make_key(tmp_path / "file" / "pkui.key")


def test_what_is_missing_or_ones_own_is_nothing_to_tell(key: Path, tmp_path: Path) -> None:
    require_own(tmp_path / "missing")
    require_database(tmp_path / "missing.db")
    assert list(doubts(tmp_path / "none", key, tmp_path / "x" / "pkui.db", (tmp_path,))) == []


@as_root
def test_the_terminal_of_another_user_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.openpty()
    kept = os.dup(0)
    try:
        os.dup2(theirs, 0)
        assert not terminal_of_another()
        os.fchown(theirs, SOMEBODY, -1)
        assert terminal_of_another()
    finally:
        os.dup2(kept, 0)
        for one in (ours, theirs, kept):
            os.close(one)
