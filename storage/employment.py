"""Reads a person's roles and teams with their days, and keeps what was changed about her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import Role
from storage.tables.staff import Staff, StaffChange, StaffRole, StaffTeam

MOST_CHANGES = 200


@dataclass(frozen=True)
class Term:
    """A role or a team held from one day to another, both included."""

    code: str
    first: date
    last: date | None


@dataclass(frozen=True)
class ChangeRecord:
    """One change of a person: when, who made it, what kind, and its details."""

    at: datetime
    by: str
    what: str
    details: dict[str, Any]


def read_terms(session: Session, table: type[StaffRole] | type[StaffTeam], staff_id: UUID) -> tuple[Term, ...]:
    """Everything a person holds, held or will hold of one kind, in the order of its first day."""
    code = col(StaffRole.role) if table is StaffRole else col(StaffTeam.team)
    query = sa.select(code, col(table.valid_from), col(table.valid_to)).where(col(table.staff_id) == staff_id)
    return tuple(Term(*row) for row in session.execute(query.order_by(col(table.valid_from), code)))


def rows_of_term(
    session: Session, table: type[StaffRole] | type[StaffTeam], staff_id: UUID, code: str
) -> Sequence[StaffRole | StaffTeam]:
    """Every row of one role or team of a person, the earliest first."""
    if table is StaffRole:
        roles = sa.select(StaffRole).where(col(StaffRole.staff_id) == staff_id, col(StaffRole.role) == Role(code))
        return session.scalars(roles.order_by(col(StaffRole.valid_from))).all()
    teams = sa.select(StaffTeam).where(col(StaffTeam.staff_id) == staff_id, col(StaffTeam.team) == code)
    return session.scalars(teams.order_by(col(StaffTeam.valid_from))).all()


def add_term(
    session: Session,
    table: type[StaffRole] | type[StaffTeam],
    staff_id: UUID,
    code: str,
    first: date,
    last: date | None,
) -> None:
    """A role or a team held from one day to another."""
    if table is StaffRole:
        session.add(StaffRole(staff_id=staff_id, role=Role(code), valid_from=first, valid_to=last))
    else:
        session.add(StaffTeam(staff_id=staff_id, team=code, valid_from=first, valid_to=last))


def add_change(
    session: Session, staff_id: UUID, what: str, details: dict[str, Any], *, made_by: UUID, made_at: datetime
) -> None:
    """Keeps one change."""
    session.add(StaffChange(staff_id=staff_id, what=what, details=details, made_by=made_by, made_at=made_at))


def read_changes(session: Session, staff_id: UUID) -> list[ChangeRecord]:
    """What was changed about a person, the newest first."""
    rows = session.execute(
        sa.select(col(StaffChange.made_at), col(Staff.name), col(StaffChange.what), col(StaffChange.details))
        .join(Staff, col(Staff.id) == col(StaffChange.made_by))
        .where(col(StaffChange.staff_id) == staff_id)
        .order_by(col(StaffChange.id).desc())
        .limit(MOST_CHANGES)
    )
    return [ChangeRecord(*row) for row in rows]
