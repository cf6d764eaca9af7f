"""Taking the first case a person is dealt: one statement for each kind of person and hour, only filled in."""

from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.routing import Deal
from storage.queue import ORDER, Moment, callable_now, dealable
from storage.staff import away_at
from storage.tables.cases import Case

_LISTS, _INSTANTS = ("teams", "others_but", "topics"), ("lane_before", "kept_at")
_MOMENT = ("now", "today", "weekday", "wall")


def claim_first(session: Session, deal: Deal, staff_id: UUID, now: datetime, moment: Moment | None) -> Case | None:
    """The first free case that the person is dealt, locked for this transaction; none while she is away.

    Cases other desks are taking are stepped past: SQLite holds the write lock already; PostgreSQL locks the row and
    skips those of others. `moment` leaves only what can be worked on then.
    """
    named = tuple(name for name in (*_LISTS, *_INSTANTS) if getattr(deal, name) is not None)
    values: dict[str, Any] = {name: getattr(deal, name) for name in named}
    values |= {name: sorted(values[name]) for name in _LISTS if name in values}
    values |= {"staff_id": staff_id, "at": now}
    if moment is not None:
        values |= {name: getattr(moment, name) for name in _MOMENT}
    calling = moment.calling if moment is not None else None
    return session.scalars(_statement(named, deal.simple_only, calling), values).first()


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
    ]
    if calling is not None:
        moment = SimpleNamespace(**{name: sa.bindparam(name) for name in _MOMENT}, calling=calling)
        conditions.append(callable_now(cast(Moment, moment)))
    query = sa.select(Case).where(*conditions).order_by(*ORDER).limit(1)
    return query.with_for_update(skip_locked=True, key_share=True, of=Case)
