"""The supervisor's figures: counting the load, and a proposal over 5,000 held cases and the people who work them."""

from pathlib import Path

import sqlalchemy as sa

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import Role
from pkui.domain.permissions import Grant, Permission, grant
from pkui.services.demo import build_demo
from pkui.services.desk import Desk
from pkui.services.people import list_staff
from pkui.services.rebalance import Goal, Wish, rebalance
from pkui.services.workload import workload
from storage.store import open_store
from tests.benchmarks.bench_rights import LOOP, calibrate
from tests.benchmarks.databases import desk_of, key_in, milliseconds
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, p95

NAME = "workload"
CASES = 5_000
MOST_MS = 2_000


def run(options: Options) -> Table:
    """Measures on an embedded file; the loop is the machine's own speed in the same run."""
    folder = options.scratch / "workload"
    folder.mkdir()
    desk = _held(folder)
    floor = p50(milliseconds(calibrate, 20))
    people = [one for one in list_staff(desk) if _works(one.roles)]
    table = Table(f"The load of {CASES:,} held cases and {len(people)} people", ("what", "p50 ms", "p95 ms", "x loop"))
    times = options.times(10)
    away = Wish(Goal.ABSENT, username=people[0].username, until=TRAINING_START.date())
    for what, work in (
        ("count the load", lambda: workload(desk)),
        ("propose: even out", lambda: rebalance(desk, Wish(Goal.EVEN))),
        ("propose: somebody is away", lambda: rebalance(desk, away)),
    ):
        taken = milliseconds(work, times)
        table.add(what, p50(taken), p95(taken), p50(taken) / floor)
        table.expect(f"{what} p95, ms", p95(taken), MOST_MS)
    moves = len(rebalance(desk, Wish(Goal.EVEN)).moves)
    table.notes += [f"loop: {LOOP:,} additions, {floor:.2f} ms", f"the proposal to even out moves {moves} cases"]
    desk.store.close()
    return table


def _works(roles: frozenset[Role]) -> bool:
    return grant(roles, Permission.WORK_CASES) is not Grant.NO


def _held(folder: Path) -> Desk:
    """A demo office in which every open case is held by somebody, the first people having most."""
    url = f"sqlite:///{folder / 'bench.db'}"
    build_demo(url, cases=CASES, seed=1, key_file=key_in(folder), now=TRAINING_START)
    store = open_store(url, key_file=folder / "pkui.key")
    desk = desk_of(store)
    ids = [one.id.bytes for one in list_staff(desk) if _works(one.roles)]
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        numbers = connection.scalars(sa.text("SELECT queue_number FROM cases WHERE closed_at IS NULL")).all()
        for place, number in enumerate(numbers):
            connection.execute(
                sa.text("UPDATE cases SET assignee_id = :who, state = 'assigned' WHERE queue_number = :number"),
                {"who": ids[(place * place // 7) % len(ids)], "number": number},
            )
    return Desk(store, FrozenClock(TRAINING_START), desk.person)
