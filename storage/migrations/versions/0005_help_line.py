"""The help line: short answers, parked bodies in our own format, callers without consent, and words looked at."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0005"
down_revision = "0004"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked",
)  # fmt: skip
"""What can happen to a case from this step on."""

BASES = ("parent", "guardian", "power_of_attorney", "digital_power_of_attorney", "spoken_consent")
IDENTIFIERS = ("cpr", "x_ecpr", "d_ecpr", "replacement", "none")


def upgrade() -> None:
    """One table, one column, and a ground to speak for the patient that may be missing."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "short_answers",
        sa.Column("id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_short_answers_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_answers")),
    )
    op.create_index("ix_short_answers_at", "short_answers", ["at"], unique=False)
    op.add_column("intake_receipts", sa.Column("neutral_sealed", sa.LargeBinary(), nullable=True))
    let_the_basis_be_missing()


def let_the_basis_be_missing() -> None:
    """SQLite can do that only by making the table anew."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("representatives", "basis", nullable=True)
        return
    op.create_table(
        "representatives_anew",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("relation", sa.String(200), nullable=True),
        sa.Column("basis", sa.String(64), nullable=True),
        sa.Column("identifier_type", sa.String(64), nullable=False),
        sa.Column("identifier_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identifier_index", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(sa.column("basis").in_(BASES), name=op.f("ck_representatives_basis")),
        sa.CheckConstraint(
            sa.column("identifier_type").in_(IDENTIFIERS), name=op.f("ck_representatives_identifier_type")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_representatives_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representatives")),
    )
    columns = "id, case_id, name, phone, relation, basis, identifier_type, identifier_sealed, identifier_index"
    copy = f"INSERT INTO representatives_anew ({columns}) SELECT {columns} FROM representatives"  # noqa: S608 - no value from outside
    op.execute(copy)
    op.drop_table("representatives")
    op.rename_table("representatives_anew", "representatives")
    op.create_index(op.f("ix_representatives_case_id"), "representatives", ["case_id"], unique=False)
    op.create_index(op.f("ix_representatives_phone"), "representatives", ["phone"], unique=False)
