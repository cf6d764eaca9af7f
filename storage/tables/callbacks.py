"""Calls that have a time, the plans they come from, and the five-minute slots they take of an adviser."""

from datetime import datetime, time
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import BookingState
from storage.base import Base, partial_index, version_column
from storage.types import code_column, instant_column, key_column

_version = version_column()
STANDING = "done_at IS NULL"


class CallbackPlan(Base, table=True):
    """A plan of the office that was applied; taken back as a whole by undoing it."""

    __tablename__ = "callback_plans"

    id: UUID = Field(sa_column=key_column(primary=True))
    applied_by: UUID = Field(sa_column=key_column(references="staff.id"))
    applied_at: datetime = Field(sa_column=instant_column("applied_at"))
    undone_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    undone_at: datetime | None = Field(default=None, sa_column=instant_column("undone_at", nullable=True))


class Booking(Base, table=True):
    """One outgoing call with a time; it stands until `done_at`. A patient has one standing at most, over all her cases.

    `agreed_at` is when the patient agreed to the time.
    Minutes of preparation come before `starts_at`, those of after-work after `ends_at`. The window is local wall time.
    """

    __tablename__ = "bookings"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index("ux_bookings_standing", "patient_id", where=STANDING, unique=True),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.CheckConstraint("attempt >= 1", name="attempt"),
        sa.CheckConstraint("preparation_minutes BETWEEN 0 AND 120", name="preparation"),
        sa.CheckConstraint("after_minutes BETWEEN 0 AND 120", name="after"),
        sa.CheckConstraint("(state IN ('planned', 'agreed')) = (done_at IS NULL)", name="done"),
        sa.CheckConstraint("(window_from IS NULL) = (window_to IS NULL)", name="window"),
    )
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    patient_id: UUID = Field(sa_column=key_column(references="patients.id"))
    adviser_id: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    state: BookingState = Field(sa_column=code_column(BookingState, "state"))
    attempt: int = Field(sa_type=sa.SmallInteger)
    starts_at: datetime = Field(sa_column=instant_column("starts_at"))
    ends_at: datetime = Field(sa_column=instant_column("ends_at"))
    preparation_minutes: int = Field(default=0, sa_type=sa.SmallInteger)
    after_minutes: int = Field(default=0, sa_type=sa.SmallInteger)
    window_from: time | None = None
    window_to: time | None = None
    plan_id: UUID | None = Field(
        default=None, sa_column=key_column(references="callback_plans.id", nullable=True, index=True)
    )
    replaced_by: UUID | None = Field(
        default=None, sa_column=key_column(references="callback_plans.id", nullable=True, index=True)
    )
    made_by: UUID = Field(sa_column=key_column(references="staff.id"))
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    agreed_at: datetime | None = Field(default=None, sa_column=instant_column("agreed_at", nullable=True))
    done_at: datetime | None = Field(default=None, sa_column=instant_column("done_at", nullable=True))


class BookingSlot(Base, table=True):
    """Five minutes of one adviser, taken by one booking: the key makes an overlap impossible.

    `slot` counts five-minute steps from 1970-01-01 00:00 UTC.
    """

    __tablename__ = "booking_slots"

    adviser_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    slot: int = Field(
        sa_column=sa.Column("slot", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False)
    )
    booking_id: UUID = Field(sa_column=key_column(references="bookings.id", index=True))
