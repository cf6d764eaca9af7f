"""Who stands in for whom, cases moved together, approvals, and why a case goes where it goes."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0009"
down_revision = "0008"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked", "merged", "split", "question_asked", "question_answered", "taken_over", "routed", "moved",
    "approval_asked", "approval_given", "approval_returned",
)  # fmt: skip
"""What can happen to a case from this step on."""


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Adds the columns, creates the tables and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    op.add_column("cases", sa.Column("team_reason", sa.String(500), nullable=True))
    op.add_column("cases", sa.Column("routing", sa.JSON(), nullable=True))
    op.add_column("cases", sa.Column("kept_until", UTCDateTime(), nullable=True))
    op.add_column("teams", sa.Column("topics", sa.JSON(), nullable=True))
    op.add_column("teams", sa.Column("words", sa.JSON(), nullable=True))
    _covers()
    _moves()
    _approvals()


def _covers() -> None:
    op.create_table(
        "covers",
        sa.Column("id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("substitute_id", Key(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("set_by", Key(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("staff_id <> substitute_id", name=op.f("ck_covers_another")),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_covers_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_covers_staff_id_staff")),
        sa.ForeignKeyConstraint(["substitute_id"], ["staff.id"], name=op.f("fk_covers_substitute_id_staff")),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_covers_set_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    op.create_index(op.f("ix_covers_staff_id"), "covers", ["staff_id"], unique=False)


def _moves() -> None:
    op.create_table(
        "move_batches",
        sa.Column("id", Key(), nullable=False),
        sa.Column("kind", codes("kind", "absence", "rebalance", "bulk"), nullable=False),
        sa.Column("absence_id", Key(), nullable=True),
        sa.Column("made_by", Key(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("undone_by", Key(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["absence_id"], ["absences.id"], name=op.f("fk_move_batches_absence_id_absences")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_move_batches_made_by_staff")),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.id"], name=op.f("fk_move_batches_undone_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_batches")),
    )
    op.create_index(op.f("ix_move_batches_absence_id"), "move_batches", ["absence_id"], unique=False)
    op.create_table(
        "moves",
        sa.Column("id", Key(), nullable=False),
        sa.Column("batch_id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("from_id", Key(), nullable=True),
        sa.Column("to_id", Key(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("booking_from", Key(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["move_batches.id"], name=op.f("fk_moves_batch_id_move_batches")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_moves_case_id_cases")),
        sa.ForeignKeyConstraint(["from_id"], ["staff.id"], name=op.f("fk_moves_from_id_staff")),
        sa.ForeignKeyConstraint(["to_id"], ["staff.id"], name=op.f("fk_moves_to_id_staff")),
        sa.ForeignKeyConstraint(["booking_from"], ["staff.id"], name=op.f("fk_moves_booking_from_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moves")),
        sa.UniqueConstraint("batch_id", "case_id", name=op.f("uq_moves_batch_id_case_id")),
    )
    op.create_index(op.f("ix_moves_case_id"), "moves", ["case_id"], unique=False)


def _approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("segment_id", Key(), nullable=False),
        sa.Column("state", codes("state", "asked", "approved", "returned"), nullable=False),
        sa.Column("asked_by", Key(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", Key(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("text", sa.String(2000), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_approvals_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["case_segments.id"], name=op.f("fk_approvals_segment_id_case_segments")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_approvals_asked_by_staff")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_approvals_decided_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    for column in ("case_id", "asked_by"):
        op.create_index(op.f(f"ix_approvals_{column}"), "approvals", [column], unique=False)
