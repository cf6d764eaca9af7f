"""Handing a text to a printer, or to a folder that is printed from; which of the two, the person's settings say."""

import os
import shlex
import subprocess
from pathlib import Path

from pkui.base.errors import BadInput, Unreachable
from storage.outbox import DraftRecord

WITHIN_SECONDS = 30


def print_text(print_to: str | None, record: DraftRecord) -> None:
    """Prints a draft's text. `print_to`: a folder (a new file a print, mode 0600) or a command that reads the text.

    Raises BadInput where nothing is set, Unreachable where it did not work. No shell is asked.
    """
    if not print_to:
        raise BadInput("no_printer")
    text = f"{record.subject}\n\n{record.text}\n" if record.subject else f"{record.text}\n"
    folder = Path(print_to).expanduser()
    try:
        if folder.is_dir():
            _to_file(folder, record, text)
        else:
            _to_command(shlex.split(print_to), text)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise Unreachable("print_failed") from error


def _to_command(command: list[str], text: str) -> None:
    """Runs the person's own command; what it says is not ours to show."""
    subprocess.run(  # noqa: S603
        command,
        input=text.encode(),
        check=True,
        timeout=WITHIN_SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _to_file(folder: Path, record: DraftRecord, text: str) -> None:
    """Names hold numbers only, never a person's name."""
    stem = f"{record.case_number}-{record.id.hex[-8:]}-{record.version}"
    path = next(path for count in range(1, 1000) if not (path := folder / f"{stem}-{count}.txt").exists())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
