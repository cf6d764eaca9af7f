"""The ground of every table: naming of constraints and the version that guards against lost updates."""

from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """The parent of every table. Rows are not validated by pydantic, so its schemas are not built at start-up."""

    model_config = {"defer_build": True}


def table_of(model: type[Base]) -> sa.Table:
    """The table behind a model, for statements that make no objects."""
    return cast(sa.Table, sa.inspect(model).local_table)


def constant(value: int | StrEnum) -> sa.ColumnElement[Any]:
    """A value of ours that stands in the statement's text, so that a plan the server keeps is made for it."""
    return sa.literal_column(f"'{value.value}'" if isinstance(value, StrEnum) else str(value))


def version_column() -> Any:
    """The column a stale write is recognised by; bulk updates must bump it themselves."""
    return sa.Column("version", sa.Integer, nullable=False, server_default="1")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index over the rows that match. PostgreSQL's clause is added with the whole metadata (storage.metadata):

    naming it here would load that dialect at every start.
    """
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where), info={"where": where})
