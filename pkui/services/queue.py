"""The queue: one order that explains itself, and taking the next case from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pkui.base.clock import local
from pkui.base.errors import Refused
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import EventKind, PriorityClass, QueueView, ReplyChannel, Topic
from pkui.domain.folding import fold
from pkui.domain.permissions import Permission
from pkui.domain.routing import Deal, Situation, deal, situation
from pkui.domain.windows import CallHours, Occurrence, current_or_next
from pkui.services.desk import Desk, Work, use_case
from pkui.services.together import Followed, bring_along, follow, holder_of_person
from storage.callbacks import BookedRecord, read_standing_of
from storage.cases import case_by_number
from storage.changes import ChangeMark as ChangeMark
from storage.changes import read_change_mark, read_changed_cases, read_whether_changed
from storage.claims import take_first
from storage.intake import count_parked
from storage.queue import (
    Moment,
    QueueFilter,
    QueueRecord,
    count_open,
    read_ring_now,
    read_rows,
    read_snapshot,
)
from storage.roster import read_posts
from storage.staff import is_away
from storage.tables.cases import Case

SEARCH_WORDS = 5
USABLE_WORKING_DAYS = 5
"""A patient none of whose call times comes within so many working days is asked for another."""
NOTHING_YET = ChangeMark(0, 0)
"""The mark of a screen that has asked nothing yet."""


@dataclass(frozen=True)
class QueueRow:
    """One case as lists show it, at one instant: `window` is the open or next span in which the patient can be rung.

    `followed` are the cases that went along when this one was dealt. `usable`: one of her call times comes in the next
    five working days, or she is of class 1 or wants no call.
    """

    record: QueueRecord
    window: Occurrence | None
    window_open: bool
    overdue: bool
    booked: BookedRecord | None = None
    followed: tuple[Followed, ...] = ()
    usable: bool = True


@dataclass(frozen=True)
class Snapshot:
    """The queue numbers of one list in its order, with what the screen's head line says."""

    numbers: list[int]
    open_total: int
    parked: int
    change: ChangeMark
    at: datetime


@dataclass(frozen=True)
class Page:
    """One page of the queue for a command, and where the next begins."""

    at: datetime
    total: int
    rows: list[QueueRow]
    next: tuple[int, datetime, int] | None


@dataclass(frozen=True)
class Changes:
    """What other people did since a screen was drawn."""

    change: ChangeMark
    received: tuple[int, ...]
    touched: tuple[tuple[int, EventKind, str | None], ...]


@use_case(Permission.READ_QUEUE, writes=False)
def snapshot(work: Work, view: QueueView, *, text: str = "", topic: Topic | None = None) -> Snapshot:
    """The list of a view, narrowed to cases whose name or numbers begin with the words of `text`."""
    moment = moment_of(work)
    which = replace(_view_filter(work, view), topic=topic, text=tuple(fold(text).split()[:SEARCH_WORDS]))
    ring_now = view is QueueView.RING_NOW
    numbers = read_ring_now(work.session, which, moment) if ring_now else read_snapshot(work.session, which)
    return Snapshot(
        numbers=numbers,
        open_total=count_open(work.session, QueueFilter()),
        parked=count_parked(work.session),
        change=read_change_mark(work.session),
        at=work.now,
    )


@use_case(Permission.READ_QUEUE, writes=False)
def rows(work: Work, numbers: Sequence[int]) -> list[QueueRow]:
    """The rows behind these queue numbers, in the order given."""
    records = read_rows(work.session, numbers)
    booked = read_standing_of(work.session, [record.id for record in records])
    return [row_of(work, record, booked.get(record.id)) for record in records]


@use_case(Permission.READ_QUEUE, writes=False)
def page(
    work: Work,
    which: QueueFilter,
    *,
    limit: int,
    callable_only: bool = False,
    after: tuple[int, datetime, int] | None = None,
) -> Page:
    """A page of the open cases that match, in the queue's order, after a place in it."""
    if callable_only:
        which = replace(which, callable_at=moment_of(work))
    numbers = read_snapshot(work.session, which, limit=limit + 1, after=after)
    found = [row_of(work, record) for record in read_rows(work.session, numbers[:limit])]
    more = len(numbers) > limit and found
    last = found[-1].record if more else None
    return Page(
        at=work.now,
        total=count_open(work.session, which),
        rows=found,
        next=(last.priority_class, last.due_at, last.queue_number) if last else None,
    )


@use_case(Permission.READ_QUEUE, writes=False)
def attempts_allowed(work: Work) -> int:
    """How often a patient is tried when neither class nor wish says otherwise."""
    return work.office.attempts


@use_case(Permission.READ_QUEUE, writes=False)
def changes_since(work: Work, since: ChangeMark) -> Changes:
    """What other desks did since then; asked every few seconds, one cheap read when nothing happened.

    Raises Refused('restart_needed') where the schema has been moved on under an open desk.
    """
    after = read_whether_changed(work.connection, since)
    if after is None:
        return Changes(since, (), ())
    mark = read_change_mark(work.session)
    found = read_changed_cases(work.session, after, not_by=work.person.id)
    received = tuple(number for number, kind, _ in found if kind is EventKind.RECEIVED)
    return Changes(mark, received, tuple(found))


def take_next(desk: Desk, *, callable_only: bool = True) -> QueueRow:
    """Takes the first unassigned case in order that the person may be dealt; two people never get the same one.

    `callable_only`: class 1 and 2 whatever the hour, of the rest those whose window is open or who want no call, and
    that are not inside a retry gap. A person's cases stay with one adviser: the others follow this one, and a case
    whose person a colleague is helping goes to the colleague (`QueueRow.followed`). Raises Refused('queue_empty'), and
    'reported_away' for somebody who is.
    """
    row = _deal_next(desk, callable_only=callable_only)
    if row is None:
        raise Refused("reported_away" if reported_away(desk) else "queue_empty")
    return row


@use_case(Permission.WORK_CASES)
def _deal_next(work: Work, *, callable_only: bool) -> QueueRow | None:
    """One transaction; None, with what went to colleagues kept, when nothing is left for the person."""
    moment = moment_of(work) if callable_only else None
    dealt, me = deal_of(work), work.person.id
    followed: list[Followed] = []
    while (taken := take_first(work.connection, dealt, me, work.person.username, work.now, moment)) is not None:
        if taken.given:
            about = {"patient_id": taken.patient_id, "case_id": taken.record.id}
            work.log(AccessKind.CHANGE, EventKind.ASSIGNED.value, **about)
            record = replace(taken.record, assignee=work.person.username, assignee_name=work.person.name)
            row = row_of(work, record)
            return replace(row, followed=tuple(followed)) if followed else row
        case = case_by_number(work.session, taken.record.queue_number, lock=True)
        found = holder_of_person(work, case)
        if found is None:
            assign_to_self(work, case)
            followed += bring_along(work, case, me, work.person.username)
            work.session.flush()
            row = row_of(work, read_rows(work.session, [case.queue_number])[0])
            return replace(row, followed=tuple(followed))
        followed.append(follow(work, case, *found))
        work.session.flush()
    return None


@use_case(Permission.READ_QUEUE, writes=False)
def reported_away(work: Work) -> bool:
    """Whether the person at the desk is reported away now."""
    return is_away(work.session, work.person.id, work.now)


def assign_to_self(work: Work, case: Case, *, reason: str | None = None) -> None:
    """Puts the person's name on an unassigned case and records it."""
    case.assignee_id = work.person.id
    case.state = case.state.held
    work.event(case, EventKind.ASSIGNED, reason=reason, to=work.person.username)


def moment_of(work: Work) -> Moment:
    """Now as the windows see it: wall time, and whether the office calls people at this hour."""
    wall = local(work.now)
    open_day = work.calendar.is_working_day(wall.date())
    calling = open_day and work.office.calls_from <= wall.time() < work.office.calls_to
    return Moment(work.now, wall.date(), wall.time().replace(microsecond=0), calling)


def row_of(work: Work, record: QueueRecord, booked: BookedRecord | None = None) -> QueueRow:
    """The row at this instant."""
    hours = CallHours.always(work.office.calls_from, work.office.calls_to)
    window = current_or_next(record.windows, record.unavailable, work.calendar, hours, work.now)
    return QueueRow(
        record=record,
        window=window,
        window_open=window is not None and window.is_open(work.now),
        overdue=record.closed_at is None and work.now > record.due_at,
        booked=booked,
        usable=_usable(work, record, window),
    )


def _usable(work: Work, record: QueueRecord, window: Occurrence | None) -> bool:
    urgent = record.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    if urgent or record.reply_channel is not ReplyChannel.PHONE or record.topic is Topic.ACCEPTANCE_REQUEST:
        return True
    if window is None or (window.day - work.today).days <= USABLE_WORKING_DAYS:
        return window is not None
    return window.day <= work.calendar.add_working_days(work.today, USABLE_WORKING_DAYS)


def deal_of(work: Work) -> Deal:
    """What this person may be dealt now. Raises Refused when her role lets her work on nothing."""
    found = deal(work.person.roles, work.person.teams, work.now, situation_of(work), work.office)
    if found is None:
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)
    return found


def situation_of(work: Work) -> Situation:
    """Who is here at this instant, as dealing sees it; read anew each time."""
    return situation(read_posts(work.connection, work.today, local(work.now).time().replace(microsecond=0), work.now))


def _view_filter(work: Work, view: QueueView) -> QueueFilter:
    person = work.person
    match view:
        case QueueView.MINE:
            return QueueFilter(assignee=person.id)
        case QueueView.UNASSIGNED:
            return QueueFilter(unassigned=True)
        case QueueView.TEAM:
            return QueueFilter(teams=person.teams)
        case QueueView.WITHOUT_CALL:
            return QueueFilter(without_call=True, follow_up_by=work.today)
        case _:
            return QueueFilter()
