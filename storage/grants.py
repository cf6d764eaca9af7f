"""The restricted role of a server: what desks may do there, as SQL that the person who runs it can read and run.

History, access log and settings are only added to. The step of the schema and what the installation is are only read.
"""

import re

from pkui.base.errors import BadInput
from storage.metadata import metadata

ROLE = "pkui_desk"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
ADD_ONLY = frozenset({"events", "access_log", "access_seals", "access_cuts", "staff_changes", "office_settings"})
"""Rows that nobody changes or deletes with this role. How many settings there are is their edition (storage.office)."""
MOVE_ON = frozenset({"access_chains"})
"""Rows that are made and moved on, never deleted."""
READ_ONLY = frozenset({"installation", "alembic_version"})


def statements(role: str = ROLE) -> list[str]:
    """The SQL, to be run in the database by its owner. Raises BadInput for a name that would need quoting."""
    if not _NAME.fullmatch(role):
        raise BadInput("bad_role_name")
    tables = {table.name for table in metadata.sorted_tables} | READ_ONLY
    rights = {
        "SELECT": tables & READ_ONLY,
        "SELECT, INSERT": tables & ADD_ONLY,
        "SELECT, INSERT, UPDATE": tables & MOVE_ON,
        "SELECT, INSERT, UPDATE, DELETE": tables - READ_ONLY - ADD_ONLY - MOVE_ON,
    }
    return [
        f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role};",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        f"GRANT USAGE ON SCHEMA public TO {role};",
        *(f"GRANT {what} ON {', '.join(sorted(those))} TO {role};" for what, those in rights.items() if those),
    ]
