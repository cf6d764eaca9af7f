"""Mending the calendar after an absence, a call that runs over or a patient who asks for another day; no needless move.

Nothing is written: the proposal is applied, and taken back, like a plan. Class 1 comes first and alone may displace.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from time import monotonic
from uuid import UUID

from pkui.base.errors import BadInput, Refused
from pkui.domain.bookings import HORIZON_WORKING_DAYS, Slot, length_of, spans_by_day
from pkui.domain.calendar import ONE_DAY
from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Booking, Call, Confirmed, Wall, Window, instant, wall
from pkui.domain.callbacks.repair import Move, Repair
from pkui.domain.callbacks.repair import repair as mend
from pkui.domain.codes import BookingState, PriorityClass
from pkui.domain.office import COPENHAGEN, at
from pkui.domain.permissions import Permission
from pkui.services.callbacks_instance import own_or_team_skill, skills_of, team_skill, without
from pkui.services.callbacks_office import (
    NO_LIMIT,
    Office,
    Wishes,
    call_of,
    instance_of,
    office_of,
    outward,
    working_days,
)
from pkui.services.callbacks_proposal import PlannedCall, Proposal, changed, in_order
from pkui.services.desk import Work, use_case
from storage.callbacks import (
    BookedRecord,
    read_cases,
    read_standing,
    read_unavailable,
    read_waiting,
    read_windows,
)
from storage.cases import case_by_number
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case

SEARCH_WORK = 200_000
SEARCH_SECONDS = 1.0
"""What the search after the repair may do and take."""


@dataclass(frozen=True)
class Trouble:
    """What is to be mended beyond the absences that are stored.

    `absent` is away, or busy with a call that runs over, from now until `until`; without an end as far as is planned.
    `other_day` is the queue number of a case whose patient asks for another day than the one of her call.
    """

    absent: str | None = None
    until: datetime | None = None
    other_day: int | None = None


NO_TROUBLE = Trouble()


@use_case(Permission.MOVE_CASES, writes=False)
def repair(work: Work, trouble: Trouble = NO_TROUBLE) -> Proposal:
    """A proposal that gives every call that lost its adviser another time, and every class-1 case one.

    An agreed call keeps its hour with another adviser where somebody is free. Raises BadInput('no_such_person') and
    Refused('not_booked').
    """
    begun = monotonic()
    days = working_days(work, work.today, HORIZON_WORKING_DAYS)
    people = read_staff(work.session, work.today, work.now)
    _known(people, trouble)
    start, end = at(days[0], time.min), at(days[-1], time.min) + timedelta(days=1)
    standing = [one for one in read_standing(work.session, start, end) if one.starts_at >= work.now]
    cases = _cases(work, standing)
    office = _office(work, people, days, cases, trouble)
    booked = {one.case_id: one for one in standing}
    calls = _calls(work, office, cases, booked, trouble)
    board = board_of(instance_of(work, office, f"repair {days[0].isoformat()}", calls))
    before = {str(one.queue_number): _confirmed(one) for one in standing}
    gone = {str(trouble.other_day)} if trouble.other_day is not None else set()
    mended = mend(
        board,
        before,
        work=SEARCH_WORK,
        gone=gone,
        keep_going=lambda: monotonic() - begun < SEARCH_SECONDS,
    )
    return _proposal(days, cases, booked, mended, monotonic() - begun)


def _known(people: Iterable[StaffRecord], trouble: Trouble) -> None:
    if trouble.absent is not None and trouble.absent not in {one.username for one in people}:
        raise BadInput("no_such_person")


def _cases(work: Work, standing: Iterable[BookedRecord]) -> dict[UUID, Case]:
    """The cases that have a time, and those of class 1 that wait for one."""
    booked = {one.case_id: one.patient_id for one in standing}
    patients = set(booked.values())
    found = {case.id: case for case in read_cases(work.session, list(booked))}
    for case in read_waiting(work.session):
        if case.priority_class != PriorityClass.MAXIMUM_WAITING_TIME:
            break
        if case.patient_id not in patients:
            patients.add(case.patient_id)
            found[case.id] = case
    return found


def _office(
    work: Work, people: list[StaffRecord], days: tuple[date, ...], cases: dict[UUID, Case], trouble: Trouble
) -> Office:
    skills = skills_of(people, cases.values())
    office = office_of(work, people, days, skills=skills, moves=lambda one: one.starts_at >= work.now)
    if trouble.absent is None:
        return office
    until = trouble.until or at(days[-1] + ONE_DAY, time.min)
    away = [Booking(trouble.absent, day, outward(span)) for day, span in spans_by_day(work.now, until, days)]
    return replace(office, taken=(*office.taken, *away))


def _calls(
    work: Work, office: Office, cases: dict[UUID, Case], booked: dict[UUID, BookedRecord], trouble: Trouble
) -> tuple[Call, ...]:
    ids = list(cases)
    windows, unavailable = read_windows(work.session, ids), read_unavailable(work.session, ids)
    names = {one.id: one.username for one in office.people}
    found = []
    for case in cases.values():
        length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
        wishes = Wishes(windows.get(case.id, ()), unavailable.get(case.id, ()), length)
        own = names.get(case.assignee_id) if case.assignee_id else None
        one = booked.get(case.id)
        agreed = one is not None and one.state is BookingState.AGREED
        anybody = agreed or case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
        skill = team_skill(case) if anybody else own_or_team_skill(case, own, office, length.whole)
        call = without(call_of(work, case, wishes, own=own, skill=skill), wishes.unavailable, office.days)
        if one is not None and agreed:
            call = _as_agreed(call, one)
        if case.queue_number == trouble.other_day:
            call = _another_day(call, one)
        found.append(call)
    if trouble.other_day is not None and not any(case.queue_number == trouble.other_day for case in cases.values()):
        case_by_number(work.session, trouble.other_day)
        raise Refused("not_booked", queue_number=trouble.other_day)
    return tuple(found)


def _as_agreed(call: Call, one: BookedRecord) -> Call:
    """What the patient agreed to binds above her windows, the gap and the number of attempts."""
    time = _confirmed(one)
    minute = time.start.minute
    hour = Window(time.start.day.weekday(), minute, minute + call.minutes)
    return replace(
        call,
        windows=(*call.windows, hour),
        max_attempts=NO_LIMIT + call.attempts_used,
        not_before=None,
        confirmed=time,
    )


def _another_day(call: Call, one: BookedRecord | None) -> Call:
    """The same call on any day of hers but the one of its time."""
    if one is None:
        raise Refused("not_booked", queue_number=int(call.id))
    weekday = _confirmed(one).start.day.weekday()
    windows = tuple(window for window in call.windows if window.weekday != weekday)
    return replace(call, windows=windows, confirmed=None)


def _confirmed(one: BookedRecord) -> Confirmed:
    """The whole block of a booked call, preparation first."""
    return Confirmed(one.adviser, wall(one.starts_at - timedelta(minutes=one.preparation_minutes), COPENHAGEN))


def _proposal(
    days: tuple[date, ...],
    cases: dict[UUID, Case],
    booked: dict[UUID, BookedRecord],
    mended: Repair,
    seconds: float,
) -> Proposal:
    by_number = {str(case.queue_number): case for case in cases.values()}
    calls, unplaced = [], []
    for move in mended.moves:
        case = by_number[move.case]
        call = _line(case, booked.get(case.id), move)
        calls.append(call)
        if call.after is None:
            unplaced.append((case.queue_number, case.case_number, "no_room"))
    return Proposal(
        days=days,
        waiting=len(cases),
        offered=bool(calls),
        calls=in_order(calls),
        unplaced=tuple(unplaced),
        objective=None,
        bound=None,
        seconds=round(seconds, 2),
    )


def _line(case: Case, one: BookedRecord | None, move: Move) -> PlannedCall:
    length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
    before = Slot(one.adviser, one.starts_at) if one else None
    after = Slot(move.after.adviser, _talk(move.after.start, length.preparation)) if move.after else None
    return PlannedCall(
        queue_number=case.queue_number,
        case_number=case.case_number,
        change=changed(before, after),
        before=before,
        after=after,
        agreed=one is not None and one.state is BookingState.AGREED,
        reason=move.reason,
        by=int(move.by) if move.by else None,
    )


def _talk(block: Wall, preparation: int) -> datetime:
    return instant(block, COPENHAGEN) + timedelta(minutes=preparation)
