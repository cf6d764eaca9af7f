"""What desks need to work beside each other: who is in a case, who works on it, and which writes are done already."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.base import Base
from storage.types import instant_column, key_column


class WriteKey(Base, table=True):
    """One write that was carried out: made by the desk before it began, so that a repeat is recognised.

    Stored in the write's own transaction. The key sorts by the instant it was made; old ones are thrown away.
    """

    __tablename__ = "write_keys"

    key: UUID = Field(sa_column=key_column(primary=True))


class CaseVisit(Base, table=True):
    """Somebody has the case on the screen; over when the screen is left or has not been heard of for a while."""

    __tablename__ = "case_visits"

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    until: datetime = Field(sa_column=instant_column("until"))


class CaseHold(Base, table=True):
    """Somebody works on the case: one person at a time, until the clock passes `until`."""

    __tablename__ = "case_holds"

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id"))
    since: datetime = Field(sa_column=instant_column("since"))
    until: datetime = Field(sa_column=instant_column("until"))
    calling: bool = False
