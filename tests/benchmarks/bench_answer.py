"""Answering a question on the case in a real terminal: from Enter to the frame with the hints as they are then."""

from pathlib import Path

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import FactSource, Role
from pkui.services.cases import open_case, take
from pkui.services.desk import Desk
from pkui.services.facts import record_fact
from pkui.services.people import sign_in
from screens.case_overview import overview
from storage.store import open_store
from tests.benchmarks.options import Options
from tests.benchmarks.pty_app import PtyApp, python
from tests.benchmarks.tables import Table, p50, p95
from tests.conftest import KEY, hire, new_store
from tests.services.steps import about, received

NAME = "answer"
SIZE = (80, 24)
FACT = "acute_admission"
TITLE = "Overblik"
LIMIT_MS = 50


def run(options: Options) -> Table:
    """Measures and holds the figures against the target."""
    folder = options.scratch / "answer"
    folder.mkdir()
    times, hints = answer(folder, options.times(40)), options.floor
    table = Table(f"A question answered in place, pty {SIZE[0]}x{SIZE[1]}, ms", ("", "p50", "p95", "x a bare key"))
    table.add("answer saved and hints painted", p50(times), p95(times), p50(times) / hints.key_p50)
    table.add("a key in a bare one-widget app", hints.key_p50, hints.key_p95, 1.0)
    table.expect("answer to paint p50", p50(times), LIMIT_MS)
    table.notes.append("one transaction: the fact, its event, the case's place; then every hint anew and the panel")
    return table


def answer(folder: Path, times: int) -> list[float]:
    """Answers the same question yes and no in turn; the cursor stays on it."""
    key, url = folder / "pkui.key", f"sqlite:///{folder / 'pkui.db'}"
    steps = down_to_fact(url, key)
    env = {"PKUI_KEY_FILE": str(key), "PKUI_USER": "anna", "PKUI_NOW": TRAINING_START.isoformat(), "PKUI_LANG": "da"}
    env |= {"XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with PtyApp(python("pkui", "--db", url), env=env, size=SIZE) as app:
        app.wait_for("Mette Test")
        app.quiet(0.5)
        app.press("enter", lambda lines: any(TITLE in line for line in lines))
        app.quiet(0.5)
        for _ in range(steps):
            app.press("down")
        found = []
        for number in range(times):
            app.press("enter", lambda lines: not any(TITLE in line for line in lines))
            app.press("ctrl+u")
            app.send("ja" if number % 2 else "nej")
            app.quiet(0.2)
            found.append(app.press("enter", lambda lines: any(TITLE in line for line in lines)))
            app.quiet(0.2)
    return found


def down_to_fact(url: str, key: Path) -> int:
    """Makes the office with one case of which the fact is known; how many lines below the first it stands."""
    key.write_text(KEY)
    new_store(url, key).close()
    store = open_store(url, key_file=key)
    hire(store, "anna", (Role.ADVISER,), ("general",))
    clock = FrozenClock(TRAINING_START)
    system = Desk(store, clock, sign_in(store, None, clock.now(), strict=False))
    adviser = Desk(store, clock, sign_in(store, "anna", clock.now()))
    number = received(system, 1, referral=None, **about("faster_assessment"))
    take(adviser, number)
    record_fact(adviser, number, "referral_received", "5/10", source=FactSource.HOSPITAL)
    record_fact(adviser, number, FACT, "ja", source=FactSource.PATIENT)
    lines = [one.id for one in overview(open_case(adviser, number), clock.now()) if not one.disabled]
    store.close()
    return lines.index(f"fact:{FACT}")
