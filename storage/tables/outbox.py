"""Letters and messages not yet sent: drafts only."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import DraftKind, DraftState, Party
from storage.base import Base, version_column
from storage.types import code_column, instant_column, key_column

_version = version_column()


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
