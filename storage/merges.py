"""Reads which cases are the same enquiry, and which are of the same person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import Topic
from storage.tables.cases import Case
from storage.tables.merges import CaseMerge
from storage.tables.patients import Patient
from storage.tables.staff import Staff


@dataclass(frozen=True)
class MergedRecord:
    """A case that was merged into another: what was written in it, by whom and why it was merged."""

    id: UUID
    queue_number: int
    case_number: str
    topic: Topic
    received_at: datetime
    free_text: str | None
    by: str
    at: datetime
    reason: str


def read_merged(session: Session, case_id: UUID) -> list[MergedRecord]:
    """Every case merged into this one, also by way of another, the first number first."""
    found: list[MergedRecord] = []
    into = [case_id]
    while into:
        rows = session.execute(_MERGED.where(col(CaseMerge.into_id).in_(into)))
        step = [MergedRecord(*row) for row in rows]
        found += step
        into = [one.id for one in step]
    return sorted(found, key=lambda one: one.queue_number)


def family_of(session: Session, case_id: UUID) -> list[UUID]:
    """The case and every case merged into it."""
    return [case_id, *(one.id for one in read_merged(session, case_id))]


def read_merging(session: Session, case_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these cases have others merged into them."""
    query = sa.select(col(CaseMerge.into_id)).where(col(CaseMerge.split_at).is_(None))
    return set(session.scalars(query.where(col(CaseMerge.into_id).in_(case_ids))))


def merge_of(session: Session, case_id: UUID) -> CaseMerge | None:
    """The merge by which this case is part of another, to be changed."""
    standing = sa.select(CaseMerge).where(col(CaseMerge.split_at).is_(None))
    return session.scalars(standing.where(col(CaseMerge.case_id) == case_id).with_for_update()).first()


def newest_merge_into(session: Session, case_id: UUID) -> CaseMerge | None:
    """The newest merge of another case into this one, to be changed."""
    standing = sa.select(CaseMerge).where(col(CaseMerge.split_at).is_(None))
    newest = standing.where(col(CaseMerge.into_id) == case_id).order_by(col(CaseMerge.id).desc()).limit(1)
    return session.scalars(newest.with_for_update()).first()


def read_merged_into(session: Session, case_id: UUID) -> tuple[int, str] | None:
    """Queue number and case number of the case this one is merged into."""
    row = session.execute(
        sa.select(col(Case.queue_number), col(Case.case_number))
        .join(CaseMerge, col(CaseMerge.into_id) == col(Case.id))
        .where(col(CaseMerge.case_id) == case_id, col(CaseMerge.split_at).is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def read_open_of_person(session: Session, case: Case) -> Sequence[Case]:
    """The other open cases of the case's person, the first number first."""
    return session.scalars(_of_person(case)).all()


def lock_open_of_person(session: Session, case: Case) -> Sequence[Case]:
    """The same, locked to be given to somebody: the person first, so that two desks never part her cases.

    A case another desk has in its hands is left out: that desk waits for the person, and sees what was done here.
    """
    person = sa.select(col(Patient.id)).where(col(Patient.id) == case.patient_id)
    session.execute(person.with_for_update(key_share=True))
    locked = _of_person(case).with_for_update(skip_locked=True, of=Case).execution_options(populate_existing=True)
    return session.scalars(locked).all()


def _of_person(case: Case) -> sa.Select[Case]:
    return (
        sa.select(Case)
        .where(col(Case.patient_id) == case.patient_id, col(Case.closed_at).is_(None), col(Case.id) != case.id)
        .order_by(col(Case.queue_number))
    )


_MERGED = (
    sa.select(
        col(Case.id), col(Case.queue_number), col(Case.case_number), col(Case.topic), col(Case.received_at),
        col(Case.free_text), col(Staff.name), col(CaseMerge.merged_at), col(CaseMerge.reason),
    )
    .join(CaseMerge, col(CaseMerge.case_id) == col(Case.id))
    .join(Staff, col(Staff.id) == col(CaseMerge.merged_by))
    .where(col(CaseMerge.split_at).is_(None))
)  # fmt: skip
