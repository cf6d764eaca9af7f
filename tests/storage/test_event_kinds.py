"""Letting events be of more kinds keeps every event, its number, and what refuses a kind nobody knows."""

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import IntegrityError

from pkui.domain.codes import EventKind
from pkui.services.desk import Desk
from pkui.services.notes import add_note
from storage.engine import make_engine
from storage.migrations.event_kinds import let_events_be
from storage.store import Store
from tests.services.steps import received, stored

KINDS = tuple(kind.value for kind in EventKind)
QUERY = "SELECT id, case_id, at, staff_id, kind, details, reason FROM events ORDER BY id"


def let(store: Store, *kinds: str) -> None:
    """Does what a migration does, with its foreign keys off."""
    engine = make_engine(store.url, foreign_keys=False)
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        let_events_be(kinds)
    engine.dispose()


def test_no_event_is_lost_and_numbers_go_on(desk: Desk, store: Store) -> None:
    numbers = [received(desk, number) for number in (1, 2)]
    before = [str(row) for row in stored(store, QUERY)]
    let(store, *KINDS)
    assert [str(row) for row in stored(store, QUERY)] == before
    add_note(desk, numbers[0], "et notat")
    ids = stored(store, "SELECT id FROM events ORDER BY id")
    assert len(ids) == len(before) + 1
    assert ids == sorted(set(ids))


def test_a_kind_nobody_knows_is_refused(desk: Desk, store: Store) -> None:
    received(desk, 1)
    with pytest.raises(IntegrityError):
        let(store, "closed")
    let(store, *KINDS, "another")
    add = "INSERT INTO events (case_id, at, kind, details) SELECT case_id, at, :kind, details FROM events WHERE id = 1"
    with store.engine.begin() as connection:
        connection.execute(sa.text(add), {"kind": "another"})
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(sa.text(add), {"kind": "nobody knows"})
