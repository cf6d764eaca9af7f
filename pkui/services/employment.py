"""A person's roles, teams and hours, each from a day on; every change is kept with who made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.clock import local
from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import Role
from pkui.domain.office import at
from pkui.domain.permissions import Grant, Permission, grant
from pkui.domain.rota import BadHours, Hours, days_between, inside, ordered
from pkui.services.callbacks_office import whole
from pkui.services.desk import Work, use_case
from pkui.services.lane import require_covered, uncovered
from storage.callbacks import read_shifts, read_standing
from storage.employment import ChangeRecord as ChangeRecord
from storage.employment import Term as Term
from storage.employment import add_change, add_term, read_changes, read_terms, rows_of_term
from storage.staff import StaffRecord, read_staff
from storage.tables.staff import Shift, StaffRole, StaffTeam, TeamRow

GIVEN = tuple(role for role in Role if role not in (Role.SYSTEM, Role.DAY_COORDINATOR))
"""The roles a person is employed in; the duty of coordinator is given for a day, and `system` to nobody."""
ONE_DAY = timedelta(days=1)
SHOWN_DAYS = 14


@dataclass(frozen=True)
class Terms:
    """A person's roles and teams with their days, those that have ended left out, and her hours on the next days."""

    record: StaffRecord
    roles: tuple[Term, ...]
    teams: tuple[Term, ...]
    hours: tuple[tuple[date, tuple[Hours, ...]], ...]


@dataclass(frozen=True)
class HoursSet:
    """On how many days the hours now hold, and the queue numbers of the booked calls that lie outside them."""

    days: int
    calls: tuple[int, ...]


@use_case(Permission.PEOPLE, writes=False)
def terms(work: Work, username: str) -> Terms:
    """What a person holds now and ahead."""
    person = one_person(work, username)
    shifts = read_shifts(work.session, work.today, work.today + timedelta(days=SHOWN_DAYS))
    hours: dict[date, list[Hours]] = {}
    for staff_id, day, starts, ends in shifts:
        if staff_id == person.id:
            hours.setdefault(day, []).append((starts, ends))
    days = (work.today + timedelta(days=number) for number in range(SHOWN_DAYS))
    shown = [(day, tuple(sorted(hours.get(day, ())))) for day in days if work.calendar.is_working_day(day)]
    roles = tuple(one for one in read_terms(work.session, StaffRole, person.id) if one.code in GIVEN)
    teams = read_terms(work.session, StaffTeam, person.id)
    return Terms(person, _ahead(work, roles), _ahead(work, teams), tuple(shown))


def _ahead(work: Work, found: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(one for one in found if one.last is None or one.last >= work.today)


@use_case(Permission.PEOPLE, writes=False)
def changes(work: Work, username: str) -> list[ChangeRecord]:
    """What was changed about a person, the newest first."""
    return read_changes(work.session, one_person(work, username).id)


@use_case(Permission.PEOPLE)
def give_role(work: Work, username: str, role: Role, *, first: date | None = None, last: date | None = None) -> Terms:
    """Gives a person a role from a day on; what was said of that role for those days gives way.

    Raises Refused('own_roles'): nobody changes what she herself may do.
    """
    person, day = _to_change(work, username), first or work.today
    if role not in GIVEN:
        raise BadInput("no_such_role")
    _give(work, person, StaffRole, role, day, last)
    return _done(work, person, "role", {"given": role.value, **_days(day, last)})


@use_case(Permission.PEOPLE)
def end_role(work: Work, username: str, role: Role, *, last: date | None = None) -> Terms:
    """Takes a role from a person after its last day. Raises Refused('last_with_people') where nobody is left who may
    change people."""
    person, day = _to_change(work, username), last or work.today
    _end(work, person, StaffRole, role, day)
    work.session.flush()
    left = read_staff(work.session, day + ONE_DAY, work.now)
    if not any(grant(one.roles, Permission.PEOPLE) is not Grant.NO for one in left):
        raise Refused("last_with_people")
    return _done(work, person, "role", {"ended": role.value, "to": day.isoformat()})


@use_case(Permission.PEOPLE)
def give_team(work: Work, username: str, team: str, *, first: date | None = None, last: date | None = None) -> Terms:
    """Puts a person in a team from a day on. Raises BadInput('no_such_team') for one that is not open that day."""
    person, day, code = one_person(work, username), first or work.today, team.strip().casefold()
    row = work.session.get(TeamRow, code)
    if row is None or (row.closed_on is not None and row.closed_on < day):
        raise BadInput("no_such_team")
    give_place(work, person, code, max(day, row.opened_on), last)
    return _done(work, person, "team", {"given": code, **_days(day, last)})


@use_case(Permission.PEOPLE)
def end_team(work: Work, username: str, team: str, *, last: date | None = None) -> Terms:
    """Takes a person out of a team after a day. Refused where nobody is left for the maximum waiting times."""
    person, day, code = one_person(work, username), last or work.today, team.strip().casefold()
    known = uncovered(work, day + ONE_DAY)
    end_place(work, person, code, day)
    work.session.flush()
    require_covered(work, known, day + ONE_DAY)
    return _done(work, person, "team", {"ended": code, "to": day.isoformat()})


@use_case(Permission.PEOPLE)
def set_hours(
    work: Work, username: str, stretches: Sequence[Hours], *, first: date | None = None, last: date | None = None
) -> HoursSet:
    """Gives a person other hours on the working days from one day to another; no stretches is a day off.

    Raises Refused('lane_uncovered') with who could take it. Calls that are booked outside the hours stay, and are told.
    """
    person, day = one_person(work, username), first or work.today
    if day < work.today:
        raise BadInput("day_in_the_past", on=day.isoformat())
    try:
        hours = ordered(stretches)
        days = days_between(day, last or day, work.calendar.is_working_day)
    except BadHours as error:
        raise BadInput("bad_hours") from error
    except ValueError as error:
        raise BadInput("no_working_day") from error
    known = uncovered(work, days[0], days[-1])
    old = {one for one in read_shifts(work.session, days[0], days[-1]) if one[0] == person.id}
    work.session.execute(sa.delete(Shift).where(col(Shift.staff_id) == person.id, col(Shift.day).in_(days)))
    work.session.add_all(Shift(staff_id=person.id, day=one, starts=a, ends=b) for one in days for a, b in hours)
    work.session.flush()
    require_covered(work, known, days[0], days[-1])
    details = _days(days[0], days[-1]) | {"hours": [_written(one) for one in hours]}
    if len(days) == 1:
        details["before"] = [_written((one[2], one[3])) for one in sorted(old, key=lambda one: one[2])]
    note(work, person.id, "shifts", details)
    return HoursSet(len(days), _outside(work, person, days, hours))


def _outside(work: Work, person: StaffRecord, days: Sequence[date], hours: Sequence[Hours]) -> tuple[int, ...]:
    """The calls to come of these days that the hours do not hold."""
    end, wanted = at(days[-1], time(0)) + ONE_DAY, set(days)
    found = []
    for one in read_standing(work.session, max(at(days[0], time(0)), work.now), end):
        start, until = (local(moment) for moment in whole(one))
        if one.adviser == person.username and start.date() in wanted and not inside(start.time(), until.time(), hours):
            found.append(one.queue_number)
    return tuple(sorted(found))


def one_person(work: Work, username: str) -> StaffRecord:
    """The person with that username who works here today. Raises BadInput('no_such_person')."""
    found = read_staff(work.session, work.today, work.now, username=username.strip().casefold())
    if not found:
        raise BadInput("no_such_person")
    return found[0]


def give_place(work: Work, person: StaffRecord, team: str, first: date, last: date | None) -> None:
    """Puts a person in a team, within another use case."""
    _give(work, person, StaffTeam, team, first, last)


def end_place(work: Work, person: StaffRecord, team: str, last: date) -> None:
    """Takes a person out of a team, within another use case."""
    _end(work, person, StaffTeam, team, last)


def note(work: Work, staff_id: UUID, what: str, details: dict[str, Any]) -> None:
    """Keeps a change of a person with who made it, within the use case that makes it."""
    add_change(work.session, staff_id, what, details, made_by=work.person.id, made_at=work.now)


def _to_change(work: Work, username: str) -> StaffRecord:
    person = one_person(work, username)
    if person.id == work.person.id:
        raise Refused("own_roles")
    return person


def _give(
    work: Work,
    person: StaffRecord,
    table: type[StaffRole] | type[StaffTeam],
    code: str,
    first: date,
    last: date | None,
) -> None:
    if first < work.today or (last is not None and last < first):
        raise BadInput("day_in_the_past", on=(last or first).isoformat())
    held = None
    for row in rows_of_term(work.session, table, person.id, code):
        if row.valid_from <= first and (row.valid_to is None or row.valid_to >= first - ONE_DAY):
            held = row
        elif row.valid_from > first and (last is None or row.valid_from <= last):
            work.session.delete(row)
    work.session.flush()
    if held is None:
        add_term(work.session, table, person.id, code, first, last)
    else:
        held.valid_to = last
    work.session.flush()


def _end(work: Work, person: StaffRecord, table: type[StaffRole] | type[StaffTeam], code: str, last: date) -> None:
    """The last day may be yesterday: then it is over at once."""
    if last < work.today - ONE_DAY:
        raise BadInput("day_in_the_past", on=last.isoformat())
    ended = False
    for row in rows_of_term(work.session, table, person.id, code):
        if row.valid_from > last:
            work.session.delete(row)
            ended = True
        elif row.valid_to is None or row.valid_to > last:
            row.valid_to = last
            ended = True
    if not ended:
        raise Refused("term_not_held", name=person.name)


def _done(work: Work, person: StaffRecord, what: str, details: dict[str, Any]) -> Terms:
    work.session.flush()
    note(work, person.id, what, details)
    record = one_person(work, person.username)
    roles = tuple(one for one in read_terms(work.session, StaffRole, person.id) if one.code in GIVEN)
    teams = read_terms(work.session, StaffTeam, person.id)
    return Terms(record, _ahead(work, roles), _ahead(work, teams), ())


def _days(first: date, last: date | None) -> dict[str, Any]:
    return {"from": first.isoformat(), "to": last.isoformat() if last else None}


def _written(one: Hours) -> str:
    return f"{one[0]:%H:%M}-{one[1]:%H:%M}"
