"""Growth on PostgreSQL: a long history and fifty desks, what a desk reads and how it takes the next case."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from time import perf_counter

from pkui.base.errors import Refused
from pkui.domain.codes import QueueView, Role
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.notes import add_note
from pkui.services.queue import changes_since, page, rows, snapshot
from pkui.services.search import find_cases
from storage.engine import make_engine
from storage.queue import QueueFilter
from storage.store import Store
from tests import claims
from tests.benchmarks import history
from tests.benchmarks.bench_claims import bodies
from tests.benchmarks.databases import desk_of, milliseconds, postgresql
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile
from tests.conftest import hire

NAME = "growth"
OPEN, FEW, MANY, MANY_QUICK = 6_000, 50_000, 5_000_000, 500_000
DESKS, PAGE = 50, 50
OFFICE_CASES, FAST_CASES = 10, 40
"""How many cases a desk takes at an office's pace, and at full speed."""
SERVER = {"shared_buffers": "1GB", "max_wal_size": "8GB", "maintenance_work_mem": "512MB"}
"""What a server for such a history is given; everything else as PostgreSQL comes."""
BOUNDED = ("page of the list", "whole order", "change number", "open a case", "save a note")
"""What must not grow with the history."""
SEARCHES = {
    "rare name": history.RARE,
    "two names": "mette kjær",
    "common name": "møller",
    "one letter": "m",
    "no such name": "xyz",
    "two that never meet": f"{history.RARE} åkjær",
    "telephone": "20007919",
    "case number": "2016-0000077",
}
SEARCH_MS = 150.0


def run(options: Options) -> Table:
    """Measures a short and a long history, and holds one against the other."""
    many = options.cases or (MANY_QUICK if options.quick else MANY)
    table = Table(
        f"Growth, {OPEN:,} open, PostgreSQL, whole use case", ("closed", "what", "p50 ms", "p99 ms", "a second")
    )
    found = {}
    for count in (FEW, many):
        folder = options.scratch / f"growth_{count}"
        with postgresql(folder, **SERVER) as store:
            fill(table, store, count)
            found[count] = measure(store, options)
            for what, times in found[count].items():
                table.add(count, what, p50(times), percentile(times, 0.99), "-")
            deal(table, store, folder / "pkui.key", count, "office, 1/s each", OFFICE_CASES, 1.0)
            deal(table, store, folder / "pkui.key", count, "full speed", FAST_CASES, 0.0)
    ratios = {what: p50(found[many][what]) / p50(found[FEW][what]) for what in found[FEW]}
    table.notes.append(f"{many:,} / {FEW:,}: " + ", ".join(f"{what} {value:.2f}" for what, value in ratios.items()))
    for what in BOUNDED:
        table.expect(f"{what}, {many:,} / {FEW:,}", ratios[what], 1.5)
    for what in SEARCHES:
        table.expect(f"search {what} p50 ms", p50(found[many][f"search, {what}"]), SEARCH_MS)
    return table


def fill(table: Table, store: Store, count: int) -> None:
    """The closed cases from the server's own hand, then the open ones through intake as they come."""
    begun = perf_counter()
    worked = hire(store, "history", (Role.ADVISER,), ("general",))
    history.fill(store.url, count, worked.id)
    filled = perf_counter()
    coming = OPEN + DESKS * (OFFICE_CASES + FAST_CASES + 2)
    list(import_all(desk_of(store), bodies(coming)))
    rate = coming / (perf_counter() - filled)
    engine = make_engine(store.url, in_a_hurry=False)
    history.settle(engine)
    with engine.connect() as connection:
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    engine.dispose()
    table.notes.append(f"{count:,} closed: {size / 2**30:.1f} GiB, written in {filled - begun:.0f} s")
    table.add(count, "intake, batches of 200", "-", "-", rate)


def measure(store: Store, options: Options) -> dict[str, list[float]]:
    """Milliseconds of what a desk does all day."""
    desk, times = desk_of(store), options.times(200)
    seen, few = snapshot(desk, QueueView.ALL), max(3, times // 10)
    what = {
        "change number": milliseconds(lambda: changes_since(desk, seen.change), times),
        "page of the list": milliseconds(lambda: rows(desk, seen.numbers[:PAGE]), times),
        "page of a command": milliseconds(lambda: page(desk, QueueFilter(), limit=PAGE), times),
        "whole order": milliseconds(lambda: snapshot(desk, QueueView.ALL), few),
        "list narrowed by a common name": milliseconds(lambda: snapshot(desk, QueueView.ALL, text="møll"), few),
        "list narrowed by one letter": milliseconds(lambda: snapshot(desk, QueueView.ALL, text="m"), few),
        "open a case": milliseconds(lambda: open_case(desk, seen.numbers[0]), times),
        "open a closed case": milliseconds(lambda: open_case(desk, 77), times),
        "save a note": milliseconds(lambda: note(desk, seen.numbers[0]), few),
    }
    return what | {f"search, {name}": milliseconds(partial(find, desk, text), few) for name, text in SEARCHES.items()}


def find(desk: Desk, text: str) -> None:
    """A search over everything."""
    with suppress(Refused):
        find_cases(desk, text)


def note(desk: Desk, number: int) -> None:
    """A note of ordinary length."""
    add_note(desk, number, "Talte med afdelingen; de ringer til patienten i morgen mellem 9 og 11.")


def deal(table: Table, store: Store, key: Path, count: int, load: str, most: int, pause: float) -> None:
    """Fifty processes take the next case."""
    names = [f"{'desk' if pause else 'fast'}{number}" for number in range(DESKS)]
    for one in names:
        hire(store, one, (Role.ADVISER,), ("general",))
    dealt = claims.run(store.url, key, names, most=most, pause=pause)
    numbers = [number for one in dealt for number in one.numbers]
    times = [second * 1000 for one in dealt for second in one.seconds]
    rate = len(times) / max(one.lasted for one in dealt)
    table.add(count, f"take next, {DESKS} desks, {load}", p50(times), percentile(times, 0.99), rate)
    table.expect(f"doubles, {load}", len(numbers) - len(set(numbers)), 0)
