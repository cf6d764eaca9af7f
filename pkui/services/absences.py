"""Reporting somebody away, and back: dealing stops at once, and what cannot wait goes to cover in the same transaction.

An absence is a stretch of time that is read at the moment of use. Everything moved with it can be taken back within
the day, as far as the cases have not moved on.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.absences import Away, Half, away_between
from pkui.domain.codes import AbsenceKind, BookingState, CaseState, EventKind, MoveKind
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.services.booked import end_booking
from pkui.services.cover import CannotWait, Step, steps_for
from pkui.services.desk import Desk, Work, require, use_case
from pkui.services.lane import LaneGap, lane_gaps
from storage.absences import absences_at, batches_of, drop_absence, newest_absence_moved, read_begun, read_held
from storage.callbacks import standing_of
from storage.moves import add_move, give_call, moves_of
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case
from storage.tables.moves import Move, MoveBatch
from storage.tables.staff import Absence


@dataclass(frozen=True)
class Moved:
    """One case that goes to somebody else: to whom (None: back to the queue), why, and what becomes of its call."""

    queue_number: int
    case_number: str
    why: CannotWait
    to: str | None
    to_name: str | None
    call_at: datetime | None
    call_kept: bool


@dataclass(frozen=True)
class Reported:
    """An absence with what went to cover because of it, and what is left for a proposal."""

    username: str
    name: str
    starts_at: datetime
    ends_at: datetime | None
    moved: tuple[Moved, ...]
    left: int
    gaps: tuple[LaneGap, ...] = ()


@dataclass(frozen=True)
class TakenBack:
    """What went back, and the queue numbers of the cases that have moved on since."""

    username: str
    done: int
    moved_on: tuple[int, ...]


@use_case(Permission.REPORT_ILLNESS, writes=False)
def preview(work: Work, username: str) -> Reported:
    """What would go to whom if the person were reported away now; nothing is written."""
    gone = _person(work, username)
    steps = steps_for(work, gone)
    return _reported(work, gone, Away(work.now, None), steps, ())


@use_case(Permission.REPORT_ILLNESS)
def report(
    work: Work,
    username: str,
    *,
    kind: AbsenceKind = AbsenceKind.ILLNESS,
    first: date | None = None,
    last: date | None = None,
    half: Half = Half.DAY,
    open_ended: bool = False,
) -> Reported:
    """Reports a person away: from now on without a first day, else whole days or half of one.

    Without a last day it is the first day alone, or until further notice (`open_ended`). Raises Refused when another
    absence meets it, or when planned days leave nobody for the maximum waiting times.
    """
    planned = kind is not AbsenceKind.ILLNESS or (first or work.today) > work.today
    if planned:
        require(work.person, Permission.MOVE_CASES)
    gone = _person(work, username)
    away = _away(work, first, last, half, open_ended=open_ended)
    if absences_at(work.session, gone.id, away.starts_at):
        raise Refused("away_already", name=gone.name)
    absence = Absence(
        id=new_key(work.now),
        staff_id=gone.id,
        kind=kind,
        starts_at=away.starts_at,
        ends_at=away.ends_at,
        reported_by=work.person.id,
        reported_at=work.now,
    )
    work.session.add(absence)
    work.session.flush()
    gaps = lane_gaps(work, local_date(away.starts_at), local_date(away.ends_at) if away.ends_at else None, of=gone.id)
    if planned and gaps:
        raise Refused("lane_uncovered", on=gaps[0].day.isoformat(), names=", ".join(gaps[0].names) or "-")
    steps = steps_for(work, gone, lock=True) if away.holds_at(work.now) else []
    return _reported(work, gone, away, _moved(work, absence, gone, steps), tuple(gaps))


@use_case(Permission.REPORT_ILLNESS)
def back(work: Work, username: str) -> StaffRecord:
    """Ends the absence that holds now: the person is dealt cases again at once."""
    gone = _person(work, username)
    held = absences_at(work.session, gone.id, work.now)
    if not held:
        raise Refused("not_away", name=gone.name)
    for one in held:
        if one.kind is not AbsenceKind.ILLNESS:
            require(work.person, Permission.MOVE_CASES)
        _end(work, one)
    work.session.flush()
    return _person(work, username)


@use_case(Permission.REPORT_ILLNESS)
def undo(work: Work, username: str) -> TakenBack:
    """Takes back today's report of an absence: it ends, and what went to cover goes back where nobody touched it."""
    gone = _person(work, username)
    found = newest_absence_moved(work.session, gone.id)
    if found is None or local_date(found.reported_at) != work.today:
        raise Refused("nothing_to_take_back", name=gone.name)
    if found.reported_by != work.person.id:
        require(work.person, Permission.MOVE_CASES)
    moved_on, done = [], 0
    for batch in batches_of(work.session, found.id):
        batch.undone_by, batch.undone_at = work.person.id, work.now
        for move in moves_of(work.session, batch.id):
            case = work.session.get_one(Case, move.case_id)
            if case.version != move.version or case.assignee_id != move.to_id:
                moved_on.append(case.queue_number)
                continue
            _take_back(work, case, move, gone)
            done += 1
    _end(work, found)
    return TakenBack(gone.username, done, tuple(moved_on))


def begin(desk: Desk) -> tuple[Reported, ...]:
    """Gives to cover what cannot wait for those whose absence has begun, and again each day that it lasts.

    Asked once a minute by the queue's screen: an absence is read when it is used, so nothing else starts at its hour.
    """
    return _begin(replace(desk, place="absence")) if _begun(desk) else ()


@use_case(Permission.READ_QUEUE, writes=False)
def _begun(work: Work) -> bool:
    return work.calendar.is_working_day(work.today) and bool(read_begun(work.session, work.now, _midnight(work)))


@use_case(Permission.READ_QUEUE)
def _begin(work: Work) -> tuple[Reported, ...]:
    found = []
    people = {one.id: one for one in read_staff(work.session, work.today, work.now)}
    locked = read_begun(work.session, work.now, _midnight(work), lock=True)
    # Another desk may have moved them while this one waited for the lock: asked again, that is seen.
    still = {one.id for one in read_begun(work.session, work.now, _midnight(work))}
    for absence in locked:
        gone = people.get(absence.staff_id)
        if gone is not None and absence.id in still:
            steps = _moved(work, absence, gone, steps_for(work, gone, lock=True))
            found.append(_reported(work, gone, Away(absence.starts_at, absence.ends_at), steps, ()))
    return tuple(found)


def cover_if_away(work: Work, case: Case) -> None:
    """Somebody answered in a case: where its holder is away, what cannot wait of hers goes to cover the same minute."""
    away = absences_at(work.session, case.assignee_id, work.now) if case.assignee_id is not None else ()
    people = {one.id: one for one in read_staff(work.session, work.today, work.now)} if away else {}
    gone = people.get(case.assignee_id) if case.assignee_id is not None else None
    if gone is not None:
        work.session.flush()
        _moved(work, away[0], gone, steps_for(work, gone, lock=True))


def _midnight(work: Work) -> datetime:
    return at(work.today, time(0))


def _moved(work: Work, absence: Absence, gone: StaffRecord, steps: list[Step]) -> list[Step]:
    """Writes the moves of an absence; what was done is answered."""
    batch = MoveBatch(
        id=new_key(work.now), kind=MoveKind.ABSENCE, absence_id=absence.id, made_by=work.person.id, made_at=work.now
    )
    work.session.add(batch)
    work.session.flush()
    for step in steps:
        _move(work, batch, step, gone)
    return steps


def _move(work: Work, batch: MoveBatch, step: Step, gone: StaffRecord) -> None:
    case, old = step.case, {"state": step.case.state.value}
    before = case.assignee_id
    if before == gone.id:
        case.assignee_id = step.to.id if step.to else None
        if step.to is None and case.state in (CaseState.ASSIGNED, CaseState.SCHEDULED):
            case.state = CaseState.NEW
    given = step.booking is not None and step.to is not None and step.call_kept
    if given and step.booking is not None and step.to is not None:
        give_call(work.session, step.booking, step.to.id)
    elif step.booking is not None and step.booking.state is BookingState.PLANNED:
        end_booking(work, case, step.booking, BookingState.CANCELLED)
        work.event(case, EventKind.CALL_CANCELLED, at=step.booking.starts_at.isoformat(), by="absence")
    to = step.to.username if step.to else ""
    work.event(case, EventKind.MOVED, to=to, by="absence", why=step.why.value, **{"from": gone.username})
    add_move(work.session, batch, case, work.now, before=before, old=old, booking_from=gone.id if given else None)
    work.session.flush()


def _take_back(work: Work, case: Case, move: Move, gone: StaffRecord) -> None:
    case.assignee_id, case.state = move.from_id, CaseState(move.old["state"])
    booking = standing_of(work.session, case_id=case.id)
    if move.booking_from is not None and booking is not None:
        give_call(work.session, booking, move.booking_from)
    if case.state is CaseState.SCHEDULED and booking is None:
        case.state = CaseState.ASSIGNED
    work.event(case, EventKind.MOVED, to=gone.username, by="undo")


def _end(work: Work, absence: Absence) -> None:
    """Ends an absence now; one that would have no length is gone."""
    if absence.starts_at < work.now:
        absence.ends_at = work.now
    else:
        drop_absence(work.session, absence)


def _away(work: Work, first: date | None, last: date | None, half: Half, *, open_ended: bool) -> Away:
    if (first or work.today) < work.today:
        raise BadInput("day_in_the_past", on=(first or work.today).isoformat())
    try:
        days = away_between(first or work.today, last or first or work.today, half)
    except ValueError as error:
        raise BadInput("bad_away_days") from error
    starts = days.starts_at if first is not None or half is not Half.DAY else work.now
    ends = None if open_ended else days.ends_at
    if ends is not None and ends <= max(starts, work.now):
        raise BadInput("day_in_the_past", on=(last or first or work.today).isoformat())
    return Away(starts, ends)


def _person(work: Work, username: str) -> StaffRecord:
    found = read_staff(work.session, work.today, work.now, username=username.strip().casefold())
    if not found:
        raise BadInput("no_such_person")
    return found[0]


def _reported(work: Work, gone: StaffRecord, away: Away, steps: list[Step], gaps: tuple[LaneGap, ...]) -> Reported:
    moved = tuple(
        Moved(
            queue_number=one.case.queue_number,
            case_number=one.case.case_number,
            why=one.why,
            to=one.to.username if one.to else None,
            to_name=one.to.name if one.to else None,
            call_at=one.booking.starts_at if one.booking else None,
            call_kept=one.call_kept,
        )
        for one in steps
    )
    numbers = {one.queue_number for one in moved}
    left = [one for one in read_held(work.session, gone.id) if one.queue_number not in numbers]
    return Reported(gone.username, gone.name, away.starts_at, away.ends_at, moved, len(left), gaps)
