"""Taking the next case: twenty processes at full speed and at an office's pace, on both engines."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from pkui.domain.codes import Role
from pkui.services.intake import import_all
from storage.store import Store
from tests import claims
from tests.benchmarks.databases import desk_of, postgresql, raw_commits_a_second, sqlite
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile
from tests.conftest import hire
from tests.data.submissions import encoded, submission
from tests.services.steps import ALWAYS

NAME = "claims"
DESKS, CASES, SECONDS = 20, 6_000, 10
ONE_DESK = 300


class Target(NamedTuple):
    """What an engine must reach: cases a second, p99 in ms, and the slowest desk's share of the mean."""

    rate: float
    p99: float
    share: float


def run(options: Options) -> Table:
    """Measures and holds the figures against the targets."""
    columns = ("engine", "load", "cases", "cases/s", "p50 ms", "p99 ms", "max ms", "slowest desk", "doubles")
    table = Table(f"Take next, whole use case, {DESKS} processes", columns)
    raw = raw_commits_a_second(options.scratch / "raw_claims.db", options.times(2_000))
    engine(table, "SQLite FULL", sqlite(options.scratch / "claims"), Target(200, 500, 0.2), options)
    engine(table, "PostgreSQL", postgresql(options.scratch / "claims_postgresql"), Target(500, 100, 0.0), options)
    table.notes.append(f"raw: the plain sqlite3 driver commits {raw:,.0f} one-row transactions a second (WAL, FULL)")
    table.notes.append("slowest desk: its cases as a share of the mean; office load: each desk once a second")
    return table


def engine(table: Table, name: str, database: AbstractContextManager[Store], target: Target, options: Options) -> None:
    """One desk alone, all at full speed, all at an office's pace."""
    cases, seconds = options.times(CASES), options.times(SECONDS)
    with database as store:
        desk = desk_of(store)
        list(import_all(desk, bodies(cases + ONE_DESK + DESKS * seconds)))
        names = [f"desk{number}" for number in range(DESKS)]
        for one in names:
            hire(store, one, (Role.ADVISER,), ("general",))
        key = Path(store.engine.url.database or "").parent / "pkui.key"
        key = key if key.exists() else options.scratch / "claims_postgresql" / "pkui.key"
        alone = claims.run(store.url, key, names[:1], most=ONE_DESK)
        report(table, name, "one desk", alone)
        office = claims.run(store.url, key, names, most=seconds, pause=1.0)
        p99 = report(table, name, "office", office)[1]
        table.expect(f"{name} office load p99 ms", p99, 50)
        rate, p99, share = report(table, name, "full speed", claims.run(store.url, key, names))
        table.expect(f"{name} ms a case", 1000 / rate, 1000 / target.rate)
        table.expect(f"{name} p99 ms", p99, target.p99)
        table.expect(
            f"{name} 1 / slowest desk's share", 1 / max(share, 0.001), 1 / target.share if target.share else 1e9
        )


def bodies(count: int) -> Iterator[bytes]:
    """Different people's submissions, callable at any hour."""
    return (encoded(submission(number, call_windows=ALWAYS)) for number in range(count))


def report(table: Table, name: str, load: str, dealt: list[claims.Claims]) -> tuple[float, float, float]:
    """Adds a row; returns cases a second, p99 in ms and the slowest desk's share of the mean."""
    numbers = [number for one in dealt for number in one.numbers]
    times = [second * 1000 for one in dealt for second in one.seconds]
    rate = len(times) / max(one.lasted for one in dealt)
    share = min(len(one.numbers) for one in dealt) / (len(numbers) / len(dealt))
    p99, doubles = percentile(times, 0.99), len(numbers) - len(set(numbers))
    table.add(name, load, len(numbers), rate, p50(times), p99, max(times), share, doubles)
    table.expect(f"{name} {load} doubles", doubles, 0)
    return rate, p99, share
