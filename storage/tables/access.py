"""Who looked at whom: written in the same transaction as what it records, never with free text or a CPR number.

Every person's rows are numbered and chained, so that an edit, a deletion or another order shows (storage.log_chain).
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.access_codes import AccessKind, ReviewDecision
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column


class AccessLogEntry(Base, table=True):
    """One look-up, search, change, copy or export. A search keeps its criterion as a kind and a keyed hash.

    `number` counts the person's rows from 1; `mac` signs the row together with the one before it.
    """

    __tablename__ = "access_log"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("ux_access_log_number", "staff_id", "number", unique=True),
        sa.Index("ix_access_log_at", "at"),
    )

    id: int | None = Field(default=None, sa_column=identity_column())
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    number: int = Field(sa_type=sa.BigInteger)
    kind: AccessKind = Field(sa_column=code_column(AccessKind, "kind"))
    what: str = Field(max_length=40)
    place: str = Field(max_length=40)
    patient_id: UUID | None = Field(
        default=None, sa_column=key_column(references="patients.id", nullable=True, index=True)
    )
    case_id: UUID | None = Field(default=None, sa_column=key_column(references="cases.id", nullable=True))
    purpose: str | None = Field(default=None, max_length=60)
    criterion_kind: str | None = Field(default=None, max_length=20)
    criterion_hash: bytes | None = None
    hits: int | None = None
    mac: bytes


class AccessChain(Base, table=True):
    """How far one person's rows have come: the newest number and its signature, signed again as the end.

    `id` is the person's; the nil UUID stands for tries to sign in under a name nobody has.
    """

    __tablename__ = "access_chains"

    id: UUID = Field(sa_column=key_column(primary=True))
    number: int = Field(sa_type=sa.BigInteger)
    mac: bytes
    end_mac: bytes


class AccessSeal(Base, table=True):
    """The ends of every chain, sealed together once a day and chained to the day before."""

    __tablename__ = "access_seals"

    number: int = Field(sa_column=sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False))
    day: date = Field(unique=True)
    at: datetime = Field(sa_column=instant_column("at"))
    ends: list[Any] = Field(sa_type=sa.JSON)
    mac: bytes


class AccessCut(Base, table=True):
    """Up to which number a person's rows were deleted when their time was over; the chain is checked from there."""

    __tablename__ = "access_cuts"

    chain: UUID = Field(sa_column=key_column(primary=True))
    number: int = Field(sa_column=sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False))
    last_mac: bytes
    at: datetime = Field(sa_column=instant_column("at"))
    mac: bytes


class CaseOpening(Base, table=True):
    """Leave to work on a case that is not one's own, for a reason and for a time; words of her own are sealed."""

    __tablename__ = "case_openings"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_case_openings_who", "staff_id", "case_id", "ends_at"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    at: datetime = Field(sa_column=instant_column("at"))
    ends_at: datetime = Field(sa_column=instant_column("ends_at"))
    break_glass: bool = False
    purpose: str = Field(max_length=60)
    reason_sealed: bytes | None = None


class LogReview(Base, table=True):
    """One person's look-ups of one patient in one week, for a reviewer to judge; `week` is its Monday."""

    __tablename__ = "log_reviews"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        sa.Index("ux_log_reviews_pair", "week", "staff_id", "patient_id", unique=True),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    week: date
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
    patient_id: UUID = Field(sa_column=key_column(references="patients.id"))
    marks: list[Any] = Field(sa_type=sa.JSON)
    look_ups: int
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    decision: ReviewDecision | None = Field(
        default=None, sa_column=code_column(ReviewDecision, "decision", nullable=True)
    )
    decided_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    decided_at: datetime | None = Field(default=None, sa_column=instant_column("decided_at", nullable=True))
    note_sealed: bytes | None = None


class ReviewWeek(Base, table=True):
    """A week whose look-ups were drawn for review: how many pairs of person and patient there were, how many drawn."""

    __tablename__ = "review_weeks"

    week: date = Field(primary_key=True)
    pairs: int
    drawn: int
    made_at: datetime = Field(sa_column=instant_column("made_at"))
