"""The planner on a folder of instances (`--data`), or on offices made up here: worth beside bound, time and memory.

Each instance is solved by `callbacks solve` in a process of its own and checked by the tests' validator. Then the five
best times for every call on a full calendar, and the repair after one and three advisers' absence.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Confirmed, Wall
from pkui.domain.callbacks.reading import read_instance
from pkui.domain.callbacks.repair import MoveReason, Repair, place_of, repair
from pkui.domain.callbacks.slots import OfficeCalendar
from tests.benchmarks.options import Options
from tests.benchmarks.tables import Table, p50, percentile
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import objective, violations

NAME = "callbacks"
SECONDS = ((300, 2), (1500, 5), (100_000, 10))
OVER_BOUND = {5: 1.07, 10: 1.025}
BEST_KNOWN = "best_known.json"
MADE_UP = ((50, 3, 3), (300, 8, 5), (1500, 14, 8))
DAYS_AGREED = 3
REPAIR_SECONDS = 1.5
MEBIBYTE = 1024
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@dataclass
class Solved:
    """A plan, how long the whole process took (s), its processor time (s) and its peak memory (MiB)."""

    plan: dict[str, Any]
    wall: float
    cpu: float
    peak: float


def run(options: Options) -> Table:
    """Measures and holds the figures against the targets."""
    table = Table(
        "Callbacks: class 1 late and weighted tardiness (WT) by `callbacks solve`",
        ("instance", "calls", "limit s", "c1 late", "c1 bound", "WT", "WT bound", "WT/bound", "WT/best known", "wall s",
         "cpu s", "MiB", "violations"),
    )  # fmt: skip
    instances = sorted(options.data.glob("s*.json")) if options.data else _made_up(options.scratch)
    known = _best_known(options.data)
    for path in instances:
        document = json.loads(path.read_text("utf-8"))
        seconds = next(seconds for most, seconds in SECONDS if len(document["cases"]) <= most)
        solved = solve(path, seconds)
        _row(table, document, solved, seconds, known.get(path.stem))
        _slots(table, document, solved.plan)
        if path.stem.startswith(("s1500", "made_up_1500")):
            for away in (1, 3):
                _repaired(table, document, solved.plan, away)
    return table


def solve(path: Path, seconds: int) -> Solved:
    """Runs the command and waits for it, with what it used."""
    command = [sys.executable, "-m", "pkui", "callbacks", "solve", str(path), "--seconds", str(seconds), "--json"]
    begun = perf_counter()
    # A small process in between: a child's peak memory counts that of the process it was forked from.
    run = subprocess.run([sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=True)
    wall = perf_counter() - begun
    cpu, peak = run.stderr.split()
    return Solved(json.loads(run.stdout), wall, float(cpu), int(peak) / MEBIBYTE)


def _row(table: Table, document: dict[str, Any], solved: Solved, seconds: int, best: float | None) -> None:
    broken, worth = violations(document, solved.plan), objective(document, solved.plan)
    bound = solved.plan["bound"]
    ratio = worth[1] / bound["weighted_tardiness"] if bound["weighted_tardiness"] else 1.0
    table.add(
        document["name"], len(document["cases"]), seconds, worth[0], bound["class1_late"], worth[1],
        round(bound["weighted_tardiness"], 1), f"{ratio:.4f}", f"{worth[1] / best:.4f}" if best else "-",
        round(solved.wall, 1), round(solved.cpu, 1), round(solved.peak), len(broken),
    )  # fmt: skip
    name = document["name"]
    table.expect(f"{name} violations", len(broken), 0)
    table.expect(f"{name} class 1 late", worth[0], bound["class1_late"] + (len(document["cases"]) > 1500))
    table.expect(f"{name} WT over bound", ratio, OVER_BOUND.get(seconds, float("inf")))
    if best:
        table.expect(f"{name} WT over best known", worth[1] / best, {2: 1.03, 5: 1.02, 10: 1.01}[seconds])
    table.expect(f"{name} wall s", solved.wall, seconds + 1)
    table.expect(f"{name} MiB", solved.peak, 200)


def _slots(table: Table, document: dict[str, Any], plan: dict[str, Any]) -> None:
    """Five best times for each call, its own place free again, on the calendar of the whole plan."""
    board = board_of(read_instance(document))
    numbers = {task.call.id: task.index for task in board.tasks}
    places = {numbers[case]: place for case, time in times(plan).items() if (place := place_of(board, time))}
    calendar = OfficeCalendar(board, places)
    took = []
    for task in board.tasks[:2000]:
        begun = perf_counter()
        calendar.offers(task.call)
        took.append((perf_counter() - begun) * 1000)
    worst = percentile(took, 0.99)
    table.notes.append(f"{document['name']}: five best times p50 {p50(took):.2f} ms, p99 {worst:.2f} ms")
    table.expect(f"{document['name']} five best times p99 ms", worst, 50)


def times(plan: dict[str, Any]) -> dict[str, Confirmed]:
    """Adviser and start by case."""
    found = {}
    for row in plan["placed"]:
        start = datetime.fromisoformat(row["start"])
        found[row["case"]] = Confirmed(row["adviser"], Wall(start.date(), start.hour * 60 + start.minute))
    return found


def _repaired(table: Table, document: dict[str, Any], plan: dict[str, Any], away: int) -> None:
    """The advisers with most calls are away today; the calls of the first three days are agreed with the patients."""
    today, agreed_days = document["horizon_days"][0], document["horizon_days"][:DAYS_AGREED]
    before = times(plan)
    load: dict[str, int] = {}
    for time in before.values():
        load[time.adviser] = load.get(time.adviser, 0) + (time.start.day.isoformat() == today)
    ill = sorted(load, key=lambda adviser: -load[adviser])[:away]
    advisers = [
        person | {"shifts": [s for s in person["shifts"] if not (person["id"] in ill and s["date"] == today)]}
        for person in document["advisers"]
    ]
    agreed = {case for case, time in before.items() if time.start.day.isoformat() in agreed_days}
    cases = [
        case | {"confirmed": {"adviser": before[case["id"]].adviser, "start": before[case["id"]].start.text()}}
        if case["id"] in agreed
        else case | {"confirmed": None}
        for case in document["cases"]
    ]
    changed = document | {"advisers": advisers, "cases": cases}
    begun = perf_counter()
    board = board_of(read_instance(changed))
    free = set(before) - agreed
    mended = repair(board, before, movable=free, keep_going=lambda: perf_counter() - begun < REPAIR_SECONDS)
    took = perf_counter() - begun
    _repair_note(table, changed, mended, away, took)


def _repair_note(table: Table, changed: dict[str, Any], mended: Repair, away: int, took: float) -> None:
    reasons = [move.reason for move in mended.moves]
    hit, displaced = reasons.count(MoveReason.PLACE_GONE), reasons.count(MoveReason.DISPLACED)
    agreed = {case["id"] for case in changed["cases"] if case["confirmed"]}
    needless = sum(move.reason is MoveReason.BETTER and move.case in agreed for move in mended.moves)
    worth = mended.objective
    table.notes.append(
        f"{changed['name']}, {away} away today, {len(agreed)} agreed: {hit} lost their time, {displaced} displaced, "
        f"{needless} needless moves, class 1 late {worth.class1_late}, WT {worth.weighted_tardiness}, {took:.2f} s"
    )
    table.expect(f"{changed['name']} needless moves", needless, 0)
    table.expect(f"{changed['name']} repair s", took, 2)


def _made_up(scratch: Path) -> list[Path]:
    paths = []
    for calls, advisers, days in MADE_UP:
        path = scratch / f"made_up_{calls}.json"
        path.write_text(json.dumps(make_instance(calls, calls, advisers, days) | {"name": path.stem}))
        paths.append(path)
    return paths


def _best_known(folder: Path | None) -> dict[str, float]:
    """Weighted tardiness of the best plans known, by instance, from `best_known.json` beside them."""
    path = folder / BEST_KNOWN if folder else None
    return json.loads(path.read_text("utf-8")) if path and path.is_file() else {}
