"""Plans the office: days from the flow, desks packed, then search; stopped at any moment it has a valid plan.

How long each part may take is counted in work, not in seconds, so the same instance, seed and seconds give the same
plan on any machine fast enough to do the work before it is told to stop.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pkui.domain.callbacks.board import Board
from pkui.domain.callbacks.build import by_flow
from pkui.domain.callbacks.chains import Chains
from pkui.domain.callbacks.outcome import Bound, Objective, Plan, objective_of
from pkui.domain.callbacks.relaxation import Relaxation, relax, settled_late
from pkui.domain.callbacks.sheet import Sheet
from pkui.domain.callbacks.tidy import tidy

WORK_A_SECOND = 1_000_000
WORK_A_CALL = 120
WORK_A_PIVOT = 70
SECONDS_TO_START = 0.25
FIRST_CLASS_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Watch:
    """How the planner is told to stop and tells how far it is; `early` ends the flow while there is time to search."""

    keep_going: Callable[[], bool]
    early: Callable[[], bool]
    report: Callable[[Callable[[], Objective], Bound], None]


def make_plan(board: Board, seconds: float, seed: int, watch: Watch) -> Plan:
    """The best plan found with the work that `seconds` allow."""
    sheet = Sheet(board, board.free, board.todo)
    relaxation = relax(board, watch.early)
    bound = Bound(relaxation.late, relaxation.tardiness)
    by_flow(sheet, relaxation)
    _search(sheet, seed, _work(board, seconds, relaxation), relaxation, bound, watch)
    tidy(sheet)
    places = {**board.kept, **sheet.places()}
    return Plan(places, objective_of(board, places), bound)


def _work(board: Board, seconds: float, relaxation: Relaxation) -> int:
    """What is left for the search after reading and the flow."""
    spent = len(board.tasks) * WORK_A_CALL + relaxation.pivots * WORK_A_PIVOT
    return max(0, int((seconds - SECONDS_TO_START) * WORK_A_SECOND) - spent)


def _search(sheet: Sheet, seed: int, work: int, relaxation: Relaxation, bound: Bound, watch: Watch) -> None:
    board = sheet.board
    chains = Chains(sheet, seed, relaxation)

    def keep_going() -> bool:
        """Reports what is placed so far, and whether time is left."""
        watch.report(lambda: objective_of(board, {**board.kept, **sheet.places()}), bound)
        return watch.keep_going()

    limit = sheet.looked + work
    chains.first_class(int(work * FIRST_CLASS_SHARE), watch.keep_going, bound.class1_late - settled_late(board))
    chains.run(limit - sheet.looked, keep_going)
