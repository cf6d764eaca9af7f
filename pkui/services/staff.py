"""Imports people, roles, teams, shifts and absences from a file: all of it or nothing, twice the same as once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import Role
from pkui.domain.identifiers import classify
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from pkui.services.employment import note
from pkui.services.lane import lane_gaps
from pkui.services.staff_file import AbsenceFrom, Held, PersonRows, ShiftOn, StaffFile, Team, read_staff_file
from storage.base import Base
from storage.employment import Term, read_terms
from storage.patients import index_of
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
    _require_lane(work, file)
    return read_staff(work.session, work.today, work.now)


def read_file(path: Path) -> bytes:
    """The bytes of a file a person named. Raises BadInput('no_file')."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("no_file") from error


@dataclass(frozen=True)
class FilePreview:
    """What a file of people holds, before it is brought in."""

    people: int
    new: tuple[str, ...]
    teams: int
    shifts: int
    absences: int


@use_case(Permission.PEOPLE, writes=False)
def preview_staff(work: Work, data: bytes) -> FilePreview:
    """Reads a file of people and says what is in it; nothing is stored."""
    file = read_staff_file(data)
    known = set(work.session.scalars(sa.select(col(Staff.username))))
    return FilePreview(
        people=len(file.people),
        new=tuple(one.name for one in file.people if one.username not in known),
        teams=len(file.teams),
        shifts=sum(len(one.shifts) for one in file.people),
        absences=sum(len(one.absences) for one in file.people),
    )


def _require_lane(work: Work, file: StaffFile) -> None:
    """No day the file says something about may be left without anyone for the maximum waiting times."""
    days = [shift.day for one in file.people for shift in one.shifts]
    days += [local_date(gone.starts_at) for one in file.people for gone in one.absences]
    gaps = lane_gaps(work, min(days), max(days)) if days else []
    if gaps:
        raise Refused("lane_uncovered", on=gaps[0].day.isoformat(), names=", ".join(gaps[0].names) or "-")


@use_case(Permission.PEOPLE)
def identify(work: Work, username: str, number: str) -> None:
    """Keeps a keyed index of a colleague's person number, never the number, so that her own case is guarded.

    An empty number takes it away. Raises BadInput('bad_identifier') for what is no number of a person.
    """
    staff = staff_by_username(work.session, username.strip().casefold())
    if staff is None:
        raise BadInput("no_such_person")
    identifier = classify(number) if number.strip() else None
    if number.strip() and identifier is None:
        raise BadInput("bad_identifier")
    staff.identifier_index = index_of(identifier, work.cipher) if identifier else None


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
    before = _held(work.session, staff.id)
    _put_roles(work.session, staff.id, person.roles)
    _put_teams(work.session, staff.id, person.teams)
    work.session.flush()
    if _held(work.session, staff.id) != before:
        note(work, staff.id, "file", {})
    _put_shifts(work.session, staff.id, person.shifts)
    _put_absences(work, staff.id, person.absences)


def _held(session: Session, staff_id: UUID) -> tuple[Term, ...]:
    return read_terms(session, StaffRole, staff_id) + read_terms(session, StaffTeam, staff_id)


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
