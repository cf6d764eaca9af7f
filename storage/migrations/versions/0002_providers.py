"""The catalogue of places of treatment, agreements that end, and two more kinds of event."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.migrations.event_kinds import let_events_be
from storage.types import Key

revision = "0002"
down_revision = "0001"

EVENT_KINDS = (
    "received", "submission_changed", "linked", "assigned", "put_back", "handed_over", "contact_logged", "waiting",
    "note_added", "fact_recorded", "core_data_changed", "windows_changed", "sorted", "closed", "reopened",
    "provider_chosen", "segment_changed",
)  # fmt: skip
"""What can happen to a case from this step on."""


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Creates the catalogue's tables and lets events be of the new kinds."""
    let_events_be(EVENT_KINDS)
    op.create_table(
        "areas",
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("name_da", sa.String(200), nullable=False),
        sa.Column("specialty_code", sa.String(80), nullable=True),
        sa.Column("specialty_da", sa.String(200), nullable=True),
        sa.Column("sks_prefixes", sa.JSON(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_areas")),
    )
    op.create_table(
        "catalogue_feed",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("etag", sa.String(500), nullable=True),
        sa.Column("last_modified", sa.String(100), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("fetched_at", UTCDateTime(), nullable=True),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("failure", sa.String(60), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_catalogue_feed_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_feed")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("ownership", codes("ownership", "public", "private", "association"), nullable=False),
        sa.Column("sor_id", sa.String(80), nullable=True),
        sa.Column("shak", sa.String(80), nullable=True),
        sa.Column("cvr", sa.String(80), nullable=True),
        sa.Column("alias", sa.JSON(), nullable=False),
        sa.Column("owner", sa.String(200), nullable=True),
        sa.Column("owner_region", sa.String(80), nullable=True),
        sa.Column("part_of", sa.String(80), nullable=True),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(80), nullable=True),
        sa.Column("source", sa.String(2000), nullable=True),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["part_of"], ["organizations.id"], name=op.f("fk_organizations_part_of_organizations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    op.create_table(
        "agreements",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("organization_id", sa.String(80), nullable=False),
        sa.Column("kind", codes("kind", "partner", "agreement", "tied", "friklinik"), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("region_scope", sa.String(200), nullable=False),
        sa.Column("type", sa.String(200), nullable=True),
        sa.Column("cluster", sa.String(200), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("capacity_per_month", sa.Integer(), nullable=True),
        sa.Column("direct_referral", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.String(2000), nullable=True),
        sa.Column("source", sa.String(2000), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_agreements_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_organization_id"), "agreements", ["organization_id"], unique=False)
    op.create_table(
        "catalogue_imports",
        sa.Column("id", Key(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(length=16), nullable=True),
        sa.Column("source", codes("source", "file", "feed", "demo"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_catalogue_imports_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_imports")),
    )
    op.create_table(
        "locations",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("organization_id", sa.String(80), nullable=False),
        sa.Column("sor_id", sa.String(80), nullable=True),
        sa.Column("line", sa.String(2000), nullable=True),
        sa.Column("postcode", sa.String(80), nullable=True),
        sa.Column("city", sa.String(200), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("phone", sa.String(80), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_locations_organization_id_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
    )
    op.create_table(
        "agreement_endings",
        sa.Column("id", Key(length=16), nullable=False),
        sa.Column("organization_id", sa.String(80), nullable=False),
        sa.Column("agreement_id", sa.String(80), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_endings_agreement_id_agreements")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_agreement_endings_organization_id_organizations")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_agreement_endings_staff_id_staff")),
        sa.ForeignKeyConstraint(["team"], ["teams.code"], name=op.f("fk_agreement_endings_team_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_endings")),
        sa.UniqueConstraint("organization_id", "ends_on", name=op.f("uq_agreement_endings_organization_id_ends_on")),
    )
    op.create_table(
        "catalogue_changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(length=16), nullable=True),
        sa.Column("import_id", Key(length=16), nullable=True),
        sa.Column("list_name", sa.String(40), nullable=False),
        sa.Column("row_key", sa.String(80), nullable=False),
        sa.Column("kind", codes("kind", "added", "changed", "ended"), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("source", sa.String(2000), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["catalogue_imports.id"], name=op.f("fk_catalogue_changes_import_id_catalogue_imports")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_catalogue_changes_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_changes")),
    )
    op.create_index("ix_catalogue_changes_row", "catalogue_changes", ["list_name", "row_key"], unique=False)
    op.create_table(
        "services",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("location_id", sa.String(80), nullable=False),
        sa.Column("area", sa.String(80), nullable=False),
        sa.Column("patient_limits", sa.String(2000), nullable=True),
        sa.Column("accepts_other_regions", sa.Boolean(), nullable=True),
        sa.Column("referral_method", sa.String(2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(200), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["location_id"], ["locations.id"], name=op.f("fk_services_location_id_locations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    op.create_table(
        "waiting_slips",
        sa.Column("id", Key(length=16), nullable=False),
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("staff_id", Key(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("first_free", sa.Date(), nullable=True),
        sa.Column("told_by", sa.String(200), nullable=False),
        sa.Column("text", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_waiting_slips_service_id_services")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_waiting_slips_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_slips")),
    )
    op.create_index(op.f("ix_waiting_slips_service_id"), "waiting_slips", ["service_id"], unique=False)
    op.create_table(
        "waiting_times",
        sa.Column("service_id", sa.String(80), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("source", codes("source", "venteinfo", "agreement", "phone", "illustrative"), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("weeks_examination", sa.Integer(), nullable=True),
        sa.Column("weeks_outpatient", sa.Integer(), nullable=True),
        sa.Column("weeks_inpatient", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_waiting_times_service_id_services")),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_waiting_times")),
    )
    op.create_table(
        "ending_checks",
        sa.Column("ending_id", Key(length=16), nullable=False),
        sa.Column("segment_id", Key(length=16), nullable=False),
        sa.Column("advised_on", sa.Date(), nullable=True),
        sa.Column("complaint_on", sa.Date(), nullable=True),
        sa.Column("moved_back_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ending_id"], ["agreement_endings.id"], name=op.f("fk_ending_checks_ending_id_agreement_endings")
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["case_segments.id"], name=op.f("fk_ending_checks_segment_id_case_segments")
        ),
        sa.PrimaryKeyConstraint("ending_id", "segment_id", name=op.f("pk_ending_checks")),
    )
