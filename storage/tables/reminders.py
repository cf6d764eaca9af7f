"""A person's own reminder on a case."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.base import Base
from storage.types import instant_column, key_column


class Reminder(Base, table=True):
    """When a person wants to be reminded of a case, and of what; one a person and case, gone when it is taken away."""

    __tablename__ = "case_reminders"

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    at: datetime = Field(sa_column=instant_column("at"))
    text: str | None = Field(default=None, max_length=200)
    set_at: datetime = Field(sa_column=instant_column("set_at"))
