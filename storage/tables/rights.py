"""What people say about the hints: overrulings with their reason, and numbers of the law the office has verified."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.rights.answers import Answer, Right
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column


class RightsOverruling(Base, table=True):
    """An adviser's other answer to a hint, with the reason; the hint is shown beside it."""

    __tablename__ = "rights_overrulings"

    id: int | None = Field(default=None, sa_column=identity_column())
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    right: Right = Field(sa_column=code_column(Right, "right"))
    limb: str | None = Field(default=None, max_length=40)
    hint: Answer = Field(sa_column=code_column(Answer, "hint"))
    answer: Answer = Field(sa_column=code_column(Answer, "answer"))
    reason: str = Field(max_length=2000)
    by: UUID = Field(sa_column=key_column(references="staff.id"))
    at: datetime = Field(sa_column=instant_column("at"))


class LawValue(Base, table=True):
    """A number of the law that the office has verified: from its first day, with source and name; the old one stays."""

    __tablename__ = "law_values"

    id: int | None = Field(default=None, sa_column=identity_column())
    rule: str = Field(max_length=60)
    value: int
    valid_from: date
    valid_to: date | None = None
    source: str = Field(sa_type=sa.Text)
    set_by: UUID = Field(sa_column=key_column(references="staff.id"))
    set_at: datetime = Field(sa_column=instant_column("set_at"))
