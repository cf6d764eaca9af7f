"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.types import Key

revision = "0001"
down_revision = None


def codes(name: str, *values: str) -> sa.Enum:
    """A code column's type: stored by value, held by a CHECK constraint."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "counters",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", codes("kind", "training", "production"), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("clock_shift_seconds", sa.Float(), nullable=False),
        sa.Column("key_fingerprint", sa.String(16), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "staff",
        sa.Column("id", Key(), nullable=False),
        sa.Column("username", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "teams",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_teams")),
    )
    op.create_table(
        "absences",
        sa.Column("id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("kind", codes("kind", "illness", "holiday", "course", "other"), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("reported_by", Key(), nullable=True),
        sa.Column("reported_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name=op.f("ck_absences_order")),
        sa.ForeignKeyConstraint(["reported_by"], ["staff.id"], name=op.f("fk_absences_reported_by_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absences_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_staff_id"), "absences", ["staff_id"], unique=False)
    op.create_table(
        "office_settings",
        sa.Column("id", Key(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("set_by", Key(), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["staff.id"], name=op.f("fk_office_settings_set_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_settings")),
    )
    op.create_index("ix_office_settings_key", "office_settings", ["key", "valid_from", "set_at"], unique=False)
    op.create_table(
        "patients",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "identifier_type",
            codes("identifier_type", "cpr", "x_ecpr", "d_ecpr", "replacement", "none"),
            nullable=False,
        ),
        sa.Column("identifier_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identifier_index", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("address_line", sa.String(500), nullable=True),
        sa.Column("postcode", sa.String(64), nullable=True),
        sa.Column("city", sa.String(200), nullable=True),
        sa.Column("municipality_code", sa.String(64), nullable=True),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("region_of_residence", sa.String(4), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("edited_at", UTCDateTime(), nullable=True),
        sa.Column("edited_by", Key(), nullable=True),
        sa.CheckConstraint(
            "(identifier_type = 'none') = (identifier_index IS NULL AND identifier_sealed IS NULL)",
            name=op.f("ck_patients_identifier"),
        ),
        sa.ForeignKeyConstraint(["edited_by"], ["staff.id"], name=op.f("fk_patients_edited_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index(
        "ux_patients_identifier",
        "patients",
        ["identifier_type", "identifier_index"],
        unique=True,
        sqlite_where=sa.text("identifier_index IS NOT NULL"),
        postgresql_where=sa.text("identifier_index IS NOT NULL"),
    )
    op.create_table(
        "shifts",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_shifts_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shifts_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "day", "starts", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_day"), "shifts", ["day"], unique=False)
    op.create_table(
        "staff_roles",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column(
            "role",
            codes(
                "role",
                "adviser",
                "secretary",
                "administrative",
                "supervisor",
                "temporary",
                "log_reviewer",
                "system_administrator",
                "day_coordinator",
                "system",
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_roles_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", "role", "valid_from", name=op.f("pk_staff_roles")),
    )
    op.create_table(
        "staff_teams",
        sa.Column("staff_id", Key(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_teams_staff_id_staff")),
        sa.ForeignKeyConstraint(["team"], ["teams.code"], name=op.f("fk_staff_teams_team_teams")),
        sa.PrimaryKeyConstraint("staff_id", "team", "valid_from", name=op.f("pk_staff_teams")),
    )
    op.create_table(
        "cases",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("queue_number", sa.BigInteger(), nullable=False),
        sa.Column("case_number", sa.String(20), nullable=False),
        sa.Column("patient_id", Key(), nullable=False),
        sa.Column(
            "topic",
            codes(
                "topic",
                "faster_imaging",
                "faster_assessment",
                "faster_treatment",
                "operation_changed",
                "choose_hospital",
                "acceptance_request",
                "authority_complaint",
                "service_complaint",
                "dissatisfaction",
                "rights_question",
                "cross_border_care",
                "rehabilitation",
                "hearing_aid",
                "maximum_waiting_time",
                "patient_transport",
                "health_record",
                "record_private_mark",
                "interpreting",
                "miscellaneous",
                "corona_rights",
                "corona_concern",
            ),
            nullable=False,
        ),
        sa.Column("priority_class", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("complexity", codes("complexity", "simple", "ordinary"), nullable=False),
        sa.Column("complexity_reason", sa.String(500), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("flagged_words", sa.JSON(), nullable=False),
        sa.Column(
            "state", codes("state", "new", "assigned", "scheduled", "waiting", "reopened", "closed"), nullable=False
        ),
        sa.Column("assignee_id", Key(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("registered_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("reopened_at", UTCDateTime(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column(
            "waiting_for",
            codes(
                "waiting_for",
                "patient",
                "relative",
                "department",
                "private_hospital",
                "gp",
                "interpreter",
                "pathway_coordinator",
                "other",
            ),
            nullable=True,
        ),
        sa.Column("waiting_text", sa.String(2000), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_from", UTCDateTime(), nullable=True),
        sa.Column("one_attempt_only", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            codes(
                "outcome",
                "advised",
                "waiting_time",
                "rereferral.diagnostic.free_choice",
                "rereferral.diagnostic.partner",
                "rereferral.diagnostic.agreement",
                "rereferral.diagnostic.agreement_part_of_assessment",
                "rereferral.diagnostic.partner_part_of_assessment",
                "rereferral.assessment_and_treatment.free_choice",
                "rereferral.assessment_and_treatment.partner",
                "rereferral.assessment_and_treatment.agreement",
                "rereferral.treatment.free_choice",
                "rereferral.treatment.partner",
                "rereferral.treatment.agreement",
                "acceptance.granted",
                "acceptance.partly",
                "acceptance.refused",
                "acceptance.returned",
                "forwarded",
                "withdrawn",
                "not_reached",
                "duplicate",
                "opened_in_error",
            ),
            nullable=True,
        ),
        sa.Column(
            "cause",
            codes("cause", "wrong_information", "cancellation", "no_answer", "waiting_time", "other"),
            nullable=True,
        ),
        sa.Column("forwarded_to", sa.String(200), nullable=True),
        sa.Column(
            "channel",
            codes("channel", "self_service", "help_line", "phone", "letter", "hospital_request", "robot"),
            nullable=False,
        ),
        sa.Column("entered_by", sa.String(200), nullable=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column(
            "reply_channel", codes("reply_channel", "phone", "digital_post", "letter", "email", "none"), nullable=False
        ),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("alternative_phone", sa.String(20), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("digital_post", codes("digital_post", "yes", "exempt", "unknown"), nullable=False),
        sa.Column("sms_allowed", sa.Boolean(), nullable=True),
        sa.Column("interpreter_language", sa.String(64), nullable=True),
        sa.Column("free_text", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_cases_closed")),
        sa.CheckConstraint("state <> 'waiting' OR follow_up_on IS NOT NULL", name=op.f("ck_cases_waiting")),
        sa.CheckConstraint(
            "state NOT IN ('assigned', 'scheduled') OR assignee_id IS NOT NULL", name=op.f("ck_cases_assigned")
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_cases_outcome_at_close")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_cases_attempts")),
        sa.CheckConstraint("priority_class BETWEEN 1 AND 4", name=op.f("ck_cases_priority_class")),
        sa.ForeignKeyConstraint(["assignee_id"], ["staff.id"], name=op.f("fk_cases_assignee_id_staff")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_cases_patient_id_patients")),
        sa.ForeignKeyConstraint(["team"], ["teams.code"], name=op.f("fk_cases_team_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("case_number", name=op.f("uq_cases_case_number")),
        sa.UniqueConstraint("queue_number", name=op.f("uq_cases_queue_number")),
    )
    op.create_index(op.f("ix_cases_alternative_phone"), "cases", ["alternative_phone"], unique=False)
    op.create_index(
        "ix_cases_open_assignee",
        "cases",
        ["assignee_id", "priority_class", "due_at", "queue_number"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_cases_open_order",
        "cases",
        ["priority_class", "due_at", "queue_number"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_cases_open_team",
        "cases",
        ["team", "priority_class", "due_at", "queue_number"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_cases_open_topic",
        "cases",
        ["topic", "priority_class", "due_at", "queue_number"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_cases_open_unassigned",
        "cases",
        ["priority_class", "due_at", "queue_number"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL AND assignee_id IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND assignee_id IS NULL"),
    )
    op.create_index(op.f("ix_cases_patient_id"), "cases", ["patient_id"], unique=False)
    op.create_index(op.f("ix_cases_phone"), "cases", ["phone"], unique=False)
    op.create_table(
        "patient_names",
        sa.Column("word", sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql"), nullable=False),
        sa.Column("patient_id", Key(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_patient_names_patient_id_patients")),
        sa.PrimaryKeyConstraint("word", "patient_id", name=op.f("pk_patient_names")),
    )
    op.create_index(op.f("ix_patient_names_patient_id"), "patient_names", ["patient_id"], unique=False)
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
        sa.Column(
            "kind",
            codes("kind", "look_up", "search", "create", "change", "export", "print", "copy", "delete"),
            nullable=False,
        ),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("patient_id", Key(), nullable=True),
        sa.Column("case_id", Key(), nullable=True),
        sa.Column("purpose", sa.String(60), nullable=True),
        sa.Column("criterion_kind", sa.String(20), nullable=True),
        sa.Column("criterion_hash", sa.LargeBinary(), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_access_log_case_id_cases")),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"], name=op.f("fk_access_log_patient_id_patients")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_access_log_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    op.create_index(op.f("ix_access_log_patient_id"), "access_log", ["patient_id"], unique=False)
    op.create_index(op.f("ix_access_log_staff_id"), "access_log", ["staff_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("external_id", sa.String(128), nullable=False),
        sa.Column("filename", sa.String(500), nullable=False),
        sa.Column("media_type", sa.String(130), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("fetch", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_case_id"), "attachments", ["case_id"], unique=False)
    op.create_table(
        "call_windows",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("starts < ends", name=op.f("ck_call_windows_order")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_call_windows_weekday")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_call_windows_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "weekday", "starts", name=op.f("pk_call_windows")),
    )
    op.create_table(
        "case_links",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("other_id", Key(), nullable=False),
        sa.Column("linked_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id_cases")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_case_links_other_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "other_id", name=op.f("pk_case_links")),
    )
    op.create_table(
        "case_segments",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column(
            "state", codes("state", "chosen", "requested", "referral_sent", "confirmed", "returned"), nullable=True
        ),
        sa.Column("area", sa.String(60), nullable=True),
        sa.Column("kind", sa.String(40), nullable=True),
        sa.Column("relation", codes("relation", "public", "special", "partner", "tied", "agreement"), nullable=True),
        sa.Column("provider_id", sa.String(80), nullable=True),
        sa.Column("provider_name", sa.String(200), nullable=True),
        sa.Column("agreement_id", sa.String(80), nullable=True),
        sa.Column("referring_hospital", sa.String(500), nullable=True),
        sa.Column("referring_department", sa.String(500), nullable=True),
        sa.Column("offered_wait_days", sa.Integer(), nullable=True),
        sa.Column("present_date", sa.Date(), nullable=True),
        sa.Column("present_date_is_kept", sa.Boolean(), nullable=True),
        sa.Column("present_date_cancelled_by", sa.String(60), nullable=True),
        sa.Column("chosen_on", sa.Date(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("referral_sent_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_date", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            codes(
                "outcome",
                "advised",
                "waiting_time",
                "rereferral.diagnostic.free_choice",
                "rereferral.diagnostic.partner",
                "rereferral.diagnostic.agreement",
                "rereferral.diagnostic.agreement_part_of_assessment",
                "rereferral.diagnostic.partner_part_of_assessment",
                "rereferral.assessment_and_treatment.free_choice",
                "rereferral.assessment_and_treatment.partner",
                "rereferral.assessment_and_treatment.agreement",
                "rereferral.treatment.free_choice",
                "rereferral.treatment.partner",
                "rereferral.treatment.agreement",
                "acceptance.granted",
                "acceptance.partly",
                "acceptance.refused",
                "acceptance.returned",
                "forwarded",
                "withdrawn",
                "not_reached",
                "duplicate",
                "opened_in_error",
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_segments_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_segments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_segments_case_id_number")),
    )
    op.create_index(op.f("ix_case_segments_provider_id"), "case_segments", ["provider_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("type", codes("type", "shl_51_4", "talk_to_relative", "forward_complaint"), nullable=False),
        sa.Column("mode", codes("mode", "spoken", "written"), nullable=False),
        sa.Column("scope", sa.String(500), nullable=True),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("recorded_by", Key(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consents_case_id_cases")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_consents_recorded_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_case_id"), "consents", ["case_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("staff_id", Key(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("direction", codes("direction", "outgoing", "incoming"), nullable=False),
        sa.Column(
            "party",
            codes(
                "party",
                "patient",
                "relative",
                "department",
                "private_hospital",
                "gp",
                "interpreter",
                "pathway_coordinator",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("party_name", sa.String(200), nullable=True),
        sa.Column(
            "result",
            codes(
                "result",
                "reached",
                "no_answer",
                "busy",
                "voicemail",
                "wrong_number",
                "asked_to_call_later",
                "called_back",
            ),
            nullable=False,
        ),
        sa.Column("counts_as_attempt", sa.Boolean(), nullable=False),
        sa.Column("outside_window_reason", sa.String(200), nullable=True),
        sa.Column("answer_promised_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_contacts_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_case_id"), "contacts", ["case_id"], unique=False)
    op.create_table(
        "events",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("staff_id", Key(), nullable=True),
        sa.Column(
            "kind",
            codes(
                "kind",
                "received",
                "submission_changed",
                "linked",
                "assigned",
                "put_back",
                "handed_over",
                "contact_logged",
                "waiting",
                "note_added",
                "fact_recorded",
                "core_data_changed",
                "windows_changed",
                "sorted",
                "closed",
                "reopened",
            ),
            nullable=False,
        ),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_events_case_id_cases")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_events_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_case_id"), "events", ["case_id"], unique=False)
    op.create_table(
        "facts",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", codes("source", "letter", "patient", "hospital", "record"), nullable=False),
        sa.Column("recorded_by", Key(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_facts_case_id_cases")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_facts_recorded_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    op.create_index("ix_facts_case_name", "facts", ["case_id", "name", "recorded_at"], unique=False)
    op.create_table(
        "intake_receipts",
        sa.Column("id", Key(), nullable=False),
        sa.Column("source_system", sa.String(128), nullable=True),
        sa.Column("form_id", sa.String(128), nullable=True),
        sa.Column("submission_id", Key(), nullable=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("status", codes("status", "created", "replayed", "changed", "parked", "rejected"), nullable=False),
        sa.Column("case_id", Key(), nullable=True),
        sa.Column("registered_at", UTCDateTime(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.CheckConstraint("(status = 'parked') = (case_id IS NULL)", name=op.f("ck_intake_receipts_case")),
        sa.CheckConstraint("status IN ('created', 'changed', 'parked')", name=op.f("ck_intake_receipts_stored_status")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_intake_receipts_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_receipts")),
    )
    op.create_index(op.f("ix_intake_receipts_case_id"), "intake_receipts", ["case_id"], unique=False)
    op.create_index(
        "ix_intake_receipts_parked",
        "intake_receipts",
        ["registered_at"],
        unique=False,
        sqlite_where=sa.text("status = 'parked'"),
        postgresql_where=sa.text("status = 'parked'"),
    )
    op.create_index(
        "ux_intake_receipts_body",
        "intake_receipts",
        ["body_hash"],
        unique=True,
        sqlite_where=sa.text("submission_id IS NULL"),
        postgresql_where=sa.text("submission_id IS NULL"),
    )
    op.create_index(
        "ux_intake_receipts_first",
        "intake_receipts",
        ["source_system", "form_id", "submission_id"],
        unique=True,
        sqlite_where=sa.text("status = 'created'"),
        postgresql_where=sa.text("status = 'created'"),
    )
    op.create_index(
        "ux_intake_receipts_submission",
        "intake_receipts",
        ["source_system", "form_id", "submission_id", "body_hash"],
        unique=True,
        sqlite_where=sa.text("submission_id IS NOT NULL"),
        postgresql_where=sa.text("submission_id IS NOT NULL"),
    )
    op.create_table(
        "notes",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("author_id", Key(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("corrects_id", Key(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_notes_author_id_staff")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notes_case_id_cases")),
        sa.ForeignKeyConstraint(["corrects_id"], ["notes.id"], name=op.f("fk_notes_corrects_id_notes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_case_id"), "notes", ["case_id"], unique=False)
    op.create_table(
        "outbox_drafts",
        sa.Column("id", Key(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("kind", codes("kind", "letter", "digital_post", "nemsms", "email"), nullable=False),
        sa.Column("state", codes("state", "draft", "sent", "discarded"), nullable=False),
        sa.Column(
            "recipient",
            codes(
                "recipient",
                "patient",
                "relative",
                "department",
                "private_hospital",
                "gp",
                "interpreter",
                "pathway_coordinator",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("recipient_name", sa.String(200), nullable=True),
        sa.Column("subject", sa.String(200), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", Key(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_drafts_case_id_cases")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_outbox_drafts_made_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_drafts")),
    )
    op.create_index(op.f("ix_outbox_drafts_case_id"), "outbox_drafts", ["case_id"], unique=False)
    op.create_table(
        "representatives",
        sa.Column("id", Key(), nullable=False),
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("phone", sa.String(20), nullable=True),
        sa.Column("relation", sa.String(200), nullable=True),
        sa.Column(
            "basis",
            codes("basis", "parent", "guardian", "power_of_attorney", "digital_power_of_attorney", "spoken_consent"),
            nullable=False,
        ),
        sa.Column(
            "identifier_type",
            codes("identifier_type", "cpr", "x_ecpr", "d_ecpr", "replacement", "none"),
            nullable=False,
        ),
        sa.Column("identifier_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identifier_index", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_representatives_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representatives")),
    )
    op.create_index(op.f("ix_representatives_case_id"), "representatives", ["case_id"], unique=False)
    op.create_index(op.f("ix_representatives_phone"), "representatives", ["phone"], unique=False)
    op.create_table(
        "unavailable_periods",
        sa.Column("case_id", Key(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_unavailable_periods_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_unavailable_periods_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "first_day", name=op.f("pk_unavailable_periods")),
    )
