"""The office's phone book; who changed what stands with the catalogue's changes."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from pkui.domain.phone_book import PhoneKind
from storage.base import Base, version_column
from storage.types import code_column, instant_column, key_column

_version = version_column()


class PhoneEntry(Base, table=True):
    """Somebody the office rings for its patients; `ended_on` is the day the entry stopped being right."""

    __tablename__ = "phone_book"
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    kind: PhoneKind = Field(sa_column=code_column(PhoneKind, "kind"))
    name: str = Field(max_length=200)
    place: str = Field(default="", max_length=200)
    phone: str = Field(max_length=20)
    hours: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)
    source: str = Field(max_length=500)
    by_hand: bool = False
    ended_on: date | None = None
    edited_at: datetime = Field(sa_column=instant_column("edited_at"))
    edited_by: UUID = Field(sa_column=key_column(references="staff.id"))
