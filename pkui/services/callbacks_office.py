"""The office's calendar as the slot search reads it: who is at work, who is away, and which calls have a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from pkui.domain.bookings import Length, earlier, length_of, minute_of, spans_by_day, widened, windows_of
from pkui.domain.calendar import ONE_DAY
from pkui.domain.callbacks.board import board_of
from pkui.domain.callbacks.instance import Adviser, Booking, Call, Instance, Shift, Span, Window, wall
from pkui.domain.callbacks.slots import OfficeCalendar
from pkui.domain.codes import PriorityClass, Role, Team
from pkui.domain.office import at
from pkui.domain.permissions import may_work
from pkui.domain.routing import EVERYBODYS
from pkui.domain.windows import COPENHAGEN, CallWindow, Unavailable
from pkui.services.attempts import attempts_allowed
from pkui.services.desk import Work
from storage.callbacks import (
    BookedRecord,
    read_absences,
    read_shifts,
    read_standing,
    read_taken,
    read_unavailable,
    read_windows,
)
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case

SKILL = "call"
SLOT = 5
WEIGHTS = {1: 8, 2: 4, 3: 2, 4: 1}
"""What a working day of delay costs by class, in the planner."""
EXTRA_DAYS = 3
"""How many working days after the last one a call without a time counts as made."""
NO_LIMIT = 1_000


@dataclass(frozen=True)
class Wishes:
    """When the patient can be rung, and how long a call takes."""

    windows: tuple[CallWindow, ...]
    unavailable: tuple[Unavailable, ...]
    length: Length


@dataclass(frozen=True)
class Office:
    """Who may ring, on which days, and what takes their time; `absences` say why some of it is not free.

    Read for planning only: the calls `booked`, and those `moving`, whose time is open to a better one.
    """

    people: tuple[StaffRecord, ...]
    days: tuple[date, ...]
    advisers: tuple[Adviser, ...]
    taken: tuple[Booking, ...]
    absences: tuple[tuple[UUID, datetime, datetime | None], ...]
    booked: tuple[BookedRecord, ...]
    moving: tuple[BookedRecord, ...] = ()


def wishes_of(work: Work, case: Case) -> Wishes:
    """The patient's wishes for calls about this case."""
    return Wishes(
        read_windows(work.session, [case.id]).get(case.id, ()),
        read_unavailable(work.session, [case.id]).get(case.id, ()),
        length_of(case.complexity, interpreter=case.interpreter_language is not None),
    )


def working_days(work: Work, first: date, count: int) -> tuple[date, ...]:
    """That many working days from a day on."""
    days = [work.calendar.on_or_after(first)]
    while len(days) < count:
        days.append(work.calendar.on_or_after(days[-1] + ONE_DAY))
    return tuple(days)


def people_for(work: Work, case: Case) -> list[StaffRecord]:
    """Who may ring about this case, whether they are present or not."""
    people = read_staff(work.session, work.today, work.now)
    return [one for one in people if may_work(one.roles, case.topic, case.complexity)]


def rings(one: StaffRecord, case: Case) -> bool:
    """Whether the person is dealt such cases: her team's, everybody's, and class 1, for which all are trained."""
    urgent = case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    if case.team in one.teams or (urgent and Role.ADVISER in one.roles):
        return True
    return case.team in EVERYBODYS and Team.GENERAL.value in one.teams


def office_of(
    work: Work,
    people: Sequence[StaffRecord],
    days: tuple[date, ...],
    *,
    skills: dict[UUID, frozenset[str]] | None = None,
    leaving_out: UUID | None = None,
    moves: Callable[[BookedRecord], bool] | None = None,
) -> Office:
    """The calendar of these people on these days.

    `leaving_out` is a booking that is about to move; `moves` tells for planning which of those that stand may move.
    """
    start, end = at(days[0], time.min), at(days[-1], time.min) + timedelta(days=1)
    ids = {one.id: one.username for one in people}
    shifts: dict[UUID, list[Shift]] = {}
    for staff_id, day, starts, ends in read_shifts(work.session, days[0], days[-1]):
        shifts.setdefault(staff_id, []).append(Shift(day, Span(minute_of(starts), minute_of(ends)), ()))
    absences = tuple(read_absences(work.session, start, end))
    booked: tuple[BookedRecord, ...] = ()
    moving: tuple[BookedRecord, ...] = ()
    if moves is not None:
        standing = read_standing(work.session, start, end)
        moving = tuple(one for one in standing if moves(one))
        booked = tuple(one for one in standing if not moves(one))
        busy = [(one.adviser, *whole(one)) for one in booked]
    else:
        busy = read_taken(work.session, start, end, leaving_out=leaving_out)
    busy += [(ids[who], begins, ends or end) for who, begins, ends in absences if who in ids]
    names = set(ids.values())
    taken = [
        Booking(name, day, outward(span))
        for name, begins, ends in busy
        if name in names
        for day, span in spans_by_day(begins, ends, days)
    ]
    able = skills or {one.id: frozenset({SKILL}) for one in people}
    advisers = tuple(Adviser(one.username, able[one.id], False, tuple(shifts.get(one.id, ()))) for one in people)
    return Office(tuple(people), days, advisers, tuple(taken), absences, booked, moving)


def outward(span: Span) -> Span:
    """The slots a span touches: an absence reported at seven minutes past takes the whole of its five minutes."""
    return Span(span.start // SLOT * SLOT, -(-span.end // SLOT) * SLOT)


def whole(booked: BookedRecord) -> tuple[datetime, datetime]:
    """All the time a booked call takes of its adviser."""
    before, after = timedelta(minutes=booked.preparation_minutes), timedelta(minutes=booked.after_minutes)
    return booked.starts_at - before, booked.ends_at + after


def calendar_of(work: Work, office: Office, case: Case, call: Call) -> OfficeCalendar:
    """The calendar in which times for one call are found and refused."""
    instance = instance_of(work, office, f"case {case.queue_number}", (call,))
    return OfficeCalendar(board_of(instance), {})


def instance_of(work: Work, office: Office, name: str, calls: tuple[Call, ...]) -> Instance:
    """The planning problem of these calls in this office."""
    return Instance(
        name=name,
        timezone=COPENHAGEN.key,
        slot=SLOT,
        now=wall(work.now, COPENHAGEN),
        days=office.days,
        closed=frozenset(_closed(work, office.days)),
        weights=WEIGHTS,
        extra_days=EXTRA_DAYS,
        advisers=office.advisers,
        bookings=office.taken,
        calls=calls,
    )


def _closed(work: Work, days: Sequence[date]) -> Iterable[date]:
    """The weekdays from two weeks before to a month after the days on which the office is closed."""
    for offset in range(-14, (days[-1] - days[0]).days + 31):
        day = days[0] + timedelta(days=offset)
        if day.weekday() < 5 and not work.calendar.is_working_day(day):
            yield day


def call_of(
    work: Work, case: Case, wishes: Wishes, *, own: str | None, agreed: bool = False, skill: str = SKILL
) -> Call:
    """The case's next call. Class 1 and a time agreed by phone are bound by no window, gap or number of attempts."""
    free = agreed or case.priority_class == PriorityClass.MAXIMUM_WAITING_TIME
    hours = work.office.calls_from, work.office.calls_to
    allowed = None if free else attempts_allowed(work, case)
    gap = None if free else case.retry_from
    windows = (
        _any_time(wishes.length, None if agreed else hours)
        if free
        else windows_of(wishes.windows, hours, wishes.length)
    )
    return Call(
        id=str(case.queue_number),
        rank=case.priority_class,
        skill=skill,
        minutes=wishes.length.whole,
        due=case.due_at.astimezone(COPENHAGEN).date(),
        windows=windows,
        max_attempts=NO_LIMIT + case.attempts if allowed is None else allowed,
        attempts_used=case.attempts,
        not_before=earlier(gap, wishes.length.preparation) if gap else None,
        previous_adviser=own,
        confirmed=None,
    )


def _any_time(length: Length, hours: tuple[time, time] | None) -> tuple[Window, ...]:
    """Every weekday in the call hours, or all day."""
    start, end = (minute_of(hours[0]), minute_of(hours[1])) if hours else (0, 24 * 60)
    return tuple(widened(weekday, start, end, length) for weekday in range(5))
