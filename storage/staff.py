"""Reads the people of the office as of a day: roles, teams, absence are intervals read at the moment of use."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from pkui.domain.codes import Role
from pkui.domain.sorting import WorkingGroup
from storage.store import SYSTEM_USERNAME
from storage.tables.staff import Absence, Staff, StaffRole, StaffTeam, TeamRow


@dataclass(frozen=True)
class StaffRecord:
    """A person as of one day and instant; `absent_until` is None when present or when no end is known."""

    id: UUID
    username: str
    name: str
    roles: frozenset[Role]
    teams: frozenset[str]
    absent: bool
    absent_until: datetime | None


def read_staff(session: Session, on: date, now: datetime, *, username: str | None = None) -> list[StaffRecord]:
    """Everyone who works here that day in the order of their names, or the one with that username (also `system`)."""
    query = sa.select(col(Staff.id), col(Staff.username), col(Staff.name)).where(
        col(Staff.active_from) <= on, _not_before(col(Staff.active_to), on)
    )
    query = query.where(col(Staff.username) == username if username else col(Staff.username) != SYSTEM_USERNAME)
    people = session.execute(query.order_by(col(Staff.name))).all()
    roles: dict[UUID, set[Role]] = defaultdict(set)
    for staff_id, role in session.execute(_held(StaffRole, StaffRole.role, on)):
        roles[staff_id].add(role)
    teams: dict[UUID, set[str]] = defaultdict(set)
    for staff_id, team in session.execute(_held(StaffTeam, StaffTeam.team, on)):
        teams[staff_id].add(team)
    away = read_absent(session, now)
    return [
        StaffRecord(id, username, name, frozenset(roles[id]), frozenset(teams[id]), id in away, away.get(id))
        for id, username, name in people
    ]


def read_absent(session: Session, now: datetime) -> dict[UUID, datetime | None]:
    """Who is away at that instant, and until when where an end is known."""
    rows = session.execute(
        sa.select(col(Absence.staff_id), col(Absence.ends_at)).where(
            col(Absence.starts_at) <= now, sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > now)
        )
    )
    return {row[0]: row[1] for row in rows}


def read_groups(session: Session, on: date) -> list[WorkingGroup]:
    """The working groups open that day that something goes to by itself, the newest first."""
    rows = session.execute(
        sa.select(*(getattr(TeamRow, name) for name in ("code", "opened_on", "closed_on", "topics", "words")))
        .where(col(TeamRow.opened_on) <= on, _not_before(col(TeamRow.closed_on), on))
        .order_by(col(TeamRow.opened_on).desc(), col(TeamRow.code))
    )
    groups = [WorkingGroup(row[0], row[1], row[2], frozenset(row[3] or ()), tuple(row[4] or ())) for row in rows]
    return [one for one in groups if one.topics or one.words]


def read_team_name(session: Session, code: str) -> str | None:
    """The name a working group was opened with; none for a standing team."""
    return session.scalar(sa.select(col(TeamRow.name)).where(col(TeamRow.code) == code))


def away_at(staff_id: UUID, now: datetime) -> sa.ColumnElement[bool]:
    """The condition that the person is away at that instant; part of other statements."""
    return sa.exists().where(
        col(Absence.staff_id) == staff_id,
        col(Absence.starts_at) <= now,
        sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > now),
    )


def is_away(session: Session, staff_id: UUID, now: datetime) -> bool:
    """Whether the person is away at that instant."""
    return bool(session.scalar(sa.select(away_at(staff_id, now))))


def staff_by_username(session: Session, username: str) -> Staff | None:
    """The staff row of a username."""
    return session.scalars(sa.select(Staff).where(col(Staff.username) == username)).first()


def _held(table: type[StaffRole] | type[StaffTeam], column: object, on: date) -> sa.Select[UUID, str]:
    return sa.select(col(table.staff_id), column).where(  # type: ignore[call-overload,no-any-return]
        col(table.valid_from) <= on, _not_before(col(table.valid_to), on)
    )


def _not_before(column: Mapped[date | None], on: date) -> sa.ColumnElement[bool]:
    return sa.or_(column.is_(None), column >= on)
