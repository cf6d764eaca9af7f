"""Sealed fields: what opens them, what does not, and what can be learnt from them."""

from pathlib import Path

import pytest

from pkui.base.errors import BadInput
from storage.secrets import KEY_BYTES, Cipher, find_key, make_key

CIPHER = Cipher(b"k" * KEY_BYTES)
PLACE, TEXT = "patients.identifier", "6211359999 æøå"


def test_a_field_opens_in_its_place_with_its_key() -> None:
    sealed = CIPHER.seal(PLACE, TEXT)
    assert CIPHER.open_text(PLACE, sealed) == TEXT
    assert CIPHER.open(PLACE, sealed) == TEXT.encode()
    assert TEXT.encode()[:6] not in sealed


@pytest.mark.parametrize("place", ["patients.identifier2", "representatives.identifier", ""])
def test_a_field_moved_elsewhere_does_not_open(place: str) -> None:
    with pytest.raises(BadInput, match="wrong_key"):
        CIPHER.open(place, CIPHER.seal(PLACE, TEXT))


def test_another_key_does_not_open_it_and_has_another_fingerprint() -> None:
    other = Cipher(b"l" * KEY_BYTES)
    with pytest.raises(BadInput, match="wrong_key"):
        other.open(PLACE, CIPHER.seal(PLACE, TEXT))
    assert other.fingerprint != CIPHER.fingerprint
    assert other.blind_index(PLACE, TEXT) != CIPHER.blind_index(PLACE, TEXT)


def test_no_byte_can_be_changed_or_cut() -> None:
    sealed = CIPHER.seal(PLACE, TEXT)
    for place in range(len(sealed)):
        tampered = bytes(byte ^ (index == place) for index, byte in enumerate(sealed))
        with pytest.raises(BadInput):
            CIPHER.open(PLACE, tampered)
    for length in (0, 1, 12, 13, len(sealed) - 1):
        with pytest.raises(BadInput):
            CIPHER.open(PLACE, sealed[:length])


def test_equal_texts_look_different_sealed_and_equal_in_the_index() -> None:
    assert CIPHER.seal(PLACE, TEXT) != CIPHER.seal(PLACE, TEXT)
    assert CIPHER.blind_index(PLACE, TEXT) == CIPHER.blind_index(PLACE, TEXT)
    assert CIPHER.blind_index(PLACE, TEXT) != CIPHER.blind_index("representatives.identifier", TEXT)
    assert len(CIPHER.blind_index(PLACE, TEXT)) == 32


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_none(length: int) -> None:
    with pytest.raises(BadInput, match="bad_key_file"):
        Cipher(b"k" * length)


def test_a_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "pkui.key"
    key = make_key(path)
    assert make_key(path) == key
    assert find_key(path) == (key, "file")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["pkui.key"]
