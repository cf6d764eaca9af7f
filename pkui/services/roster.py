"""The people screen's use cases: everyone as they stand today, cover, the day's coordinator, and teams by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import AbsenceKind, Role, Team, Topic
from pkui.domain.permissions import Grant, Permission
from pkui.domain.routing import cover_chain
from pkui.services.desk import Work, use_case
from pkui.services.employment import end_place, give_place, note, one_person
from pkui.services.lane import LaneGap, lane_gaps
from storage.callbacks import read_shifts
from storage.roster import read_covers
from storage.staff import StaffRecord, read_staff
from storage.tables.staff import Absence, CoverRow, StaffRole, TeamRow

COORDINATORS = frozenset({Role.ADVISER, Role.SECRETARY})
STANDING = frozenset(team.value for team in Team)


@dataclass(frozen=True)
class AwayTime:
    """One absence that holds or is to come."""

    kind: AbsenceKind
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True)
class PersonToday:
    """A person as she stands now; `cover` are the names of who stands in for her, nearest first."""

    record: StaffRecord
    shifts: tuple[tuple[time, time], ...]
    away: tuple[AwayTime, ...]
    cover: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    """Everyone, and the days ahead without anyone for the maximum waiting times."""

    at: datetime
    people: tuple[PersonToday, ...]
    gaps: tuple[LaneGap, ...]


@dataclass(frozen=True)
class TeamView:
    """A team with its days, what goes to it by itself and who is in it today."""

    code: str
    name: str | None
    opened_on: date
    closed_on: date | None
    topics: tuple[str, ...]
    words: tuple[str, ...]
    members: tuple[str, ...]


@use_case(Permission.SEE_PEOPLE, writes=False)
def roster(work: Work) -> Roster:
    """Everyone who works here today: shifts, absences now and ahead, cover.

    Why somebody is away is told to those alone who may report it.
    """
    people = read_staff(work.session, work.today, work.now)
    names = {one.id: one.name for one in people}
    shifts: dict[object, list[tuple[time, time]]] = {}
    for staff_id, _day, starts, ends in read_shifts(work.session, work.today, work.today):
        shifts.setdefault(staff_id, []).append((starts, ends))
    away: dict[object, list[AwayTime]] = {}
    told = work.person.grant(Permission.REPORT_ILLNESS) is not Grant.NO
    rows = work.session.scalars(
        sa.select(Absence)
        .where(sa.or_(col(Absence.ends_at).is_(None), col(Absence.ends_at) > work.now))
        .order_by(col(Absence.starts_at))
    )
    for row in rows:
        kind = row.kind if told else AbsenceKind.OTHER
        away.setdefault(row.staff_id, []).append(AwayTime(kind, row.starts_at, row.ends_at))
    covers = read_covers(work.session, work.today)
    found = tuple(
        PersonToday(
            one,
            tuple(shifts.get(one.id, ())),
            tuple(away.get(one.id, ())),
            tuple(names[other] for other in cover_chain(one.id, covers, work.today) if other in names),
        )
        for one in people
    )
    return Roster(work.now, found, tuple(lane_gaps(work, work.today, None)))


@use_case(Permission.PEOPLE)
def set_cover(
    work: Work, username: str, substitutes: Sequence[str], *, first: date | None = None, last: date | None = None
) -> list[str]:
    """Says who stands in for a person, in order, from a day on; what was said for those days before gives way.

    No names ends her cover. Answers the names of the whole chain on the first day.
    """
    day = first or work.today
    if day < work.today or (last is not None and last < day):
        raise BadInput("day_in_the_past", on=(last or day).isoformat())
    person, others = one_person(work, username), [one_person(work, name) for name in substitutes]
    if person.id in {one.id for one in others}:
        raise BadInput("covers_herself")
    for row in work.session.scalars(sa.select(CoverRow).where(col(CoverRow.staff_id) == person.id)):
        if row.valid_from >= day:
            work.session.delete(row)
        elif row.valid_to is None or row.valid_to >= day:
            row.valid_to = day - timedelta(days=1)
    for position, one in enumerate(dict.fromkeys(other.id for other in others), 1):
        work.session.add(
            CoverRow(
                id=new_key(work.now),
                staff_id=person.id,
                substitute_id=one,
                position=position,
                valid_from=day,
                valid_to=last,
                set_by=work.person.id,
                set_at=work.now,
            )
        )
    work.session.flush()
    note(work, person.id, "cover", {"by": [one.username for one in others], "from": day.isoformat()})
    names = {one.id: one.name for one in read_staff(work.session, day, work.now)}
    return [names[one] for one in cover_chain(person.id, read_covers(work.session, day), day) if one in names]


@use_case(Permission.PEOPLE)
def set_duty(work: Work, username: str, day: date) -> StaffRecord:
    """Gives an adviser or a secretary the duty of coordinator for one day; nobody else has it that day."""
    if day < work.today:
        raise BadInput("day_in_the_past", on=day.isoformat())
    person = one_person(work, username)
    if not person.roles & COORDINATORS:
        raise Refused("not_for_this_duty")
    same = sa.select(StaffRole).where(col(StaffRole.role) == Role.DAY_COORDINATOR, col(StaffRole.valid_from) == day)
    for row in work.session.scalars(same):
        work.session.delete(row)
    work.session.flush()
    work.session.add(StaffRole(staff_id=person.id, role=Role.DAY_COORDINATOR, valid_from=day, valid_to=day))
    work.session.flush()
    note(work, person.id, "duty", {"from": day.isoformat(), "to": day.isoformat()})
    return one_person(work, username)


@use_case(None, writes=False)
def teams(work: Work) -> list[TeamView]:
    """Every team that is open or was, the standing ones first."""
    people = read_staff(work.session, work.today, work.now)
    rows = work.session.scalars(sa.select(TeamRow).order_by(col(TeamRow.opened_on), col(TeamRow.code))).all()
    return [_team(row, people) for row in rows]


@use_case(Permission.PEOPLE)
def open_team(
    work: Work,
    code: str,
    name: str,
    *,
    first: date | None = None,
    last: date | None = None,
    topics: Sequence[str] = (),
    words: Sequence[str] = (),
    members: Sequence[str] = (),
) -> TeamView:
    """Opens a working group by date: who is in it, and which topics or words in the course bring a case to it.

    A group of that code that is there already is given these days, topics, words and members.
    """
    day, code = first or work.today, code.strip().casefold()
    if code in STANDING or not code.replace("_", "").replace("-", "").isalnum() or len(code) > 40:
        raise BadInput("bad_team_code")
    if last is not None and last < day:
        raise BadInput("day_in_the_past", on=last.isoformat())
    if not set(topics) <= {topic.value for topic in Topic}:
        raise BadInput("unknown_topic")
    row = work.session.get(TeamRow, code) or TeamRow(code=code, opened_on=day)
    row.name, row.opened_on, row.closed_on = name.strip()[:120] or code, day, last
    row.topics, row.words = sorted(topics), [word.strip() for word in words if word.strip("* ")]
    work.session.add(row)
    work.session.flush()
    _put_members(work, row, [one_person(work, one) for one in members])
    return _team(row, read_staff(work.session, work.today, work.now))


@use_case(Permission.PEOPLE)
def close_team(work: Work, code: str, *, last: date | None = None) -> TeamView:
    """Closes a working group after its last day; its cases are then dealt to everybody, and nothing new goes to it."""
    row, day = work.session.get(TeamRow, code.strip().casefold()), last or work.today
    if row is None or row.code in STANDING:
        raise BadInput("no_such_team")
    if day < row.opened_on:
        raise BadInput("day_in_the_past", on=day.isoformat())
    row.closed_on = day
    work.session.flush()
    return _team(row, read_staff(work.session, work.today, work.now))


def _put_members(work: Work, row: TeamRow, wanted: Sequence[StaffRecord]) -> None:
    """These are in the group from its first day, or from today where it has begun; whoever else was leaves at once."""
    begins, wanted_ids = max(row.opened_on, work.today), {one.id for one in wanted}
    present = [one for one in read_staff(work.session, begins, work.now) if row.code in one.teams]
    for one in present:
        if one.id not in wanted_ids:
            end_place(work, one, row.code, begins - timedelta(days=1))
            note(work, one.id, "team", {"ended": row.code, "to": (begins - timedelta(days=1)).isoformat()})
    ends = row.closed_on.isoformat() if row.closed_on else None
    for one in wanted:
        give_place(work, one, row.code, begins, row.closed_on)
        if one.id not in {other.id for other in present}:
            note(work, one.id, "team", {"given": row.code, "from": begins.isoformat(), "to": ends})
    work.session.flush()


def _team(row: TeamRow, people: Sequence[StaffRecord]) -> TeamView:
    members = tuple(one.username for one in people if row.code in one.teams)
    topics, words = tuple(row.topics or ()), tuple(row.words or ())
    return TeamView(row.code, row.name, row.opened_on, row.closed_on, topics, words, members)
