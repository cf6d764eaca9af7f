"""The local journal: what is being typed, sealed on this machine's disk, so that a crash loses no word."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from uuid import UUID

from pkui.base.settings import state_dir
from storage.secrets import Cipher
from storage.store import Store

NOTE, FORM = "note", "form"
"""What is kept: the note of a case by the case's key, and a half-typed form by its own."""


class Journal:
    """Unfinished texts, one sealed file each; gone once what they were typed for is stored."""

    def __init__(self, store: Store) -> None:
        self._cipher = store.cipher
        self._one_at_a_time = Lock()
        self._newest: dict[tuple[UUID, str], str] = {}
        self._folder = state_dir() / "journal" / store.cipher.fingerprint
        if store.former is not None:
            self._take_over(store.former)

    def keeping(self, key: UUID, text: str, kind: str = NOTE) -> Callable[[], None]:
        """Takes the text now and gives what writes it, for a thread: however late that runs, no older text is written
        over a newer one, and none after it was forgotten.
        """
        self._newest[key, kind] = text
        return lambda: self._settle(key, kind)

    def keep(self, key: UUID, text: str, kind: str = NOTE) -> None:
        """Writes the text so that it survives a power cut; an empty one removes what was kept."""
        self.keeping(key, text, kind)()

    def _settle(self, key: UUID, kind: str) -> None:
        with self._one_at_a_time:
            text = self._newest.pop((key, kind), None)
            if text is None:
                return
            if text.strip():
                self._write(key, text, kind)
            else:
                self._file(key, kind).unlink(missing_ok=True)

    def _take_over(self, former: Cipher) -> None:
        """What was kept under the key before this one is sealed anew; it is still somebody's unfinished text."""
        for file in sorted((state_dir() / "journal" / former.fingerprint).glob("[0-9a-f]*.*")):
            key, kind = UUID(file.stem), file.suffix.removeprefix(".")
            self._write(key, former.open_text(_place(key, kind), file.read_bytes()), kind)
            file.unlink()

    def _write(self, key: UUID, text: str, kind: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{key.hex}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._cipher.seal(_place(key, kind), text))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file(key, kind))
        _sync_folder(self._folder)

    def kept(self, key: UUID, kind: str = NOTE) -> str | None:
        """The text kept under a key, if any."""
        file = self._file(key, kind)
        return self._cipher.open_text(_place(key, kind), file.read_bytes()) if file.exists() else None

    def forget(self, key: UUID, kind: str = NOTE) -> None:
        """Removes what was kept: it is stored now, or was given up."""
        self.keep(key, "", kind)

    def unfinished(self, kind: str = NOTE) -> list[UUID]:
        """The keys of what was begun here and not stored, the oldest first."""
        if not self._folder.exists():
            return []
        return sorted(UUID(file.stem) for file in self._folder.glob(f"*.{kind}"))

    def _file(self, key: UUID, kind: str) -> Path:
        return self._folder / f"{key.hex}.{kind}"


def _place(key: UUID, kind: str) -> str:
    return f"journal.{kind}.{key.hex}"


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
