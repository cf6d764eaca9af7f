"""The workbench on the demo in a real terminal: its first frames, its keys and its memory, held against a bare app."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from pkui.base.clock import TRAINING_START
from pkui.domain.codes import Role
from pkui.services.demo import build_demo
from pkui.services.people import first_with_role
from storage.store import open_store
from tests.benchmarks import calibration
from tests.benchmarks.options import Options
from tests.benchmarks.pty_app import PtyApp, python
from tests.benchmarks.tables import Table, p50, p95

NAME = "queue"
SIZE = (120, 40)
KEY = "71" * 32 + "\n"
OPEN, FEW, MANY = 6_000, 600, 60_000
CLOSED_FACTOR, CLOSED_FACTOR_QUICK = 82, 6
COUNT = re.compile(r"([\d.]+) af [\d.]+")
KINDS = ("cursor", "scroll", "page", "refilter", "search")


@dataclass
class Desk:
    """A demo database, who sits at it, and what was measured there, in ms (memory in MiB)."""

    path: Path
    env: Mapping[str, str]
    cases: int
    made_in: float
    first: list[float] = field(default_factory=list)
    useful: list[float] = field(default_factory=list)
    keys: dict[str, list[float]] = field(default_factory=dict)
    peak: float = 0

    def opened(self) -> PtyApp:
        """The workbench as a person starts it."""
        command = python("pkui", "--db", f"sqlite:///{self.path}")
        return PtyApp(command, env=self.env, size=SIZE)


def run(options: Options) -> Table:
    """Measures and holds the figures against the targets."""
    factor = CLOSED_FACTOR_QUICK if options.quick else CLOSED_FACTOR
    desks = {count: make(options.scratch, count, factor if count == OPEN else 0) for count in (OPEN, FEW, MANY)}
    floor: list[float] = []
    for _ in range(options.times(7)):
        floor.append(calibration.start_once(SIZE)[0])
        for desk in desks.values():
            start(desk)
    press(desks[OPEN], options)
    return report(p50(floor), desks, options)


def make(scratch: Path, count: int, closed_factor: int) -> Desk:
    """The demo with that many open cases; made once, with a folder of its own for key, journal and log."""
    folder = scratch / f"queue-{count}"
    path, key = folder / "demo.db", folder / "pkui.key"
    url, began = f"sqlite:///{path}", perf_counter()
    if not path.exists():
        folder.mkdir()
        key.write_text(KEY)
        build_demo(url, cases=count, closed_factor=closed_factor, key_file=key, now=TRAINING_START)
    store = open_store(url, key_file=key)
    user = first_with_role(store, Role.ADVISER, TRAINING_START)
    store.close()
    env = {"PKUI_KEY_FILE": str(key), "PKUI_USER": user or "", "PKUI_NOW": TRAINING_START.isoformat()}
    env |= {"XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    return Desk(path, env, count * (1 + closed_factor), perf_counter() - began)


def start(desk: Desk) -> None:
    """One start: the first frame, and the first with the queue in it."""
    with desk.opened() as app:
        desk.first.append(app.first_frame())
        desk.useful.append(app.wait(shown))


def shown(lines: Sequence[str]) -> bool:
    """Whether the count and every row of the list stand on the screen."""
    return COUNT.search(lines[1]) is not None and lines[3].strip() != "" and read(lines)


def read(lines: Sequence[str]) -> bool:
    """Whether every row on the screen has been read."""
    return not any(line.strip(" ▌") == "…" for line in lines)


def press(desk: Desk, options: Options) -> None:
    """The keys, each from the key to the frame that shows what it is for."""
    with desk.opened() as app:
        app.wait(shown)
        app.quiet(1.0)
        height = SIZE[1] - 8
        desk.keys["cursor"] = [app.press(key, read) for key in ["down"] * (height - 2) + ["up"] * options.times(20)]
        app.press("pagedown", read)
        for _ in range(height):
            app.press("down", read)
        desk.keys["scroll"] = [app.press("down", read) for _ in range(options.times(50))]
        app.press("home", read)
        desk.keys["page"] = [app.press("pagedown", read) for _ in range(options.times(30))]
        desk.keys["refilter"] = [narrow(app, key) for key in ["d", "l"] * options.times(10)]
        desk.keys["search"] = search(app, options.times(5))
        desk.peak = app.peak_mib()


def narrow(app: PtyApp, key: str) -> float:
    """A list by its key, to the frame with its count and rows."""
    return app.press(key, partial(other_count, count(app.lines)))


def search(app: PtyApp, times: int) -> list[float]:
    """The first letter of a search, and taking it back."""
    found = []
    for _ in range(times):
        app.press("f3")
        found.append(app.press("k", partial(other_count, count(app.lines))))
        app.press("escape", partial(other_count, count(app.lines)))
    return found


def count(lines: Sequence[str]) -> str:
    """How many cases the list says it has."""
    match = COUNT.search(lines[1])
    return match[1] if match else ""


def other_count(before: str, lines: Sequence[str]) -> bool:
    """Whether the list has another count, and its rows."""
    return count(lines) not in ("", before) and read(lines)


def report(floor: float, desks: Mapping[int, Desk], options: Options) -> Table:
    """The table, with the targets."""
    columns = ("open", "of", "first frame", "x floor", "queue shown", "x floor", "made in s")
    table = Table(f"The queue of the workbench, pty {SIZE[0]}x{SIZE[1]}, ms", columns)
    for opened, desk in desks.items():
        first, useful = p50(desk.first), p50(desk.useful)
        table.add(opened, desk.cases, first, first / floor, useful, useful / floor, desk.made_in)
    measured = desks[OPEN]
    table.expect("first frame x floor", p50(measured.first) / floor, 1.8)
    table.expect("queue shown x floor", p50(measured.useful) / floor, 4)
    table.expect("queue shown, 60,000 to 600", p50(desks[MANY].useful) / p50(desks[FEW].useful), 1.4)
    for kind, limit in (("cursor", 20), ("scroll", 50), ("page", 50), ("refilter", 100)):
        table.expect(f"{kind} p95", p95(measured.keys[kind]), limit)
    table.expect("MiB", measured.peak, 110)
    times = (f"{kind} {p50(measured.keys[kind]):.1f} / {p95(measured.keys[kind]):.1f}" for kind in KINDS)
    table.notes.append(f"{OPEN:,} open, key to paint p50/p95: {', '.join(times)}; {measured.peak:.0f} MiB")
    bare = options.floor
    table.notes.append(
        f"floor (bare one-widget app): first frame {floor:.0f}, key {bare.key_p50:.1f} / {bare.key_p95:.1f}"
        f", {bare.peak:.0f} MiB"
    )
    return table
