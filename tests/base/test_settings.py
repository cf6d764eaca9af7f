"""Settings: a flag beats the environment, which beats the file; what is wrong is named and never printed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pkui.base.errors import BadInput
from pkui.base.settings import config_dir, data_dir, load

NAMES = ("PKUI_DATABASE_URL", "PKUI_USER", "PKUI_LANG", "PKUI_KEY_FILE", "PKUI_NOW")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file of this test, with nothing in the environment."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "pkui.toml"
    monkeypatch.setenv("PKUI_CONFIG", str(path))
    return path


def test_with_nothing_set_it_is_the_embedded_file_in_danish() -> None:
    settings = load()
    assert (settings.lang, settings.user, settings.now, settings.key_file) == ("da", None, None, None)
    assert settings.url == f"sqlite:///{data_dir() / 'pkui.db'}"
    assert settings.demo_url == f"sqlite:///{data_dir() / 'demo.db'}"
    assert config_dir() != data_dir()


def test_a_flag_beats_the_environment_which_beats_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('database_url = "sqlite:///file.db"\nuser = "file"\nlang = "en"\n')
    assert (load().url, load().user, load().lang) == ("sqlite:///file.db", "file", "en")
    monkeypatch.setenv("PKUI_USER", "environment")
    monkeypatch.setenv("PKUI_LANG", "da")
    assert (load().url, load().user, load().lang) == ("sqlite:///file.db", "environment", "da")
    settings = load(user="flag", db="sqlite:///flag.db", lang="en")
    assert (settings.url, settings.demo_url, settings.user, settings.lang) == (
        "sqlite:///flag.db", "sqlite:///flag.db", "flag", "en",
    )  # fmt: skip


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PKUI_USER", "")
    monkeypatch.setenv("PKUI_NOW", "")
    assert (load().user, load().now) == (None, None)


def test_a_frozen_instant_needs_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PKUI_NOW", "2026-11-23T08:00+01:00")
    assert load().now == datetime(2026, 11, 23, 7, tzinfo=UTC)
    for wrong in ("2026-11-23T08:00", "tomorrow", "2026-13-01T08:00Z"):
        monkeypatch.setenv("PKUI_NOW", wrong)
        with pytest.raises(BadInput) as refused:
            load()
        assert refused.value.details == {"setting": "PKUI_NOW"}


def test_the_key_file_is_a_path(config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config.write_text('key_file = "/somewhere/pkui.key"\n')
    assert load().key_file == Path("/somewhere/pkui.key")
    monkeypatch.setenv("PKUI_KEY_FILE", str(tmp_path / "other.key"))
    assert load().key_file == tmp_path / "other.key"


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        ("lang = 3", "bad_setting", {"setting": "lang"}),
        ('lang = "no"', "bad_setting", {"setting": "lang"}),
        ('shoe = "42"', "bad_setting", {"setting": "shoe"}),
        ("this is no toml", "bad_settings_file", {"file": "pkui.toml"}),
        ("keymap = 1", "bad_setting", {"setting": "keymap"}),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str, details: dict[str, str], config: Path) -> None:
    config.write_text(text)
    with pytest.raises(BadInput, match=code) as refused:
        load()
    assert (refused.value.exit_code, refused.value.details) == (2, details)


def test_a_file_that_is_no_text_is_told(config: Path) -> None:
    config.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="bad_settings_file"):
        load()
