"""Who looked at whom: written in the same transaction as what it records, never with free text or a CPR number."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pkui.domain.codes import AccessKind
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column


class AccessLogEntry(Base, table=True):
    """One look-up, search, change, copy or export. A search keeps its criterion as a kind and a keyed hash."""

    __tablename__ = "access_log"

    id: int | None = Field(default=None, sa_column=identity_column())
    at: datetime = Field(sa_column=instant_column("at"))
    staff_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True, index=True))
    kind: AccessKind = Field(sa_column=code_column(AccessKind, "kind"))
    what: str = Field(max_length=40)
    place: str = Field(max_length=40)
    patient_id: UUID | None = Field(
        default=None, sa_column=key_column(references="patients.id", nullable=True, index=True)
    )
    case_id: UUID | None = Field(default=None, sa_column=key_column(references="cases.id", nullable=True))
    purpose: str | None = Field(default=None, max_length=60)
    criterion_kind: str | None = Field(default=None, max_length=20)
    criterion_hash: bytes | None = None
    hits: int | None = None
