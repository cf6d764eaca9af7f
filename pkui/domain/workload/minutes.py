"""How long a case of a kind takes, learnt from what people did: the time from one thing written down to the next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pkui.domain.workload.model import UNIT

LONGEST_STRETCH = timedelta(minutes=45)
"""A longer silence was something else: a meeting, lunch, the night."""
PRIOR_CASES = 10
"""How many cases at the planned length an average begins with, so that three odd cases decide nothing."""

Kind = tuple[str, str]
"""Topic and complexity."""


@dataclass(frozen=True, slots=True)
class Step:
    """One person wrote something down on one case."""

    staff: str
    at: datetime
    case: int
    kind: Kind


def minutes_by_kind(log: Iterable[Step], planned: Mapping[str, int]) -> dict[Kind, int]:
    """Mean working minutes a case by kind, in steps of five; `planned` holds the minutes of a complexity to begin with.

    The time up to a step, from the step of the same person before it, belongs to the step's case.
    """
    spent: dict[tuple[Kind, int], float] = defaultdict(float)
    by_person: dict[str, list[Step]] = defaultdict(list)
    for step in log:
        by_person[step.staff].append(step)
    for steps in by_person.values():
        steps.sort(key=lambda one: one.at)
        for before, step in pairwise(steps):
            stretch = step.at - before.at
            if timedelta(0) < stretch <= LONGEST_STRETCH:
                spent[step.kind, step.case] += stretch.total_seconds() / 60
    cases: dict[Kind, list[float]] = defaultdict(list)
    for (kind, _case), minutes in spent.items():
        cases[kind].append(minutes)
    return {
        kind: _steps((planned[kind[1]] * PRIOR_CASES + sum(each)) / (PRIOR_CASES + len(each)))
        for kind, each in cases.items()
    }


def _steps(minutes: float) -> int:
    return max(UNIT, round(minutes / UNIT) * UNIT)
