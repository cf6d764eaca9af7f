"""Calls that become no case: a short answer on the telephone is counted, and nothing else is kept of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from storage.base import Base
from storage.types import instant_column, key_column


class ShortAnswer(Base, table=True):
    """One short answer; counted apart from the enquiries."""

    __tablename__ = "short_answers"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_short_answers_at", "at"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
