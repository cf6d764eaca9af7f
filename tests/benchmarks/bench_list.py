"""The virtual list alone: start, cursor, scroll, page and refilter at 600, 6,000 and 60,000 rows."""

import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.benchmarks import calibration
from tests.benchmarks.options import Options
from tests.benchmarks.pty_app import PtyApp, python
from tests.benchmarks.tables import Table, p50, p95

NAME = "list"
COUNTS = (600, 6_000, 60_000)
SIZE = (120, 40)


@dataclass
class Figures:
    """What was measured at one count, in ms (memory in MiB)."""

    first: list[float] = field(default_factory=list)
    useful: list[float] = field(default_factory=list)
    keys: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    peak: float = 0


def run(options: Options) -> Table:
    """Measures and holds the figures against the targets."""
    path = options.scratch / "list.sqlite"
    make(path, max(COUNTS))
    floor: list[float] = []
    figures = {count: Figures() for count in COUNTS}
    for _ in range(options.times(7)):
        floor.append(calibration.start_once(SIZE)[0])
        for count, found in figures.items():
            start(path, count, found)
    for count, found in figures.items():
        press(path, count, found, options)
    return report(p50(floor), figures, options)


def make(path: Path, count: int) -> None:
    """A table of synthetic rows."""
    draw = random.Random(1)
    rows = (
        (key, draw.randrange(3), f"Person Test {key}", f"Topic {draw.randrange(20)}", f"{draw.randrange(10**6):06}",
         f"{draw.randrange(8, 15):02}.00-16", draw.randrange(1, 6), f"Owner {draw.randrange(21)}", "open")
        for key in range(1, count + 1)
    )  # fmt: skip
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, class INT, who, topic, due, span, team INT, owner, state)"
        )
        database.executemany("INSERT INTO item VALUES (?,?,?,?,?,?,?,?,?)", rows)
        database.execute("CREATE INDEX queue ON item (class, due, id, team)")


def start(path: Path, count: int, found: Figures) -> None:
    """One start: the first frame, and the first with rows."""
    with PtyApp(python("tests.benchmarks.list_app", path, count), size=SIZE) as app:
        found.first.append(app.first_frame())
        found.useful.append(app.wait_for("Person Test"))


def press(path: Path, count: int, found: Figures, options: Options) -> None:
    """The keys, each from the key to the frame that shows rows and no placeholder."""
    with PtyApp(python("tests.benchmarks.list_app", path, count), size=SIZE) as app:
        app.wait_for("Person Test")
        app.quiet(0.5)
        measure(app, found, "cursor", ["down"] * (SIZE[1] - 4) + ["up"] * options.times(20))
        app.press("end" if count < 200 else "pagedown", read)
        for _ in range(SIZE[1] - 4):
            app.press("down", read)
        measure(app, found, "scroll", ["down"] * options.times(50))
        app.press("home", read)
        measure(app, found, "page", ["pagedown"] * min(options.times(30), count // (SIZE[1] - 3) - 2))
        app.press("home", read)
        measure(app, found, "end / home", ["end", "home"] * options.times(10))
        turns = range(1, options.times(15) + 1)
        found.keys["refilter"] = [app.press("f", partial(filtered, f"turn {turn}:")) for turn in turns]
        found.peak = app.peak_mib()


def filtered(label: str, lines: Sequence[str]) -> bool:
    """Whether the screen shows that turn of the filter, with its rows."""
    return label in lines[0] and read(lines)


def measure(app: PtyApp, found: Figures, name: str, keys: list[str]) -> None:
    """Presses the keys, one after another has been painted."""
    before = app.cpu_ms()
    found.keys[name] = [app.press(key, read) for key in keys]
    found.cpu[name] = (app.cpu_ms() - before) / len(keys)


def read(lines: Sequence[str]) -> bool:
    """Whether every row on the screen has been read."""
    return not any(line.strip(" ▌") == "…" for line in lines)


def report(floor: float, figures: dict[int, Figures], options: Options) -> Table:
    """The table, with the targets."""
    kinds = ("cursor", "scroll", "page", "end / home", "refilter")
    columns = ("rows", "first frame", "x floor", "rows shown", "x floor", *(f"{k} p50/p95" for k in kinds), "MiB")
    table = Table(f"Virtual list alone, pty {SIZE[0]}x{SIZE[1]}, ms", columns)
    for count, found in figures.items():
        first, useful = p50(found.first), p50(found.useful)
        times = [f"{p50(found.keys[k]):.1f} / {p95(found.keys[k]):.1f}" for k in kinds]
        table.add(count, first, first / floor, useful, useful / floor, *times, found.peak)
        table.expect(f"{count} first frame x floor", first / floor, 1.8)
        for kind, limit in (("cursor", 20), ("scroll", 50), ("page", 50)):
            table.expect(f"{count} {kind} p95", p95(found.keys[kind]), limit)
    table.expect("refilter 6,000 p95", p95(figures[6_000].keys["refilter"]), 100)
    table.expect("rows shown, 60,000 to 600", p50(figures[60_000].useful) / p50(figures[600].useful), 1.4)
    bare = options.floor
    table.notes.append(
        f"floor (bare one-widget app): first frame {floor:.0f}, key {bare.key_p50:.1f} / {bare.key_p95:.1f}"
        f", {bare.peak:.0f} MiB"
    )
    cpu = "; ".join(f"{c:,}: " + ", ".join(f"{k} {v:.1f}" for k, v in f.cpu.items()) for c, f in figures.items())
    table.notes.append(f"processor ms a key: {cpu}")
    return table
