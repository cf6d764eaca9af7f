"""How people prove who they are: passwords, tries that failed, and sign-ins of commands."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from storage.base import Base
from storage.types import instant_column, key_column


class Credential(Base, table=True):
    """A person's password (argon2id), and how many tries in a row have failed."""

    __tablename__ = "credentials"

    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    password_hash: str | None = Field(default=None, max_length=200)
    set_at: datetime | None = Field(default=None, sa_column=instant_column("set_at", nullable=True))
    set_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    must_change: bool = False
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_column=instant_column("locked_until", nullable=True))


class CommandSignIn(Base, table=True):
    """A sign-in that commands use until it ends; the token itself is on the person's machine alone."""

    __tablename__ = "command_sign_ins"

    id: UUID = Field(sa_column=key_column(primary=True))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    token_hash: bytes = Field(unique=True)
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    ends_at: datetime = Field(sa_column=instant_column("ends_at"))
    ended_at: datetime | None = Field(default=None, sa_column=instant_column("ended_at", nullable=True))
