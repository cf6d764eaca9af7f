"""One order for the queue - class, due, queue number - and the reasons that explain it.

Source: the office's priority table (class 1 maximum waiting times, 2 legal deadlines, 3 every other enquiry,
4 records and miscellaneous). Legal dates come in from outside; working days are the office's own calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pkui.domain.calendar import Calendar, CountedDay
from pkui.domain.codes import PriorityClass, Topic
from pkui.domain.office import COPENHAGEN, OfficeSettings, at
from pkui.domain.reason import Reason as Reason

RECORD_CLASS_TOPICS = frozenset({Topic.HEALTH_RECORD, Topic.RECORD_PRIVATE_MARK, Topic.MISCELLANEOUS})


def reasons_of(stored: list[Any]) -> list[Reason]:
    """Reasons as they are stored with a case: pairs of code and parameters."""
    return [Reason(code, params) for code, params in stored]


@dataclass(frozen=True)
class Matter:
    """What decides a case's place. Instants are aware; dates are days in the office."""

    topic: Topic
    received_at: datetime
    answered_at: datetime | None = None
    follow_up_on: date | None = None
    booked_at: datetime | None = None
    legal_deadline: date | None = None
    citation: str | None = None
    operation_changed: bool = False
    referral_delivered: bool = False
    appointment_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """A case's place: class, due instant (UTC), and why."""

    priority_class: PriorityClass
    due_at: datetime
    why: tuple[Reason, ...]


def counts_from(received_at: datetime, office: OfficeSettings, calendar: Calendar) -> datetime:
    """The instant from which the target counts: after closing or on a closed day, the next opening."""
    wall = received_at.astimezone(COPENHAGEN)
    day = calendar.on_or_after(wall.date())
    if day > wall.date() or wall.time() < office.opens:
        return at(day, office.opens)
    if wall.time() >= office.closes:
        return at(calendar.on_or_after(day + timedelta(days=1)), office.opens)
    return wall


def place(matter: Matter, now: datetime, office: OfficeSettings, calendar: Calendar) -> Standing:
    """Where the case stands now. The same facts at the same instant always give the same place."""
    priority_class, why = _class(matter, now.astimezone(COPENHAGEN).date(), office, calendar)
    if matter.answered_at is not None:
        due, reason = _next_step(matter, matter.answered_at, office)
        return Standing(priority_class, due.astimezone(now.tzinfo), (*why, reason))
    due, because = _target(matter, priority_class, office, calendar)
    return Standing(priority_class, due.astimezone(now.tzinfo), (*why, *because))


def explain(matter: Matter, standing: Standing, office: OfficeSettings, calendar: Calendar) -> list[CountedDay]:
    """The sum behind the target, day by day, from the day the enquiry counts as received."""
    start = counts_from(matter.received_at, office, calendar).date()
    return calendar.count(start, office.target_days(standing.priority_class))


def _class(
    matter: Matter, today: date, office: OfficeSettings, calendar: Calendar
) -> tuple[PriorityClass, tuple[Reason, ...]]:
    if matter.topic is Topic.MAXIMUM_WAITING_TIME:
        return PriorityClass.MAXIMUM_WAITING_TIME, (Reason("maximum_waiting_time"),)
    why = tuple(_urgent(matter, today, office, calendar))
    if why:
        return PriorityClass.LEGAL_DEADLINE, why
    if matter.topic in RECORD_CLASS_TOPICS:
        return PriorityClass.RECORDS, ()
    return PriorityClass.ORDINARY, ()


def _urgent(matter: Matter, today: date, office: OfficeSettings, calendar: Calendar) -> list[Reason]:
    why = []
    limit = matter.legal_deadline
    if limit is not None and _within(limit, today, office.deadline_near_days, calendar):
        code = "legal_deadline_passed" if limit < today else "legal_deadline"
        why.append(Reason(code, {"on": limit.isoformat(), "citation": matter.citation}))
    changed = matter.operation_changed or matter.topic is Topic.OPERATION_CHANGED
    if changed and not matter.referral_delivered:
        why.append(Reason("operation_changed"))
    appointment = matter.appointment_on
    near = office.appointment_near_days
    if appointment is not None and appointment >= today and _within(appointment, today, near, calendar):
        why.append(Reason("appointment_near", {"on": appointment.isoformat()}))
    return why


def _within(day: date, today: date, working_days: int, calendar: Calendar) -> bool:
    """Whether a legal date has passed or lies within so many working days; a weekend counts with the day before it."""
    following = calendar.legal().add_working_days(today, working_days + 1)
    return day < following


def _target(
    matter: Matter, priority_class: PriorityClass, office: OfficeSettings, calendar: Calendar
) -> tuple[datetime, list[Reason]]:
    start = counts_from(matter.received_at, office, calendar)
    moved = start != matter.received_at.astimezone(COPENHAGEN)
    because = [Reason("counts_from", {"at": start.isoformat()})] if moved else []
    if priority_class is PriorityClass.MAXIMUM_WAITING_TIME:
        if start.time() < office.same_day_before:
            return office.closing(start.date()), because
        return at(calendar.add_working_days(start.date(), 1), office.next_day_by), because
    days = office.target_days(priority_class)
    due = office.closing(calendar.add_working_days(start.date(), days))
    because.append(Reason("target", {"working_days": days}))
    return _never_after(due, matter, start, office, calendar), because


def _never_after(
    due: datetime, matter: Matter, start: datetime, office: OfficeSettings, calendar: Calendar
) -> datetime:
    """No later than the legal deadline; for an acceptance with a booked date, before that date."""
    limits = [matter.legal_deadline] if matter.legal_deadline else []
    if matter.topic is Topic.ACCEPTANCE_REQUEST and matter.appointment_on:
        limits.append(matter.appointment_on - timedelta(days=1))
    for limit in limits:
        while limit > start.date() and not calendar.is_working_day(limit):
            limit -= timedelta(days=1)
        if limit >= start.date():
            due = min(due, office.closing(limit))
    return due


def _next_step(matter: Matter, answered_at: datetime, office: OfficeSettings) -> tuple[datetime, Reason]:
    """Once answered, the case is due on its next step's date; without one it is due at once and marked."""
    steps = []
    if matter.booked_at is not None:
        steps.append((matter.booked_at, Reason("booked_call", {"at": matter.booked_at.isoformat()})))
    if matter.follow_up_on is not None:
        due = office.closing(matter.follow_up_on)
        steps.append((due, Reason("follow_up", {"on": matter.follow_up_on.isoformat()})))
    if steps:
        return min(steps, key=lambda step: step[0])
    return office.closing(answered_at.astimezone(COPENHAGEN).date()), Reason("no_next_step")
