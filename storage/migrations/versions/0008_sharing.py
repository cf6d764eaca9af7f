"""Desks beside each other: keys of writes, who is in a case and who works on it, and one more kind of event."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0008"
down_revision = "0007"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked", "merged", "split", "question_asked", "question_answered", "taken_over",
)  # fmt: skip
"""What can happen to a case from this step on."""


def upgrade() -> None:
    """Creates the three tables and lets events be of the new kind."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "write_keys",
        sa.Column("key", Key(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_write_keys")),
    )
    op.create_table(
        "case_visits",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_visits_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_visits_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_case_visits")),
    )
    op.create_table(
        "case_holds",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("calling", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_holds_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_holds_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_holds")),
    )
