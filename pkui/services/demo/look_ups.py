"""Look-ups of the last two weeks, so that the review of the access log has something to review."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind, Purpose
from pkui.domain.codes import Role
from pkui.services.demo.people import Colleague
from storage.log_chain import Entry, append
from storage.tables.access import CaseOpening
from storage.tables.cases import Case
from storage.tables.patients import Patient

OF_THEIR_OWN, OF_OTHERS, OF_PROTECTED = 120, 12, 3
_DAYS_BACK = 12


def write_look_ups(session: Session, key: bytes, everyone: Sequence[Colleague], start: datetime) -> None:
    """Holders look at their own cases, some look at others', and a few open protected people for a reason."""
    chance = Random(len(everyone))  # noqa: S311 - made-up data, no secret
    advisers = [one.id for one in everyone if one.role is Role.ADVISER]
    rows = session.execute(
        sa.select(col(Case.id), col(Case.patient_id), col(Case.assignee_id), col(Patient.protected))
        .join(Patient, col(Patient.id) == col(Case.patient_id))
        .where(col(Case.closed_at).is_(None))
        .order_by(col(Case.queue_number))
    ).all()
    held = [row for row in rows if row.assignee_id is not None]
    others = [row for row in held if not row.protected]
    guarded = [row for row in rows if row.protected and row.assignee_id is None]
    entries = [_entry(row, row.assignee_id, _when(chance, start)) for row in held[:OF_THEIR_OWN]]
    for row in chance.sample(others, min(OF_OTHERS, len(others))):
        who = chance.choice([id for id in advisers if id != row.assignee_id])
        entries.append(_entry(row, who, _when(chance, start)))
    for row in guarded[:OF_PROTECTED]:
        who, at = chance.choice(advisers), _when(chance, start)
        entries.append(_entry(row, who, at, Purpose.IN_A_CALL))
        session.add(
            CaseOpening(
                id=new_key(at, chance),
                staff_id=who,
                case_id=row.id,
                at=at,
                ends_at=at + timedelta(hours=1),
                break_glass=True,
                purpose=Purpose.IN_A_CALL.value,
            )
        )
    session.flush()
    append(session.connection(), key, sorted(entries, key=lambda one: one.at))


def _when(chance: Random, start: datetime) -> datetime:
    """A minute of the days before."""
    return start - timedelta(days=chance.randint(2, _DAYS_BACK), minutes=chance.randint(-360, 0))


def _entry(row: Any, who: UUID, at: datetime, purpose: str | None = None) -> Entry:
    return Entry(
        AccessKind.LOOK_UP,
        "case",
        at=at,
        staff_id=who,
        place="workbench",
        patient_id=row.patient_id,
        case_id=row.id,
        purpose=str(purpose) if purpose else None,
    )
