"""Column types that mean the same on SQLite and PostgreSQL."""

from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlmodel.sql.sqltypes import UTCDateTime


class Key(sa.types.TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, 16 bytes on SQLite."""

    impl = sa.LargeBinary(16)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        """PostgreSQL's own type, else 16 bytes."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.Uuid())
        return dialect.type_descriptor(sa.LargeBinary(16))

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | bytes | None:
        """The key as the engine stores it."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """The key as a UUID."""
        if value is None or isinstance(value, UUID):
            return value
        return UUID(bytes=bytes(value))


class Gathered(sa.sql.functions.FunctionElement[Any]):
    """The rows of a subquery as one JSON list of lists, in no order; none, or empty, where there are no rows."""

    type = sa.JSON()
    inherit_cache = True


@compiles(Gathered)
def _gathered(element: Gathered, compiler: Any, **kept: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **kept)}))"


@compiles(Gathered, "postgresql")
def _gathered_there(element: Gathered, compiler: Any, **kept: Any) -> str:
    return f"json_agg(json_build_array({compiler.process(element.clauses, **kept)}))"


def key_column(
    *, primary: bool = False, references: str | None = None, nullable: bool = False, index: bool = False
) -> Any:
    """A key column; `references` is 'table.column'."""
    constraints = [sa.ForeignKey(references)] if references else []
    return sa.Column(Key(), *constraints, primary_key=primary, nullable=nullable, index=index)


def code_column(
    choices: type[Enum] | tuple[str, ...], name: str, *, nullable: bool = False, primary: bool = False
) -> Any:
    """A code stored by value with a CHECK constraint named after the column."""
    shape: dict[str, Any] = {"name": name, "native_enum": False, "create_constraint": True, "length": 64}
    if isinstance(choices, tuple):
        kind = sa.Enum(*choices, validate_strings=True, **shape)
    else:
        kind = sa.Enum(choices, values_callable=_values, validate_strings=True, **shape)
    return sa.Column(name, kind, nullable=nullable, primary_key=primary)


def _values(members: type[Enum]) -> list[str]:
    return [str(member.value) for member in members]


def word_column(name: str, *, primary: bool = False) -> Any:
    """Folded text that is searched by its beginning: compared byte by byte on every engine."""
    kind = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False, primary_key=primary)


def identity_column() -> Any:
    """A rising number given by the database: the change number of events, the order of the access log."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(kind, sa.Identity(always=False), primary_key=True, autoincrement=True)


def instant_column(name: str, *, nullable: bool = False, index: bool = False) -> Any:
    """An aware instant, stored in UTC."""
    return sa.Column(name, UTCDateTime(), nullable=nullable, index=index)
