"""The embedded file sealed as a whole (SQLCipher): the same use cases, nothing to read in it, and its key changed."""

from pathlib import Path

import pytest

from pkui.base.errors import Refused, Unreachable
from pkui.services import database
from pkui.services.backup import backup, restore
from pkui.services.desk import Desk
from pkui.services.rotation import rotate
from storage.engine import make_engine, seal_file_anew
from storage.secrets import make_key_at, next_key_file
from storage.store import open_store
from tests.conftest import new_store
from tests.services.steps import later, received, stored
from tests.services.test_openings import elsewhere as elsewhere
from tests.services.test_openings import (
    test_req_3_the_words_of_a_reason_stand_sealed_beside_the_log_and_not_in_it as test_words_of_a_reason,
)
from tests.services.test_openings import (
    test_req_8_a_case_of_another_team_asks_for_a_reason_once_a_day as test_a_case_of_another_team,
)
from tests.storage.test_no_cpr import log as log
from tests.storage.test_no_cpr import numbered as numbered
from tests.storage.test_no_cpr import (
    test_no_number_stands_in_a_row_a_log_a_list_or_an_error_and_each_is_found as test_no_number_can_be_read,
)

pytestmark = pytest.mark.parametrize("engine_name", ["sqlcipher"])
__all__ = [
    "test_a_case_of_another_team", "test_no_number_can_be_read", "test_words_of_a_reason"
]  # fmt: skip
PLAIN = (b"Testgade", b"Viborg", b"SQLite format 3", b"CREATE TABLE", b"patients")


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (folder / "data").iterdir())


def test_req_16_nothing_can_be_read_in_the_file_or_its_journal(desk: Desk, tmp_path: Path) -> None:
    for number in range(1, 5):
        received(desk, number)
    assert len(files(tmp_path)) > 100_000
    assert not [one for one in PLAIN if one in files(tmp_path)]
    assert later(desk, hours=1).store is desk.store


def test_it_is_made_with_a_key_of_its_own(desk: Desk, tmp_path: Path) -> None:
    key = tmp_path / "new" / "pkui.key"
    url = f"sqlcipher:///{tmp_path / 'made' / 'pkui.db'}?key_file={key}"
    new_store(url, key).close()
    assert key.stat().st_mode & 0o777 == 0o600
    assert database.check(url, key_file=key).ok


def test_another_key_is_told_in_words_and_nothing_on_the_terminal(
    desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    received(desk, 1)
    other = tmp_path / "other.key"
    other.write_text("71" * 32)
    url = desk.store.url.partition("?")[0]
    with pytest.raises(Unreachable, match="not_a_database"):
        open_store(f"{url}?key_file={other}", key_file=other)
    told = capfd.readouterr()
    assert told.out + told.err == ""


def test_a_backup_goes_from_it_and_back(desk: Desk, key_file: Path, tmp_path: Path) -> None:
    received(desk, 1)
    backup(desk.store.url, tmp_path / "one.backup", key_file=key_file)
    target = f"sqlcipher:///{tmp_path / 'other' / 'pkui.db'}?key_file={key_file}"
    assert restore(target, tmp_path / "one.backup", key_file=key_file).cases == 1
    assert database.check(target, key_file=key_file).ok
    before = desk.store
    restored = open_store(target, key_file=key_file)
    for table in ("patients", "cases", "events", "access_log"):
        assert stored(restored, f"SELECT * FROM {table}") == stored(before, f"SELECT * FROM {table}"), table
    received(Desk(restored, desk.clock, desk.person), 2)
    restored.close()
    assert not [one for one in PLAIN if one in (tmp_path / "other" / "pkui.db").read_bytes()]
    assert not [one for one in PLAIN if one in (tmp_path / "one.backup").read_bytes()]


def test_req_16_the_key_is_not_changed_while_another_desk_has_the_file_open(desk: Desk, key_file: Path) -> None:
    received(desk, 1)
    with pytest.raises(Refused, match="open_elsewhere"):
        rotate(desk.store.url, key_file=key_file)
    assert received(desk, 2) == 2
    assert not next_key_file(key_file).exists()
    desk.store.close()
    assert rotate(desk.store.url, key_file=key_file).tables["patients"] == 2


@pytest.mark.parametrize("killed", [False, True])
def test_req_16_the_whole_file_gets_the_new_key_too(killed: bool, desk: Desk, key_file: Path, tmp_path: Path) -> None:
    received(desk, 1)
    desk.store.close()
    old = tmp_path / "kept.key"
    old.write_text(key_file.read_text())
    if killed:
        from storage import rotation
        from storage.secrets import Cipher, find_key

        new, found = make_key_at(next_key_file(key_file)), find_key(key_file)
        assert found
        engine = make_engine(desk.store.url)
        assert rotation.begin(engine, Cipher(found[0]), found[0], Cipher(new))
        seal_file_anew(engine, new)
    assert rotate(desk.store.url, key_file=key_file).tables["patients"] == 1
    store = open_store(desk.store.url, key_file=key_file)
    assert stored(store, "SELECT count(*) FROM cases") == [1]
    store.close()
    with pytest.raises(Unreachable, match="not_a_database"):
        open_store(f"{desk.store.url.partition('?')[0]}?key_file={old}", key_file=old)
