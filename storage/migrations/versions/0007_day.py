"""Cases merged and split, questions to colleagues with their answers, and own reminders."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0007"
down_revision = "0006"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked", "merged", "split", "question_asked", "question_answered",
)  # fmt: skip
"""What can happen to a case from this step on."""

STATES = ("new", "assigned", "scheduled", "waiting", "reopened", "closed")


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Creates the three tables and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    _merges()
    _questions()
    op.create_table(
        "case_reminders",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("text", sa.String(200), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_reminders_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_reminders_staff_id_staff")),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_case_reminders")),
    )


def _merges() -> None:
    op.create_table(
        "case_merges",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("into_id", Key(), nullable=False),
        sa.Column("state", codes("state", *STATES), nullable=False),
        sa.Column("into_state", codes("into_state", *STATES), nullable=False),
        sa.Column("booking_id", Key(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("merged_by", Key(), nullable=False),
        sa.Column("merged_at", UTCDateTime(), nullable=False),
        sa.Column("split_by", Key(), nullable=True),
        sa.Column("split_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("case_id <> into_id", name=op.f("ck_case_merges_two")),
        sa.CheckConstraint("(split_at IS NULL) = (split_by IS NULL)", name=op.f("ck_case_merges_split")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_merges_case_id_cases")),
        sa.ForeignKeyConstraint(["into_id"], ["cases.id"], name=op.f("fk_case_merges_into_id_cases")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_case_merges_booking_id_bookings")),
        sa.ForeignKeyConstraint(["merged_by"], ["staff.id"], name=op.f("fk_case_merges_merged_by_staff")),
        sa.ForeignKeyConstraint(["split_by"], ["staff.id"], name=op.f("fk_case_merges_split_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
    )
    _partial("ux_case_merges_standing", "case_merges", "case_id", "split_at IS NULL", unique=True)
    _partial("ix_case_merges_into", "case_merges", "into_id", "split_at IS NULL")


def _questions() -> None:
    op.create_table(
        "sparring_questions",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("asked_of", codes("asked_of", "colleague", "lawyer", "meeting"), nullable=False),
        sa.Column("colleague_id", Key(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", Key(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", Key(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_sparring_questions_answered")),
        sa.CheckConstraint(
            "colleague_id IS NULL OR asked_of = 'colleague'", name=op.f("ck_sparring_questions_colleague")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sparring_questions_case_id_cases")),
        sa.ForeignKeyConstraint(["colleague_id"], ["staff.id"], name=op.f("fk_sparring_questions_colleague_id_staff")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_sparring_questions_asked_by_staff")),
        sa.ForeignKeyConstraint(["answered_by"], ["staff.id"], name=op.f("fk_sparring_questions_answered_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_questions")),
    )
    op.create_index(op.f("ix_sparring_questions_case_id"), "sparring_questions", ["case_id"], unique=False)
    _partial("ix_sparring_questions_open", "sparring_questions", "asked_at", "answered_at IS NULL")


def _partial(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=rows, postgresql_where=rows)
