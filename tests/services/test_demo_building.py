"""Building the training database: on both engines, broken off, again, from a seed, at another time, elsewhere."""

import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from pkui.base.errors import BadInput, Refused, Unreachable
from pkui.domain.codes import DatabaseKind, QueueView, ReceiptStatus, Topic
from pkui.services.demo import DemoResult, build_demo, reset_demo
from pkui.services.intake import import_bodies
from pkui.services.queue import snapshot, take_next
from storage.intake import BODY
from storage.metadata import metadata
from storage.store import SYSTEM_USERNAME, create_store, open_store
from storage.tables.intake import IntakeReceipt
from storage.tables.records import Event
from tests.services.test_demo import START, desk_of, holders, open_cases
from tests.services.test_demo import folder as folder

SEALED = ("identifier_sealed", "body_sealed", "mac", "end_mac")


def test_both_engines_hold_the_demo_and_its_desks_work(empty_url: str, key_file: Path) -> None:
    told: list[tuple[int, int]] = []
    made = build_demo(
        empty_url, cases=60, closed_factor=1, key_file=key_file, progress=lambda done, of: told.append((done, of))
    )
    assert made == DemoResult(open=60, closed=60, staff=24, services=214)
    assert told == [(120, 120)]
    store = open_store(empty_url, key_file=key_file)
    try:
        assert store.training
        shown = snapshot(desk_of(store, "anna"), QueueView.ALL)
        assert len(shown.numbers) == shown.open_total == 60
        assert shown.parked == 5
        assert take_next(desk_of(store, "bo"), callable_only=False).record.topic is Topic.MAXIMUM_WAITING_TIME
    finally:
        store.close()
    with pytest.raises(Refused, match="holds_data"):
        build_demo(empty_url, cases=60, key_file=key_file)
    reset_demo(empty_url)
    assert build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file).open == 20


def test_a_demo_that_is_broken_off_leaves_nothing_half_made(empty_url: str, key_file: Path) -> None:
    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file, progress=interrupt)
    assert build_demo(empty_url, cases=20, closed_factor=0, key_file=key_file).open == 20


def test_a_small_demo_keeps_half_of_its_cases_free(folder: Path) -> None:
    url = f"sqlite:///{folder / 'small.db'}"
    build_demo(url, cases=60, closed_factor=0, key_file=folder / "pkui.key")
    store = open_store(url, key_file=folder / "pkui.key")
    with store.reading() as session:
        assert 14 <= sum(holders(session).values()) <= 30
    store.close()


def test_the_same_seed_gives_the_same_data_and_another_seed_does_not(folder: Path) -> None:
    contents = []
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        url = f"sqlite:///{folder / name}.db"
        build_demo(url, cases=20, closed_factor=1, seed=seed, key_file=folder / "pkui.key")
        contents.append(readable(folder / f"{name}.db"))
    assert contents[0] == contents[1]
    assert contents[0]["cases"] != contents[2]["cases"]


def readable(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but what is drawn anew by design.

    That is: the installation's instant, the system person, sealed or signed bytes, keys of parked receipts and writes.
    """
    with sqlite3.connect(path) as database:
        found = {}
        for table in metadata.sorted_tables:
            names = [column.name for column in table.columns if column.name not in SEALED]
            if table.name == "intake_receipts":
                names.remove("id")
            rows = database.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()  # table names are ours
            found[table.name] = sorted(rows, key=repr)
        system = database.execute("SELECT id FROM staff WHERE username = ?", [SYSTEM_USERNAME]).fetchone()[0]
    del found["installation"], found["write_keys"]
    return {table: [row for row in rows if system not in row] for table, rows in found.items()}


def test_a_body_sent_again_is_recognised(folder: Path, demo_template: Path) -> None:
    shutil.copyfile(demo_template, folder / "replay.db")
    store = open_store(f"sqlite:///{folder / 'replay.db'}", key_file=folder / "pkui.key")
    with store.reading() as session:
        receipts = list(session.scalars(select(IntakeReceipt).where(col(IntakeReceipt.case_id).is_not(None))))
        numbers = {case.id: case.queue_number for case in open_cases(session)}
    answers = import_bodies(
        desk_of(store, "pia"), [store.cipher.open(BODY, receipt.body_sealed) for receipt in receipts]
    )
    assert {answer.status for answer in answers} == {ReceiptStatus.REPLAYED}
    assert [answer.queue_number for answer in answers] == [numbers[one.case_id] for one in receipts if one.case_id]
    store.close()


@pytest.mark.parametrize("now", ["2026-11-23T08:00:00+01:00", "2026-11-21T12:00:00+01:00", "2027-03-29T23:30:00+02:00"])
def test_a_frozen_clock_moves_everything(folder: Path, now: str) -> None:
    start = datetime.fromisoformat(now)
    url = f"sqlite:///{folder / str(start.timestamp())}.db"
    build_demo(url, cases=40, closed_factor=1, key_file=folder / "pkui.key", now=start)
    store = open_store(url, key_file=folder / "pkui.key")
    with store.reading() as session:
        newest = session.scalar(sa.select(sa.func.max(col(Event.at))))
        assert newest and newest <= start
        assert max(case.registered_at for case in open_cases(session)) > start - timedelta(hours=2)
    store.close()


def test_a_database_of_another_kind_is_left_alone(empty_url: str, key_file: Path) -> None:
    create_store(
        empty_url,
        kind=DatabaseKind.PRODUCTION,
        made_at=START,
        clock_shift=timedelta(0),
        key_file=key_file,
    ).close()
    with pytest.raises(Refused, match="not_training"):
        build_demo(empty_url, cases=1, key_file=key_file)
    with pytest.raises(Refused, match="not_training"):
        reset_demo(empty_url)
    open_store(empty_url, key_file=key_file).close()


def test_another_programs_tables_are_left_alone(tmp_path: Path, key_file: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE theirs (id INTEGER)")
    url = f"sqlite:///{path}"
    for attempt in (lambda: build_demo(url, cases=1, key_file=key_file), lambda: reset_demo(url)):
        with pytest.raises(Refused, match="not_ours"):
            attempt()
    path.write_bytes(b"no database at all, just text that is long enough to be read as a page of one" * 20)
    with pytest.raises(Unreachable, match="not_a_database"):
        reset_demo(f"sqlite:///{path}")


def test_resetting_where_there_is_nothing_does_nothing(tmp_path: Path) -> None:
    reset_demo(f"sqlite:///{tmp_path / 'none.db'}")
    assert list(tmp_path.iterdir()) == []


def test_no_cases_at_all_is_bad_input(tmp_path: Path, key_file: Path) -> None:
    with pytest.raises(BadInput, match="bad_number_of_cases"):
        build_demo(f"sqlite:///{tmp_path / 'none.db'}", cases=0, key_file=key_file)
