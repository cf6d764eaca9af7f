"""Questions about a case to a colleague, the lawyer or the fortnightly meeting, and their answers."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import SparringWith
from storage.base import Base, partial_index, version_column
from storage.types import code_column, instant_column, key_column

_version = version_column()
OPEN = "answered_at IS NULL"


class SparringQuestion(Base, table=True):
    """One question and, once it has come, its answer; both stay with the case. A colleague may be named."""

    __tablename__ = "sparring_questions"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index("ix_sparring_questions_open", "asked_at", where=OPEN),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered"),
        sa.CheckConstraint("colleague_id IS NULL OR asked_of = 'colleague'", name="colleague"),
    )
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    case_id: UUID = Field(sa_column=key_column(references="cases.id", index=True))
    asked_of: SparringWith = Field(sa_column=code_column(SparringWith, "asked_of"))
    colleague_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    text: str = Field(sa_type=sa.Text)
    asked_by: UUID = Field(sa_column=key_column(references="staff.id"))
    asked_at: datetime = Field(sa_column=instant_column("asked_at"))
    answer: str | None = Field(default=None, sa_type=sa.Text)
    answered_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    answered_at: datetime | None = Field(default=None, sa_column=instant_column("answered_at", nullable=True))
