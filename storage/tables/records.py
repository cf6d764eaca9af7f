"""What is known and written on a case: facts, segments, notes, attachments, and every event."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import OUTCOMES, EventKind, FactSource, Relation, SegmentState
from storage.base import Base, version_column
from storage.types import code_column, identity_column, instant_column, key_column

_segment_version = version_column()


class Fact(Base, table=True):
    """One thing known about the case's matter. Facts are appended; the newest of a name holds."""

    __tablename__ = "facts"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_facts_case_name", "case_id", "name", "recorded_at"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id"))
    name: str = Field(max_length=60)
    value: Any = Field(sa_type=sa.JSON)
    source: FactSource = Field(sa_column=code_column(FactSource, "source"))
    recorded_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    recorded_at: datetime = Field(sa_column=instant_column("recorded_at"))


class Segment(Base, table=True):
    """One of several courses in a case (delforløb): where it is to go, and how far it has come."""

    __tablename__ = "case_segments"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.UniqueConstraint("case_id", "number"),)
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _segment_version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_segment_version)
    case_id: UUID = Field(sa_column=key_column(references="cases.id"))
    number: int = Field(sa_type=sa.SmallInteger)
    main: bool = False
    state: SegmentState | None = Field(default=None, sa_column=code_column(SegmentState, "state", nullable=True))
    area: str | None = Field(default=None, max_length=60)
    kind: str | None = Field(default=None, max_length=40)
    relation: Relation | None = Field(default=None, sa_column=code_column(Relation, "relation", nullable=True))
    provider_id: str | None = Field(default=None, max_length=80, index=True)
    provider_name: str | None = Field(default=None, max_length=200)
    agreement_id: str | None = Field(default=None, max_length=80)
    referring_hospital: str | None = Field(default=None, max_length=500)
    referring_department: str | None = Field(default=None, max_length=500)
    offered_wait_days: int | None = None
    present_date: date | None = None
    present_date_is_kept: bool | None = None
    present_date_cancelled_by: str | None = Field(default=None, max_length=60)
    chosen_on: date | None = None
    requested_on: date | None = None
    referral_sent_on: date | None = None
    confirmed_on: date | None = None
    confirmed_date: date | None = None
    returned_on: date | None = None
    outcome: str | None = Field(default=None, sa_column=code_column(OUTCOMES, "outcome", nullable=True))


class Note(Base, table=True):
    """What an adviser wrote down (notatpligt). A correction is a new note that names the old one."""

    __tablename__ = "notes"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    author_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    at: datetime = Field(sa_column=instant_column("at"))
    text: str = Field(sa_type=sa.Text)
    corrects_id: UUID | None = Field(default=None, sa_column=key_column(references="notes.id", nullable=True))


class Attachment(Base, table=True):
    """What is known of a file that came with the enquiry; the file itself stays where it was sent."""

    __tablename__ = "attachments"

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    external_id: str = Field(max_length=128)
    filename: str = Field(max_length=500)
    media_type: str | None = Field(default=None, max_length=130)
    size: int | None = Field(default=None, sa_type=sa.BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    fetch: str | None = Field(default=None, max_length=500)


class Event(Base, table=True):
    """Something that happened to a case. Rows are only added; `id` is the number other desks watch."""

    __tablename__ = "events"

    id: int | None = Field(default=None, sa_column=identity_column())
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    at: datetime = Field(sa_column=instant_column("at", index=True))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    kind: EventKind = Field(sa_column=code_column(EventKind, "kind"))
    details: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    reason: str | None = Field(default=None, max_length=2000)
