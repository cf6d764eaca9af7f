"""Reaching people: the patient's windows, who speaks for her, what she agreed to, and every contact made."""

from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import (
    ConsentMode,
    ConsentType,
    ContactResult,
    Direction,
    IdentifierType,
    Party,
    RepresentativeBasis,
)
from storage.base import Base
from storage.types import code_column, instant_column, key_column


class CallWindowRow(Base, table=True):
    """A weekly window in which the patient can be called, in local wall time; weekday 1 is Monday."""

    __tablename__ = "call_windows"
    __table_args__: ClassVar[tuple[sa.CheckConstraint, ...]] = (
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),
        sa.CheckConstraint("starts < ends", name="order"),
    )

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    weekday: int = Field(primary_key=True, sa_type=sa.SmallInteger)
    starts: time = Field(primary_key=True)
    ends: time


class UnavailablePeriod(Base, table=True):
    """Days on which the patient cannot be called, first and last included."""

    __tablename__ = "unavailable_periods"
    __table_args__: ClassVar[tuple[sa.CheckConstraint, ...]] = (
        sa.CheckConstraint("first_day <= last_day", name="order"),
    )

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    first_day: date = Field(primary_key=True)
    last_day: date


class Representative(Base, table=True):
    """Somebody who rings or writes for the patient, and on what ground; without one she gets general guidance only."""

    __tablename__ = "representatives"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=20, index=True)
    relation: str | None = Field(default=None, max_length=200)
    basis: RepresentativeBasis | None = Field(
        default=None, sa_column=code_column(RepresentativeBasis, "basis", nullable=True)
    )
    identifier_type: IdentifierType = Field(
        default=IdentifierType.NONE, sa_column=code_column(IdentifierType, "identifier_type")
    )
    identifier_sealed: bytes | None = None
    identifier_index: bytes | None = None


class Consent(Base, table=True):
    """What a patient agreed to (Sundhedsloven § 51, stk. 4 among them), how, when, and until when."""

    __tablename__ = "consents"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    type: ConsentType = Field(sa_column=code_column(ConsentType, "type"))
    mode: ConsentMode = Field(sa_column=code_column(ConsentMode, "mode"))
    scope: str | None = Field(default=None, max_length=500)
    given: bool = True
    given_by: str | None = Field(default=None, max_length=200)
    """Who said so, where it was not the patient herself."""
    given_at: datetime = Field(sa_column=instant_column("given_at"))
    ends_on: date | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_column=instant_column("withdrawn_at", nullable=True))
    recorded_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))


class Contact(Base, table=True):
    """One contact or attempt at one. Only an outgoing call that was dialled counts as an attempt."""

    __tablename__ = "contacts"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    at: datetime = Field(sa_column=instant_column("at"))
    direction: Direction = Field(sa_column=code_column(Direction, "direction"))
    party: Party = Field(sa_column=code_column(Party, "party"))
    party_name: str | None = Field(default=None, max_length=200)
    result: ContactResult = Field(sa_column=code_column(ContactResult, "result"))
    counts_as_attempt: bool = False
    outside_window_reason: str | None = Field(default=None, max_length=200)
    answer_promised_on: date | None = None
    text: str | None = Field(default=None, sa_type=sa.Text)
