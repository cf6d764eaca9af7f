"""The queue is read through the partial indexes of open cases, however long the history is."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

from pkui.domain.codes import QueueView, Role, Topic
from pkui.services.desk import Desk
from pkui.services.queue import page, snapshot, take_next
from storage.queue import QueueFilter
from storage.store import Store
from tests.conftest import DeskAs
from tests.data.submissions import submission
from tests.services.steps import ALWAYS, send, stored


class Statements:
    """What a block of code asks of the cases."""

    def __init__(self, session_engine: sa.Engine) -> None:
        self.engine = session_engine
        self.seen: list[tuple[str, object]] = []

    def __enter__(self) -> "Statements":
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH")) and "ORDER BY cases.priority_class" in statement:
            self.seen.append((statement, parameters))

    def plans(self) -> list[str]:
        """How the engine would run each of them."""
        with Session(self.engine) as session:
            driver = session.connection().connection.dbapi_connection
            assert driver is not None
            found = []
            for statement, parameters in self.seen:
                cursor = driver.cursor()
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
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
def test_plans_a_server_keeps_read_no_whole_table_once_it_has_counted_the_cases(desk: Desk, desk_as: DeskAs) -> None:
    """A kept plan is made for any value: what decides how few cases are meant has to stand in the statement."""
    send(desk, *(submission(number, call_windows=ALWAYS) for number in range(400)))
    adviser = desk_as(Role.ADVISER)
    for _ in range(150):
        take_next(adviser)
    stored(desk.store, "SELECT 1 FROM pg_stat_reset()")
    with desk.store.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE"))
        connection.commit()
    for _ in range(20):
        take_next(adviser)
    assert _whole_reads(desk.store) == 0


def _whole_reads(store: Store) -> int:
    """How often the server has read the cases from one end to the other since it was asked to count anew."""
    stored(store, "SELECT pg_stat_force_next_flush()")
    (count,) = stored(store, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'cases'")
    return int(count)
