"""Where the token of a command sign-in is kept: the desktop's keyring, else a file for the owner's eyes alone."""

import os
from pathlib import Path
from typing import Any

from pkui.base.settings import state_dir

_NAME = "pkui sign-in"


def keep_token(database: str, token: str) -> None:
    """Keeps the token of a database (its key's fingerprint), in place of an earlier one."""
    keyring = _keyring()
    if keyring is not None:
        keyring.set_password(_NAME, database, token)
        return
    file = _file(database)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(token)


def kept_token(database: str) -> str | None:
    """The token kept for a database; a file that others could have written or read is not taken."""
    keyring = _keyring()
    if keyring is not None:
        return str(found) if (found := keyring.get_password(_NAME, database)) else None
    file = _file(database)
    if not file.is_file() or file.is_symlink():
        return None
    state = file.stat()
    if state.st_mode & 0o077 or state.st_uid != os.getuid():
        return None
    return file.read_text("ascii").strip() or None


def forget_token(database: str) -> None:
    """Removes the token."""
    keyring = _keyring()
    if keyring is not None and keyring.get_password(_NAME, database):
        keyring.delete_password(_NAME, database)
    _file(database).unlink(missing_ok=True)


def _file(database: str) -> Path:
    return state_dir() / "sign-in" / database


def _keyring() -> Any:
    """The keyring, where the extra is installed and a keyring answers."""
    try:
        import keyring
        from keyring.backends.fail import Keyring
    except ModuleNotFoundError:
        return None
    return None if isinstance(keyring.get_keyring(), Keyring) else keyring
