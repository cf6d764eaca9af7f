"""How long cases are kept: when a person was taken out of one, and what is held all the same."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0013"
down_revision = "0012"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked", "merged", "split", "question_asked", "question_answered", "taken_over", "routed", "moved",
    "approval_asked", "approval_given", "approval_returned", "draft_decided", "consent_recorded", "consent_withdrawn",
    "hold_set", "hold_lifted", "anonymised",
)  # fmt: skip
"""What can happen to a case from this step on."""


def upgrade() -> None:
    """Adds the column and the table, and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    op.add_column("cases", sa.Column("anonymised_at", UTCDateTime(), nullable=True))
    op.create_table(
        "legal_holds",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("set_by", Key(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("lifted_by", Key(), nullable=True),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_holds_case_id_cases")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_legal_holds_set_by_staff")),
        sa.ForeignKeyConstraint(["lifted_by"], ["staff.id"], name=op.f("fk_legal_holds_lifted_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_case_id"), "legal_holds", ["case_id"], unique=False)
    op.create_index(
        "ux_legal_holds_standing",
        "legal_holds",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
