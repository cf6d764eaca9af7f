"""Receipts: recognises what came before, keeps what came now, lists what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import ReceiptStatus
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
    parked = col(IntakeReceipt.status) == sa.literal_column("'parked'")
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
        .where(col(IntakeReceipt.status) == sa.literal_column("'parked'"))
        .order_by(col(IntakeReceipt.registered_at), col(IntakeReceipt.id))
    )
    return [ParkedRecord(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]
