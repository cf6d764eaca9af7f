"""Imports people, roles, teams, shifts and absences from a file: all of it or nothing, twice the same as once."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.errors import BadInput
from pkui.base.keys import new_key
from pkui.domain.codes import Role
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from pkui.services.staff_file import AbsenceFrom, Held, PersonRows, ShiftOn, Team, read_staff_file
from storage.base import Base
from storage.staff import StaffRecord, read_staff, staff_by_username
from storage.tables.staff import Absence, Shift, Staff, StaffRole, StaffTeam, TeamRow

Row = TypeVar("Row", bound=Base)


@use_case(Permission.PEOPLE)
def import_staff(work: Work, data: bytes) -> list[StaffRecord]:
    """Brings in a file of people and answers everyone who works here today.

    People are known by username, roles and teams by their first day, absences by kind and start. The shifts of a
    day are replaced by those the file has for that person and day. Nobody is removed by being absent from the file.
    """
    file = read_staff_file(data)
    for team in file.teams:
        _put_team(work.session, team)
    known = set(work.session.scalars(sa.select(col(TeamRow.code)))) | {team.code for team in file.teams}
    for code, row in file.named_teams.items():
        if code not in known:
            raise BadInput("bad_team", row=row)
    for person in file.people:
        _put_person(work, person)
    work.session.flush()
    return read_staff(work.session, work.today, work.now)


def _put_team(session: Session, team: Team) -> None:
    row = _put(session, TeamRow, (team.code,), code=team.code, opened_on=team.opened_on)
    row.name, row.opened_on, row.closed_on = team.name or row.name, team.opened_on, team.closed_on


def _put_person(work: Work, person: PersonRows) -> None:
    staff = staff_by_username(work.session, person.username)
    if staff is None:
        staff = Staff(id=new_key(work.now), username=person.username, name=person.name, active_from=person.active_from)
        work.session.add(staff)
    staff.name, staff.active_from, staff.active_to = person.name, person.active_from, person.active_to
    work.session.flush()
    _put_roles(work.session, staff.id, person.roles)
    _put_teams(work.session, staff.id, person.teams)
    _put_shifts(work.session, staff.id, person.shifts)
    _put_absences(work, staff.id, person.absences)


def _put_roles(session: Session, staff_id: UUID, held: Sequence[Held]) -> None:
    for one in held:
        role = Role(one.code)
        key = (staff_id, role, one.first)
        row = _put(session, StaffRole, key, staff_id=staff_id, role=role, valid_from=one.first)
        row.valid_to = one.last


def _put_teams(session: Session, staff_id: UUID, held: Sequence[Held]) -> None:
    for one in held:
        key = (staff_id, one.code, one.first)
        row = _put(session, StaffTeam, key, staff_id=staff_id, team=one.code, valid_from=one.first)
        row.valid_to = one.last


def _put_shifts(session: Session, staff_id: UUID, shifts: Sequence[ShiftOn]) -> None:
    days = {shift.day for shift in shifts}
    if days:
        session.execute(sa.delete(Shift).where(col(Shift.staff_id) == staff_id, col(Shift.day).in_(days)))
    session.add_all(Shift(staff_id=staff_id, day=one.day, starts=one.starts, ends=one.ends) for one in shifts)


def _put_absences(work: Work, staff_id: UUID, absences: Sequence[AbsenceFrom]) -> None:
    for one in absences:
        same = sa.select(Absence).where(
            col(Absence.staff_id) == staff_id, col(Absence.kind) == one.kind, col(Absence.starts_at) == one.starts_at
        )
        row = work.session.scalars(same).first()
        if row is None:
            row = Absence(
                id=new_key(work.now),
                staff_id=staff_id,
                kind=one.kind,
                starts_at=one.starts_at,
                reported_by=work.person.id,
                reported_at=work.now,
            )
            work.session.add(row)
        row.ends_at = one.ends_at


def _put(session: Session, table: type[Row], key: tuple[Any, ...], **values: Any) -> Row:
    """The row with that key, made where it is missing."""
    row = session.get(table, key if len(key) > 1 else key[0])
    if row is None:
        row = table(**values)
        session.add(row)
    return row
