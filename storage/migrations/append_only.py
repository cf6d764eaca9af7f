"""Triggers that keep SQLite's log and history as they were written; a server's grants do that there (`db grants`).

They stop the program's own mistakes and a hand that slips. Who may write the file may also drop a trigger: that the
chains of the log show.
"""

from collections.abc import Sequence

from alembic import op

_CUT = "SELECT 1 FROM access_cuts c WHERE c.chain = coalesce(OLD.staff_id, zeroblob(16)) AND c.number >= OLD.number"
_GUARDS = {
    "access_log": {
        "UPDATE": "1",
        "DELETE": f"NOT EXISTS ({_CUT})",
    },
    "access_chains": {"UPDATE": "NEW.id IS NOT OLD.id OR NEW.number <= OLD.number", "DELETE": "1"},
    "access_seals": {"UPDATE": "1", "DELETE": "1"},
    "access_cuts": {"UPDATE": "1", "DELETE": "1"},
    "staff_changes": {"UPDATE": "1", "DELETE": "1"},
    "events": {
        "UPDATE": "NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.at IS NOT OLD.at "
        "OR NEW.staff_id IS NOT OLD.staff_id OR NEW.kind IS NOT OLD.kind "
        "OR NEW.reason IS NOT NULL OR NEW.details NOT IN ('{}', OLD.details)",
        "DELETE": "1",
    },
}
"""When a change is refused. Rows of the log go only up to a signed cut; an event may lose its words, nothing else."""


def guard_append_only(tables: Sequence[str]) -> None:
    """Makes the triggers of these tables, on SQLite."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in tables:
        for change, refused in _GUARDS[table].items():
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
