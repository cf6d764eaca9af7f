"""Processes that do one thing at the same moment: one is started from nothing, loads all, and forks the others."""

import json
import subprocess
import sys
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import Any

PATIENCE = 60.0
"""Seconds until a process that never gets ready is an error."""
_everybody: Barrier | None = None


def run(step: str, calls: list[list[Any]]) -> list[Any]:
    """What `module:function` answers to each of these arguments, every one in a process of its own.

    Arguments and answers are JSON values. The function calls `together` where all are to begin at once.
    """
    command = [sys.executable, "-m", "tests.at_once", step]
    done = subprocess.run(command, input=json.dumps(calls), check=True, stdout=subprocess.PIPE, text=True)
    answers: list[Any] = json.loads(done.stdout)
    return answers


def together() -> None:
    """Waits until every process has come this far."""
    assert _everybody is not None
    _everybody.wait(PATIENCE)


def main(step: str) -> None:
    """Forks a process a call and prints their answers in order."""
    from tests import at_once

    module, _colon, name = step.partition(":")
    function, calls = getattr(import_module(module), name), json.load(sys.stdin)
    fork = get_context("fork")
    at_once._everybody = fork.Barrier(len(calls))
    with fork.Pool(len(calls)) as pool:
        print(json.dumps(pool.starmap(function, calls, 1)))


if __name__ == "__main__":
    main(*sys.argv[1:])
