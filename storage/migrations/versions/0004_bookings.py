"""Calls with a time, their slots, the plans they come from, and two more kinds of event."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0004"
down_revision = "0003"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
)  # fmt: skip
"""What can happen to a case from this step on."""


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Creates the three tables and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "callback_plans",
        sa.Column("id", Key(), nullable=False),
        sa.Column("applied_by", Key(), nullable=False),
        sa.Column("applied_at", UTCDateTime(), nullable=False),
        sa.Column("undone_by", Key(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["applied_by"], ["staff.id"], name=op.f("fk_callback_plans_applied_by_staff")),
        sa.ForeignKeyConstraint(["undone_by"], ["staff.id"], name=op.f("fk_callback_plans_undone_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_plans")),
    )
    _bookings()
    op.create_table(
        "booking_slots",
        sa.Column("adviser_id", Key(), nullable=False),
        sa.Column("slot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("booking_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_booking_slots_adviser_id_staff")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_booking_slots_booking_id_bookings")),
        sa.PrimaryKeyConstraint("adviser_id", "slot", name=op.f("pk_booking_slots")),
    )
    op.create_index(op.f("ix_booking_slots_booking_id"), "booking_slots", ["booking_id"], unique=False)


def _bookings() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("patient_id", Key(), nullable=False),
        sa.Column("adviser_id", Key(), nullable=False),
        sa.Column(
            "state", codes("state", "planned", "agreed", "attempted", "reached", "ended", "cancelled"), nullable=False
        ),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("preparation_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("after_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("window_from", sa.Time(), nullable=True),
        sa.Column("window_to", sa.Time(), nullable=True),
        sa.Column("plan_id", Key(), nullable=True),
        sa.Column("replaced_by", Key(), nullable=True),
        sa.Column("made_by", Key(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("agreed_at", UTCDateTime(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_bookings_order")),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_bookings_attempt")),
        sa.CheckConstraint("preparation_minutes BETWEEN 0 AND 120", name=op.f("ck_bookings_preparation")),
        sa.CheckConstraint("after_minutes BETWEEN 0 AND 120", name=op.f("ck_bookings_after")),
        sa.CheckConstraint("(state IN ('planned', 'agreed')) = (done_at IS NULL)", name=op.f("ck_bookings_done")),
        sa.CheckConstraint("(window_from IS NULL) = (window_to IS NULL)", name=op.f("ck_bookings_window")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bookings_case_id_cases")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_bookings_patient_id_patients")),
        sa.ForeignKeyConstraint(["adviser_id"], ["staff.id"], name=op.f("fk_bookings_adviser_id_staff")),
        sa.ForeignKeyConstraint(["plan_id"], ["callback_plans.id"], name=op.f("fk_bookings_plan_id_callback_plans")),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["callback_plans.id"], name=op.f("fk_bookings_replaced_by_callback_plans")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_bookings_made_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
    )
    for column in ("case_id", "adviser_id", "plan_id", "replaced_by"):
        op.create_index(op.f(f"ix_bookings_{column}"), "bookings", [column], unique=False)
    standing = sa.text("done_at IS NULL")
    op.create_index(
        "ux_bookings_standing",
        "bookings",
        ["patient_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
