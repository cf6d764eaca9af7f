"""Free times for a case in a demo office whose next five days are planned full, against a plain read of one case."""

import gc
from collections.abc import Callable
from functools import partial
from random import Random
from time import process_time_ns

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import QueueView
from pkui.services.callbacks import booking_of, free
from pkui.services.callbacks_apply import apply
from pkui.services.callbacks_plan import plan
from pkui.services.demo.build import build_demo
from pkui.services.queue import snapshot
from storage.store import open_store
from tests.benchmarks.databases import desk_of, key_in
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile

NAME = "booking"
CASES = 1_200
ASKED = 400
LIMIT_MS = 50.0
"""Free times at the 99th percentile, processor time."""


def run(options: Options) -> Table:
    """Measures both and holds free times against their target; collected as the workbench does, garbage stays put."""
    folder = options.scratch / NAME
    folder.mkdir()
    url, key = f"sqlite:///{folder / 'demo.db'}", key_in(folder)
    build_demo(url, cases=options.times(CASES), key_file=key, now=TRAINING_START)
    store = open_store(url, key_file=key)
    try:
        desk = desk_of(store)
        applied = apply(desk, plan(desk, seconds=3.0))
        numbers = snapshot(desk, QueueView.ALL).numbers
        chosen = Random(1).choices(numbers, k=options.times(ASKED))
        free(desk, chosen[0])
        gc.collect()
        gc.freeze()
        read = [cpu(partial(booking_of, desk, number)) for number in chosen]
        times = [cpu(partial(free, desk, number)) for number in chosen]
    finally:
        gc.unfreeze()
        store.close()
    table = Table("Free times for a call", ("what", "cases", "booked", "p50 ms", "p99 ms", "ratio to a read"))
    for what, found in (("a read of one booking", read), ("free times", times)):
        ratio = p50(found) / p50(read)
        table.add(what, len(found), applied.done, p50(found), percentile(found, 0.99), ratio)
    table.expect("free times p99 ms", percentile(times, 0.99), LIMIT_MS)
    return table


def cpu(work: Callable[[], object]) -> float:
    """Milliseconds of processor time of one run."""
    start = process_time_ns()
    work()
    return (process_time_ns() - start) / 1e6
