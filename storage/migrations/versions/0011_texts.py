"""Wordings of templates, what people did with drafts, the phone book, and one more kind of event."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0011"
down_revision = "0010"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "hint_overruled", "draft_made", "provider_chosen", "segment_changed", "call_booked", "call_cancelled",
    "flags_checked", "merged", "split", "question_asked", "question_answered", "taken_over", "routed", "moved",
    "approval_asked", "approval_given", "approval_returned", "draft_decided",
)  # fmt: skip
"""What can happen to a case from this step on."""


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def number() -> sa.Column[int]:
    """A rising number given by the database."""
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, sa.Identity(always=False), autoincrement=True, nullable=False)


def upgrade() -> None:
    """Creates the three tables and lets events be of the new kind."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "text_templates",
        number(),
        sa.Column(
            "kind",
            codes(
                "kind", "not_reached", "facts_missing", "rereferral_confirmed", "no_right", "forwarded",
                "department_request", "acceptance_granted", "acceptance_refused", "voicemail", "sms",
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("set_by", Key(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_text_templates_set_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_templates")),
    )  # fmt: skip
    _draft_steps()
    _phone_book()


def _draft_steps() -> None:
    steps = codes("step", "corrected", "copied", "printed", "sent", "discarded", "undone")
    op.create_table(
        "draft_steps",
        number(),
        sa.Column("draft_id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("step", steps, nullable=False),
        sa.Column("way", codes("way", "letter", "digital_post", "nemsms", "email"), nullable=True),
        sa.Column("sent_to", sa.String(200), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["outbox_drafts.id"], name=op.f("fk_draft_steps_draft_id_outbox_drafts")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_draft_steps_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_steps")),
    )
    op.create_index(op.f("ix_draft_steps_draft_id"), "draft_steps", ["draft_id"], unique=False)


def _phone_book() -> None:
    kinds = codes(
        "kind", "visitation", "booking", "pathway_coordinator", "private_hospital", "transport_office", "interpreter",
        "office", "other",
    )  # fmt: skip
    op.create_table(
        "phone_book",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(20), nullable=False),
        sa.Column("hours", sa.String(200), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("edited_at", UTCDateTime(), nullable=False),
        sa.Column("edited_by", Key(), nullable=False),
        sa.ForeignKeyConstraint(["edited_by"], ["staff.id"], name=op.f("fk_phone_book_edited_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_book")),
    )
