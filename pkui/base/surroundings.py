"""What surrounds the program and could turn it against its user: files of other users, files anybody may change, links.

What is plainly wrong is refused in words before anything is read; what is only unwise is told by `pkui doctor`. Where
the system knows no owners of files there is nothing to look at.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pkui.base.errors import BadInput, PkuiError

ROOT = 0
"""What the administrator owns is as good as one's own."""
BESIDE = ("", "-wal", "-shm")
"""The files of an embedded database."""


@dataclass(frozen=True)
class Doubt:
    """Something unwise, or `wrong`, so that it is refused: a code, and the name of the file it is about."""

    code: str
    file: str
    wrong: bool


def require_own(path: Path) -> None:
    """Raises BadInput where the file is another user's, or one that everybody or a group of users may change."""
    found = _look(path)
    if found is None:
        return
    if found.st_uid not in (_me(), ROOT):
        raise BadInput("file_of_another", file=path.name)
    if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX:
        raise BadInput("file_open_to_all", file=path.name)
    if found.st_mode & stat.S_IWGRP and _is_shared(found.st_gid):
        raise BadInput("file_open_to_group", file=path.name)


def require_no_link(path: Path) -> None:
    """Raises BadInput where the name only leads to a file somewhere else."""
    if path.is_symlink():
        raise BadInput("file_is_link", file=path.name)


def require_database(path: Path) -> None:
    """The same of an embedded database, what stands beside it, and the folder in which it could be exchanged."""
    require_own(path.parent)
    for end in BESIDE:
        file = path.with_name(path.name + end)
        require_no_link(file)
        require_own(file)


def are_apart(key: Path, other: Path) -> bool:
    """Whether a key and what it opens lie in different folders, so that who copies the one has not the other."""
    return key.expanduser().absolute().resolve().parent != other.expanduser().absolute().resolve().parent


def terminal_of_another() -> bool:
    """Whether the terminal, and so its clipboard and what scrolls back in it, belongs to another user (`su`)."""
    for stream in (0, 1, 2):
        with suppress(OSError):
            found = os.fstat(stream)
            if os.isatty(stream) and hasattr(os, "geteuid"):
                return found.st_uid not in (_me(), ROOT)
    return False


def doubts(settings: Path, key: Path, database: Path | None, folders: tuple[Path, ...]) -> Iterator[Doubt]:
    """What is wrong or unwise around the program, for `pkui doctor`; only what is `wrong` is refused elsewhere."""
    for path in (settings, key, *folders):
        yield from _told(require_own, path)
    if database is not None:
        yield from _told(require_database, database)
        if not are_apart(key, database):
            yield Doubt("key_beside_database", key.name, wrong=False)
    for path in (key, *([database] if database else ())):
        found = _look(path)
        if found is not None and found.st_mode & (stat.S_IROTH | stat.S_IRGRP):
            yield Doubt("file_readable", path.name, wrong=False)
    for folder in folders:
        if folder.is_dir():
            yield from (
                Doubt("file_is_link", one.name, wrong=False) for one in sorted(folder.iterdir()) if one.is_symlink()
            )
    if terminal_of_another():
        yield Doubt("terminal_of_another", "", wrong=False)


def _told(look: Callable[[Path], None], path: Path) -> Iterator[Doubt]:
    try:
        look(path)
    except PkuiError as error:
        yield Doubt(error.code, path.name, wrong=True)


def _look(path: Path) -> os.stat_result | None:
    if not hasattr(os, "geteuid"):
        return None
    try:
        return path.stat()
    except OSError:
        return None


def _is_shared(group: int) -> bool:
    """Whether anybody else is in a group: one that bears the user's own name and lists nobody is hers alone."""
    import grp
    import pwd

    try:
        found, name = grp.getgrgid(group), pwd.getpwuid(_me()).pw_name
    except KeyError:
        return True
    return found.gr_name != name or bool(set(found.gr_mem) - {name})


def _me() -> int:
    return os.geteuid()
