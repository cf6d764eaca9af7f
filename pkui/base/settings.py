"""Where pkui finds its database, person, language and key: a flag beats the environment, which beats pkui.toml."""

import os
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from platformdirs import PlatformDirs

from pkui.base.errors import BadInput
from pkui.base.surroundings import require_own
from pkui.base.words import DEFAULT_LANGUAGE, LANGUAGES

_DIRS = PlatformDirs("pkui", appauthor=False)
_KEYS = {"database_url": str, "user": str, "lang": str, "key_file": str, "keymap": dict}
_KEYS |= {"auth": str, "print_to": str, "postcodes": str, "catalogue_url": str, "catalogue_key": str}


@dataclass(frozen=True)
class ProgramSettings:
    """The settings of one run. Dated settings of the office stand in the database instead."""

    database_url: str | None = None
    user: str | None = None
    auth: str = "password"
    """Who decides who somebody is: `password`, or `database` (PostgreSQL: the connection's user)."""
    lang: str = DEFAULT_LANGUAGE
    now: datetime | None = None
    key_file: Path | None = None
    keymap: dict[str, str] = field(default_factory=dict)
    postcodes: Path | None = None
    """A CSV `postcode,name,lat,lon` that distances are measured with."""
    print_to: str | None = None
    """A folder, or a command that reads what is to be printed."""
    catalogue_url: str | None = None
    catalogue_key: str | None = field(default=None, repr=False)
    """What the catalogue's feed asks for; it goes to that host alone."""

    @property
    def url(self) -> str:
        """The database to work on: the one named, else the embedded file in the user's data folder."""
        return self._with_key(self.database_url or f"sqlite:///{data_dir() / 'pkui.db'}")

    @property
    def demo_url(self) -> str:
        """The training database that `pkui demo` opens when none is named."""
        return self._with_key(self.database_url or f"sqlite:///{data_dir() / 'demo.db'}")

    def _with_key(self, url: str) -> str:
        """A file sealed as a whole is opened with the key's file, which its address names."""
        if self.key_file is None or not url.startswith("sqlcipher:") or "?" in url:
            return url
        return f"{url}?key_file={quote(str(self.key_file.absolute()))}"


def data_dir() -> Path:
    """The folder of the embedded database."""
    return Path(_DIRS.user_data_dir)


def config_dir() -> Path:
    """The folder of pkui.toml and of the key made at `db init`: never the data folder."""
    return Path(_DIRS.user_config_dir)


def state_dir() -> Path:
    """The folder of the local journal and the program's log."""
    return Path(_DIRS.user_state_dir)


def config_file() -> Path:
    """The settings file; it may be absent."""
    return Path(os.environ.get("PKUI_CONFIG") or config_dir() / "pkui.toml")


def load(*, db: str | None = None, user: str | None = None, lang: str | None = None) -> ProgramSettings:
    """The settings of this run from flags, environment and file. Raises BadInput naming the setting that is wrong."""
    values = _from_file(config_file())
    env = {
        "database_url": "PKUI_DATABASE_URL",
        "user": "PKUI_USER",
        "auth": "PKUI_AUTH",
        "lang": "PKUI_LANG",
        "key_file": "PKUI_KEY_FILE",
        "postcodes": "PKUI_POSTCODES",
        "print_to": "PKUI_PRINT_TO",
        "catalogue_url": "PKUI_CATALOGUE_URL",
        "catalogue_key": "PKUI_CATALOGUE_KEY",
    }
    values |= {key: os.environ[name] for key, name in env.items() if os.environ.get(name)}
    values |= {k: v for k, v in {"database_url": db, "user": user, "lang": lang}.items() if v is not None}
    if values.get("lang", DEFAULT_LANGUAGE) not in LANGUAGES:
        raise BadInput("bad_setting", setting="lang")
    if values.get("auth", "password") not in ("password", "database"):
        raise BadInput("bad_setting", setting="auth")
    paths = {name: Path(values[name]).expanduser() for name in ("key_file", "postcodes") if values.get(name)}
    settings = ProgramSettings(**values | paths)
    return replace(settings, now=_frozen_now(os.environ.get("PKUI_NOW")))


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    require_own(path)
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput("bad_settings_file", file=path.name) from error
    for key, value in values.items():
        if key not in _KEYS or not isinstance(value, _KEYS[key]):
            raise BadInput("bad_setting", setting=key)
    return values


def _frozen_now(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput("bad_setting", setting="PKUI_NOW") from error
    if at.tzinfo is None:
        raise BadInput("bad_setting", setting="PKUI_NOW")
    return at
