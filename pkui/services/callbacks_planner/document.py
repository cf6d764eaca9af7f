"""A plan as the document `pk-callbacks/1`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pkui.domain.callbacks.board import Board
from pkui.domain.callbacks.instance import Confirmed, Wall
from pkui.domain.callbacks.outcome import Bound, Objective, Plan, why_unplaced

SCHEMA = "pk-callbacks/1"


def plan_document(board: Board, plan: Plan, seconds: float) -> dict[str, Any]:
    """The plan with adviser and local start for every call in it, and the reason for every call that is not."""
    placed = []
    for index, (desk, slot) in sorted(plan.places.items()):
        call = board.tasks[index].call
        agreed = call.confirmed if index in board.kept else None
        adviser = agreed.adviser if agreed else board.who(desk)
        start = agreed.start if agreed else board.when(desk, slot)
        placed.append({"case": call.id, "adviser": adviser, "start": start.text()})
    unplaced = [
        {"case": task.call.id, "why": why_unplaced(board, task.index).value}
        for task in board.tasks
        if task.index not in plan.places
    ]
    return {
        "schema": SCHEMA,
        "instance": board.instance.name,
        "placed": placed,
        "unplaced": unplaced,
        **worth(plan.objective, plan.bound),
        "seconds": round(seconds, 2),
    }


def worth(objective: Objective, bound: Bound) -> dict[str, Any]:
    """What a plan is worth beside what no plan can beat."""
    return {
        "objective": {
            "class1_late": objective.class1_late,
            "weighted_tardiness": objective.weighted_tardiness,
        },
        "bound": {"class1_late": bound.class1_late, "weighted_tardiness": bound.weighted_tardiness},
    }


def confirmed(row: Mapping[str, str]) -> Confirmed:
    """A time that stands, as a row of `placed` writes it."""
    start = datetime.fromisoformat(row["start"])
    return Confirmed(row["adviser"], Wall(start.date(), start.hour * 60 + start.minute))
