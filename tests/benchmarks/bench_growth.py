"""Growth on PostgreSQL: a long history and fifty desks, what a desk reads and how it takes the next case."""

import sqlalchemy as sa

from pkui.domain.codes import QueueView, Role
from pkui.services.cases import open_case
from pkui.services.desk import Desk
from pkui.services.intake import import_all
from pkui.services.notes import add_note
from pkui.services.queue import changes_since, page, rows, snapshot
from storage.engine import make_engine
from storage.queue import QueueFilter
from storage.store import Store
from tests import claims
from tests.benchmarks.bench_claims import bodies
from tests.benchmarks.databases import desk_of, milliseconds, postgresql
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile
from tests.conftest import hire

NAME = "growth"
OPEN, FEW, MANY, MANY_QUICK = 6_000, 50_000, 5_000_000, 500_000
DESKS, SECONDS, PAGE = 50, 10, 50
ROWS_AT_ONCE = 250_000

CLOSED = {
    "id": "gen_random_uuid()",
    "queue_number": "n.number",
    "case_number": "'2026-' || n.number",
    "patient_id": "(SELECT patient_id FROM cases WHERE queue_number = 1 + n.number % 6000)",
    "state": "'closed'",
    "closed_at": "c.registered_at",
    "answered_at": "c.registered_at",
    "outcome": "'advised'",
}


def run(options: Options) -> Table:
    """Measures a short and a long history, and holds one against the other."""
    many = options.cases or (MANY_QUICK if options.quick else MANY)
    table = Table(
        f"Growth, {OPEN:,} open, PostgreSQL, whole use case", ("cases", "what", "p50 ms", "p99 ms", "a second")
    )
    found = {}
    for count in (FEW, many):
        folder = options.scratch / f"growth_{count}"
        with postgresql(folder) as store:
            fill(store, count)
            found[count] = measure(store, options)
            for what, times in found[count].items():
                table.add(count, what, p50(times), percentile(times, 0.99), "-")
            for load, pause in (("office, 1/s each", 1.0), ("full speed", 0.0)):
                deal(table, store, count, load, pause, options)
    ratios = {what: p50(found[many][what]) / p50(found[FEW][what]) for what in found[FEW]}
    table.notes.append(f"{many:,} / {FEW:,}: " + ", ".join(f"{what} {value:.2f}" for what, value in ratios.items()))
    for what in ("page of the list", "whole order", "change number"):
        table.expect(f"{what}, {many:,} / {FEW:,}", ratios[what], 1.5)
    return table


def fill(store: Store, count: int) -> None:
    """Open cases through intake, and closed ones copied from the first of them, as the server makes them."""
    seconds = SECONDS + 1
    list(import_all(desk_of(store), bodies(OPEN + 2 * DESKS * seconds)))
    # Filling takes longer than a desk would wait.
    engine = make_engine(store.url, in_a_hurry=False)
    with engine.connect() as connection:
        columns = [row["name"] for row in sa.inspect(connection).get_columns("cases")]
        begin = (connection.scalar(sa.text("SELECT max(queue_number) FROM cases")) or 0) + 1
    values = ", ".join(CLOSED.get(column, f"c.{column}") for column in columns)
    for first in range(begin, count + 1, ROWS_AT_ONCE):
        last = min(first + ROWS_AT_ONCE - 1, count)
        with engine.begin() as connection:
            connection.execution_options(no_parameters=True).exec_driver_sql(
                f"INSERT INTO cases ({', '.join(columns)}) SELECT {values} "
                f"FROM generate_series({first}, {last}) n(number) JOIN cases c ON c.queue_number = 1"
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def measure(store: Store, options: Options) -> dict[str, list[float]]:
    """Milliseconds of what a desk does all day."""
    desk, times = desk_of(store), options.times(200)
    seen = snapshot(desk, QueueView.ALL)
    return {
        "change number": milliseconds(lambda: changes_since(desk, seen.change), times),
        "page of the list": milliseconds(lambda: rows(desk, seen.numbers[:PAGE]), times),
        "page of a command": milliseconds(lambda: page(desk, QueueFilter(), limit=PAGE), times),
        "whole order": milliseconds(lambda: snapshot(desk, QueueView.ALL), max(3, times // 5)),
        "open a case": milliseconds(lambda: open_case(desk, seen.numbers[0]), times),
        "save a note": milliseconds(lambda: note(desk, seen.numbers[0]), max(3, times // 5)),
    }


def note(desk: Desk, number: int) -> None:
    """A note of ordinary length."""
    add_note(desk, number, "Talte med afdelingen; de ringer til patienten i morgen mellem 9 og 11.")


def deal(table: Table, store: Store, count: int, load: str, pause: float, options: Options) -> None:
    """Fifty processes take the next case."""
    names = [f"{'desk' if pause else 'fast'}{number}" for number in range(DESKS)]
    for one in names:
        hire(store, one, (Role.ADVISER,), ("general",))
    key = options.scratch / f"growth_{count}" / "pkui.key"
    dealt = claims.run(store.url, key, names, most=SECONDS, pause=pause)
    numbers = [number for one in dealt for number in one.numbers]
    times = [second * 1000 for one in dealt for second in one.seconds]
    rate = len(times) / max(one.lasted for one in dealt)
    table.add(count, f"take next, {DESKS} desks, {load}", p50(times), percentile(times, 0.99), rate)
    table.expect(f"doubles, {load}", len(numbers) - len(set(numbers)), 0)
