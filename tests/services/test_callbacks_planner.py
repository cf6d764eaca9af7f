"""The planner in a process of its own: progress, stopping early, and instances it cannot use."""

import asyncio
import subprocess
import sys
from time import monotonic
from typing import Any

import pytest

from pkui.domain.callbacks.reading import BadInstance
from pkui.services.callbacks_planner.process import PlannerProcess
from tests.domain.callbacks.instances import make_instance
from tests.domain.callbacks.validator import violations


async def test_a_plan_comes_with_progress_on_the_way() -> None:
    document, seen = make_instance(4, 300, 3, 4), list[dict[str, Any]]()
    plan = await PlannerProcess().run(document, 2.5, 1, seen.append)
    assert violations(document, plan) == []
    assert seen
    worths = [(one["objective"]["class1_late"], one["objective"]["weighted_tardiness"]) for one in seen]
    assert worths == sorted(worths, reverse=True)
    assert all(one["bound"] == plan["bound"] for one in seen)


async def test_stopping_gives_the_best_plan_so_far() -> None:
    document, planner = make_instance(4, 300, 3, 4), PlannerProcess()
    begun = monotonic()
    plan = await planner.run(document, 60, 1, lambda progress: planner.stop())
    assert monotonic() - begun < 20
    assert violations(document, plan) == []


async def test_the_caller_is_not_held_up() -> None:
    running = asyncio.create_task(PlannerProcess().run(make_instance(4, 300, 3, 4), 1.5, 1, lambda progress: None))
    longest = 0.0
    while not running.done():
        before = monotonic()
        await asyncio.sleep(0.005)
        longest = max(longest, monotonic() - before)
    assert longest < 1
    assert (await running)["schema"] == "pk-callbacks/1"


async def test_a_bad_instance_is_told_with_its_place() -> None:
    document = make_instance(4, 5)
    document["cases"][2]["duration"] = 7
    with pytest.raises(BadInstance) as caught:
        await PlannerProcess().run(document, 1, 1, lambda progress: None)
    assert (caught.value.pointer, caught.value.code) == ("/cases/2/duration", "off_the_grid")


async def test_a_planner_that_dies_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OSError):
        await PlannerProcess().run(make_instance(4, 5), 1, 1, lambda progress: None)


def test_the_planner_needs_neither_screens_nor_storage() -> None:
    code = "import sys, pkui.services.callbacks_planner.__main__; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"textual", "rich", "sqlmodel", "sqlalchemy", "storage", "screens"} & set(run.stdout.split())
