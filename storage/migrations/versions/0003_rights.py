"""What people say about the hints, the numbers the office verified, and two more kinds of event."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0003"
down_revision = "0002"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed",
)  # fmt: skip
"""What can happen to a case from this step on."""


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Creates the two tables and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "law_values",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("set_by", Key(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_law_values_set_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_values")),
    )
    op.create_table(
        "rights_overrulings",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column(
            "right",
            codes(
                "right",
                "maximum_waiting_time",
                "assessment_right",
                "extended_free_choice",
                "free_choice",
                "information_duty",
                "patient_transport",
                "cross_border_care",
                "complaint_treatment",
                "complaint_rights",
                "compensation",
            ),
            nullable=False,
        ),
        sa.Column("limb", sa.String(40), nullable=True),
        sa.Column(
            "hint",
            codes("hint", "yes", "no", "likely", "not_yet", "undetermined", "needs_clinical_judgement", "needs_review"),
            nullable=False,
        ),
        sa.Column(
            "answer",
            codes(
                "answer", "yes", "no", "likely", "not_yet", "undetermined", "needs_clinical_judgement", "needs_review"
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("by", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_rights_overrulings_by_staff")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rights_overrulings_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_overrulings")),
    )
    op.create_index(op.f("ix_rights_overrulings_case_id"), "rights_overrulings", ["case_id"], unique=False)
