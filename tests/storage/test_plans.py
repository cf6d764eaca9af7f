"""The queue is read through the partial indexes of open cases, however long the history is."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.codes import QueueView, Role, Topic
from pkui.services.desk import Desk
from pkui.services.queue import page, snapshot, take_next
from storage.queue import QueueFilter
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import ALWAYS, send, stored

MOST_READ = 20
"""Rows of cases for one that is taken: itself, its person's others, and rows left behind by the takes before."""


class Statements:
    """What a block of code asks of the cases."""

    def __init__(self, session_engine: sa.Engine) -> None:
        self.engine = session_engine
        self.seen: list[str] = []

    def __enter__(self) -> "Statements":
        self._tell(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self._tell(None)

    def _tell(self, whom: Callable[[str], None] | None) -> None:
        """The one connection of the pool tells what it runs, with the values in it."""
        with self.engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.set_trace_callback(whom)

    def _note(self, statement: str) -> None:
        if statement.startswith(("SELECT", "WITH")) and "ORDER BY cases.priority_class" in statement:
            self.seen.append(statement)

    def plans(self) -> list[str]:
        """How the engine would run each of them."""
        with Session(self.engine) as session:
            driver = session.connection().connection.dbapi_connection
            assert driver is not None
            found = []
            for statement in self.seen:
                cursor = driver.cursor()
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
                found.append("\n".join(str(row[3]) for row in cursor.fetchall()))
        return found


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_every_list_is_read_in_order_through_an_index_of_open_cases(desk: Desk, desk_as: DeskAs) -> None:
    send(desk, *(submission(number, call_windows=ALWAYS) for number in range(40)))
    adviser = desk_as(Role.ADVISER)
    with Statements(desk.store.engine) as statements:
        for view in (QueueView.ALL, QueueView.MINE, QueueView.UNASSIGNED):
            snapshot(adviser, view)
        snapshot(adviser, QueueView.ALL, topic=Topic.HEARING_AID)
        page(adviser, QueueFilter(), limit=10)
    plans = statements.plans()
    assert len(plans) == 5
    for plan, index in zip(plans, ("order", "assignee", "(unassigned|assignee)", "topic", "order"), strict=True):
        assert re.search(f"ix_cases_open_{index}", plan), plan
        assert "TEMP B-TREE" not in plan, "read in the index's order, not sorted"


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_the_next_case_is_found_through_an_index_of_open_cases(desk: Desk, desk_as: DeskAs) -> None:
    send(desk, *(submission(number, call_windows=ALWAYS) for number in range(40)))
    adviser = desk_as(Role.ADVISER)
    with Statements(desk.store.engine) as statements:
        take_next(adviser)
    (plan,) = statements.plans()
    assert "ix_cases_open_" in plan


@pytest.mark.parametrize("engine_name", ["postgres"])
def test_taking_the_next_case_reads_few_cases_before_and_after_the_server_has_counted_them(
    desk: Desk, desk_as: DeskAs
) -> None:
    """A plan is kept for any value, and made before there are figures: what makes cases few stands in the statement."""
    send(desk, *(submission(number, call_windows=ALWAYS) for number in range(400)))
    adviser = desk_as(Role.ADVISER)
    assert _cases_read(adviser, 150) < 150 * MOST_READ
    with desk.store.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()
    assert _cases_read(adviser, 30) < 30 * MOST_READ


def _cases_read(desk: Desk, takes: int) -> int:
    """How many rows of cases the server looks at while so many are taken."""
    stored(desk.store, "SELECT pg_stat_force_next_flush()")
    stored(desk.store, "SELECT 1 FROM pg_stat_reset()")
    for _ in range(takes):
        take_next(desk)
    stored(desk.store, "SELECT pg_stat_force_next_flush()")
    query = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'cases'"
    return int(stored(desk.store, query)[0])
