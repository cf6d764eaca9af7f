"""Backing up while another process writes, and restoring it elsewhere: whole, sealed, and never over something else."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from pkui.base.errors import BadInput, PkuiError, Refused
from pkui.domain.codes import DatabaseKind
from pkui.services import database
from pkui.services.backup import backup, restore
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from storage.backup import read_backup, read_header
from storage.carry import Tallies, counted, snapshot, tally
from storage.engine import make_engine
from storage.secrets import Cipher
from storage.store import Store
from tests.conftest import KEY
from tests.data.submissions import encoded, replacement_number, submission
from tests.faults.test_storage import importer
from tests.services.steps import everything, received, stored

CIPHER = Cipher(bytes.fromhex(KEY.strip()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "pkui.backup"


@pytest.fixture
def backed_up(desk: Desk, file: Path, key_file: Path) -> Path:
    """A backup of a database with three cases and a note."""
    for number in (1, 2, 3):
        received(desk, number)
    add_note(desk, 1, "Patienten foretrækker Horsens.")
    backup(desk.store.url, file, key_file=key_file)
    return file


def tally_of(url: str) -> Tallies:
    engine = make_engine(url)
    with snapshot(engine) as connection:
        found = tally(connection)
    engine.dispose()
    return found


@contextmanager
def refused(code: str, kind: type[PkuiError] = BadInput) -> Iterator[None]:
    with pytest.raises(kind) as told:
        yield
    assert told.value.code == code


def test_a_restore_drill(store: Store, key_file: Path, file: Path, empty_url: str, tmp_path: Path) -> None:
    lines = tmp_path / "bodies.jsonl"
    lines.write_bytes(b"\n".join(encoded(submission(number)) for number in range(400)))
    with importer(store, key_file, lines, 5) as process:
        assert process.stdout and process.stdout.readline() == "begun\n"
        while not stored(store, "SELECT 1 FROM cases LIMIT 1"):
            assert process.poll() is None
        report = backup(store.url, file, key_file=key_file)
        assert process.poll() is None, "the import went on meanwhile"
        assert process.stdout.read().split() == ["400"]
    assert 0 < report.cases < 400
    assert (report.ok, report.bytes) == (True, file.stat().st_size)

    assert restore(empty_url, file, key_file=key_file) == report
    assert tally_of(empty_url) == counted(read_backup(file, CIPHER))
    checked = database.check(empty_url, key_file=key_file)
    assert checked.ok, checked
    assert database.info(empty_url).checks[3].found == report.cases
    assert stored(store, "SELECT count(*) FROM cases") == [400], "the first database is as it was"


def test_nothing_of_a_person_or_the_key_can_be_read_in_it(backed_up: Path) -> None:
    held = backed_up.read_bytes()
    assert not any(text.encode() in held for text in ("Kjær", "Horsens", replacement_number(1), "Viborg"))
    assert bytes.fromhex(KEY.strip()) not in held and KEY.strip().encode() not in held
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    sealed = [row for batch in read_backup(backed_up, CIPHER) if batch.table == "patients" for row in batch.rows]
    assert len(sealed) == 3 and replacement_number(1) not in str(sealed), "sealed within the seal"
    assert [path.name for path in backed_up.parent.glob(".*backup*")] == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_wrong_key_is_refused_and_the_file_says_which_one_it_wants(
    backed_up: Path, empty_url: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    other.write_text("71" * 32)
    assert read_header(backed_up).key_fingerprint == CIPHER.fingerprint
    with refused("wrong_key"):
        restore(empty_url, backed_up, key_file=other)
    with refused("wrong_key"):
        backup(f"sqlite:///{tmp_path / 'data' / 'pkui.db'}", tmp_path / "more.backup", key_file=other)
    assert not (tmp_path / "more.backup").exists()


def test_what_is_there_is_never_overwritten_unasked(
    desk: Desk, backed_up: Path, key_file: Path, database_url: str
) -> None:
    add_note(desk, 2, "kommet til siden")
    before = everything(desk.store)
    with refused("file_exists", Refused):
        backup(database_url, backed_up, key_file=key_file)
    with refused("database_not_empty", Refused):
        restore(database_url, backed_up, key_file=key_file)
    assert everything(desk.store) == before
    restore(database_url, backed_up, key_file=key_file, replace=True)
    assert stored(desk.store, "SELECT text FROM notes") == ["Patienten foretrækker Horsens."]
    assert add_note(desk, 2, "og det går videre").notes


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_backup_of_made_up_people_never_takes_the_place_of_real_ones(
    desk: Desk, backed_up: Path, key_file: Path
) -> None:
    with desk.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE installation SET kind = 'production'"))
    with refused("other_kind", Refused):
        restore(desk.store.url, backed_up, key_file=key_file, replace=True)
    assert read_header(backed_up).kind == DatabaseKind.TRAINING


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.parametrize("harm", ["cut", "cut_to_the_header", "flipped", "header", "longer", "no_backup", "older"])
def test_a_file_that_is_not_whole_replaces_nothing(harm: str, desk: Desk, backed_up: Path, key_file: Path) -> None:
    held = backed_up.read_bytes()
    header = held.index(b"\n", 20)
    flipped = bytes([held[-40] ^ 1])
    code, changed = {
        "cut": ("backup_damaged", held[:-9]),
        "cut_to_the_header": ("backup_damaged", held[: header + 1]),
        "flipped": ("backup_damaged", held[:-40] + flipped + held[-39:]),
        "header": ("backup_damaged", held.replace(b'"training"', b'"Training"')),
        "longer": ("backup_damaged", held + b"x"),
        "no_backup": ("not_a_backup", b"SQLite format 3\0" + held),
        "older": ("backup_older", held.replace(read_header(backed_up).revision.encode(), b"0001", 1)),
    }[harm]
    backed_up.write_bytes(changed)
    before = everything(desk.store)
    with refused(code, Refused if code == "backup_older" else BadInput):
        restore(desk.store.url, backed_up, key_file=key_file, replace=True)
    assert everything(desk.store) == before
