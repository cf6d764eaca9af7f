"""The local journal: what is being typed, sealed on this machine's disk, so that a crash loses no word."""

import os
from pathlib import Path
from threading import Lock
from uuid import UUID

from pkui.base.settings import state_dir
from storage.store import Store

_PLACE = "journal.note"


class Journal:
    """Unfinished notes, one sealed file a case; gone once the note stands on the case."""

    def __init__(self, store: Store) -> None:
        self._cipher = store.cipher
        self._one_at_a_time = Lock()
        self._folder = state_dir() / "journal" / store.cipher.fingerprint

    def keep(self, case_id: UUID, text: str) -> None:
        """Writes the text so that it survives a power cut; an empty one removes what was kept."""
        with self._one_at_a_time:
            if text.strip():
                self._write(case_id, text)
            else:
                self.forget(case_id)

    def _write(self, case_id: UUID, text: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{case_id.hex}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._cipher.seal(_place(case_id), text))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file(case_id))
        _sync_folder(self._folder)

    def kept(self, case_id: UUID) -> str | None:
        """The text kept for a case, if any."""
        file = self._file(case_id)
        return self._cipher.open_text(_place(case_id), file.read_bytes()) if file.exists() else None

    def forget(self, case_id: UUID) -> None:
        """Removes what was kept: the note stands on the case now, or was given up."""
        self._file(case_id).unlink(missing_ok=True)

    def unfinished(self) -> list[UUID]:
        """The cases with a note begun here and not saved."""
        if not self._folder.exists():
            return []
        return sorted(UUID(file.stem) for file in self._folder.glob("*.note"))

    def _file(self, case_id: UUID) -> Path:
        return self._folder / f"{case_id.hex}.note"


def _place(case_id: UUID) -> str:
    return f"{_PLACE}.{case_id.hex}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
