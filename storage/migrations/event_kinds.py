"""A step that migrations share: the codes an event can have, held by a CHECK."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.types import Key


def let_events_be(kinds: Sequence[str]) -> None:
    """Replaces the CHECK of the events; SQLite can do that only by making the table anew."""
    if op.get_bind().dialect.name == "postgresql":
        listed = ", ".join(f"'{kind}'" for kind in kinds)
        op.execute("ALTER TABLE events DROP CONSTRAINT ck_events_kind")
        op.execute(f"ALTER TABLE events ADD CONSTRAINT ck_events_kind CHECK (kind IN ({listed}))")
        return
    op.create_table(
        "events_anew",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.CheckConstraint(sa.column("kind").in_(kinds), name=op.f("ck_events_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_events_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    beside = (
        "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = 'events' AND sql IS NOT NULL"
    )
    kept = list(op.get_bind().scalars(sa.text(beside)))
    columns = "id, case_id, at, staff_id, kind, details, reason"
    op.execute(f"INSERT INTO events_anew ({columns}) SELECT {columns} FROM events")  # noqa: S608 - no value from outside
    op.drop_table("events")
    op.rename_table("events_anew", "events")
    for one in kept:
        op.execute(one)
