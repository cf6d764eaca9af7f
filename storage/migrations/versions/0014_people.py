"""What was changed about a person of the office, by whom and when."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.append_only import guard_append_only
from storage.types import Key

revision = "0014"
down_revision = "0013"

CHANGES = ("role", "team", "shifts", "cover", "duty", "file")


def upgrade() -> None:
    """Makes the table, which is only added to."""
    op.create_table(
        "staff_changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(*CHANGES, name="what", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("made_by", Key(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_changes_staff_id_staff")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_staff_changes_made_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_changes")),
    )
    op.create_index(op.f("ix_staff_changes_staff_id"), "staff_changes", ["staff_id"], unique=False)
    guard_append_only(("staff_changes",))
