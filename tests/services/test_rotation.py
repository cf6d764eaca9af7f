"""Changing the key: every field anew, killed and gone on, the old one refused, nothing lost that anybody typed."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from pkui.base.errors import BadInput, PkuiError, Refused
from pkui.domain.codes import Role
from pkui.domain.identifiers import classify
from pkui.services import database
from pkui.services.backup import backup, restore
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.journal import Journal
from pkui.services.notes import add_note
from pkui.services.rotation import rotate
from storage import rotation
from storage.engine import sqlite_path
from storage.log_chain import verify
from storage.metadata import metadata
from storage.patients import find_patient
from storage.secrets import Cipher, make_key_at, next_key_file
from storage.store import Store, open_store
from tests.conftest import KEY, DeskAs, new_store
from tests.data.submissions import changed, replacement_number, submission
from tests.services.steps import received, send, stored

OLD = Cipher(bytes.fromhex(KEY.strip()))
CASES = 12
ROTATOR = """
import sys
from pathlib import Path
from pkui.services.rotation import rotate
from storage import rotation
rotation.BATCH_ROWS = 2
rotate(sys.argv[1], key_file=Path(sys.argv[2]), reached=lambda done, of: print(done, of, flush=True))
"""


class Killed(Exception):
    """Ends a run between two transactions, as a power cut would."""


@pytest.fixture
def filled(desk: Desk, desk_as: DeskAs) -> Desk:
    """Patients, one of them a colleague, one with a relative, a parked body, and a reason in somebody's own words."""
    for number in range(1, CASES):
        received(desk, number)
    relative = {
        "name": "Ane Test",
        "phone": "20304050",
        "identifier": {"type": "replacement", "value": replacement_number(77)},
    }
    send(desk, changed(submission(CASES), "/representative", relative))
    send(desk, changed(submission(90), "/patient/identifier", {"type": "cpr", "value": "02016099950"}))
    open_case(desk_as(Role.ADVISER, teams=("health_record",)), 1, reason="Hendes søster ringede")
    with desk.store.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE staff SET identifier_index = :index WHERE username = 'adviser1'"),
            {"index": OLD.blind_index("patients.identifier", replacement_number(1))},
        )
    return desk


def anew(desk: Desk, key_file: Path) -> Store:
    """The same database opened with what stands in the key file now."""
    return open_store(desk.store.url, key_file=key_file)


def opened_by(store: Store, cipher: Cipher) -> tuple[int, int]:
    """How many sealed fields a key opens, and how many it does not."""
    opens = fails = 0
    for table in rotation.sealed_tables():
        for name in rotation.sealed_columns(table):
            for sealed in stored(store, f"SELECT {name} FROM {table.name} WHERE {name} IS NOT NULL"):
                try:
                    cipher.open(f"{table.name}.{name.removesuffix('_sealed')}", bytes(sealed))
                    opens += 1
                except BadInput:
                    fails += 1
    return opens, fails


def test_req_16_every_field_is_sealed_anew_and_the_old_key_is_refused(filled: Desk, key_file: Path) -> None:
    before = opened_by(filled.store, OLD)
    assert before[0] > 2 * CASES and before[1] == 0
    done = rotate(filled.store.url, key_file=key_file)
    assert (done.ok, done.damaged) == (True, 0)
    assert done.tables == {"patients": CASES, "representatives": 1, "intake_receipts": CASES + 1, "case_openings": 1}
    assert done.indexes == CASES + 1
    store = anew(filled, key_file)
    assert opened_by(store, OLD) == (0, before[0])
    assert opened_by(store, store.cipher) == (before[0], 0)
    old = Path(str(done.old_key_file))
    assert old.read_text() == KEY and old.parent == key_file.parent
    with pytest.raises(BadInput, match="wrong_key"):
        open_store(filled.store.url, key_file=old)
    store.close()


def test_req_16_people_are_found_and_the_log_is_whole_after_it(filled: Desk, key_file: Path) -> None:
    rotate(filled.store.url, key_file=key_file)
    store = anew(filled, key_file)
    with store.reading() as session:
        identifier = classify(replacement_number(1))
        assert identifier
        patient = find_patient(session, identifier, store.cipher)
        assert patient is not None
        assert find_patient(session, identifier, OLD) is None
        assert verify(session, store.log_key).first is None
    assert stored(store, "SELECT count(*) FROM staff WHERE identifier_index IS NOT NULL") == [1]
    assert stored(store, "SELECT kind, what, place FROM access_log ORDER BY id DESC LIMIT 1") == [
        ("change", "key", "crypto rotate")
    ]
    again = send(Desk(store, filled.clock, filled.person), submission(1))
    assert [one.status.value for one in again] == ["replayed"], "the same enquiry is still known"
    store.close()


def test_req_16_a_desk_with_the_old_key_writes_nothing_more(filled: Desk, key_file: Path) -> None:
    rotate(filled.store.url, key_file=key_file)
    with pytest.raises(Refused, match="key_changed"):
        add_note(filled, 1, "skrevet med den gamle nøgle")
    with pytest.raises(Refused, match="key_changed"):
        received(filled, 50)
    assert stored(filled.store, "SELECT count(*) FROM notes") == [0]


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_colleague_who_is_no_patient_has_to_be_taken_in_again(filled: Desk, key_file: Path) -> None:
    with filled.store.engine.begin() as connection:
        index = {"index": OLD.blind_index("patients.identifier", replacement_number(77))}
        connection.execute(sa.text("UPDATE staff SET identifier_index = :index WHERE username = 'system'"), index)
    assert rotate(filled.store.url, key_file=key_file).staff_to_import == 1


def test_req_16_stopped_after_any_batch_it_goes_on(
    filled: Desk, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH_ROWS", 3)
    rows, stops = 0, 0

    def stop(_done: int, _of: int) -> None:
        raise Killed

    def opened() -> int:
        return opened_by(filled.store, Cipher(bytes.fromhex(key_file.read_text().strip())))[0]

    while True:
        before = opened() if stops else 0
        try:
            done = rotate(filled.store.url, key_file=key_file, reached=stop if stops < 4 else lambda _done, _of: None)
        except Killed:
            stops += 1
            assert opened() >= before
            with pytest.raises(Refused, match="key_rotating"):
                anew(filled, key_file)
            with pytest.raises(Refused, match="key_rotating"):
                backup(filled.store.url, key_file.with_name("half.backup"), key_file=key_file)
            continue
        break
    rows += done.rows
    assert stops == 4 and done.rows < sum(opened_by(anew(filled, key_file), OLD))
    assert opened_by(filled.store, OLD)[0] == 0


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_req_16_killed_in_a_process_of_its_own_it_goes_on(filled: Desk, key_file: Path) -> None:
    command = [sys.executable, "-c", ROTATOR, filled.store.url, str(key_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGKILL)
    assert lines[0].split() == ["2", str(2 * CASES + 3)]
    opens, fails = opened_by(filled.store, OLD)
    assert opens and fails
    done = rotate(filled.store.url, key_file=key_file)
    assert done.damaged == 0
    assert opened_by(filled.store, OLD)[0] == 0
    assert database.check(filled.store.url, key_file=key_file).ok


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_killed_before_the_new_key_is_in_place_it_is_found_beside_the_old(filled: Desk, key_file: Path) -> None:
    new = make_key_at(next_key_file(key_file))
    assert rotation.begin(filled.store.engine, OLD, bytes.fromhex(KEY.strip()), Cipher(new))
    done = rotate(filled.store.url, key_file=key_file)
    assert bytes.fromhex(key_file.read_text().strip()) == new
    assert done.fingerprint == Cipher(new).fingerprint
    assert not next_key_file(key_file).exists()


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_another_key_changes_nothing(filled: Desk, key_file: Path) -> None:
    other = key_file.with_name("other.key")
    other.write_text("71" * 32)
    with pytest.raises(PkuiError, match="wrong_key"):
        rotate(filled.store.url, key_file=other)
    assert sorted(path.name for path in key_file.parent.glob("*.key*")) == ["other.key", "pkui.key"]


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_what_cannot_be_opened_is_left_and_counted(filled: Desk, key_file: Path) -> None:
    with filled.store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE patients SET identifier_sealed = x'01aa' WHERE name IS NOT NULL"))
    assert rotate(filled.store.url, key_file=key_file).damaged == CASES


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_req_16_nothing_sealed_with_the_old_key_is_left_in_the_file(filled: Desk, key_file: Path) -> None:
    sealed = [bytes(one) for one in stored(filled.store, "SELECT body_sealed FROM intake_receipts")]
    path = sqlite_path(filled.store.engine)
    assert path
    filled.store.close()
    rotate(filled.store.url, key_file=key_file)
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(sealed) == CASES + 1 and not any(one in held for one in sealed)


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_unfinished_texts_outlive_the_key(
    filled: Desk, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pkui.services.journal.state_dir", lambda: tmp_path / "state")
    row = stored(filled.store, "SELECT id FROM cases LIMIT 1")[0]
    from uuid import UUID

    case = UUID(bytes=row)
    Journal(filled.store).keep(case, "halvt skrevet notat")
    rotate(filled.store.url, key_file=key_file)
    store = anew(filled, key_file)
    assert Journal(store).kept(case) == "halvt skrevet notat"
    assert Journal(store).unfinished() == [case]
    assert not list((tmp_path / "state" / "journal" / OLD.fingerprint).iterdir())
    store.close()


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_another_database_of_the_same_key_opens_with_the_one_kept(filled: Desk, key_file: Path, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'demo' / 'demo.db'}"
    new_store(other, key_file).close()
    rotate(filled.store.url, key_file=key_file)
    store = open_store(other, key_file=key_file)
    assert store.cipher.fingerprint == OLD.fingerprint
    store.close()


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_an_old_backup_is_restored_with_the_old_key(filled: Desk, key_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.backup"
    backup(filled.store.url, file, key_file=key_file)
    done = rotate(filled.store.url, key_file=key_file)
    target = f"sqlite:///{tmp_path / 'restored' / 'pkui.db'}"
    with pytest.raises(BadInput, match="wrong_key"):
        restore(target, file, key_file=key_file)
    assert restore(target, file, key_file=Path(str(done.old_key_file))).cases == CASES


def test_every_sealed_column_belongs_to_a_table_that_is_sealed_anew() -> None:
    named = {table.name for table in metadata.tables.values() if rotation.sealed_columns(table)}
    assert named - {table.name for table in rotation.sealed_tables()} == {"installation"}
    for table in rotation.sealed_tables():
        assert len(table.primary_key.columns) == 1, table.name
        assert set(rotation.sealed_columns(table)) >= {
            column.name.replace("_index", "_sealed") for column in table.columns if column.name.endswith("_index")
        }
