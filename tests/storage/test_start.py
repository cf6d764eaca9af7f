"""Databases that several processes make and move at once, and keys that are missing, wrong or new."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pkui.base.clock import TRAINING_START
from pkui.base.errors import BadInput, PkuiError, Refused, Unreachable
from pkui.domain.codes import DatabaseKind
from storage import schema
from storage.engine import make_engine
from storage.store import Store, create_store, open_store
from tests import at_once
from tests.conftest import new_store
from tests.services.steps import stored

STARTERS = 4
CHATTER = "import storage.engine, logging; logging.getLogger('psycopg').warning('one'); "
CHATTER += "logging.getLogger('sqlalchemy.pool.impl.QueuePool').error('two')"


def test_several_processes_make_one_database_with_one_key(empty_url: str, tmp_path: Path) -> None:
    key = tmp_path / "new.key"
    fingerprints = set(at_once.run("tests.openers:make", [[empty_url, str(key)]] * STARTERS))
    store = open_store(empty_url, key_file=key)
    try:
        assert fingerprints == {store.cipher.fingerprint}
        assert stored(store, "SELECT count(*) FROM installation") == [1]
        assert stored(store, "SELECT value FROM counters") == [0]
        assert stored(store, "SELECT username FROM staff") == ["system"]
        assert key.stat().st_mode & 0o777 == 0o600
    finally:
        store.close()


def test_several_processes_migrate_one_database(empty_url: str) -> None:
    path = make_engine(empty_url).url.database
    if not empty_url.startswith("postgresql") and path:
        Path(path).parent.mkdir()
    assert at_once.run("tests.openers:migrate", [[empty_url]] * STARTERS) == [schema.HEAD] * STARTERS
    engine = make_engine(empty_url)
    assert schema.revision(engine) == schema.HEAD
    engine.dispose()


def test_what_the_drivers_log_of_a_race_or_a_lost_server_is_not_written_on_the_terminal() -> None:
    told = subprocess.run([sys.executable, "-c", CHATTER], capture_output=True, check=True)
    assert (told.stdout, told.stderr) == (b"", b"")


def test_a_new_file_can_be_read_by_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "data" / "pkui.db"
    new_store(f"sqlite:///{path}", tmp_path / "pkui.key").close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_key_file_must_be_the_one_the_database_was_made_with(database_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    other.write_text("71" * 32)
    short = tmp_path / "short.key"
    short.write_text("70" * 31)
    words = tmp_path / "words.key"
    words.write_text("no key at all")
    wrong = {other: "wrong_key", short: "bad_key_file", words: "bad_key_file", tmp_path / "none": "key_file_missing"}
    for path, code in wrong.items():
        with pytest.raises(BadInput, match=code) as caught:
            open_store(database_url, key_file=path)
        assert caught.value.exit_code == 2


def test_an_existing_database_is_kept_by_making_it_again(store: Store, key_file: Path) -> None:
    again = new_store(store.url, key_file)
    assert stored(again, "SELECT made_at FROM installation") == stored(store, "SELECT made_at FROM installation")
    assert stored(again, "SELECT count(*) FROM staff") == [1]
    again.close()
    made_at = TRAINING_START
    with pytest.raises(Refused, match="other_kind"):
        create_store(
            store.url, kind=DatabaseKind.PRODUCTION, made_at=made_at, clock_shift=timedelta(0), key_file=key_file
        )


def test_a_production_database_has_no_system_person(empty_url: str, key_file: Path) -> None:
    kind = DatabaseKind.PRODUCTION
    made = create_store(empty_url, kind=kind, made_at=TRAINING_START, clock_shift=timedelta(0), key_file=key_file)
    assert stored(made, "SELECT count(*) FROM staff") == [0]
    assert not made.training
    made.close()


def test_tables_of_somebody_else_are_left_alone(empty_url: str, key_file: Path) -> None:
    engine = make_engine(empty_url)
    if not empty_url.startswith("postgresql"):
        Path(engine.url.database or "").parent.mkdir()
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (id integer)")
    engine.dispose()
    with pytest.raises(Refused, match="not_ours"):
        new_store(empty_url, key_file)
    with pytest.raises(Refused, match="no_database"):
        open_store(empty_url, key_file=key_file)


@pytest.mark.parametrize(
    ("url", "code", "exit_code"),
    [
        ("sqlite:///{folder}/none.db", "no_database", 3),
        ("sqlite:///{folder}/text.db", "not_a_database", 3),
        ("sqlite://", "bad_database_url", 2),
        ("sqlite:///:memory:", "bad_database_url", 2),
        ("mysql://localhost/x", "bad_database_url", 2),
        ("what is this", "bad_database_url", 2),
        ("postgresql://pkui:secret@127.0.0.1:1/pkui", "no_server", 3),
    ],
)
def test_what_cannot_be_opened_is_told_in_words(
    url: str, code: str, exit_code: int, tmp_path: Path, key_file: Path
) -> None:
    (tmp_path / "text.db").write_text("this is no database, " * 100)
    with pytest.raises(PkuiError, match=code) as caught:
        open_store(url.format(folder=tmp_path), key_file=key_file)
    assert caught.value.exit_code == exit_code
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_not_made_one(tmp_path: Path, key_file: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("this is no database, " * 100)
    with pytest.raises(Unreachable):
        new_store(f"sqlite:///{path}", key_file)
    assert path.read_text().startswith("this is no database")
