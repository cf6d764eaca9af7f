"""The queue over a long history: a page and the whole order with 6,000 open of 50,000 and of 5,000,000 cases."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pkui.domain.codes import QueueView
from pkui.services.intake import import_all
from pkui.services.queue import page, rows, snapshot
from storage.engine import sqlite_path
from storage.queue import QueueFilter, read_rows
from storage.store import Store
from tests.benchmarks.databases import desk_of, milliseconds, sqlite
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, p95
from tests.data.submissions import encoded, submission

NAME = "storage"
OPEN, FEW, MANY, MANY_QUICK = 6_000, 50_000, 5_000_000, 500_000
PAGE = 50

RAW = """
    SELECT c.id, c.queue_number, c.case_number, c.priority_class, c.due_at, c.why, c.topic, c.state, c.received_at,
           p.name, p.protected, s.name
    FROM cases c JOIN patients p ON p.id = c.patient_id LEFT JOIN staff s ON s.id = c.assignee_id
    WHERE c.closed_at IS NULL ORDER BY c.priority_class, c.due_at, c.queue_number LIMIT 50
"""
RAW_WINDOWS = "SELECT * FROM call_windows WHERE case_id IN (%s) ORDER BY weekday, starts"
RAW_AWAY = "SELECT * FROM unavailable_periods WHERE case_id IN (%s) ORDER BY first_day"
CLOSED = {
    "id": "randomblob(16)",
    "queue_number": "n.number",
    "case_number": "'2026-' || n.number",
    "patient_id": "(SELECT patient_id FROM cases WHERE queue_number = 1 + n.number % 6000)",
    "state": "'closed'",
    "closed_at": "c.registered_at",
    "answered_at": "c.registered_at",
    "outcome": "'advised'",
}


def run(options: Options) -> Table:
    """Measures both sizes and holds one against the other, and against the plain driver."""
    many = MANY_QUICK if options.quick else MANY
    columns = ("cases", "what", "p50 ms", "p95 ms", "x raw page")
    table = Table(f"Queue over history, {OPEN:,} open, SQLite, whole use case", columns)
    found = {}
    for count in (FEW, many):
        with sqlite(options.scratch / f"history_{count}") as store:
            fill(store, count)
            found[count] = measure(store, options)
    for count, figures in found.items():
        for what, times in figures.items():
            table.add(count, what, p50(times), p95(times), p50(times) / p50(figures["raw page"]))
    ratio = {what: p50(found[many][what]) / p50(found[FEW][what]) for what in found[FEW]}
    table.notes.append(f"{many:,} / {FEW:,}: " + ", ".join(f"{what} {value:.2f}" for what, value in ratio.items()))
    table.expect(f"page, {many:,} / {FEW:,}", ratio["page of the list"], 1.5)
    table.expect("page, x raw sqlite3", p50(found[many]["rows of a page"]) / p50(found[many]["raw page"]), 5)
    return table


def fill(store: Store, count: int) -> None:
    """Open cases through intake, and closed ones copied from the first of them by the plain driver."""
    list(import_all(desk_of(store), (encoded(submission(number)) for number in range(OPEN))))
    path = sqlite_path(store.engine)
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-400000")
        columns = [row[1] for row in database.execute("PRAGMA table_info(cases)")]
        values = ", ".join(CLOSED.get(column, f"c.{column}") for column in columns)
        database.execute(
            f"WITH RECURSIVE n(number) AS "
            f"(SELECT {OPEN + 1} UNION ALL SELECT number + 1 FROM n WHERE number < {count}) "
            f"INSERT INTO cases ({', '.join(columns)}) SELECT {values} FROM n JOIN cases c ON c.queue_number = 1"
        )
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def measure(store: Store, options: Options) -> dict[str, list[float]]:
    """Milliseconds of each kind of read."""
    desk, times = desk_of(store), options.times(60)
    path = sqlite_path(store.engine)
    numbers = snapshot(desk, QueueView.ALL).numbers
    assert path is not None and len(numbers) == OPEN
    return {
        "raw page": raw(path, times),
        "rows of a page": milliseconds(lambda: stored_rows(store, numbers[:PAGE]), times),
        "page of the list": milliseconds(lambda: rows(desk, numbers[:PAGE]), times),
        "page of a command": milliseconds(lambda: page(desk, QueueFilter(), limit=PAGE), times),
        "whole order": milliseconds(lambda: snapshot(desk, QueueView.ALL), times),
        "ring now": milliseconds(lambda: snapshot(desk, QueueView.RING_NOW), times),
        "search": milliseconds(lambda: snapshot(desk, QueueView.ALL, text="lauri"), times),
    }


def stored_rows(store: Store, numbers: list[int]) -> None:
    """The rows of a page as storage gives them, before the calendar is asked."""
    with store.reading() as session:
        read_rows(session, numbers)


def raw(path: Path, times: int) -> list[float]:
    """The same three reads of a page by the plain driver, values as they come."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:

        def read() -> None:
            ids = [row[0] for row in database.execute(RAW).fetchall()]
            asked = ", ".join("?" * len(ids))
            for statement in (RAW_WINDOWS, RAW_AWAY):
                database.execute(statement % asked, ids).fetchall()

        return milliseconds(read, times)
