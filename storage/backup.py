"""A backup file: every table's rows in sealed frames behind a header, the same from either engine.

Layout: a magic line; the header as one line of JSON; frames of a four-byte length and a sealed, packed body; the last
frame holds the tallies. Each frame is sealed to its number and to the header, so that none can be changed, moved, left
out or taken from another backup. Nothing of the rows can be read without the key, and the key is not in it.
"""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from pkui.base.errors import BadInput, PkuiError, Refused
from storage.carry import Batch, Counting, Tallies, Tally
from storage.metadata import metadata
from storage.secrets import Cipher

_MAGIC = b"pkui-backup/1\n"
_LENGTH = struct.Struct(">I")
_LONGEST_HEADER = 4096


@dataclass(frozen=True)
class Header:
    """What can be read of a backup without its key."""

    id: str
    made_at: str
    revision: str
    kind: str
    key_fingerprint: str


def write_backup(path: Path, header: Header, batches: Iterable[Batch], cipher: Cipher) -> Tallies:
    """Writes a new file, whole or not at all (mode 0600). Raises Refused('file_exists') where there is one already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    counting = Counting()
    try:
        if path.exists():
            raise Refused("file_exists")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            frames = _FrameWriter(file, header, cipher)
            for batch in batches:
                counting.add(batch)
                frames.write([batch.table, batch.rows])
            frames.write({name: asdict(one) for name, one in counting.result().items()})
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, path)
    except OSError as error:
        raise BadInput("cannot_write_file") from error
    finally:
        draft.unlink(missing_ok=True)
    return counting.result()


def read_header(path: Path) -> Header:
    """What the file says of itself. Raises BadInput where it is no backup."""
    with _opened(path) as file:
        return _header(file)[0]


def read_backup(path: Path, cipher: Cipher) -> Iterator[Batch]:
    """Every row, in the order it was written. Raises BadInput('backup_damaged') at the first thing not whole."""
    with _opened(path) as file:
        header, place = _header(file)
        if header.key_fingerprint != cipher.fingerprint:
            raise BadInput("wrong_key")
        counting = Counting()
        for body in _frames(file, place, cipher):
            if isinstance(body, dict):
                _require_end(file, body, counting)
                return
            batch = _batch(body)
            counting.add(batch)
            yield batch
        raise BadInput("backup_damaged")


class _FrameWriter:
    """Writes magic, header and sealed frames."""

    def __init__(self, file: IO[bytes], header: Header, cipher: Cipher) -> None:
        line = json.dumps(asdict(header)).encode() + b"\n"
        self._file, self._cipher, self._number = file, cipher, 0
        self._place = _place(line)
        file.write(_MAGIC + line)

    def write(self, body: Any) -> None:
        """One sealed frame."""
        packed = zlib.compress(json.dumps(body, separators=(",", ":")).encode(), 6)
        sealed = self._cipher.seal(f"{self._place}.{self._number}", packed)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def _frames(file: IO[bytes], place: str, cipher: Cipher) -> Iterator[Any]:
    number = 0
    while length := file.read(_LENGTH.size):
        try:
            sealed = file.read(_LENGTH.unpack(length)[0])
            body = json.loads(zlib.decompress(cipher.open(f"{place}.{number}", sealed)))
        except (PkuiError, struct.error, zlib.error, ValueError) as error:
            raise BadInput("backup_damaged") from error
        yield body
        number += 1


def _batch(body: Any) -> Batch:
    table, rows = body
    if table not in metadata.tables:
        raise BadInput("backup_damaged")
    return Batch(table, rows)


def _require_end(file: IO[bytes], body: dict[str, Any], counting: Counting) -> None:
    if file.read(1) or {name: Tally(**one) for name, one in body.items()} != counting.result():
        raise BadInput("backup_damaged")


def _header(file: IO[bytes]) -> tuple[Header, str]:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise BadInput("not_a_backup")
    line = file.readline(_LONGEST_HEADER)
    try:
        return Header(**json.loads(line)), _place(line)
    except (TypeError, ValueError) as error:
        raise BadInput("not_a_backup") from error


def _place(line: bytes) -> str:
    return f"backup.{hashlib.sha256(line).hexdigest()}"


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise BadInput("no_file") from error


def _publish(draft: Path, path: Path) -> None:
    """Gives the finished file its name, never taking another's; the folder's entry survives a power cut."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise Refused("file_exists") from None
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
