"""What the chained access log adds to opening a case: the chain's part of the transaction, against the whole."""

from collections.abc import Callable
from functools import partial
from random import Random
from time import process_time_ns

from sqlalchemy.engine import Connection

from pkui.base.clock import TRAINING_START
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import QueueView
from pkui.services.cases import open_case
from pkui.services.demo.build import build_demo
from pkui.services.queue import snapshot
from storage.log_chain import Entry, append
from storage.store import Store, open_store
from tests.benchmarks.databases import desk_of, key_in
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile

NAME = "access_log"
CASES = 300
ASKED = 400
LIMIT_MS = 1.0
"""What the log may add to opening a case, processor time."""


def run(options: Options) -> Table:
    """Measures opening cases, and adding the one row of each to its chain, in the same run."""
    folder = options.scratch / NAME
    folder.mkdir()
    url, key = f"sqlite:///{folder / 'demo.db'}", key_in(folder)
    build_demo(url, cases=options.times(CASES), closed_factor=1, key_file=key, now=TRAINING_START)
    store = open_store(url, key_file=key)
    try:
        desk = desk_of(store)
        numbers = Random(1).choices(snapshot(desk, QueueView.ALL).numbers, k=options.times(ASKED))
        open_case(desk, numbers[0])
        opened = [cpu(partial(open_case, desk, number)) for number in numbers]
        entry = Entry(AccessKind.LOOK_UP, "case", TRAINING_START, desk.person.id, desk.place)
        added = [_added(store, entry) for _ in numbers]
    finally:
        store.close()
    table = Table("The access log", ("what", "times", "p50 ms", "p99 ms", "share of opening"))
    for what, found in (("opening a case, logged", opened), ("the row and its chain", added)):
        table.add(what, len(found), p50(found), percentile(found, 0.99), p50(found) / p50(opened))
    table.expect("added by the log p50 ms", p50(added), LIMIT_MS)
    return table


def _added(store: Store, entry: Entry) -> float:
    """Milliseconds that one row takes inside a transaction that is open already."""
    with store.unit_of_work(writes=True) as connection:
        connection.begin()
        taken = cpu(partial(_append, connection, store.log_key, entry))
        connection.commit()
    return taken


def _append(connection: Connection, key: bytes, entry: Entry) -> None:
    append(connection, key, [entry])


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of one run."""
    start = process_time_ns()
    work()
    return (process_time_ns() - start) / 1e6
