"""The first look of whoever answers for the day: who is here, what must happen today, what has come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from pkui.domain.calendar import ONE_DAY
from pkui.domain.codes import Role
from pkui.domain.office import at
from pkui.domain.permissions import Grant, Permission, grant
from pkui.domain.priority import reasons_of
from pkui.services.callbacks_alarm import alarm
from pkui.services.desk import Desk, Work, use_case
from pkui.services.review import waiting
from pkui.services.workload import behind
from storage.calls import count_short_answers
from storage.day_sheet import (
    count_drafts,
    read_agreed,
    read_follow_ups,
    read_overdue,
    read_reasons,
    read_received,
    read_to_approve,
    read_unanswered_class_1,
)
from storage.intake import count_parked
from storage.staff import StaffRecord, read_staff

DEADLINE_DAYS = 2
"""How many working days ahead a legal deadline is on the sheet."""


class Line(StrEnum):
    """What the sheet counts, in the order it stands in; the last two for who answers for the access log."""

    CLASS_1 = "class_1"
    DEADLINES = "deadlines"
    LAST_WINDOWS = "last_windows"
    OVERDUE = "overdue"
    AGREED = "agreed"
    FOLLOW_UPS = "follow_ups"
    TO_APPROVE = "to_approve"
    ORPHANS = "orphans"
    NEW = "new"
    PARKED = "parked"
    DRAFTS = "drafts"
    SHORT_ANSWERS = "short_answers"
    REVIEW_OVERDUE = "review_overdue"
    BREAK_GLASS = "break_glass"


@dataclass(frozen=True)
class Counted:
    """One line: how many, and the queue numbers of those that are cases."""

    line: Line
    count: int
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class DaySheet:
    """The sheet at an instant; `since` is when the office last closed."""

    as_of: datetime
    since: datetime
    here: tuple[StaffRecord, ...]
    away: tuple[StaffRecord, ...]
    coordinators: tuple[str, ...]
    lines: tuple[Counted, ...]

    def line(self, which: Line) -> Counted:
        """One of the lines."""
        return next(one for one in self.lines if one.line is which)


def day_sheet(desk: Desk) -> DaySheet:
    """Everything the day begins with; calls that will miss their last time are looked for among today's people."""
    missed = tuple(one.record.queue_number for one in alarm(desk))
    return _sheet(desk, missed, tuple(behind(desk, "orphans")))


@use_case(Permission.MOVE_CASES, writes=False)
def _sheet(work: Work, missed: tuple[int, ...], orphans: tuple[int, ...]) -> DaySheet:
    session, today = work.session, work.today
    people = [one for one in read_staff(session, today, work.now) if _serves(one)]
    since = _last_closing(work)
    cases = {
        Line.CLASS_1: read_unanswered_class_1(session),
        Line.DEADLINES: _deadlines(work),
        Line.LAST_WINDOWS: missed,
        Line.OVERDUE: read_overdue(session, work.now),
        Line.AGREED: read_agreed(session, max(work.now, at(today, time.min)), at(today, time.min) + timedelta(days=1)),
        Line.FOLLOW_UPS: read_follow_ups(session, today),
        Line.TO_APPROVE: read_to_approve(session),
        Line.ORPHANS: orphans,
        Line.NEW: read_received(session, since),
    }
    lines = [Counted(line, len(numbers), tuple(numbers)) for line, numbers in cases.items()]
    midnight = at(today, time.min)
    lines += [
        Counted(Line.PARKED, count_parked(session)),
        Counted(Line.DRAFTS, count_drafts(session)),
        Counted(Line.SHORT_ANSWERS, count_short_answers(session, midnight, work.now)),
    ]
    if work.person.grant(Permission.ACCESS_LOG_FIGURES) is not Grant.NO:
        overdue, opened = waiting(work)
        lines += [Counted(Line.REVIEW_OVERDUE, overdue), Counted(Line.BREAK_GLASS, opened)]
    return DaySheet(
        work.now,
        since,
        tuple(one for one in people if not one.absent),
        tuple(one for one in people if one.absent),
        tuple(one.name for one in people if Role.DAY_COORDINATOR in one.roles),
        tuple(lines),
    )


def _serves(one: StaffRecord) -> bool:
    return grant(one.roles, Permission.READ_QUEUE) is not Grant.NO


def _last_closing(work: Work) -> datetime:
    """When the office closed on the last working day before today."""
    day = work.today - ONE_DAY
    while not work.calendar.is_working_day(day):
        day -= ONE_DAY
    return work.office.closing(day)


def _deadlines(work: Work) -> list[int]:
    last = work.today
    for _day in range(DEADLINE_DAYS):
        last = work.calendar.on_or_after(last + ONE_DAY)
    return [number for number, why in read_reasons(work.session) if _due_by(why, last)]


def _due_by(why: Sequence[Any], last: date) -> bool:
    """Whether a legal deadline among the stored reasons falls by that day, or has passed."""
    deadlines = [reason for reason in reasons_of(list(why)) if reason.code.startswith("legal_deadline")]
    return any(date.fromisoformat(reason.params["on"]) <= last for reason in deadlines)
