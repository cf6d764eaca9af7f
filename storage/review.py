"""Reads what a week's review is drawn from, and the work of reviewing itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col

from pkui.domain.access_codes import AccessKind, ReviewDecision, ReviewMark
from pkui.domain.codes import Role
from pkui.domain.review import Pair
from storage.tables.access import AccessLogEntry as Log
from storage.tables.access import CaseOpening, LogReview, ReviewWeek
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.staff import Staff, StaffRole

_TASK_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class ReviewRow:
    """One pair to review: who, whose, how often, why, and what was found of it."""

    id: UUID
    week: date
    username: str
    name: str
    patient_id: UUID
    patient_name: str | None
    protected: bool
    marks: tuple[ReviewMark, ...]
    look_ups: int
    decision: ReviewDecision | None
    decided_at: datetime | None
    decided_by: str | None


@dataclass(frozen=True)
class OpeningRow:
    """One break-glass opening, for the supervisor's weekly list."""

    at: datetime
    name: str
    case_number: str
    purpose: str
    reason_sealed: bytes | None


def read_pairs(session: Session, since: datetime, until: datetime) -> list[Pair]:
    """Every person and patient of whom there was a look-up between two instants, but those of the system person."""
    system = sa.select(col(StaffRole.staff_id)).where(col(StaffRole.role) == Role.SYSTEM)
    rows = session.execute(
        sa.select(col(Log.staff_id), col(Log.patient_id), col(Log.at)).where(
            col(Log.at) >= since,
            col(Log.at) < until,
            col(Log.kind) == AccessKind.LOOK_UP,
            col(Log.patient_id).is_not(None),
            col(Log.staff_id).is_not(None),
            col(Log.what).not_in(("access_log", "log_review")),
            col(Log.staff_id).not_in(system),
        )
    )
    times: dict[tuple[UUID, UUID], list[datetime]] = defaultdict(list)
    for staff_id, patient_id, at in rows:
        times[staff_id, patient_id].append(at)
    if not times:
        return []
    return _described(session, times, since, until)


def _described(
    session: Session, times: dict[tuple[UUID, UUID], list[datetime]], since: datetime, until: datetime
) -> list[Pair]:
    staff = {one.id: one for one in session.scalars(sa.select(Staff))}
    numbers: dict[bytes | None, UUID] = {one.identifier_index: id for id, one in staff.items() if one.identifier_index}
    patients = _patients(session, {patient for _staff, patient in times})
    tasks = _tasks(session, since - _TASK_DAYS, until + _TASK_DAYS)
    glass = _glass(session, since, until)
    homes = _homes(session, numbers)
    found = []
    for (staff_id, patient_id), at in sorted(times.items()):
        patient = patients[patient_id]
        who = numbers.get(patient.identifier_index)
        found.append(
            Pair(
                staff_id,
                patient_id,
                tuple(sorted(at)),
                staff[staff_id].name,
                patient.name,
                is_self=who == staff_id,
                is_colleague=who is not None and who != staff_id,
                same_address=staff_id in homes.get(_home(patient) or ("", ""), ()),
                break_glass=(staff_id, patient_id) in glass,
                had_task=(staff_id, patient_id) in tasks,
            )
        )
    return found


def _patients(session: Session, ids: Iterable[UUID]) -> dict[UUID, Any]:
    wanted = sorted(ids)
    found: dict[UUID, Any] = {}
    columns = (Patient.id, Patient.name, Patient.identifier_index, Patient.address_line, Patient.postcode)
    for start in range(0, len(wanted), 500):
        query = sa.select(*(col(one) for one in columns)).where(col(Patient.id).in_(wanted[start : start + 500]))
        found |= {row.id: row for row in session.execute(query)}
    return found


def _homes(session: Session, numbers: dict[bytes | None, UUID]) -> dict[tuple[str, str], set[UUID]]:
    """Where colleagues live who are patients of the office themselves."""
    columns = (Patient.identifier_index, Patient.address_line, Patient.postcode)
    query = sa.select(*(col(one) for one in columns)).where(col(Patient.identifier_index).in_(list(numbers)))
    found: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for one in session.execute(query):
        home = _home(one)
        if home is not None:
            found[home].add(numbers[one.identifier_index])
    return found


def _home(patient: Any) -> tuple[str, str] | None:
    if not patient.address_line or not patient.postcode:
        return None
    return " ".join(patient.address_line.casefold().split()), patient.postcode.strip()


def _tasks(session: Session, since: datetime, until: datetime) -> set[tuple[UUID, UUID]]:
    """Who did anything to a case of whom, or holds one."""
    did = session.execute(
        sa.select(col(Event.staff_id), col(Case.patient_id))
        .join(Case, col(Case.id) == col(Event.case_id))
        .where(col(Event.at) >= since, col(Event.at) < until, col(Event.staff_id).is_not(None))
        .distinct()
    )
    holds = session.execute(
        sa.select(col(Case.assignee_id), col(Case.patient_id)).where(
            col(Case.assignee_id).is_not(None), sa.or_(col(Case.closed_at).is_(None), col(Case.closed_at) >= since)
        )
    )
    return {(row[0], row[1]) for row in (*did, *holds)}


def _glass(session: Session, since: datetime, until: datetime) -> set[tuple[UUID, UUID]]:
    rows = session.execute(
        sa.select(col(CaseOpening.staff_id), col(Case.patient_id))
        .join(Case, col(Case.id) == col(CaseOpening.case_id))
        .where(col(CaseOpening.at) >= since, col(CaseOpening.at) < until, col(CaseOpening.break_glass))
    )
    return {(row[0], row[1]) for row in rows}


def read_first_look_up(session: Session) -> datetime | None:
    """When the first look-up of a patient was logged."""
    found: datetime | None = session.scalar(
        sa.select(sa.func.min(col(Log.at))).where(col(Log.kind) == AccessKind.LOOK_UP, col(Log.patient_id).is_not(None))
    )
    return found


def read_weeks(session: Session) -> dict[date, tuple[int, int, int]]:
    """Every week drawn: pairs in it, pairs drawn, pairs decided."""
    counted = session.execute(
        sa.select(col(LogReview.week), sa.func.count())
        .where(col(LogReview.decided_at).is_not(None))
        .group_by(col(LogReview.week))
    )
    decided: dict[date, int] = {row[0]: row[1] for row in counted}
    weeks = session.execute(sa.select(col(ReviewWeek.week), col(ReviewWeek.pairs), col(ReviewWeek.drawn)))
    return {week: (pairs, drawn, decided.get(week, 0)) for week, pairs, drawn in weeks}


def read_reviews(session: Session, *, week: date | None = None, undecided: bool = False) -> list[ReviewRow]:
    """The pairs to review, the oldest week first; in a week the marked ones first."""
    decider = sa.orm.aliased(Staff)
    query = (
        sa.select(LogReview, col(Staff.username), col(Staff.name), col(Patient.name), col(Patient.protected))
        .add_columns(col(decider.name))
        .join(Staff, col(Staff.id) == col(LogReview.staff_id))
        .join(Patient, col(Patient.id) == col(LogReview.patient_id))
        .join(decider, col(decider.id) == col(LogReview.decided_by), isouter=True)
    )
    if week is not None:
        query = query.where(col(LogReview.week) == week)
    if undecided:
        query = query.where(col(LogReview.decided_at).is_(None))
    found = [
        ReviewRow(
            one.id,
            one.week,
            username,
            name,
            one.patient_id,
            patient,
            protected,
            tuple(ReviewMark(mark) for mark in one.marks),
            one.look_ups,
            one.decision,
            one.decided_at,
            by,
        )
        for one, username, name, patient, protected, by in session.execute(query)
    ]
    order = list(ReviewMark)
    return sorted(
        found, key=lambda one: (one.week, order.index(one.marks[0]) if one.marks else len(order), one.name, str(one.id))
    )


def read_break_glass(session: Session, since: datetime, until: datetime) -> list[OpeningRow]:
    """Every break-glass opening between two instants, the oldest first."""
    rows = session.execute(
        sa.select(
            col(CaseOpening.at),
            col(Staff.name),
            col(Case.case_number),
            col(CaseOpening.purpose),
            col(CaseOpening.reason_sealed),
        )
        .join(Staff, col(Staff.id) == col(CaseOpening.staff_id))
        .join(Case, col(Case.id) == col(CaseOpening.case_id))
        .where(col(CaseOpening.at) >= since, col(CaseOpening.at) < until, col(CaseOpening.break_glass))
        .order_by(col(CaseOpening.at))
    )
    return [OpeningRow(*row) for row in rows]


def read_reasons(session: Session, review: LogReview, since: datetime, until: datetime) -> list[tuple[datetime, Any]]:
    """The sealed words a person gave for opening this patient's cases between two instants."""
    rows = session.execute(
        sa.select(col(CaseOpening.at), col(CaseOpening.reason_sealed))
        .join(Case, col(Case.id) == col(CaseOpening.case_id))
        .where(
            col(CaseOpening.staff_id) == review.staff_id,
            col(Case.patient_id) == review.patient_id,
            col(CaseOpening.at) >= since,
            col(CaseOpening.at) < until,
            col(CaseOpening.reason_sealed).is_not(None),
        )
        .order_by(col(CaseOpening.at))
    )
    return [(row[0], row[1]) for row in rows]
