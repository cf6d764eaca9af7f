"""The installation itself, its counters, and the office's dated settings."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import DatabaseKind
from storage.base import Base
from storage.types import code_column, instant_column, key_column


class Installation(Base, table=True):
    """What this database is: one row. `clock_shift_seconds` moves a training database's clock.

    `log_key_sealed` is the key that signs the access log: one of its own, so that it outlives the master key.
    `old_key_sealed` is the master key before this one; while `resealing`, fields may still be sealed with it.
    """

    __tablename__ = "installation"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    kind: DatabaseKind = Field(sa_column=code_column(DatabaseKind, "kind"))
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    clock_shift_seconds: float = 0.0
    key_fingerprint: str = Field(max_length=16)
    log_key_sealed: bytes | None = None
    old_key_sealed: bytes | None = None
    resealing: bool = Field(
        default=False, sa_column=sa.Column("resealing", sa.Boolean, nullable=False, server_default=sa.false())
    )


class Counter(Base, table=True):
    """A rising number without gaps, taken as the last thing before commit."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True, max_length=40)
    value: int = Field(sa_type=sa.BigInteger)


class OfficeSetting(Base, table=True):
    """One value of one setting from its first day on; earlier values stay."""

    __tablename__ = "office_settings"
    __table_args__: ClassVar[tuple[Any, ...]] = (sa.Index("ix_office_settings_key", "key", "valid_from", "set_at"),)

    id: UUID = Field(sa_column=key_column(primary=True))
    key: str = Field(max_length=60)
    value: Any = Field(sa_type=sa.JSON)
    valid_from: date
    valid_to: date | None = None
    set_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    set_at: datetime = Field(sa_column=instant_column("set_at"))
