"""The office's own wordings of templates."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.texts import TextKind
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column


class TextTemplate(Base, table=True):
    """One wording of a template from its first day on; rows are only added, so the earlier ones stay."""

    __tablename__ = "text_templates"

    id: int | None = Field(default=None, sa_column=identity_column())
    kind: TextKind = Field(sa_column=code_column(TextKind, "kind"))
    subject: str = Field(max_length=200)
    text: str = Field(sa_type=sa.Text)
    valid_from: date
    valid_to: date | None = None
    set_by: UUID = Field(sa_column=key_column(references="staff.id"))
    set_at: datetime = Field(sa_column=instant_column("set_at"))
