"""Encryption of single fields (AES-256-GCM, versioned), and the keyed blind index for exact look-up."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pkui.base.errors import BadInput
from pkui.base.settings import config_dir
from pkui.base.surroundings import are_apart, require_own

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_KEYRING_NAME = "pkui"


class Cipher:
    """Seals and opens fields under one master key of 32 bytes; each purpose has a key of its own derived from it."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise BadInput("bad_key_file")
        self._fields = AESGCM(_derive(master, b"pkui fields"))
        self._index = _derive(master, b"pkui blind index")
        self.fingerprint = hashlib.sha256(_derive(master, b"pkui fingerprint")).hexdigest()[:16]

    def seal(self, place: str, text: str | bytes) -> bytes:
        """The field encrypted; `place` (table.column) is bound to it, so it cannot be moved to another column."""
        plain = text.encode() if isinstance(text, str) else text
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._fields.encrypt(nonce, plain, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """The field's plain bytes. Raises BadInput when the key or the place is another one."""
        if sealed[:1] != _VERSION or len(sealed) <= _NONCE_BYTES:
            raise BadInput("unknown_seal")
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._fields.decrypt(nonce, body, place.encode())
        except InvalidTag as error:
            raise BadInput("wrong_key") from error

    def open_text(self, place: str, sealed: bytes) -> str:
        """The field's plain text."""
        return self.open(place, sealed).decode()

    def blind_index(self, place: str, text: str) -> bytes:
        """The keyed hash (HMAC-SHA256, 32 bytes) under which equal texts of one place are found again."""
        return hmac.digest(self._index, f"{place}\0{text}".encode(), "sha256")


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(master)


def file_key(master: bytes) -> bytes:
    """The key that a whole file is sealed with (SQLCipher's raw key, 32 bytes)."""
    return _derive(master, b"pkui whole file")


def default_key_file() -> Path:
    """Where a key is made when none is given: the configuration folder, never beside the database."""
    return config_dir() / "pkui.key"


def find_key(key_file: Path | None) -> tuple[bytes, str] | None:
    """The master key and where it was found ('file' or 'keyring'), or None. An unreadable file is BadInput."""
    path = key_file or default_key_file()
    if path.exists():
        require_own(path)
        return _read(path), "file"
    if key_file is not None:
        raise BadInput("key_file_missing")
    stored = _from_keyring()
    return (stored, "keyring") if stored else None


def lies_beside(key_file: Path | None, other: Path) -> bool:
    """Whether the key's file lies in the folder of what it opens, so that who copies the one has the other."""
    return not are_apart(key_file or default_key_file(), other)


def make_key(key_file: Path | None) -> bytes:
    """A new master key, written once with mode 0600; of several processes making it, all use the first one's."""
    return make_key_at(key_file or default_key_file())


def make_key_at(path: Path) -> bytes:
    """The same in this very file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadInput("cannot_write_key") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _read(path)


def next_key_file(path: Path) -> Path:
    """Where the new key stands while it is not yet the database's."""
    return path.with_name(f"{path.name}.new")


def put_in_place(path: Path, was: Cipher) -> Path:
    """Gives the new key, where there is one, the name of the key file.

    Returns where the one before it stays, for older backups; there is none when it came from the keyring.
    """
    kept = path.with_name(f"{path.name}.{was.fingerprint}")
    if next_key_file(path).exists():
        if path.exists() and not kept.exists():
            os.link(path, kept)
        next_key_file(path).replace(path)
    return kept


def kept_key(key_file: Path | None, fingerprint: str) -> Cipher | None:
    """The key of that fingerprint which a change of the key left beside the one in use."""
    path = key_file or default_key_file()
    found = find_key(kept) if (kept := path.with_name(f"{path.name}.{fingerprint}")).exists() else None
    cipher = Cipher(found[0]) if found else None
    return cipher if cipher and cipher.fingerprint == fingerprint else None


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise BadInput("bad_key_file") from error
    if len(key) != KEY_BYTES:
        raise BadInput("bad_key_file")
    return key


def _from_keyring() -> bytes | None:
    """The key kept by the desktop's keyring, where the `keyring` extra is installed."""
    try:
        import keyring
    except ModuleNotFoundError:
        return None
    stored = keyring.get_password(_KEYRING_NAME, "master-key")
    return bytes.fromhex(stored) if stored else None
