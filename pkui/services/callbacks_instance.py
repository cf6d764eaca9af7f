"""The office's waiting calls as one planning problem, and the document the planner's process reads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pkui.domain.bookings import SLOT_MINUTES, length_of
from pkui.domain.callbacks.instance import MINUTES_A_DAY, Adviser, Call, Instance, Span, Window
from pkui.domain.callbacks.reading import FORMAT
from pkui.domain.codes import BookingState
from pkui.domain.permissions import may_work
from pkui.domain.windows import COPENHAGEN, Unavailable
from pkui.services.callbacks_office import Office, Wishes, call_of, instance_of, office_of, rings, whole
from pkui.services.desk import Work
from storage.callbacks import BookedRecord, read_unavailable, read_waiting, read_windows
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case


@dataclass(frozen=True)
class Waiting:
    """What the planner is asked: the instance, the cases in it by their queue number, and their times so far.

    `preparation` is the minutes at the beginning of each call in which nobody talks yet.
    """

    instance: Instance
    case_numbers: dict[int, str]
    before: dict[int, BookedRecord]
    preparation: dict[int, int]


def waiting_calls(work: Work, days: tuple[date, ...]) -> Waiting:
    """Every waiting case's next call, one a patient; times agreed with patients are fixed, planned ones may move."""
    people = read_staff(work.session, work.today, work.now)
    cases = read_waiting(work.session)
    known = {case.id for case in cases}
    office = office_of(
        work, people, days, skills=skills_of(people, cases), moves=lambda one: _may_move(work, one, known)
    )
    agreed = {one.patient_id for one in office.booked}
    ids = [case.id for case in cases]
    windows, away = read_windows(work.session, ids), read_unavailable(work.session, ids)
    before = {one.queue_number: one for one in office.moving}
    chosen: dict[UUID, Case] = {}
    for case in sorted(cases, key=lambda one: one.queue_number not in before):
        if case.patient_id not in agreed:
            chosen.setdefault(case.patient_id, case)
    calls, preparation = [], {}
    names = {one.id: one.username for one in people}
    for case in chosen.values():
        length = length_of(case.complexity, interpreter=case.interpreter_language is not None)
        preparation[case.queue_number] = length.preparation
        wishes = Wishes(windows.get(case.id, ()), away.get(case.id, ()), length)
        own = names.get(case.assignee_id) if case.assignee_id else None
        call = call_of(work, case, wishes, own=own, skill=own_or_team_skill(case, own, office, length.whole))
        calls.append(without(call, wishes.unavailable, days))
    instance = instance_of(work, office, f"office {days[0].isoformat()}", tuple(calls))
    return Waiting(instance, {case.queue_number: case.case_number for case in chosen.values()}, before, preparation)


def _may_move(work: Work, one: BookedRecord, known: set[UUID]) -> bool:
    """Only what is planned, not agreed, for a case that waits, and has not begun."""
    return one.state is BookingState.PLANNED and one.case_id in known and whole(one)[0] >= work.now


def team_skill(case: Case) -> str:
    """What it takes to ring about the case: the same for cases of one team, complexity and topic."""
    return f"{case.team}/{case.complexity.value}/{case.topic.value}"


def skills_of(people: Iterable[StaffRecord], cases: Iterable[Case]) -> dict[UUID, frozenset[str]]:
    """What each may ring about: her teams' cases, class 1 (for which all are trained), and her own."""
    kinds = {team_skill(case): case for case in cases}
    found = {}
    for one in people:
        able = {
            skill
            for skill, case in kinds.items()
            if may_work(one.roles, case.topic, case.complexity) and rings(one, case)
        }
        found[one.id] = frozenset(able | {_own_skill(one.username)})
    return found


def _own_skill(username: str) -> str:
    return f"own/{username}"


def own_or_team_skill(case: Case, own: str | None, office: Office, minutes: int) -> str:
    """The holder's own call, when she has time for it by the due date (overdue: on the first day); else the team's."""
    by = max(case.due_at.astimezone(COPENHAGEN).date(), office.days[0])
    return _own_skill(own) if own is not None and _has_time(own, by, office, minutes) else team_skill(case)


def _has_time(username: str, by: date, office: Office, minutes: int) -> bool:
    """Whether a stretch of work up to a day has that many minutes that neither absence nor call takes."""
    adviser = next((one for one in office.advisers if one.id == username), None)
    for shift in adviser.shifts if adviser else ():
        if shift.day <= by:
            busy = [one.span for one in office.taken if one.adviser == username and one.day == shift.day]
            lost = sum(max(0, min(a.end, shift.hours.end) - max(a.start, shift.hours.start)) for a in busy)
            if shift.hours.end - shift.hours.start - lost >= minutes:
                return True
    return False


def without(call: Call, unavailable: Iterable[Unavailable], days: tuple[date, ...]) -> Call:
    """The call without the weekdays on which the patient is away; a window is weekly, so both weeks lose the day."""
    gone = {day.weekday() for day in days for one in unavailable if one.first <= day <= one.last}
    return replace(call, windows=tuple(window for window in call.windows if window.weekday not in gone))


def document_of(instance: Instance) -> dict[str, Any]:
    """The instance as `callback-instance/1`."""
    return {
        "format": FORMAT,
        "name": instance.name,
        "timezone": instance.timezone,
        "slot_min": instance.slot,
        "now": instance.now.text(),
        "horizon_days": [day.isoformat() for day in instance.days],
        "closed_days": sorted(day.isoformat() for day in instance.closed),
        "class_weight": {str(rank): weight for rank, weight in instance.weights.items()},
        "unscheduled_extra_days": instance.extra_days,
        "advisers": [_adviser(one) for one in instance.advisers],
        "bookings": [
            {"adviser": one.adviser, "date": one.day.isoformat(), "start": _clock(one.span.start),
             "end": _clock(one.span.end)}
            for one in instance.bookings
        ],
        "cases": [_case(call) for call in instance.calls],
    }  # fmt: skip


def _adviser(one: Adviser) -> dict[str, Any]:
    shifts = []
    for shift in one.shifts:
        hours = _on_grid(shift.hours)
        if hours.start < hours.end:
            day = {"date": shift.day.isoformat(), "start": _clock(hours.start), "end": _clock(hours.end), "breaks": []}
            shifts.append(day)
    return {"id": one.id, "skills": sorted(one.skills), "new_staff": one.new_staff, "shifts": shifts}


def _case(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "class": call.rank,
        "skill": call.skill,
        "duration": call.minutes,
        "due": call.due.isoformat(),
        "windows": [_window(one) for one in call.windows],
        "max_attempts": call.max_attempts,
        "attempts_used": call.attempts_used,
        "not_before": call.not_before.text() if call.not_before else None,
        "previous_adviser": call.previous_adviser,
        "confirmed": None,
        "created": call.created.text() if call.created else None,
    }


def _window(one: Window) -> list[Any]:
    return [one.weekday, _clock(one.start), _clock(one.end)]


def _on_grid(span: Span) -> Span:
    """The whole slots inside a span."""
    return Span(-(-span.start // SLOT_MINUTES) * SLOT_MINUTES, span.end // SLOT_MINUTES * SLOT_MINUTES)


def _clock(minute: int) -> str:
    minute = min(minute, MINUTES_A_DAY)
    return f"{minute // 60:02d}:{minute % 60:02d}"
