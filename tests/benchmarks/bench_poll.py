"""The change number: what twenty desks that ask again and again cost, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from time import perf_counter, sleep

from pkui.domain.codes import QueueView
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.queue import changes_since, snapshot
from storage.changes import ChangeMark
from storage.store import Store, open_store
from tests.benchmarks.bench_claims import bodies
from tests.benchmarks.databases import desk_of, milliseconds, postgresql, sqlite
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile

NAME = "poll"
DESKS, CASES, SECONDS, EVERY = 20, 6_000, 10, 1.5


def run(options: Options) -> Table:
    """Measures one desk alone, and twenty at an office's pace."""
    table = Table("Change number when nothing happened, whole use case", ("engine", "load", "p50 ms", "p99 ms"))
    engine(table, "SQLite", sqlite(options.scratch / "poll"), options)
    engine(table, "PostgreSQL", postgresql(options.scratch / "poll_postgresql"), options)
    return table


def engine(table: Table, name: str, database: AbstractContextManager[Store], options: Options) -> None:
    """Both loads on one engine."""
    with database as store:
        desk = desk_of(store)
        list(import_all(desk, bodies(options.times(CASES))))
        mark = snapshot(desk, QueueView.ALL).change
        alone = milliseconds(lambda: changes_since(desk, mark), options.times(2_000))
        table.add(name, "one desk", p50(alone), percentile(alone, 0.99))
        key = options.scratch / ("poll" if name == "SQLite" else "poll_postgresql") / "pkui.key"
        stores = [open_store(store.url, key_file=key) for _ in range(DESKS)]
        with ThreadPoolExecutor(DESKS) as pool:
            asked = pool.map(lambda one: ask(Desk(one[1], desk.clock, desk.person), mark, one[0]), enumerate(stores))
            together = [taken for one in asked for taken in one]
        for one in stores:
            one.close()
        table.add(name, f"{DESKS} desks, every {EVERY} s", p50(together), percentile(together, 0.99))
        table.expect(f"{name} p50 ms, one desk", p50(alone), 1)
        table.expect(f"{name} p50 ms, {DESKS} desks", p50(together), 1)


def ask(desk: Desk, mark: ChangeMark, place: int) -> list[float]:
    """One desk's questions, milliseconds each; the desks do not ask at the same instant."""
    sleep(EVERY * place / DESKS)
    taken = []
    for _ in range(int(SECONDS / EVERY)):
        begun = perf_counter()
        changes_since(desk, mark)
        taken.append((perf_counter() - begun) * 1000)
        sleep(EVERY)
    return taken
