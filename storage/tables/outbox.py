"""Letters and messages that the office writes: drafts, and what people did with each."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import DraftKind, DraftState, Party
from storage.base import Base, version_column
from storage.types import code_column, identity_column, instant_column, key_column

_version = version_column()
STEPS = ("corrected", "copied", "printed", "sent", "discarded", "undone")


class Draft(Base, table=True):
    """A text waiting to be read, corrected, sent or discarded by a person."""

    __tablename__ = "outbox_drafts"
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    kind: DraftKind = Field(sa_column=code_column(DraftKind, "kind"))
    state: DraftState = Field(default=DraftState.DRAFT, sa_column=code_column(DraftState, "state"))
    recipient: Party = Field(sa_column=code_column(Party, "recipient"))
    recipient_name: str | None = Field(default=None, max_length=200)
    subject: str | None = Field(default=None, max_length=200)
    text: str = Field(sa_type=sa.Text)
    made_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    made_at: datetime = Field(sa_column=instant_column("made_at"))


class DraftStep(Base, table=True):
    """One thing a person did with a draft. Only added to; `before` is the text that a correction took the place of."""

    __tablename__ = "draft_steps"

    id: int | None = Field(default=None, sa_column=identity_column())
    draft_id: UUID = Field(sa_column=key_column(references="outbox_drafts.id", index=True))
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
    step: str = Field(sa_column=code_column(STEPS, "step"))
    way: DraftKind | None = Field(default=None, sa_column=code_column(DraftKind, "way", nullable=True))
    sent_to: str | None = Field(default=None, max_length=200)
    before: str | None = Field(default=None, sa_type=sa.Text)
