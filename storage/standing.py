"""Reads what decides the places of many open cases at once, and writes the places that have changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import Complexity, FactSource, SegmentState, Topic
from pkui.domain.facts import known_facts
from storage.tables.cases import Case
from storage.tables.office import Counter
from storage.tables.patients import Patient
from storage.tables.records import Fact, Segment

PLACED_ON = "placed_on"
DELIVERED = (SegmentState.REFERRAL_SENT, SegmentState.CONFIRMED)


@dataclass(frozen=True)
class PlacedCase:
    """One open case with its stored place and what decides it; `facts` are known values by name."""

    id: UUID
    queue_number: int
    topic: Topic
    complexity: Complexity
    team: str
    received_at: datetime
    reopened_at: datetime | None
    answered_at: datetime | None
    follow_up_on: date | None
    priority_class: int
    due_at: datetime
    why: list[Any]
    birth_date: date | None
    region: str | None
    facts: dict[str, Any]
    referral_delivered: bool


_COLUMNS = (
    "id", "queue_number", "topic", "complexity", "team", "received_at", "reopened_at", "answered_at",
    "follow_up_on", "priority_class", "due_at", "why",
)  # fmt: skip


def read_placed_on(session: Session) -> date | None:
    """The day for which the whole queue was last placed."""
    value = session.scalar(sa.select(col(Counter.value)).where(col(Counter.name) == PLACED_ON))
    return date.fromordinal(value) if value else None


def mark_placed(session: Session, day: date) -> None:
    """Notes that the queue stands as it should on that day."""
    session.merge(Counter(name=PLACED_ON, value=day.toordinal()))


def read_open_places(session: Session, *, after: int, limit: int) -> list[PlacedCase]:
    """The open cases after a queue number, in the order of their numbers."""
    rows = session.execute(
        sa.select(
            *(getattr(Case, name) for name in _COLUMNS), col(Patient.birth_date), col(Patient.region_of_residence)
        )
        .join(Patient, col(Patient.id) == col(Case.patient_id))
        .where(col(Case.closed_at).is_(None), col(Case.queue_number) > after)
        .order_by(col(Case.queue_number))
        .limit(limit)
    ).all()
    ids = [row[0] for row in rows]
    facts, delivered = _facts(session, ids), _delivered(session, ids)
    found = []
    for row in rows:
        values: list[Any] = [*row, facts[row[0]], delivered.get(row[0], False)]
        found.append(PlacedCase(*values))
    return found


def write_places(session: Session, places: Sequence[dict[str, Any]]) -> None:
    """Writes class, due and why by case id; the version rises, so that a write based on the old place is refused."""
    if places:
        statement = (
            sa.update(Case)
            .where(col(Case.id) == sa.bindparam("case_id"))
            .values(
                priority_class=sa.bindparam("new_class"),
                due_at=sa.bindparam("new_due"),
                why=sa.bindparam("new_why"),
                kept_until=sa.bindparam("new_kept"),
                version=col(Case.version) + 1,
            )
        )
        session.connection().execute(statement, list(places))


def _facts(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, list[tuple[str, Any, FactSource]]] = defaultdict(list)
    rows = session.execute(
        sa.select(col(Fact.case_id), col(Fact.name), col(Fact.value), col(Fact.source))
        .where(col(Fact.case_id).in_(ids))
        .order_by(col(Fact.recorded_at), col(Fact.id))
    )
    for case_id, *fact in rows:
        found[case_id].append((fact[0], fact[1], fact[2]))
    return {case_id: known_facts(found[case_id]) for case_id in ids}


def _delivered(session: Session, ids: Sequence[UUID]) -> dict[UUID, bool]:
    found: dict[UUID, bool] = {}
    rows = session.execute(sa.select(col(Segment.case_id), col(Segment.state)).where(col(Segment.case_id).in_(ids)))
    for case_id, state in rows:
        found[case_id] = found.get(case_id, True) and state in DELIVERED
    return found
