"""The planner as a process of its own: a request on standard input, progress and the plan on standard output.

The first line of input is the request: `instance` (callback-instance/1), `seconds`, `seed` and, if wanted, the rules
`held_back_percent`, `longest_wait` and `before`, the times that stand (case, adviser, start).
A second line, or SIGTERM, stops the search; the best plan so far is the
answer. Every line of output is a JSON object: `progress` (objective and bound), and last `plan` or `error`.
"""

import json
import signal
import sys
from threading import Event, Thread
from typing import Any

from pkui.domain.callbacks.board import Rules
from pkui.domain.callbacks.outcome import Bound, Objective
from pkui.domain.callbacks.reading import BadInstance, read_instance
from pkui.services.callbacks_planner.document import confirmed, worth
from pkui.services.callbacks_planner.solving import solve


def main() -> int:
    """Answers one request; 0, or 2 for an instance that cannot be used."""
    request = json.loads(sys.stdin.buffer.readline())
    stop = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    Thread(target=_listen, args=(stop,), daemon=True).start()
    try:
        instance = read_instance(request["instance"])
    except BadInstance as error:
        _say({"error": {"pointer": error.pointer, "code": error.code}})
        return 2
    rules = Rules(request.get("held_back_percent", 0), request.get("longest_wait"))
    before = {one["case"]: confirmed(one) for one in request.get("before", ())}
    _say({"plan": solve(instance, request["seconds"], request["seed"], _progress, stop.is_set, rules, before=before)})
    return 0


def _listen(stop: Event) -> None:
    """Waits for a second line; the end of the input alone stops nothing."""
    if sys.stdin.buffer.readline():
        stop.set()


def _progress(objective: Objective, bound: Bound) -> None:
    _say({"progress": worth(objective, bound)})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
