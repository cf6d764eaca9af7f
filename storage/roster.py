"""Reads who is here: one small statement for dealing, and the roster, absences and covers behind the people screen."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.codes import Role
from pkui.domain.routing import Cover, Post
from storage.base import constant
from storage.fixed import Fixed
from storage.tables.cases import Case
from storage.tables.staff import Absence, CoverRow, Shift, Staff, StaffRole, StaffTeam, TeamRow

_STAFF, _ROLE, _TEAM, _SHIFT, _ABSENCE, _CASE, _COVER, _OPEN = (
    sa.inspect(table).local_table for table in (Staff, StaffRole, StaffTeam, Shift, Absence, Case, CoverRow, TeamRow)
)
_TODAY: sa.BindParameter[date] = sa.bindparam("today")
_WALL: sa.BindParameter[time] = sa.bindparam("wall")
_NOW: sa.BindParameter[datetime] = sa.bindparam("now")
_WORKING = (Role.ADVISER, Role.SUPERVISOR, Role.TEMPORARY)


def _away(staff_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        _ABSENCE.c.staff_id == staff_id,
        _ABSENCE.c.starts_at <= _NOW,
        sa.or_(_ABSENCE.c.ends_at.is_(None), _ABSENCE.c.ends_at > _NOW),
    )


_NO_ROSTER = sa.not_(sa.exists().where(_SHIFT.c.day == _TODAY))
"""A day on which nobody has a shift has no roster: then everybody who is not away counts as here."""
_TO_COME = sa.exists().where(_SHIFT.c.staff_id == _ROLE.c.staff_id, _SHIFT.c.day == _TODAY, _SHIFT.c.ends > _WALL)
_AT_DESK = sa.exists().where(
    _SHIFT.c.staff_id == _ROLE.c.staff_id, _SHIFT.c.day == _TODAY, _SHIFT.c.starts <= _WALL, _SHIFT.c.ends > _WALL
)
# The class stands in the statement: a plan that is kept for any class would read every case there is.
_BUSY = _ROLE.c.staff_id.in_(
    sa.select(_CASE.c.assignee_id).where(
        _CASE.c.closed_at.is_(None),
        _CASE.c.priority_class == constant(1),
        _CASE.c.answered_at.is_(None),
        _CASE.c.assignee_id.is_not(None),
    )
)
_POSTS = Fixed(
    sa.select(
        _TEAM.c.team,
        _ROLE.c.role,
        sa.func.max(sa.case((sa.and_(sa.or_(_AT_DESK, _NO_ROSTER), sa.not_(_BUSY)), constant(1)), else_=constant(0))),
    )
    .select_from(_ROLE.join(_STAFF, _STAFF.c.id == _ROLE.c.staff_id).outerjoin(
        _TEAM,
        sa.and_(
            _TEAM.c.staff_id == _ROLE.c.staff_id,
            _TEAM.c.valid_from <= _TODAY,
            sa.or_(_TEAM.c.valid_to.is_(None), _TEAM.c.valid_to >= _TODAY),
            _TEAM.c.team.in_(
                sa.select(_OPEN.c.code).where(
                    _OPEN.c.opened_on <= _TODAY, sa.or_(_OPEN.c.closed_on.is_(None), _OPEN.c.closed_on >= _TODAY)
                )
            ),
        ),
    ))
    .where(
        _ROLE.c.role.in_([constant(role) for role in _WORKING]),
        _ROLE.c.valid_from <= _TODAY,
        sa.or_(_ROLE.c.valid_to.is_(None), _ROLE.c.valid_to >= _TODAY),
        _STAFF.c.active_from <= _TODAY,
        sa.or_(_STAFF.c.active_to.is_(None), _STAFF.c.active_to >= _TODAY),
        sa.or_(_TO_COME, _NO_ROSTER),
        sa.not_(_away(_ROLE.c.staff_id)),
    )
    .group_by(_TEAM.c.team, _ROLE.c.role)
)  # fmt: skip


def read_posts(connection: sa.Connection, today: date, wall: time, now: datetime) -> list[Post]:
    """Which roles are here in which teams: in the roster of the day, not gone home, not away at this instant."""
    rows = _POSTS.rows(connection, {"today": today, "wall": wall, "now": now})
    return [Post(row[0], Role(row[1]), bool(row[2])) for row in rows]


def read_covers(session: Session, on: date) -> Sequence[Cover]:
    """Who stands in for whom on a day, by their keys."""
    rows = session.connection().execute(
        sa.select(*(_COVER.c[name] for name in ("staff_id", "substitute_id", "position", "valid_from", "valid_to")))
        .where(_COVER.c.valid_from <= on, sa.or_(_COVER.c.valid_to.is_(None), _COVER.c.valid_to >= on))
        .order_by(_COVER.c.position, _COVER.c.set_at)
    )
    return [Cover(*row) for row in rows]
