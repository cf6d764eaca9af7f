"""The change number: what twenty desks that ask again and again cost, on both engines."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from time import perf_counter, sleep
from typing import Any

from pkui.domain.codes import QueueView
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.queue import changes_since, snapshot
from storage.store import Store, open_store
from tests.benchmarks.bench_claims import bodies
from tests.benchmarks.databases import desk_of, milliseconds, postgresql, sqlite
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile

NAME = "poll"
DESKS, CASES, SECONDS, EVERY = 20, 6_000, 15, 1.5
ASKED_BEFORE = 8
"""Not counted: a desk asks twenty thousand times a day, and the server keeps its plan after a few."""


def run(options: Options) -> Table:
    """Measures one desk alone, and twenty at an office's pace beside the plain driver at the same pace."""
    table = Table("Change number when nothing happened, whole use case", ("engine", "load", "p50 ms", "p99 ms"))
    engine(table, "SQLite", sqlite(options.scratch / "poll"), options)
    engine(table, "PostgreSQL", postgresql(options.scratch / "poll_postgresql"), options)
    table.notes.append("plain driver: SELECT 1 on an open connection; a machine that has been idle is slow to wake")
    return table


def engine(table: Table, name: str, database: AbstractContextManager[Store], options: Options) -> None:
    """Both loads on one engine."""
    pace = f"{DESKS} desks, every {EVERY} s"
    with database as store:
        desk = desk_of(store)
        list(import_all(desk, bodies(options.times(CASES))))
        mark = snapshot(desk, QueueView.ALL).change
        alone = milliseconds(lambda: changes_since(desk, mark), options.times(2_000))
        table.add(name, "one desk", p50(alone), percentile(alone, 0.99))
        key = options.scratch / ("poll" if name == "SQLite" else "poll_postgresql") / "pkui.key"
        stores = [open_store(store.url, key_file=key) for _ in range(DESKS)]
        desks = [Desk(one, desk.clock, desk.person) for one in stores]
        together = at_pace([partial(changes_since, one, mark) for one in desks])
        with ExitStack() as open_ones:
            drivers = [open_ones.enter_context(one.engine.connect()).connection.cursor() for one in stores]
            plain = at_pace([partial(answer, one) for one in drivers])
        for one in stores:
            one.close()
        table.add(name, pace, p50(together), percentile(together, 0.99))
        table.add(name, f"plain driver, {pace}", p50(plain), percentile(plain, 0.99))
        table.expect(f"{name} p50 ms, one desk", p50(alone), 1)
        table.expect(f"{name} p50 ms, {DESKS} desks", p50(together), 1)


def answer(cursor: Any) -> None:
    """The least that can be asked."""
    cursor.execute("SELECT 1")
    cursor.fetchone()


def at_pace(questions: Sequence[Callable[[], object]]) -> list[float]:
    """Every desk asks at its own instants; milliseconds of each question."""
    with ThreadPoolExecutor(DESKS) as pool:
        asked = pool.map(lambda one: ask(one[1], one[0]), enumerate(questions))
        return [taken for one in asked for taken in one]


def ask(question: Callable[[], object], place: int) -> list[float]:
    """One desk's questions, milliseconds each; the desks do not ask at the same instant."""
    for _ in range(ASKED_BEFORE):
        question()
    sleep(EVERY * place / DESKS)
    taken = []
    for _ in range(int(SECONDS / EVERY)):
        begun = perf_counter()
        question()
        taken.append((perf_counter() - begun) * 1000)
        sleep(EVERY)
    return taken
