"""Who else is in a case and who works on it: reads for a poll, and writes that two desks may do at the same instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from storage.base import table_of
from storage.tables.cases import Case
from storage.tables.records import Event
from storage.tables.sharing import CaseHold, CaseVisit
from storage.tables.staff import Staff

_HOLDS, _VISITS = table_of(CaseHold), table_of(CaseVisit)


@dataclass(frozen=True)
class HoldRecord:
    """Who works on a case, since when, and until when if nothing more is heard."""

    staff_id: UUID
    username: str
    name: str
    since: datetime
    until: datetime
    calling: bool


def read_hold(session: Session, case_id: UUID, now: datetime, *, but: UUID | None = None) -> HoldRecord | None:
    """The hold that is in force, of anybody but the person named."""
    query = (
        sa.select(
            _HOLDS.c.staff_id, col(Staff.username), col(Staff.name), _HOLDS.c.since, _HOLDS.c.until, _HOLDS.c.calling
        )
        .join(Staff, col(Staff.id) == _HOLDS.c.staff_id)
        .where(_HOLDS.c.case_id == case_id, _HOLDS.c.until > now, _HOLDS.c.staff_id.is_distinct_from(but))
    )
    found = session.execute(query).first()
    return HoldRecord(*found) if found else None


def read_visitors(session: Session, case_id: UUID, now: datetime, *, but: UUID) -> list[str]:
    """The names of the other people who have the case on their screens."""
    query = (
        sa.select(col(Staff.name))
        .join(_VISITS, _VISITS.c.staff_id == col(Staff.id))
        .where(_VISITS.c.case_id == case_id, _VISITS.c.until > now, _VISITS.c.staff_id != but)
        .order_by(col(Staff.name))
    )
    return list(session.scalars(query))


def read_version(session: Session, queue_number: int) -> tuple[UUID, int] | None:
    """The key and the version of a case."""
    found = session.execute(
        sa.select(col(Case.id), col(Case.version)).where(col(Case.queue_number) == queue_number)
    ).first()
    return (found[0], found[1]) if found else None


def read_last_change(session: Session, case_id: UUID) -> str | None:
    """Who made the newest change of a case."""
    query = (
        sa.select(col(Staff.name))
        .join(Event, col(Event.staff_id) == col(Staff.id))
        .where(col(Event.case_id) == case_id)
        .order_by(col(Event.id).desc())
        .limit(1)
    )
    return session.scalar(query)


def visit(session: Session, case_id: UUID, staff_id: UUID, until: datetime) -> None:
    """Notes that somebody has the case on the screen."""
    row = {"case_id": case_id, "staff_id": staff_id, "until": until}
    insert = _insert(session, _VISITS).values(row)
    session.execute(insert.on_conflict_do_update(index_elements=["case_id", "staff_id"], set_={"until": until}))


def leave(session: Session, case_id: UUID, staff_id: UUID) -> None:
    """Notes that somebody has left the case; what she held is free."""
    for table in (_VISITS, _HOLDS):
        session.execute(sa.delete(table).where(table.c.case_id == case_id, table.c.staff_id == staff_id))


def take_hold(
    session: Session, case_id: UUID, staff_id: UUID, *, now: datetime, until: datetime, calling: bool, by_force: bool
) -> bool:
    """Takes or renews the hold; of two at the same instant one gets it. `by_force` also from somebody else."""
    row = {"case_id": case_id, "staff_id": staff_id, "since": now, "until": until, "calling": calling}
    mine = _HOLDS.c.staff_id == staff_id
    insert = _insert(session, _HOLDS).values(row)
    taken = insert.on_conflict_do_update(
        index_elements=["case_id"],
        set_={**row, "since": sa.case((sa.and_(mine, _HOLDS.c.until > now), _HOLDS.c.since), else_=now)},
        where=sa.true() if by_force else sa.or_(mine, _HOLDS.c.until <= now),
    )
    return session.execute(taken.returning(_HOLDS.c.case_id)).first() is not None


def forget_old(session: Session, now: datetime) -> None:
    """Throws away visits and holds whose time is over."""
    for table in (_VISITS, _HOLDS):
        session.execute(sa.delete(table).where(table.c.until <= now))


def _insert(session: Session, table: sa.Table) -> Any:
    if session.connection().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_there

        return insert_there(table)
    from sqlalchemy.dialects.sqlite import insert as insert_here

    return insert_here(table)
