"""`pkui callbacks` on a database: free times, booking, attempts, the plan, and refusals with their exit codes."""

import shutil
from itertools import islice
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Cli, Ran
from tests.cli.ready import Waiting
from tests.conftest import KEY

BOOKING = {
    "id", "case_number", "queue_number", "state", "attempt", "adviser", "start", "end", "preparation_minutes",
    "after_minutes", "window", "plan",
}  # fmt: skip
FREE = {"start", "end", "adviser", "own_adviser", "days_late", "preparation_minutes", "after_minutes"}
PLAN = {
    "schema", "from", "days", "waiting", "offered", "placed", "unplaced", "objective", "bound", "seconds", "stands",
    "applied", "skipped",
}  # fmt: skip

CHANGE = {
    "queue_number", "case_number", "change", "adviser", "start", "before", "reason", "makes_way_for",
    "patient_to_be_told",
}  # fmt: skip
ALARM = {"queue_number", "case_number", "priority_class", "due_at", "saving", "adviser", "start", "minutes", "moves"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, waiting: Waiting, demo_template: Path) -> Cli:
    """A demo database of few cases, with shifts."""
    folder = tmp_path_factory.mktemp("demo")
    key = folder / "pkui.key"
    key.write_text(KEY)
    shutil.copyfile(demo_template, folder / "demo.db")
    url = f"sqlite:///{folder / 'demo.db'}"
    return Cli(folder, waiting, {"PKUI_KEY_FILE": str(key), "PKUI_DATABASE_URL": url, "PKUI_NOW": NOW})


def callable_case(demo: Cli, place: int) -> int:
    """A free case of class 2 or later that has times."""
    rows = demo("queue", "list", "--assignee", "none", "--limit", "100", "--json").json["cases"]
    numbers = [row["queue_number"] for row in rows if row["priority_class"] > 1]
    found = (number for number in numbers if demo("callbacks", "free", str(number), "--json").json)
    return int(next(islice(found, place, None)))


def refused(ran: Ran) -> tuple[int, str]:
    """The exit code and the rule."""
    assert not ran.out
    return ran.code, str(ran.error["code"])


def test_free_book_attempt(demo: Cli) -> None:
    number = str(callable_case(demo, 0))
    times = demo("callbacks", "free", number, "--limit", "3", "--json").json
    assert 1 <= len(times) <= 3
    assert set(times[0]) == FREE
    start, adviser = times[0]["start"], times[0]["adviser"]
    booked = demo("callbacks", "book", number, "--at", start, "--adviser", adviser, "--json").json
    assert set(booked) == BOOKING
    assert (booked["start"], booked["adviser"], booked["state"]) == (start, adviser, "planned")
    assert demo("case", "show", number, "--json").json["state"] == "scheduled"
    assert refused(demo("callbacks", "book", number, "--at", start, "--json")) == (1, "booked_already")
    tried = demo("callbacks", "attempt", number, "no_answer", "--json").json
    assert set(tried) == BOOKING | {"result", "attempts", "retry_from", "next"}
    assert (tried["state"], tried["attempts"], tried["id"]) == ("attempted", 1, booked["id"])
    assert demo("case", "show", number, "--json").json["attempts"] == 1
    assert tried["next"]["attempt"] == 2 and tried["next"]["start"] > start
    demo("callbacks", "cancel", number)
    unbooked = demo("callbacks", "attempt", number, "no_answer", "--json").json
    assert (unbooked["id"], unbooked["attempts"]) == (None, 2)


def test_refusals(demo: Cli) -> None:
    number = str(callable_case(demo, 1))
    book = ("callbacks", "book", number, "--json", "--at")
    assert refused(demo(*book, "soon")) == (2, "bad_parameter")
    assert refused(demo(*book, "2026-11-28T10:00")) == (1, "closed_day")
    assert refused(demo(*book, "2026-11-24T10:00", "--agreed", "--adviser", "nobody")) == (2, "no_such_person")
    assert refused(demo("callbacks", "cancel", number, "--json")) == (1, "not_booked")


def test_plan_apply_undo(demo: Cli) -> None:
    preview = demo("callbacks", "plan", "--days", "5", "--seconds", "1", "--json").json
    assert set(preview) == PLAN
    assert preview["applied"] is None
    applied = demo("callbacks", "plan", "--from", "2026-11-24", "--seconds", "1", "--apply", "--json").json
    assert applied["applied"]
    assert applied["from"] == "2026-11-24"
    placed = [one for one in applied["placed"] if one["queue_number"] not in applied["skipped"]]
    assert all(one["start"] >= "2026-11-24" for one in placed if one["change"] == "new")
    undone = demo("callbacks", "undo", "--json").json
    assert undone["cancelled"] == len([one for one in placed if one["start"] and one["change"] != "kept"])


def test_repair_alarm_and_day(demo: Cli) -> None:
    proposal = demo("callbacks", "repair", "--absent", "anna", "--until", "2026-11-23T12:00", "--json").json
    assert set(proposal) == PLAN
    assert (proposal["bound"], proposal["applied"]) == (None, None)
    assert all(set(one) == CHANGE for one in proposal["placed"])
    assert all(set(one) == ALARM for one in demo("callbacks", "alarm", "--json").json)
    day = demo("callbacks", "day", "--on", "2026-11-24", "--json").json
    assert day["working_day"] and any(one["work"] for one in day["people"])
    assert refused(demo("callbacks", "repair", "--absent", "nobody", "--json")) == (2, "no_such_person")
    assert refused(demo("callbacks", "repair", "--absent", "anna", "--until", "soon", "--json")) == (2, "bad_parameter")


def test_free_in_words(demo: Cli) -> None:
    number = str(callable_case(demo, 2))
    told = demo("--lang", "en", "callbacks", "free", number).out
    assert told.splitlines()[0].split() == ["Time", "Adviser", "Due"]


def test_solve_loads_no_service_of_the_office(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = "import sys, pkui.cli.callbacks; print([m for m in sys.modules if m.startswith(('sqlalchemy', 'storage'))])"
    found = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert found.strip() == "[]"
