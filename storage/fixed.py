"""Statements that nearly every use case asks: made into text once, and given to the driver as they are.

SQLAlchemy looks a statement up, fills it in and describes what comes back anew each time; for a row or two that is most
of the work. The connection stays its own: errors, transactions and lost servers are told as everywhere.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

_Tell = Callable[[Any], Any]


class Fixed:
    """One such statement. Its parameters have types; what comes back is as the driver gives it: plain values only."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._known: dict[str, tuple[str, dict[str, Any], list[tuple[str, _Tell]]]] = {}

    def run(self, connection: sa.Connection, values: dict[str, Any]) -> Any:
        """Runs it in the connection's transaction with these values; a result as of any statement."""
        dialect = connection.dialect
        text, given, told = self._known.get(dialect.name) or self._make(dialect)
        named = given | values
        for name, tell in told:
            named[name] = tell(named[name])
        return connection.exec_driver_sql(text, named)

    def _make(self, dialect: sa.Dialect) -> tuple[str, dict[str, Any], list[tuple[str, _Tell]]]:
        """The text in the driver's words, the values that stand in it, and what turns those it does not know."""
        from sqlalchemy.dialects import sqlite

        # By name on both: SQLite's dialect would count question marks.
        by_name = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled: Any = self._statement.compile(dialect=by_name)
        types = {name: parameter.type for parameter, name in compiled.bind_names.items()}
        tells = ((name, type.dialect_impl(dialect).bind_processor(dialect)) for name, type in types.items())
        told = [(name, tell) for name, tell in tells if tell is not None]
        made = self._known[dialect.name] = str(compiled), compiled.construct_params(_check=False), told
        return made
