"""Taking the first case a person is dealt: one statement for each kind of person and hour, only filled in."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import CaseState, EventKind
from pkui.domain.routing import Deal
from storage.base import table_of
from storage.queue import CASE_COLUMNS, ORDER, Moment, QueueRecord, call_times, callable_now, dealable, record_of
from storage.staff import away_at
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.sharing import CaseHold

_LISTS, _INSTANTS = ("teams", "others_but", "topics"), ("lane_before", "kept_at")
_MOMENT = ("now", "today", "weekday", "wall")
_CASES, _PATIENTS, _HOLDS = table_of(Case), table_of(Patient), table_of(CaseHold)


@dataclass(frozen=True)
class Claimed:
    """A free case locked for this transaction; `alone`: its person has no other open case."""

    record: QueueRecord
    patient_id: UUID
    alone: bool


def claim_first(session: Session, deal: Deal, staff_id: UUID, now: datetime, moment: Moment | None) -> Claimed | None:
    """The first free case that the person is dealt; none while she is away.

    Cases other desks are taking are stepped past: SQLite holds the write lock already; PostgreSQL locks the row and
    skips those of others. So are cases a colleague works on. `moment` leaves only what can be worked on then.
    """
    named = tuple(name for name in (*_LISTS, *_INSTANTS) if getattr(deal, name) is not None)
    values: dict[str, Any] = {name: getattr(deal, name) for name in named}
    values |= {name: sorted(values[name]) for name in _LISTS if name in values}
    values |= {"staff_id": staff_id, "at": now}
    if moment is not None:
        values |= {name: getattr(moment, name) for name in _MOMENT}
    calling = moment.calling if moment is not None else None
    row = session.connection().execute(_statement(named, deal.simple_only, calling), values).first()
    return Claimed(record_of(row[2:]), row[0], bool(row[1])) if row else None


def give(session: Session, record: QueueRecord, to: UUID, username: str, name: str, now: datetime) -> QueueRecord:
    """Puts a person's name on a claimed case, with its event; the row as it is then."""
    state = CaseState.ASSIGNED if record.state in (CaseState.NEW, CaseState.REOPENED) else record.state
    run, version = session.connection().execute, record.version + 1
    given = {"case": record.id, "to": to, "new_state": state, "now": now, "next_version": version}
    told = {"case": record.id, "by": to, "now": now, "told": EventKind.ASSIGNED, "what": {"to": username}}
    if session.connection().dialect.name == "postgresql":
        run(_GIVE_AND_TELL, given | told)
    else:
        run(_GIVE, given)
        run(_TELL, told)
    return replace(record, state=state, version=version, assignee=username, assignee_name=name)


@lru_cache(maxsize=64)
def _statement(named: tuple[str, ...], simple_only: bool, calling: bool | None) -> sa.Select[Any]:
    parts: dict[str, Any] = {name: sa.bindparam(name, expanding=name in _LISTS) for name in named}
    deal = SimpleNamespace(**dict.fromkeys((*_LISTS, *_INSTANTS)) | parts, simple_only=simple_only)
    me: Any = sa.bindparam("staff_id")
    at: Any = sa.bindparam("at")
    conditions = [
        col(Case.closed_at).is_(None),
        col(Case.assignee_id).is_(None),
        *dealable(cast(Deal, deal)),
        sa.not_(away_at(me, at)),
        sa.not_(sa.exists().where(_HOLDS.c.case_id == _CASES.c.id, _HOLDS.c.staff_id != me, _HOLDS.c.until > at)),
    ]
    if calling is not None:
        moment = SimpleNamespace(**{name: sa.bindparam(name) for name in _MOMENT}, calling=calling)
        conditions.append(callable_now(cast(Moment, moment)))
    # A number in the statement: a plan that is kept for any number would sort the whole queue.
    one = sa.literal_column("1", sa.Integer)
    first = sa.select(*(_CASES.c[name] for name in (*CASE_COLUMNS, "patient_id")))
    first = first.where(*conditions).order_by(*ORDER).limit(one)
    return _shown(first.with_for_update(skip_locked=True, key_share=True, of=_CASES).cte("first"))


def _shown(first: sa.CTE) -> sa.Select[Any]:
    """The locked case as lists show it, with what is known of its person."""
    others = _CASES.alias("others")
    other = others.c.patient_id == first.c.patient_id, others.c.closed_at.is_(None), others.c.id != first.c.id
    return sa.select(
        first.c.patient_id,
        sa.not_(sa.exists(sa.select(1).where(*other))),
        *(first.c[name] for name in CASE_COLUMNS),
        _PATIENTS.c.name, _PATIENTS.c.protected, sa.null(), sa.null(), *call_times(first.c.id),
    ).join(_PATIENTS, _PATIENTS.c.id == first.c.patient_id)  # fmt: skip


_GIVE = (
    sa.update(_CASES)
    .where(_CASES.c.id == sa.bindparam("case"))
    .values(
        assignee_id=sa.bindparam("to"),
        state=sa.bindparam("new_state"),
        changed_at=sa.bindparam("now"),
        version=sa.bindparam("next_version"),
    )
)
_EVENTS = table_of(Event)
_SAID = {"case_id": "case", "staff_id": "by", "at": "now", "kind": "told", "details": "what"}
_EVENT = sa.select(*(sa.bindparam(said, type_=_EVENTS.c[name].type) for name, said in _SAID.items()))
_TELL = sa.insert(_EVENTS).from_select(list(_SAID), _EVENT).inline()
_GIVE_AND_TELL = (
    sa.insert(_EVENTS).from_select(list(_SAID), _EVENT.select_from(_GIVE.returning(_CASES.c.id).cte("given"))).inline()
)
"""SQLite changes one table a statement."""
