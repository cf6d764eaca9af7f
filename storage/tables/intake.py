"""What came in: a receipt for every submission, with its body sealed."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import ReceiptStatus
from storage.base import Base, partial_index
from storage.types import code_column, instant_column, key_column


class IntakeReceipt(Base, table=True):
    """One body of one submission. The keys that recognise a repeat outlive the case.

    `neutral_sealed` is a parked body of another format as `pk-intake/1`, for whoever completes it.
    """

    __tablename__ = "intake_receipts"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index(
            "ux_intake_receipts_submission",
            "source_system",
            "form_id",
            "submission_id",
            "body_hash",
            where="submission_id IS NOT NULL",
            unique=True,
        ),
        partial_index(
            "ux_intake_receipts_first",
            "source_system",
            "form_id",
            "submission_id",
            where="status = 'created'",
            unique=True,
        ),
        partial_index("ux_intake_receipts_body", "body_hash", where="submission_id IS NULL", unique=True),
        partial_index("ix_intake_receipts_parked", "registered_at", where="status = 'parked'"),
        sa.CheckConstraint("status IN ('created', 'changed', 'parked')", name="stored_status"),
        sa.CheckConstraint("(status = 'parked') = (case_id IS NULL)", name="case"),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    source_system: str | None = Field(default=None, max_length=128)
    form_id: str | None = Field(default=None, max_length=128)
    submission_id: UUID | None = Field(default=None, sa_column=key_column(nullable=True))
    body_hash: str = Field(max_length=64)
    status: ReceiptStatus = Field(sa_column=code_column(ReceiptStatus, "status"))
    case_id: UUID | None = Field(default=None, sa_column=key_column(references="cases.id", nullable=True, index=True))
    registered_at: datetime = Field(sa_column=instant_column("registered_at"))
    body_sealed: bytes
    neutral_sealed: bytes | None = None
    problems: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
