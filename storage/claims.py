"""Taking the first case a person is dealt: one statement for each kind of person and hour, only filled in."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from pkui.domain.codes import CaseState, EventKind
from pkui.domain.routing import Deal
from storage.base import constant, table_of
from storage.fixed import Fixed
from storage.queue import CASE_COLUMNS, ORDER, Moment, QueueRecord, call_times, callable_now, dealable, record_of
from storage.staff import away_at
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.sharing import CaseHold

_CASES, _PATIENTS, _HOLDS, _EVENTS = (table_of(table) for table in (Case, Patient, CaseHold, Event))
_LISTS = {"teams": _CASES.c.team, "others_but": _CASES.c.team, "topics": _CASES.c.topic}
_INSTANTS = ("lane_before", "kept_at")
_MOMENT = ("now", "today", "weekday", "wall")


@dataclass(frozen=True)
class Taken:
    """A free case locked for this transaction; `given`: her name stands on it, its person has no other open case."""

    record: QueueRecord
    patient_id: UUID
    given: bool


def take_first(
    connection: sa.Connection, deal: Deal, staff_id: UUID, username: str, now: datetime, moment: Moment | None
) -> Taken | None:
    """Locks the first free case that the person is dealt; none while she is away. Gives it to her with its event.

    It is not given where its person has another open case: whose they are is decided first. Cases other desks are
    taking are stepped past: SQLite holds the write lock already; PostgreSQL locks the row and skips those of others.
    So are cases a colleague works on. `moment` leaves only what can be worked on then.
    """
    lists = {name: sorted(found) for name in _LISTS if (found := getattr(deal, name)) is not None}
    values: dict[str, Any] = {f"{name}_{at}": one for name, found in lists.items() for at, one in enumerate(found)}
    instants = tuple(name for name in _INSTANTS if getattr(deal, name) is not None)
    values |= {name: getattr(deal, name) for name in instants}
    values |= {"staff_id": staff_id, "at": now}
    if moment is not None:
        values |= {name: getattr(moment, name) for name in _MOMENT}
    calling = moment.calling if moment is not None else None
    named = (*((name, len(found)) for name, found in lists.items()), *((name, None) for name in instants))
    told = {"what": {"to": username}}
    at_once = connection.dialect.name == "postgresql"
    statement = _statement(named, deal.simple_only, calling, at_once)
    rows = statement.rows(connection, values | told if at_once else values)
    if not rows:
        return None
    patient_id, given, *shown = rows[0]
    taken = Taken(record_of(shown), patient_id, bool(given))
    if at_once or not taken.given:
        return taken
    case, state = {"case": taken.record.id}, taken.record.state.held
    connection.execute(_GIVE, case | {"staff_id": staff_id, "at": now, "held": state})
    connection.execute(_TELL, case | {"staff_id": staff_id, "at": now} | told)
    return replace(taken, record=replace(taken.record, state=state, version=taken.record.version + 1))


@lru_cache(maxsize=64)
def _statement(
    named: tuple[tuple[str, int | None], ...], simple_only: bool, calling: bool | None, at_once: bool
) -> Fixed:
    """The statement for a deal that sets these limits; of a list, its length is known."""
    parts: dict[str, Any] = dict.fromkeys((*_LISTS, *_INSTANTS))
    for name, length in named:
        parts[name] = sa.bindparam(name) if length is None else _listed(name, length)
    deal = SimpleNamespace(**parts, simple_only=simple_only)
    conditions = [
        col(Case.closed_at).is_(None),
        col(Case.assignee_id).is_(None),
        *dealable(cast(Deal, deal)),
        sa.not_(away_at(_ME, _AT)),
        sa.not_(sa.exists().where(_HOLDS.c.case_id == _CASES.c.id, _HOLDS.c.staff_id != _ME, _HOLDS.c.until > _AT)),
    ]
    if calling is not None:
        moment = SimpleNamespace(**{name: sa.bindparam(name) for name in _MOMENT}, calling=calling)
        conditions.append(callable_now(cast(Moment, moment)))
    first = sa.select(*(_CASES.c[name] for name in (*CASE_COLUMNS, "patient_id")))
    first = first.where(*conditions).order_by(*ORDER).limit(constant(1))
    locked = first.with_for_update(skip_locked=True, key_share=True, of=_CASES).cte("first")
    return Fixed(_given(locked) if at_once else _shown(locked, dict(locked.c), _alone(locked)))


def _listed(name: str, length: int) -> list[sa.BindParameter[Any]]:
    return [sa.bindparam(f"{name}_{at}", type_=_LISTS[name].type) for at in range(length)]


def _alone(first: sa.CTE) -> sa.ColumnElement[bool]:
    """Whether the person of the locked case has no other open case."""
    others = _CASES.alias("others")
    # Open by its state: a server that has not counted yet would else read every open case, which it takes for few.
    is_open = others.c.state != constant(CaseState.CLOSED)
    other = sa.select(constant(1)).where(others.c.patient_id == first.c.patient_id, is_open, others.c.id != first.c.id)
    return other.limit(constant(1)).scalar_subquery().is_(None)


def _shown(first: sa.CTE, now: dict[str, Any], given: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The locked case as lists show it, with what is known of its person."""
    return sa.select(
        first.c.patient_id,
        given,
        *(now[name] for name in CASE_COLUMNS),
        _PATIENTS.c.name, _PATIENTS.c.protected, sa.null(), sa.null(), *call_times(first.c.id),
    ).join_from(first, _PATIENTS, _PATIENTS.c.id == first.c.patient_id)  # fmt: skip


def _given(first: sa.CTE) -> sa.Select[Any]:
    """The locked case given and told of in the same statement, where a server can: it changes several tables."""
    held = {state: constant(state.held) for state in CaseState if state.held is not state}
    state = sa.case(*((first.c.state == constant(one), then) for one, then in held.items()), else_=first.c.state)
    given = (
        sa.update(_CASES)
        .where(_CASES.c.id == first.c.id, _alone(first))
        .values(assignee_id=_ME, state=state, changed_at=_AT, version=first.c.version + constant(1))
        .returning(_CASES.c.id, _CASES.c.state, _CASES.c.version)
        .cte("given")
    )
    said = {name: value for name, value in _SAID.items() if name != "case_id"}
    told = sa.insert(_EVENTS).from_select(["case_id", *said], sa.select(given.c.id, *said.values())).inline()
    changed = {name: sa.func.coalesce(given.c[name], first.c[name]) for name in ("state", "version")}
    now = {name: changed.get(name, first.c[name]) for name in CASE_COLUMNS}
    shown = _shown(first, now, given.c.id.is_not(None)).outerjoin(given, given.c.id == first.c.id)
    return shown.add_cte(told.cte("told"))


_ME: Any = sa.bindparam("staff_id", type_=_EVENTS.c.staff_id.type)
_AT: Any = sa.bindparam("at", type_=_EVENTS.c.at.type)
_ID: Any = sa.bindparam("case", type_=_CASES.c.id.type)
_SAID: dict[str, Any] = {
    "case_id": _ID,
    "staff_id": _ME,
    "at": _AT,
    "kind": constant(EventKind.ASSIGNED),
    "details": sa.bindparam("what", type_=_EVENTS.c.details.type),
}
_GIVE = (
    sa.update(_CASES)
    .where(_CASES.c.id == _ID)
    .values(assignee_id=_ME, state=sa.bindparam("held"), changed_at=_AT, version=_CASES.c.version + 1)
)
_TELL = sa.insert(_EVENTS).values(_SAID).inline()
