"""Intake: the whole use case in batches and one by one, beside what the plain driver commits."""

import time
from collections.abc import Iterator

from pkui.services.intake import import_all, import_bodies
from storage.store import Store
from tests.benchmarks.databases import desk_of, postgresql, raw_commits_a_second, sqlite
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table
from tests.data.submissions import encoded, submission

NAME = "intake"
BATCHED, SINGLE = 5_000, 500
LEAST_BATCHED, LEAST_SINGLE = 1_000, 150


def run(options: Options) -> Table:
    """Measures both engines; the targets are those of the embedded file."""
    table = Table("Intake, whole use case", ("engine", "how", "cases/s", "ms a case", "x raw commits/s"))
    raw = raw_commits_a_second(options.scratch / "raw.db", options.times(2_000))
    with sqlite(options.scratch / "intake") as store:
        rates = measure(store, options)
    report(table, "SQLite FULL", rates, raw)
    table.expect("ms a case in batches", 1000 / rates["batches of 200"], 1000 / LEAST_BATCHED)
    table.expect("ms a case one by one", 1000 / rates["one by one"], 1000 / LEAST_SINGLE)
    with postgresql(options.scratch / "intake_postgresql") as store:
        report(table, "PostgreSQL", measure(store, options), raw)
    table.notes.append(f"raw: the plain sqlite3 driver commits {raw:,.0f} one-row transactions a second (WAL, FULL)")
    return table


def measure(store: Store, options: Options) -> dict[str, float]:
    """Cases a second by the way they come in."""
    desk = desk_of(store)
    batched, single = options.times(BATCHED), options.times(SINGLE)
    list(import_all(desk, bodies(0, 50)))
    batches = list(bodies(1_000_000, batched))
    start = time.perf_counter()
    assert sum(1 for _ in import_all(desk, iter(batches))) == batched
    in_batches = batched / (time.perf_counter() - start)
    alone = list(bodies(2_000_000, single))
    start = time.perf_counter()
    for body in alone:
        import_bodies(desk, [body])
    return {"batches of 200": in_batches, "one by one": single / (time.perf_counter() - start)}


def bodies(first: int, count: int) -> Iterator[bytes]:
    """Different people's submissions."""
    return (encoded(submission(number)) for number in range(first, first + count))


def report(table: Table, engine: str, rates: dict[str, float], raw: float) -> None:
    """Adds an engine's rows."""
    for how, rate in rates.items():
        table.add(engine, how, rate, 1000 / rate, rate / raw)
