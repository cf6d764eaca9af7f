"""Files that a command line names."""

import sys
from pathlib import Path

from pkui.base.errors import BadInput

_ENDINGS = (".json", ".jsonl", ".ndjson")


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises BadInput without naming it: a file's name can be a person's."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("no_file") from error


def read_input(path: str) -> bytes:
    """What a file holds, or standard input for '-'. Raises BadInput."""
    return sys.stdin.buffer.read() if path == "-" else read_bytes(Path(path))


def files_in(path: Path) -> list[Path]:
    """The file itself, or the JSON files of a folder in the order of their names. Raises BadInput."""
    if path.is_dir():
        return sorted(one for one in path.iterdir() if one.is_file() and one.suffix.lower() in _ENDINGS)
    if not path.is_file():
        raise BadInput("no_file")
    return [path]
