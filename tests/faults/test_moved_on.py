"""The schema is moved on while desks are open: they are told to start again, none crashes, and no write is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from pkui.base.errors import PkuiError, Refused
from pkui.domain.codes import QueueView
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from pkui.services.queue import changes_since, rows, snapshot
from storage import schema
from storage.engine import for_writing
from storage.store import Store, open_store
from tests.services.steps import received, stored

NEWER = "9999"


def move_on(store: Store, *changes: str) -> None:
    """What a migration of a later program does: under the lock, in one transaction."""
    with for_writing(store.engine, wait_seconds=schema.WAIT_SECONDS).begin() as connection:
        schema.lock(connection)
        for change in changes:
            connection.execute(sa.text(change))
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :newer"), {"newer": NEWER})


def test_an_open_desk_reads_and_writes_nothing_more_and_is_told_why(desk: Desk) -> None:
    number = received(desk)
    seen = snapshot(desk, QueueView.ALL).change
    move_on(desk.store)
    with pytest.raises(Refused, match="restart_needed") as told:
        changes_since(desk, seen)
    assert told.value.details == {"at": NEWER, "knows": schema.HEAD}
    with pytest.raises(Refused, match="restart_needed"):
        add_note(desk, number, "et notat")
    assert stored(desk.store, "SELECT count(*) FROM notes") == [0]


def test_a_read_that_meets_another_schema_says_so_instead_of_crashing(desk: Desk) -> None:
    received(desk)
    move_on(desk.store, "ALTER TABLE staff RENAME COLUMN name TO full_name")
    with pytest.raises(Refused, match="restart_needed"):
        rows(desk, [1])


@pytest.mark.parametrize("desks", [4, pytest.param(20, marks=pytest.mark.soak)])
def test_desks_at_work_while_it_moves_lose_nothing(desks: int, desk: Desk, key_file: Path) -> None:
    numbers, begun = [received(desk, one) for one in range(desks)], threading.Barrier(desks + 1)

    def work(number: int) -> tuple[int, str]:
        saved, store = 0, open_store(desk.store.url, key_file=key_file)
        mine = Desk(store, desk.clock, desk.person)
        begun.wait()
        try:
            while saved < 10_000:
                add_note(mine, number, f"notat {saved}")
                saved += 1
        except PkuiError as error:
            return saved, error.code
        finally:
            store.close()
        return saved, ""

    with ThreadPoolExecutor(desks) as pool:
        working = [pool.submit(work, number) for number in numbers]
        begun.wait()
        move_on(desk.store, "ALTER TABLE notes ADD COLUMN later_on INTEGER")
        ended = [one.result() for one in working]
    assert {code for _saved, code in ended} == {"restart_needed"}
    assert stored(desk.store, "SELECT count(*) FROM notes") == [sum(saved for saved, _code in ended)]
