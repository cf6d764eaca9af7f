"""Cases that are kept for a reason, although their time is over."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from storage.base import Base, partial_index
from storage.types import instant_column, key_column


class LegalHold(Base, table=True):
    """Nothing of the case is anonymised until the hold is lifted; one standing hold a case."""

    __tablename__ = "legal_holds"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index("ux_legal_holds_standing", "case_id", where="lifted_at IS NULL", unique=True),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    reason: str = Field(max_length=500)
    set_by: UUID = Field(sa_column=key_column(references="staff.id"))
    set_at: datetime = Field(sa_column=instant_column("set_at"))
    lifted_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    lifted_at: datetime | None = Field(default=None, sa_column=instant_column("lifted_at", nullable=True))
