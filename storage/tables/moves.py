"""Cases that changed hands together, so that it can be taken back; and what a colleague approves before it is sent."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import ApprovalState, MoveKind
from storage.base import Base
from storage.types import code_column, instant_column, key_column


class MoveBatch(Base, table=True):
    """Moves made as one: because of an absence, a proposal that was applied, or rows moved from the queue."""

    __tablename__ = "move_batches"

    id: UUID = Field(sa_column=key_column(primary=True))
    kind: MoveKind = Field(sa_column=code_column(MoveKind, "kind"))
    absence_id: UUID | None = Field(
        default=None, sa_column=key_column(references="absences.id", nullable=True, index=True)
    )
    made_by: UUID = Field(sa_column=key_column(references="staff.id"))
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    undone_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    undone_at: datetime | None = Field(default=None, sa_column=instant_column("undone_at", nullable=True))


class Move(Base, table=True):
    """One case given from one person to another (None: the queue); `version` is the case's right after it.

    `old` holds what undoing puts back beside the holder, by column; `booking_from` the adviser whose call it was.
    """

    __tablename__ = "moves"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("batch_id", "case_id"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    batch_id: UUID = Field(sa_column=key_column(references="move_batches.id"))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    from_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    to_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    version: int
    old: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    booking_from: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))


class Approval(Base, table=True):
    """A colleague is asked to look at a course before a temporary colleague sends it; the newest of a course holds."""

    __tablename__ = "approvals"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    segment_id: UUID = Field(sa_column=key_column(references="case_segments.id"))
    state: ApprovalState = Field(default=ApprovalState.ASKED, sa_column=code_column(ApprovalState, "state"))
    asked_by: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    asked_at: datetime = Field(sa_column=instant_column("asked_at"))
    decided_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    decided_at: datetime | None = Field(default=None, sa_column=instant_column("decided_at", nullable=True))
    text: str | None = Field(default=None, max_length=2000)
