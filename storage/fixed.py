"""Statements that nearly every use case asks: made into text once, and handed to the driver as they are.

SQLAlchemy looks a statement up, fills it in and describes what comes back anew each time; for a row or two that is most
of the work. Transaction and connection stay its own, and it tells what failed.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

_Turn = Callable[[Any], Any]


class _Text(NamedTuple):
    """A statement in one driver's words, the values that stand in it, and what turns values of some types."""

    text: str
    given: dict[str, Any]
    told: list[tuple[str, _Turn]]
    read: list[tuple[int, _Turn]]


class Fixed:
    """One such statement; its parameters and columns have types."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def rows(self, connection: sa.Connection, values: dict[str, Any]) -> list[Sequence[Any]]:
        """What it finds with these values, in the connection's transaction."""
        known = self._known(connection)
        found: list[Sequence[Any]] = self._run(connection, known, values, lambda cursor: cursor.fetchall())
        return [_turned(row, known.read) for row in found] if known.read else found

    def count(self, connection: sa.Connection, values: dict[str, Any]) -> int:
        """How many rows it wrote with these values, in the connection's transaction."""
        return int(self._run(connection, self._known(connection), values, lambda cursor: cursor.rowcount))

    def _run(self, connection: sa.Connection, known: _Text, values: dict[str, Any], take: _Turn) -> Any:
        named = known.given | values
        for name, tell in known.told:
            named[name] = tell(named[name])
        if not connection.in_transaction():
            connection.begin()
        cursor = None
        try:
            cursor = connection.connection.cursor()
            cursor.execute(known.text, named)
            found = take(cursor)
        except Exception as error:
            # Told in its words, and a lost connection given up, as after every other statement.
            connection._handle_dbapi_exception(error, known.text, named, cursor, None)
        cursor.close()
        return found

    def _known(self, connection: sa.Connection) -> _Text:
        return self._texts.get(connection.dialect.name) or self._make(connection.dialect)

    def _make(self, dialect: sa.Dialect) -> _Text:
        from sqlalchemy.dialects import sqlite

        # By name on both: SQLite's dialect would count question marks.
        by_name = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled: Any = self._statement.compile(dialect=by_name)
        types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
        tells = ((name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in types.items())
        columns = getattr(self._statement, "selected_columns", ())
        reads = ((at, one.type.dialect_impl(dialect).result_processor(dialect, None)) for at, one in enumerate(columns))
        made = self._texts[dialect.name] = _Text(
            str(compiled),
            compiled.construct_params(_check=False),
            [(name, tell) for name, tell in tells if tell is not None],
            [(at, read) for at, read in reads if read is not None],
        )
        return made


def _turned(row: Sequence[Any], turns: list[tuple[int, _Turn]]) -> Sequence[Any]:
    read = [*row]
    for at, turn in turns:
        read[at] = turn(read[at])
    return read
