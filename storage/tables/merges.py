"""Cases that are the same enquiry: which one was merged into which, and what a split must give back."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import CaseState
from storage.base import Base, partial_index
from storage.types import code_column, instant_column, key_column

STANDING = "split_at IS NULL"


class CaseMerge(Base, table=True):
    """One case merged into another of the same person; it stands until `split_at`.

    The merged case keeps its own rows and columns, but for its end; what else changed stands here. Its booked call,
    `booking_id`, goes over to the case that stays.
    """

    __tablename__ = "case_merges"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index("ux_case_merges_standing", "case_id", where=STANDING, unique=True),
        partial_index("ix_case_merges_into", "into_id", where=STANDING),
        sa.CheckConstraint("case_id <> into_id", name="two"),
        sa.CheckConstraint("(split_at IS NULL) = (split_by IS NULL)", name="split"),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id"))
    into_id: UUID = Field(sa_column=key_column(references="cases.id"))
    state: CaseState = Field(sa_column=code_column(CaseState, "state"))
    into_state: CaseState = Field(sa_column=code_column(CaseState, "into_state"))
    booking_id: UUID | None = Field(default=None, sa_column=key_column(references="bookings.id", nullable=True))
    reason: str = Field(max_length=500)
    merged_by: UUID = Field(sa_column=key_column(references="staff.id"))
    merged_at: datetime = Field(sa_column=instant_column("merged_at"))
    split_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    split_at: datetime | None = Field(default=None, sa_column=instant_column("split_at", nullable=True))
