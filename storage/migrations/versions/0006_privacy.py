"""A log that shows tampering, its review, leave to open a case, and signing in.

Before this step nobody could sign in outside a training database, so the log begins anew here with its chains.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.append_only import guard_append_only
from storage.types import Key

revision = "0006"
down_revision = "0005"

ACCESS_KINDS = ("look_up", "search", "create", "change", "export", "print", "copy", "delete", "sign_in")
GUARDED = ("access_log", "access_chains", "access_seals", "access_cuts", "events")


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Makes the log anew with its chains, and the tables of review, leave and sign-in."""
    op.drop_table("access_log")
    _log()
    _chains()
    _openings()
    _reviews()
    _sign_in()
    op.add_column("staff", sa.Column("identifier_index", sa.LargeBinary(), nullable=True))
    op.add_column("installation", sa.Column("log_key_sealed", sa.LargeBinary(), nullable=True))
    guard_append_only(GUARDED)


def _log() -> None:
    op.create_table(
        "access_log",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", codes("kind", *ACCESS_KINDS), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("patient_id", Key(), nullable=True),
        sa.Column("case_id", Key(), nullable=True),
        sa.Column("purpose", sa.String(60), nullable=True),
        sa.Column("criterion_kind", sa.String(20), nullable=True),
        sa.Column("criterion_hash", sa.LargeBinary(), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_access_log_case_id_cases")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_access_log_patient_id_patients")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_access_log_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index(op.f("ix_access_log_patient_id"), "access_log", ["patient_id"], unique=False)
    op.create_index("ux_access_log_number", "access_log", ["staff_id", "number"], unique=True)
    op.create_index("ix_access_log_at", "access_log", ["at"], unique=False)


def _chains() -> None:
    op.create_table(
        "access_chains",
        sa.Column("id", Key(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("end_mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_chains")),
    )
    op.create_table(
        "access_seals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ends", sa.JSON(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_access_seals")),
        sa.UniqueConstraint("day", name=op.f("uq_access_seals_day")),
    )
    op.create_table(
        "access_cuts",
        sa.Column("chain", Key(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_mac", sa.LargeBinary(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_access_cuts")),
    )


def _openings() -> None:
    op.create_table(
        "case_openings",
        sa.Column("id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("break_glass", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(60), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_openings_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_openings_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_openings")),
    )
    op.create_index("ix_case_openings_who", "case_openings", ["staff_id", "case_id", "ends_at"], unique=False)
    op.create_index(op.f("ix_case_openings_case_id"), "case_openings", ["case_id"], unique=False)


def _reviews() -> None:
    op.create_table(
        "log_reviews",
        sa.Column("id", Key(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("patient_id", Key(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("look_ups", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("decision", codes("decision", "in_order", "ask", "breach"), nullable=True),
        sa.Column("decided_by", Key(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_log_reviews_decided")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_log_reviews_decided_by_staff")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_log_reviews_patient_id_patients")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_log_reviews_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_reviews")),
    )
    op.create_index("ux_log_reviews_pair", "log_reviews", ["week", "staff_id", "patient_id"], unique=True)
    op.create_table(
        "review_weeks",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_review_weeks")),
    )


def _sign_in() -> None:
    op.create_table(
        "credentials",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=True),
        sa.Column("set_by", Key(), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_credentials_set_by_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_credentials_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_credentials")),
    )
    op.create_table(
        "command_sign_ins",
        sa.Column("id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_command_sign_ins_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_command_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_command_sign_ins_staff_id"), "command_sign_ins", ["staff_id"], unique=False)
