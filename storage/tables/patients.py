"""The patients: who they are, found by a keyed index and by their names' words."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import IdentifierType
from storage.base import Base, partial_index, version_column
from storage.types import code_column, instant_column, key_column, word_column

_version = version_column()


class Patient(Base, table=True):
    """A person the office helps. The number is sealed; `identifier_index` finds it again."""

    __tablename__ = "patients"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index(
            "ux_patients_identifier",
            "identifier_type",
            "identifier_index",
            where="identifier_index IS NOT NULL",
            unique=True,
        ),
        sa.CheckConstraint(
            "(identifier_type = 'none') = (identifier_index IS NULL AND identifier_sealed IS NULL)", name="identifier"
        ),
    )
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    identifier_type: IdentifierType = Field(sa_column=code_column(IdentifierType, "identifier_type"))
    identifier_sealed: bytes | None = None
    identifier_index: bytes | None = None
    name: str | None = Field(default=None, max_length=200)
    birth_date: date | None = None
    address_line: str | None = Field(default=None, max_length=500)
    postcode: str | None = Field(default=None, max_length=64)
    city: str | None = Field(default=None, max_length=200)
    municipality_code: str | None = Field(default=None, max_length=64)
    protected: bool = False
    region_of_residence: str | None = Field(default=None, max_length=4)
    made_at: datetime = Field(sa_column=instant_column("made_at"))
    edited_at: datetime | None = Field(default=None, sa_column=instant_column("edited_at", nullable=True))
    edited_by: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))


class PatientName(Base, table=True):
    """One folded word of a patient's name, for search by the beginning of any part of it."""

    __tablename__ = "patient_names"

    word: str = Field(sa_column=word_column("word", primary=True))
    patient_id: UUID = Field(sa_column=key_column(primary=True, references="patients.id", index=True))
