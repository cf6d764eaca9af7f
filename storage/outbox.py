"""Reads the drafts of the outbox, and what people did with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pkui.domain.codes import DraftKind, DraftState, Party
from storage.tables.cases import Case
from storage.tables.contacts import Contact
from storage.tables.outbox import Draft, DraftStep
from storage.tables.patients import Patient
from storage.tables.staff import Staff


@dataclass(frozen=True)
class DraftRecord:
    """A draft as lists show it; no number, telephone or address of the patient."""

    id: UUID
    version: int
    queue_number: int
    case_number: str
    patient_name: str | None
    protected: bool
    kind: DraftKind
    state: DraftState
    recipient: Party
    recipient_name: str | None
    subject: str | None
    text: str
    """Empty in a list."""
    made_by: str | None
    made_at: datetime


@dataclass(frozen=True)
class StepRecord:
    """One thing a person did with a draft."""

    at: datetime
    by: str
    step: str
    way: DraftKind | None
    sent_to: str | None


def read_drafts(
    session: Session,
    *,
    states: Collection[DraftState] = (),
    draft_id: UUID | None = None,
    holder: UUID | None = None,
    case_id: UUID | None = None,
    limit: int | None = None,
) -> list[DraftRecord]:
    """Drafts, the oldest first; `holder`: those this person made, or of cases she holds. One alone has its text."""
    text = col(Draft.text) if draft_id is not None else sa.literal("")
    before = (
        Draft.id, Draft.version, Case.queue_number, Case.case_number, Patient.name, Patient.protected, Draft.kind,
        Draft.state, Draft.recipient, Draft.recipient_name, Draft.subject,
    )  # fmt: skip
    query = (
        sa.select(*(col(one) for one in before), text, col(Staff.name), col(Draft.made_at))
        .join(Case, col(Case.id) == col(Draft.case_id))
        .join(Patient, col(Patient.id) == col(Case.patient_id))
        .join(Staff, col(Staff.id) == col(Draft.made_by), isouter=True)
        .order_by(col(Draft.made_at), col(Draft.id))
        .limit(limit)
    )
    if states:
        query = query.where(col(Draft.state).in_(states))
    if draft_id is not None:
        query = query.where(col(Draft.id) == draft_id)
    if case_id is not None:
        query = query.where(col(Draft.case_id) == case_id)
    if holder is not None:
        query = query.where(sa.or_(col(Draft.made_by) == holder, col(Case.assignee_id) == holder))
    return [DraftRecord(*row) for row in session.execute(query)]


def draft_for_change(session: Session, draft_id: UUID) -> Draft | None:
    """The draft, locked until the transaction ends."""
    return session.execute(select(Draft).where(col(Draft.id) == draft_id).with_for_update()).scalar_one_or_none()


def letter_stands(session: Session, case_id: UUID, since: datetime | None) -> bool:
    """Whether a letter drafted at one of the attempts to ring the patient stands; `since` the case was reopened."""
    found = sa.exists().where(
        col(Draft.case_id) == case_id,
        col(Draft.state) != DraftState.DISCARDED,
        col(Contact.case_id) == case_id,
        col(Contact.counts_as_attempt),
        col(Contact.at) == col(Draft.made_at),
    )
    return bool(session.scalar(sa.select(found if since is None else found.where(col(Draft.made_at) >= since))))


def read_steps(session: Session, draft_id: UUID) -> Sequence[StepRecord]:
    """What was done with a draft, in order, with the names of who did it."""
    columns = (DraftStep.at, Staff.name, DraftStep.step, DraftStep.way, DraftStep.sent_to)
    rows = session.execute(
        sa.select(*(col(one) for one in columns))
        .join(Staff, col(Staff.id) == col(DraftStep.staff_id))
        .where(col(DraftStep.draft_id) == draft_id)
        .order_by(col(DraftStep.id))
    )
    return [StepRecord(*row) for row in rows]


def steps_of(session: Session, draft_id: UUID) -> Sequence[DraftStep]:
    """The same as they are stored."""
    return session.execute(
        select(DraftStep).where(col(DraftStep.draft_id) == draft_id).order_by(col(DraftStep.id))
    ).scalars().all()  # fmt: skip
