"""Receipts: recognises what came before, keeps what came now, lists what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col

from pkui.domain.codes import ReceiptStatus
from storage.base import constant
from storage.tables.cases import Case
from storage.tables.intake import IntakeReceipt

BODY = "intake_receipts.body"
NEUTRAL = "intake_receipts.neutral"


@dataclass(frozen=True)
class ParkedRecord:
    """A submission that waits for a person, and why; its body stays sealed."""

    id: UUID
    source_system: str | None
    form_id: str | None
    submission_id: UUID | None
    registered_at: datetime
    problems: list[Any]


@dataclass(frozen=True)
class Receipt:
    """What is known of an earlier body of a submission, and the first case it became."""

    submission: tuple[str | None, str | None, UUID | None]
    body_hash: str
    status: ReceiptStatus
    case_id: UUID | None
    queue_number: int | None
    case_number: str | None
    problems: list[Any]


def read_receipts(session: Session, submission_ids: Sequence[UUID], hashes: Sequence[str]) -> list[Receipt]:
    """Every stored receipt of these submissions, and of these bodies where the sender's id could not be read."""
    known = col(IntakeReceipt.submission_id).in_(submission_ids)
    unknown = sa.and_(col(IntakeReceipt.submission_id).is_(None), col(IntakeReceipt.body_hash).in_(hashes))
    rows = session.execute(
        sa.select(
            col(IntakeReceipt.source_system),
            col(IntakeReceipt.form_id),
            col(IntakeReceipt.submission_id),
            col(IntakeReceipt.body_hash),
            col(IntakeReceipt.status),
            col(IntakeReceipt.case_id),
            col(Case.queue_number),
            col(Case.case_number),
            col(IntakeReceipt.problems),
        )
        .join(Case, col(Case.id) == col(IntakeReceipt.case_id), isouter=True)
        .where(sa.or_(known, unknown))
        .order_by(col(IntakeReceipt.id))
    )
    return [Receipt((row[0], row[1], row[2]), *row[3:]) for row in rows]


def count_parked(session: Session) -> int:
    """How many submissions wait for a person."""
    parked = col(IntakeReceipt.status) == constant(ReceiptStatus.PARKED)
    return session.scalar(sa.select(sa.func.count()).select_from(IntakeReceipt).where(parked)) or 0


def read_parked(session: Session) -> list[ParkedRecord]:
    """What waits for a person, oldest first."""
    rows = session.execute(
        sa.select(
            col(IntakeReceipt.id),
            col(IntakeReceipt.source_system),
            col(IntakeReceipt.form_id),
            col(IntakeReceipt.submission_id),
            col(IntakeReceipt.registered_at),
            col(IntakeReceipt.problems),
        )
        .where(col(IntakeReceipt.status) == constant(ReceiptStatus.PARKED))
        .order_by(col(IntakeReceipt.registered_at), col(IntakeReceipt.id))
    )
    return [ParkedRecord(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


@dataclass(frozen=True)
class ParkedBody:
    """A parked body, still sealed, and the case that another body of the same submission has become."""

    record: ParkedRecord
    body_sealed: bytes
    neutral_sealed: bytes | None
    queue_number: int | None


def read_parked_bodies(session: Session) -> list[ParkedBody]:
    """What waits for a person with its bodies, oldest first."""
    first = sa.orm.aliased(IntakeReceipt)
    same = [
        col(getattr(first, name)) == col(getattr(IntakeReceipt, name))
        for name in ("source_system", "form_id", "submission_id")
    ]
    rows = session.execute(
        sa.select(IntakeReceipt, col(Case.queue_number))
        .select_from(IntakeReceipt)
        .join(first, sa.and_(*same, col(first.status) == constant(ReceiptStatus.CREATED)), isouter=True)
        .join(Case, col(Case.id) == col(first.case_id), isouter=True)
        .where(col(IntakeReceipt.status) == constant(ReceiptStatus.PARKED))
        .order_by(col(IntakeReceipt.registered_at), col(IntakeReceipt.id))
    )
    return [_body(row[0], row[1]) for row in rows]


def _body(row: IntakeReceipt, queue_number: int | None) -> ParkedBody:
    record = ParkedRecord(row.id, row.source_system, row.form_id, row.submission_id, row.registered_at, row.problems)
    return ParkedBody(record, row.body_sealed, row.neutral_sealed, queue_number)


def receipt_for_update(session: Session, id: UUID) -> IntakeReceipt | None:
    """One receipt, locked for this transaction."""
    return session.scalars(sa.select(IntakeReceipt).where(col(IntakeReceipt.id) == id).with_for_update()).first()


def first_case_of(session: Session, receipt: IntakeReceipt) -> Case | None:
    """The case that another body of the same submission has become."""
    if receipt.submission_id is None:
        return None
    return session.scalars(
        sa.select(Case)
        .join(IntakeReceipt, col(IntakeReceipt.case_id) == col(Case.id))
        .where(
            col(IntakeReceipt.source_system) == receipt.source_system,
            col(IntakeReceipt.form_id) == receipt.form_id,
            col(IntakeReceipt.submission_id) == receipt.submission_id,
            col(IntakeReceipt.status) == ReceiptStatus.CREATED,
        )
    ).first()
