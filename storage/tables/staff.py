"""The people of the office: roles and teams by date, shifts, absences."""

from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import AbsenceKind, Role
from storage.base import Base
from storage.types import code_column, identity_column, instant_column, key_column

STAFF_CHANGES = ("role", "team", "shifts", "cover", "duty", "file")


class Staff(Base, table=True):
    """A person who works here. A keyed index of her number tells whether a patient works here."""

    __tablename__ = "staff"

    id: UUID = Field(sa_column=key_column(primary=True))
    username: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    active_from: date
    active_to: date | None = None
    identifier_index: bytes | None = None


class StaffRole(Base, table=True):
    """A role held from one date to another, both included; a dated duty such as day coordinator stands here too."""

    __tablename__ = "staff_roles"

    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    role: Role = Field(sa_column=code_column(Role, "role", primary=True))
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None


class TeamRow(Base, table=True):
    """A team cases are dealt by: the standing ones and working groups opened and closed by date.

    `topics` and `words` say what goes to a working group by itself: these topics, these words in the course.
    """

    __tablename__ = "teams"

    code: str = Field(primary_key=True, max_length=40)
    name: str | None = Field(default=None, max_length=120)
    opened_on: date
    closed_on: date | None = None
    topics: list[Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    words: list[Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class StaffTeam(Base, table=True):
    """A person's place in a team from one date to another, both included."""

    __tablename__ = "staff_teams"

    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    team: str = Field(primary_key=True, foreign_key="teams.code")
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None


class Shift(Base, table=True):
    """A stretch of work without a break, in local wall time; a lunch break parts two of them."""

    __tablename__ = "shifts"
    __table_args__: ClassVar[tuple[sa.CheckConstraint, ...]] = (sa.CheckConstraint("starts < ends", name="order"),)

    staff_id: UUID = Field(sa_column=key_column(primary=True, references="staff.id"))
    day: date = Field(primary_key=True, index=True)
    starts: time = Field(primary_key=True)
    ends: time


class Absence(Base, table=True):
    """A time when a person is away, read at the moment of use; without an end until somebody gives it one."""

    __tablename__ = "absences"
    __table_args__: ClassVar[tuple[sa.CheckConstraint, ...]] = (
        sa.CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="order"),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    kind: AbsenceKind = Field(sa_column=code_column(AbsenceKind, "kind"))
    starts_at: datetime = Field(sa_column=instant_column("starts_at"))
    ends_at: datetime | None = Field(default=None, sa_column=instant_column("ends_at", nullable=True))
    reported_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    reported_at: datetime = Field(sa_column=instant_column("reported_at"))


class CoverRow(Base, table=True):
    """Who stands in for a person from one date to another, both included; the smallest position comes first."""

    __tablename__ = "covers"
    __table_args__: ClassVar[tuple[sa.CheckConstraint, ...]] = (
        sa.CheckConstraint("staff_id <> substitute_id", name="another"),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="order"),
    )

    id: UUID = Field(sa_column=key_column(primary=True))
    staff_id: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    substitute_id: UUID = Field(sa_column=key_column(references="staff.id"))
    position: int = Field(sa_type=sa.SmallInteger)
    valid_from: date
    valid_to: date | None = None
    set_by: UUID = Field(sa_column=key_column(references="staff.id"))
    set_at: datetime = Field(sa_column=instant_column("set_at"))


class StaffChange(Base, table=True):
    """What was changed about a person: roles, teams, hours, who stands in. Only added to."""

    __tablename__ = "staff_changes"

    id: int | None = Field(default=None, sa_column=identity_column())
    staff_id: UUID = Field(sa_column=key_column(references="staff.id", index=True))
    what: str = Field(sa_column=code_column(STAFF_CHANGES, "what"))
    details: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    made_by: UUID = Field(sa_column=key_column(references="staff.id"))
    made_at: datetime = Field(sa_column=instant_column("made_at"))
