"""Reads of the queue: the order as a snapshot of queue numbers, and the rows behind the numbers a screen shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import CaseState, Complexity, Party, ReplyChannel, Team, Topic
from pkui.domain.routing import Deal
from pkui.domain.windows import CallWindow, Unavailable
from storage.base import constant, table_of
from storage.search import is_named
from storage.tables.cases import Case
from storage.tables.contacts import CallWindowRow, UnavailablePeriod
from storage.tables.patients import Patient
from storage.tables.staff import Staff
from storage.types import Gathered

ORDER = (col(Case.priority_class), col(Case.due_at), col(Case.queue_number))


@dataclass(frozen=True)
class Moment:
    """Now, as the windows see it; `calling` is false outside call hours and on closed days."""

    now: datetime
    today: date
    wall: time
    calling: bool

    @property
    def weekday(self) -> int:
        """The ISO weekday."""
        return self.today.isoweekday()


@dataclass(frozen=True)
class QueueFilter:
    """Which of the open cases; nothing set means all of them. `follow_up_by` adds follow-ups due to `without_call`."""

    assignee: UUID | None = None
    unassigned: bool = False
    teams: frozenset[str] | None = None
    topic: Topic | None = None
    callable_at: Moment | None = None
    without_call: bool = False
    follow_up_by: date | None = None
    text: tuple[str, ...] = ()
    deal: Deal | None = None


@dataclass(frozen=True)
class QueueRecord:
    """One open or closed case as lists show it; the number, phone and address of the patient are not in it."""

    id: UUID
    queue_number: int
    case_number: str
    priority_class: int
    due_at: datetime
    why: list[Any]
    topic: Topic
    complexity: Complexity
    team: str
    state: CaseState
    received_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    attempts: int
    retry_from: datetime | None
    one_attempt_only: bool
    reply_channel: ReplyChannel
    interpreter_language: str | None
    follow_up_on: date | None
    waiting_for: Party | None
    version: int
    patient_name: str | None
    protected: bool
    assignee: str | None
    assignee_name: str | None
    windows: tuple[CallWindow, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()


def read_snapshot(
    session: Session, which: QueueFilter, *, limit: int | None = None, after: tuple[int, datetime, int] | None = None
) -> list[int]:
    """The queue numbers of the open cases that match, in the queue's order, optionally after a place in it."""
    query = sa.select(col(Case.queue_number)).where(*_conditions(which)).order_by(*ORDER)
    if after is not None:
        query = query.where(sa.tuple_(*ORDER) > sa.tuple_(*(sa.literal(part) for part in after)))
    return list(session.scalars(query.limit(limit)))


def read_ring_now(session: Session, which: QueueFilter, moment: Moment) -> list[int]:
    """The open cases whose window is open now, ordered by class, end of the window, due."""
    if not moment.calling:
        return []
    window = _open_window(moment).subquery()
    query = (
        sa.select(col(Case.queue_number))
        .join(window, window.c.case_id == col(Case.id))
        .where(*_conditions(which), _not_in_retry_gap(moment), col(Case.reply_channel) == ReplyChannel.PHONE)
        .order_by(col(Case.priority_class), window.c.ends, col(Case.due_at), col(Case.queue_number))
    )
    return list(dict.fromkeys(session.scalars(query)))


def count_open(session: Session, which: QueueFilter) -> int:
    """How many open cases match."""
    return session.scalar(sa.select(sa.func.count()).select_from(Case).where(*_conditions(which))) or 0


def read_rows(session: Session, queue_numbers: Sequence[int]) -> list[QueueRecord]:
    """The rows of these numbers, in the order given; a number that is gone is left out."""
    rows = session.connection().execute(_ROWS, {"numbers": list(queue_numbers)}).all()
    found = {row[1]: record_of(row) for row in rows}
    return [found[number] for number in queue_numbers if number in found]


def record_of(row: Sequence[Any]) -> QueueRecord:
    """A row of `CASE_COLUMNS`, the patient's name and protection, who holds the case, and its `call_times`."""
    *plain, windows, away = row
    hours = (CallWindow(day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in windows or ())
    days = (Unavailable(date.fromisoformat(first), date.fromisoformat(last)) for first, last in away or ())
    values: list[Any] = [*plain, tuple(sorted(hours)), tuple(sorted(days))]
    return QueueRecord(*values)


CASE_COLUMNS = (
    "id", "queue_number", "case_number", "priority_class", "due_at", "why", "topic", "complexity", "team", "state",
    "received_at", "answered_at", "closed_at", "attempts", "retry_from", "one_attempt_only", "reply_channel",
    "interpreter_language", "follow_up_on", "waiting_for", "version",
)  # fmt: skip
_CASES, _PATIENTS, _STAFF = (table_of(table) for table in (Case, Patient, Staff))
_WINDOW, _PERIOD = table_of(CallWindowRow), table_of(UnavailablePeriod)


def call_times(case_id: sa.ColumnElement[UUID]) -> tuple[sa.ColumnElement[Any], ...]:
    """A case's windows and the days she cannot be rung, each gathered in one column: a row a case and no more."""
    return (
        sa.select(Gathered(_WINDOW.c.weekday, _WINDOW.c.starts, _WINDOW.c.ends))
        .where(_WINDOW.c.case_id == case_id)
        .scalar_subquery(),
        sa.select(Gathered(_PERIOD.c.first_day, _PERIOD.c.last_day))
        .where(_PERIOD.c.case_id == case_id)
        .scalar_subquery(),
    )


_ROWS = (
    sa.select(
        *(_CASES.c[name] for name in CASE_COLUMNS),
        _PATIENTS.c.name, _PATIENTS.c.protected, _STAFF.c.username, _STAFF.c.name, *call_times(_CASES.c.id),
    )
    .join(_PATIENTS, _PATIENTS.c.id == _CASES.c.patient_id)
    .join(_STAFF, _STAFF.c.id == _CASES.c.assignee_id, isouter=True)
    .where(_CASES.c.queue_number.in_(sa.bindparam("numbers", expanding=True)))
)  # fmt: skip
"""A page is read by one statement that is built once: plain rows of tables, none of them an object."""


def _conditions(which: QueueFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [col(Case.closed_at).is_(None)]
    if which.assignee is not None:
        conditions.append(col(Case.assignee_id) == which.assignee)
    if which.unassigned:
        conditions.append(col(Case.assignee_id).is_(None))
    if which.teams is not None:
        conditions.append(col(Case.team).in_(which.teams))
    if which.topic is not None:
        conditions.append(col(Case.topic) == which.topic)
    if which.callable_at is not None:
        conditions.append(callable_now(which.callable_at))
    if which.without_call:
        due = col(Case.follow_up_on) <= which.follow_up_by if which.follow_up_by else sa.false()
        conditions.append(sa.or_(_wants_no_call(), due))
    conditions.extend(_matches(word) for word in which.text)
    if which.deal is not None:
        conditions.extend(dealable(which.deal))
    return conditions


def dealable(deal: Deal) -> list[sa.ColumnElement[bool]]:
    """What makes a case one that is dealt; the values may be parameters that are given later."""
    conditions: list[sa.ColumnElement[bool]] = []
    if deal.teams is not None:
        ways: list[sa.ColumnElement[bool]] = [col(Case.team).in_(_listed(deal.teams))]
        if deal.others_but is not None:
            ways.append(col(Case.team).not_in(_listed(deal.others_but)))
        if deal.lane_before is not None:
            ways.append(
                sa.and_(
                    col(Case.team) == constant(Team.MAXIMUM_WAITING_TIME), col(Case.registered_at) <= deal.lane_before
                )
            )
        conditions.append(sa.or_(*ways))
    if deal.kept_at is not None:
        conditions.append(sa.or_(col(Case.kept_until).is_(None), col(Case.kept_until) <= deal.kept_at))
    if deal.simple_only:
        conditions.append(col(Case.complexity) == constant(Complexity.SIMPLE))
    if deal.topics is not None:
        conditions.append(col(Case.topic).in_(_listed(deal.topics)))
    return conditions


def _listed(values: Any) -> Any:
    return sorted(values) if isinstance(values, frozenset) else values


def callable_now(moment: Moment) -> sa.ColumnElement[bool]:
    """What makes a case one that can be worked on at a moment."""
    urgent = col(Case.priority_class) <= constant(2)
    # Asked case by case, of the few at the head of the queue: PostgreSQL would else read every window there is first.
    window = _open_window(moment).where(col(CallWindowRow.case_id) == col(Case.id)).limit(constant(1))
    in_window = window.with_only_columns(constant(1)).scalar_subquery().is_not(None)
    reachable = sa.or_(in_window, _wants_no_call()) if moment.calling else _wants_no_call()
    return sa.or_(urgent, sa.and_(reachable, _not_in_retry_gap(moment)))


def _wants_no_call() -> sa.ColumnElement[bool]:
    return sa.or_(
        col(Case.reply_channel) != constant(ReplyChannel.PHONE), col(Case.topic) == constant(Topic.ACCEPTANCE_REQUEST)
    )


def _not_in_retry_gap(moment: Moment) -> sa.ColumnElement[bool]:
    return sa.or_(col(Case.retry_from).is_(None), col(Case.retry_from) <= moment.now)


def _open_window(moment: Moment) -> sa.Select[UUID, time]:
    away = sa.exists(
        sa.select(1).where(
            col(UnavailablePeriod.case_id) == col(CallWindowRow.case_id),
            col(UnavailablePeriod.first_day) <= moment.today,
            col(UnavailablePeriod.last_day) >= moment.today,
        )
    )
    return sa.select(col(CallWindowRow.case_id), col(CallWindowRow.ends)).where(
        col(CallWindowRow.weekday) == moment.weekday,
        col(CallWindowRow.starts) <= moment.wall,
        col(CallWindowRow.ends) > moment.wall,
        sa.not_(away),
    )


def _matches(word: str) -> sa.ColumnElement[bool]:
    """A folded word: the beginning of any part of the name, or of the queue, case or phone number."""
    named = is_named(word)
    if not any(char.isdigit() for char in word):
        return named
    digits = word.replace("+45", "")
    return sa.or_(
        named,
        sa.cast(col(Case.queue_number), sa.String).startswith(digits, autoescape=True),
        col(Case.case_number).contains(digits, autoescape=True),
        col(Case.phone).contains(digits, autoescape=True),
        col(Case.alternative_phone).contains(digits, autoescape=True),
    )
