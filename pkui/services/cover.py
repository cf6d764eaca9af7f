"""Who takes what must not wait for somebody who is away: found from the cover of the day, then written as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from pkui.domain.absences import Stretch
from pkui.domain.bookings import slots_between
from pkui.domain.codes import CaseState, PriorityClass, Role
from pkui.domain.office import at
from pkui.domain.permissions import may_work
from pkui.domain.routing import LANE, cover_chain
from pkui.services.desk import Work
from storage.absences import read_calls, read_held, read_replied
from storage.callbacks import holder_of, read_absences, read_shifts
from storage.roster import read_covers
from storage.staff import StaffRecord, read_staff
from storage.tables.callbacks import Booking
from storage.tables.cases import Case


class CannotWait(StrEnum):
    """Why a case goes to cover the same minute."""

    CLASS_1 = "class_1"
    CALL_TODAY = "call_today"
    FOLLOW_UP = "follow_up"
    REPLY = "reply"


@dataclass(frozen=True)
class Step:
    """One case on its way: to whom (None: back to the queue), why, and its call today where it has one."""

    case: Case
    why: CannotWait
    to: StaffRecord | None
    booking: Booking | None = None
    call_kept: bool = False


@dataclass(frozen=True)
class Office:
    """Everyone who works here by key, when they work today, and when they are away."""

    people: Mapping[UUID, StaffRecord]
    shifts: Mapping[UUID, Sequence[Stretch]]
    away: Sequence[tuple[UUID, datetime, datetime | None]]

    def free_for(self, staff_id: UUID, start: datetime, end: datetime) -> bool:
        """Whether the person is at work for all of a stretch, as far as the roster tells."""
        if any(who == staff_id and begins < end and (ends is None or start < ends) for who, begins, ends in self.away):
            return False
        return not self.shifts or any(a <= start and end <= b for a, b in self.shifts.get(staff_id, ()))


def office_today(work: Work) -> Office:
    """The office as it stands today."""
    start = at(work.today, time(0))
    shifts: dict[UUID, list[Stretch]] = {}
    for staff_id, day, starts, ends in read_shifts(work.session, work.today, work.today):
        shifts.setdefault(staff_id, []).append((at(day, starts), at(day, ends)))
    return Office(
        {one.id: one for one in read_staff(work.session, work.today, work.now)},
        shifts,
        read_absences(work.session, start, start + timedelta(days=1)),
    )


def steps_for(work: Work, gone: StaffRecord, *, lock: bool = False) -> list[Step]:
    """What of this person's cases goes to whom now: class 1, today's calls, follow-ups due and replies."""
    office = office_today(work)
    chain = _chain(work, gone, office)
    end = at(work.today + timedelta(days=1), time(0))
    held = {one.id: one for one in read_held(work.session, gone.id, lock=lock)}
    calls = {case.id: (booking, case) for booking, case in read_calls(work.session, gone.id, work.now, end)}
    replied = read_replied(work.session, list(held), work.today)
    found = []
    for case in [*held.values(), *(case for case_id, (_b, case) in calls.items() if case_id not in held)]:
        why = _cannot_wait(case, case.id in calls, case.id in replied, work)
        if why is not None:
            booking = calls[case.id][0] if case.id in calls else None
            found.append(_step(work, case, why, booking, chain, office))
    return found


def _cannot_wait(case: Case, call: bool, replied: bool, work: Work) -> CannotWait | None:
    if case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        return CannotWait.CLASS_1
    if call:
        return CannotWait.CALL_TODAY
    if case.state is CaseState.WAITING and case.follow_up_on is not None and case.follow_up_on <= work.today:
        return CannotWait.FOLLOW_UP
    return CannotWait.REPLY if replied else None


def _chain(work: Work, gone: StaffRecord, office: Office) -> list[StaffRecord]:
    """Who stands in for the person, nearest first, as far as they are here today."""
    named = cover_chain(gone.id, read_covers(work.session, work.today), work.today)
    here = [office.people[one] for one in named if one in office.people]
    return [one for one in here if not one.absent and (not office.shifts or one.id in office.shifts)]


def _step(
    work: Work, case: Case, why: CannotWait, booking: Booking | None, chain: list[StaffRecord], office: Office
) -> Step:
    line = [one for one in chain if may_work(one.roles, case.topic, case.complexity)]
    if why is CannotWait.CLASS_1:
        line = [*_lane(office), *line]
    if booking is None:
        return Step(case, why, line[0] if line else None)
    for one in [*line, *_others(office, case)]:
        if _free_at(work, one, booking, office):
            return Step(case, why, one, booking, call_kept=True)
    return Step(case, why, line[0] if line else None, booking)


def _lane(office: Office) -> list[StaffRecord]:
    """The team of maximum waiting times, as far as it is at work now."""
    return [one for one in office.people.values() if LANE in one.teams and _works(one, office)]


def _others(office: Office, case: Case) -> list[StaffRecord]:
    """Every other adviser who is here: a call today is kept by anybody rather than lost."""
    here = [one for one in office.people.values() if Role.ADVISER in one.roles and _works(one, office)]
    return [one for one in here if may_work(one.roles, case.topic, case.complexity)]


def _works(one: StaffRecord, office: Office) -> bool:
    return not one.absent and (not office.shifts or one.id in office.shifts)


def _free_at(work: Work, one: StaffRecord, booking: Booking, office: Office) -> bool:
    start, end = span_of(booking)
    if not office.free_for(one.id, start, end):
        return False
    return holder_of(work.session, one.id, slots_between(start, end)) is None


def span_of(booking: Booking) -> Stretch:
    """All the time a call takes of its adviser."""
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    return booking.starts_at - before, booking.ends_at + after
