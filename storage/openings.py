"""Reads and writes leave to work on cases that are not one's own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import EventKind
from storage.tables.access import CaseOpening
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.staff import Staff

REASON = "case_openings.reason"


@dataclass(frozen=True)
class Leave:
    """Leave that stands: what for, and whether it reaches protected people and colleagues."""

    purpose: str
    break_glass: bool


def is_guarded(session: Session, patient: Patient) -> bool:
    """Whether the patient's name and address are protected, or she works here (by the keyed index of her number)."""
    if patient.protected or patient.identifier_index is None:
        return patient.protected
    colleague = sa.exists().where(col(Staff.identifier_index) == patient.identifier_index)
    return bool(session.scalar(sa.select(colleague)))


def holds_case_of(session: Session, staff_id: UUID, patient_id: UUID) -> bool:
    """Whether one of the patient's open cases is this person's."""
    mine = sa.exists().where(
        col(Case.patient_id) == patient_id, col(Case.assignee_id) == staff_id, col(Case.closed_at).is_(None)
    )
    return bool(session.scalar(sa.select(mine)))


def registered_by(session: Session, case_id: UUID, staff_id: UUID, since: datetime) -> bool:
    """Whether this person registered the case since an instant."""
    mine = sa.exists().where(
        col(Event.case_id) == case_id,
        col(Event.kind) == EventKind.RECEIVED,
        col(Event.staff_id) == staff_id,
        col(Event.at) >= since,
    )
    return bool(session.scalar(sa.select(mine)))


def standing_leave(session: Session, staff_id: UUID, patient_id: UUID, now: datetime) -> Leave | None:
    """The leave a person has to the patient's cases at that instant, the furthest first."""
    row = session.execute(
        sa.select(col(CaseOpening.purpose), col(CaseOpening.break_glass))
        .join(Case, col(Case.id) == col(CaseOpening.case_id))
        .where(
            col(CaseOpening.staff_id) == staff_id,
            col(Case.patient_id) == patient_id,
            col(CaseOpening.ends_at) > now,
        )
        .order_by(col(CaseOpening.break_glass).desc(), col(CaseOpening.ends_at).desc())
    ).first()
    return Leave(row[0], row[1]) if row else None
