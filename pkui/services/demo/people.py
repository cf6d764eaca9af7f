"""The 24 people of the demo office: roles, teams, shifts around its first morning, and who is away.

Numbers by role: annual report of 2024, chapter 10 (14 nurses, 3 medical secretaries, 3 administrative staff, one deputy
head), and one each of the roles lent or needed to run it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlmodel import Session

from pkui.base.keys import new_key
from pkui.domain.codes import AbsenceKind, Role, Team
from pkui.domain.office import at
from pkui.services.demo.timeline import DAY, WorkingTime
from storage.tables.staff import Absence, CoverRow, Shift, Staff, StaffRole, StaffTeam

ADVISERS = (
    "Anna Berg", "Bo Lindegaard", "Birgit Aagaard", "Charlotte Ibsen", "Dorte Winther", "Ellen Krag", "Gitte Balle",
    "Helle Storgaard", "Inge Mølgaard", "Jonas Frost", "Karen Ladegaard", "Lene Odgaard", "Merete Kold", "Rikke Astrup",
)  # fmt: skip
SECRETARIES = ("Pia Tofte", "Susanne Bødker", "Ulla Grønbæk")
ADMINISTRATIVE = ("Vibeke Stampe", "Morten Lyhne", "Tine Hvid")
SUPERVISORS = ("Lisbeth Rosendal",)
TEMPORARIES = ("Katrine Bonde",)
LOG_REVIEWERS = ("Niels Ravnsborg",)
SYSTEM_ADMINISTRATORS = ("Peter Elkjær",)

_ROLES = (
    (Role.ADVISER, ADVISERS),
    (Role.SECRETARY, SECRETARIES),
    (Role.ADMINISTRATIVE, ADMINISTRATIVE),
    (Role.SUPERVISOR, SUPERVISORS),
    (Role.TEMPORARY, TEMPORARIES),
    (Role.LOG_REVIEWER, LOG_REVIEWERS),
    (Role.SYSTEM_ADMINISTRATOR, SYSTEM_ADMINISTRATORS),
)
_TEAMS = {
    Team.MAXIMUM_WAITING_TIME: ("bo", "helle"),
    Team.HEALTH_RECORD: ("gitte", "lene", "rikke", "vibeke"),
    Team.SIMPLE_ONLY: ("katrine",),
}
"""Members beside the advisers, who are all in `general`."""
_WITHOUT_SHIFTS = (Role.LOG_REVIEWER, Role.SYSTEM_ADMINISTRATOR)
SHIFT_DAYS_BACK, SHIFT_DAYS_AHEAD = 10, 20
_DAYS = (
    (time(8), time(11, 45), time(12, 15), time(16)),
    (time(8), time(12), time(12, 30), time(15, 30)),
    (time(8, 30), time(12), time(12, 30), time(16)),
)
"""How people's days look: start, lunch, end of lunch, end."""


@dataclass(frozen=True)
class Colleague:
    """One person as the rest of the demo needs her."""

    id: UUID
    username: str
    name: str
    role: Role
    teams: tuple[Team, ...]


def colleagues(chance: Random, start: datetime) -> list[Colleague]:
    """Everyone, in the order of the roles; `start` dates the keys."""
    return [
        Colleague(new_key(start, chance), username, name, role, _teams_of(username, role))
        for role, names in _ROLES
        for name in names
        for username in (name.split()[0].lower(),)
    ]


def write_people(session: Session, chance: Random, everyone: list[Colleague], axis: WorkingTime) -> None:
    """Adds the people with their roles, teams, shifts and absences."""
    since = axis.today.replace(month=1, day=1) - timedelta(days=730)
    lent = axis.back(20)
    for one in everyone:
        began = lent if one.role is Role.TEMPORARY else since
        session.add(Staff(id=one.id, username=one.username, name=one.name, active_from=began))
    session.flush()
    for one in everyone:
        began = lent if one.role is Role.TEMPORARY else since
        session.add(StaffRole(staff_id=one.id, role=one.role, valid_from=began))
        session.add_all(StaffTeam(staff_id=one.id, team=team.value, valid_from=began) for team in one.teams)
        if one.role not in _WITHOUT_SHIFTS:
            session.add_all(_shifts(chance, one.id, axis))
    ids = {one.username: one.id for one in everyone}
    session.add_all(_absences(chance, ids, axis))
    session.add_all(_covers(chance, ids, axis))


def _teams_of(username: str, role: Role) -> tuple[Team, ...]:
    own = tuple(team for team, members in _TEAMS.items() if username in members)
    return (Team.GENERAL, *own) if role is Role.ADVISER else own


def _shifts(chance: Random, staff_id: UUID, axis: WorkingTime) -> list[Shift]:
    """Two rows a working day, parted by lunch; some have one weekday off."""
    hours, weekday_off = chance.choice(_DAYS), chance.choice((None, None, 3, 5))
    first = axis.back(SHIFT_DAYS_BACK)
    last = axis.calendar.add_working_days(axis.today, SHIFT_DAYS_AHEAD)
    shifts = []
    for offset in range((last - first).days + 1):
        day = first + offset * DAY
        if axis.calendar.is_working_day(day) and day.isoweekday() != weekday_off:
            shifts.append(Shift(staff_id=staff_id, day=day, starts=hours[0], ends=hours[1]))
            shifts.append(Shift(staff_id=staff_id, day=day, starts=hours[2], ends=hours[3]))
    return shifts


def _absences(chance: Random, ids: dict[str, UUID], axis: WorkingTime) -> list[Absence]:
    """One ill since this morning, one away on holiday all week, one on a course in two days, one was ill last week."""
    ahead = axis.calendar.add_working_days
    midnight, start = at(axis.today, time(0)), axis.start
    rows: list[tuple[str, AbsenceKind, datetime, datetime | None, datetime]] = [
        ("karen", AbsenceKind.ILLNESS, min(at(axis.today, time(7, 30)), start), None, start - timedelta(minutes=40)),
        ("inge", AbsenceKind.HOLIDAY, midnight, _closing(axis, ahead(axis.today, 4)), midnight - 30 * DAY),
        ("anna", AbsenceKind.COURSE, at(ahead(axis.today, 2), time(8)), _closing(axis, ahead(axis.today, 2)),
         midnight - 14 * DAY),
        ("morten", AbsenceKind.ILLNESS, at(axis.back(4), time(8)), _closing(axis, axis.back(3)),
         at(axis.back(4), time(7, 45))),
    ]  # fmt: skip
    return [
        Absence(
            id=new_key(reported, chance),
            staff_id=ids[username],
            kind=kind,
            starts_at=first,
            ends_at=last,
            reported_by=ids["pia"] if kind is AbsenceKind.ILLNESS else ids["lisbeth"],
            reported_at=reported,
        )
        for username, kind, first, last, reported in rows
    ]


def _covers(chance: Random, ids: dict[str, UUID], axis: WorkingTime) -> list[CoverRow]:
    """Who stands in: for the ill one somebody on holiday, who is covered herself; the lane's two by each other."""
    chains = {"karen": ("inge", "jonas"), "inge": ("birgit",), "bo": ("helle", "anna"), "helle": ("bo", "dorte")}
    chains["anna"] = ("charlotte",)
    return [
        CoverRow(
            id=new_key(axis.start, chance),
            staff_id=ids[who],
            substitute_id=ids[other],
            position=position,
            valid_from=axis.back(10),
            set_by=ids["lisbeth"],
            set_at=axis.start - 14 * DAY,
        )
        for who, others in chains.items()
        for position, other in enumerate(others, 1)
    ]


def _closing(axis: WorkingTime, day: date) -> datetime:
    return axis.office.closing(day)
