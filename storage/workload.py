"""Reads the office's load: every open case in brief, what came and went, and what people did lately."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.codes import CaseState, Complexity, ContactResult, EventKind, Party, Topic
from storage.tables.cases import Case
from storage.tables.contacts import CallWindowRow, Contact
from storage.tables.records import Event, Fact
from storage.tables.sharing import CaseHold
from storage.tables.staff import TeamRow

_CASES, _WINDOWS, _CONTACTS, _EVENTS, _FACTS, _HOLDS, _TEAMS = (
    sa.inspect(table).local_table for table in (Case, CallWindowRow, Contact, Event, Fact, CaseHold, TeamRow)
)
_OPEN = _CASES.c.closed_at.is_(None)
_COLUMNS = (
    "id", "queue_number", "case_number", "version", "topic", "complexity", "team", "priority_class", "due_at", "state",
    "assignee_id", "received_at", "registered_at", "answered_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case as load; nothing of the patient is in it."""

    id: UUID
    queue_number: int
    case_number: str
    version: int
    topic: Topic
    complexity: Complexity
    team: str
    priority_class: int
    due_at: datetime
    state: CaseState
    assignee_id: UUID | None
    received_at: datetime
    registered_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Done:
    """Somebody wrote something down on a case, open or closed."""

    staff_id: UUID
    at: datetime
    queue_number: int
    topic: Topic
    complexity: Complexity


def read_open(session: Session) -> list[OpenCase]:
    """Every open case, in the queue's order."""
    query = sa.select(*(_CASES.c[name] for name in _COLUMNS)).where(_OPEN)
    order = (_CASES.c.priority_class, _CASES.c.due_at, _CASES.c.queue_number)
    return [OpenCase(*row) for row in session.connection().execute(query.order_by(*order))]


def read_weekdays(session: Session) -> dict[UUID, frozenset[int]]:
    """On which weekdays (1 is Monday) the patients of open cases can be called; those with no window are left out."""
    query = sa.select(_WINDOWS.c.case_id, _WINDOWS.c.weekday).distinct()
    rows = session.connection().execute(query.join(_CASES, _CASES.c.id == _WINDOWS.c.case_id).where(_OPEN))
    found: dict[UUID, set[int]] = defaultdict(set)
    for case_id, weekday in rows:
        found[case_id].add(weekday)
    return {case_id: frozenset(weekdays) for case_id, weekdays in found.items()}


def read_known_by(session: Session) -> dict[UUID, frozenset[UUID]]:
    """Who has spoken with the patients of open cases."""
    query = (
        sa.select(_CONTACTS.c.case_id, _CONTACTS.c.staff_id)
        .distinct()
        .join(_CASES, _CASES.c.id == _CONTACTS.c.case_id)
        .where(
            _OPEN,
            _CONTACTS.c.staff_id.is_not(None),
            _CONTACTS.c.party == Party.PATIENT,
            _CONTACTS.c.result.in_((ContactResult.REACHED, ContactResult.CALLED_BACK)),
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for case_id, staff_id in session.connection().execute(query):
        found[case_id].add(staff_id)
    return {case_id: frozenset(people) for case_id, people in found.items()}


def read_held(session: Session, now: datetime) -> list[int]:
    """The queue numbers of the cases somebody holds on the screen at that instant."""
    query = sa.select(_CASES.c.queue_number).join(_HOLDS, _HOLDS.c.case_id == _CASES.c.id).where(_HOLDS.c.until > now)
    return list(session.connection().scalars(query))


def read_flow(session: Session, since: datetime) -> list[tuple[str, EventKind, datetime]]:
    """What came and went since then: the case's team, received or closed, and when."""
    kinds = (EventKind.RECEIVED, EventKind.CLOSED)
    query = (
        sa.select(_CASES.c.team, _EVENTS.c.kind, _EVENTS.c.at)
        .join(_CASES, _CASES.c.id == _EVENTS.c.case_id)
        .where(_EVENTS.c.at >= since, _EVENTS.c.kind.in_(kinds))
    )
    return [(row[0], row[1], row[2]) for row in session.connection().execute(query)]


def read_done(session: Session, since: datetime) -> list[Done]:
    """What people wrote down since then, on any case."""
    query = (
        sa.select(_EVENTS.c.staff_id, _EVENTS.c.at, _CASES.c.queue_number, _CASES.c.topic, _CASES.c.complexity)
        .join(_CASES, _CASES.c.id == _EVENTS.c.case_id)
        .where(_EVENTS.c.at >= since, _EVENTS.c.staff_id.is_not(None))
    )
    return [Done(*row) for row in session.connection().execute(query)]


def read_words(session: Session) -> list[tuple[UUID, str]]:
    """What the letters of open cases say of department and course, one text a case."""
    query = (
        sa.select(_FACTS.c.case_id, _FACTS.c.value)
        .join(_CASES, _CASES.c.id == _FACTS.c.case_id)
        .where(_OPEN, _FACTS.c.name.in_(("letter_department", "letter_treatment")))
    )
    found: dict[UUID, str] = {}
    for case_id, value in session.connection().execute(query):
        found[case_id] = f"{found.get(case_id, '')} {value or ''}"
    return list(found.items())


def read_team_names(session: Session, on: date) -> dict[str, str | None]:
    """The teams that are open on a day, with the name of those that have one of their own."""
    query = sa.select(_TEAMS.c.code, _TEAMS.c.name).where(
        _TEAMS.c.opened_on <= on, sa.or_(_TEAMS.c.closed_on.is_(None), _TEAMS.c.closed_on >= on)
    )
    return {row[0]: row[1] for row in session.connection().execute(query.order_by(_TEAMS.c.opened_on, _TEAMS.c.code))}
