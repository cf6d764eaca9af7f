"""Plans one instance within a number of seconds."""

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from pkui.domain.callbacks.board import Rules, board_of
from pkui.domain.callbacks.instance import Confirmed, Instance
from pkui.domain.callbacks.keep import better_of
from pkui.domain.callbacks.outcome import Bound, Objective
from pkui.domain.callbacks.planning import Watch, make_plan
from pkui.services.callbacks_planner.document import plan_document

SECONDS_TO_FINISH = 0.05
SECONDS_TO_FINISH_A_CALL = 0.00003
SHARE_OF_FLOW = 0.75
SECONDS_BETWEEN_REPORTS = 0.25
NO_RULES = Rules()


def solve(
    instance: Instance,
    seconds: float,
    seed: int,
    report: Callable[[Objective, Bound], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
    rules: Rules = NO_RULES,
    spent: float = 0.0,
    before: Mapping[str, Confirmed] | None = None,
) -> dict[str, Any]:
    """The plan as a document, within the seconds given less those already spent.

    `before` are the times that stand, by case: they are kept where the new plan is no better, and `kept` says so.

    The same instance, seconds and seed give the same plan, unless the machine is so slow or so busy that the seconds
    end before the work they stand for is done; then the plan is the best one found by then.
    """
    begun = monotonic() - spent
    deadline = begun + seconds - SECONDS_TO_FINISH - SECONDS_TO_FINISH_A_CALL * len(instance.calls)
    last = begun

    def keep_going() -> bool:
        """Whether there is time left and nobody has stopped it."""
        return monotonic() < deadline and not stopped()

    def early() -> bool:
        """Whether the first plan's share of the time is not spent."""
        return monotonic() < begun + seconds * SHARE_OF_FLOW and not stopped()

    def now_and_then(found: Callable[[], Objective], bound: Bound) -> None:
        """Reports, but not oftener than a person can read."""
        nonlocal last
        if report and monotonic() - last >= SECONDS_BETWEEN_REPORTS:
            last = monotonic()
            report(found(), bound)

    board = board_of(instance, rules)
    plan = make_plan(board, seconds, seed, Watch(keep_going, early, now_and_then))
    if before is None:
        return plan_document(board, plan, monotonic() - begun)
    plan, kept = better_of(board, plan, before)
    return plan_document(board, plan, monotonic() - begun) | {"kept": kept and bool(before)}
