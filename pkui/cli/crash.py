"""What is kept of an unexpected error: where in the program it happened, and nothing of what it was about."""

import secrets
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pkui.base.settings import state_dir

_ROOT = Path(__file__).parents[2]


def log_file() -> Path:
    """The program's log."""
    return state_dir() / "pkui.log"


def record(error: BaseException) -> str:
    """Writes kinds of error, files, lines and functions to the log - no message, no value - and names the entry.

    The reference is eight hexadecimal digits; it is given also where the log cannot be written.
    """
    reference = secrets.token_hex(4)
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {reference}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"    {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or cause.__context__
    path = log_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return reference
    return reference


def _place(filename: str) -> str:
    """The file inside the program or its library; a person's home folder is nobody's business."""
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-2:])
