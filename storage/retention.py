"""Reads what has been kept long enough, and takes the person out of it: what counts stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.codes import CaseState, IdentifierType, Topic
from pkui.domain.retention import COMPLAINTS
from storage.metadata import metadata
from storage.tables.cases import Case
from storage.tables.merges import CaseMerge
from storage.tables.patients import Patient, PatientName
from storage.tables.retention import LegalHold

DELETED = (
    "draft_steps", "outbox_drafts", "facts", "notes", "attachments", "call_windows", "unavailable_periods",
    "representatives", "consents", "case_reminders", "sparring_questions", "case_visits", "case_holds",
)  # fmt: skip
"""Tables whose rows go with the person, children before what they belong to."""
BLANKED: Mapping[str, Mapping[str, Any]] = {
    "contacts": {"party_name": None, "outside_window_reason": None, "text": None},
    "case_segments": {
        "referring_hospital": None, "referring_department": None, "present_date": None, "confirmed_date": None,
        "present_date_cancelled_by": None,
    },
    "events": {"reason": None, "details": {}},
    "intake_receipts": {"body_sealed": b"", "neutral_sealed": None, "problems": []},
    "rights_overrulings": {"reason": ""},
    "case_merges": {"reason": ""},
    "case_openings": {"reason_sealed": None},
    "approvals": {"text": None},
    "moves": {"old": {}},
    "legal_holds": {"reason": ""},
}  # fmt: skip
"""Columns that lose what they say; the rest of the row counts."""
KEPT = ("bookings", "case_links", "access_log")
"""Tables that hold a case's key and nothing of the person; the log has its own time (`log_kept_months`)."""
_CASE: Mapping[str, Any] = {
    "why": [], "complexity_reason": None, "team_reason": None, "flagged_words": [], "routing": sa.null(),
    "waiting_text": None, "forwarded_to": None, "entered_by": None, "phone": None, "alternative_phone": None,
    "email": None, "interpreter_language": None, "free_text": None,
}  # fmt: skip
_PATIENT: Mapping[str, Any] = {
    "identifier_type": IdentifierType.NONE, "identifier_sealed": None, "identifier_index": None, "name": None,
    "birth_date": None, "address_line": None, "postcode": None, "city": None, "municipality_code": None,
}  # fmt: skip
AT_ONCE = 200
"""Cases anonymised in one statement."""

_CASES, _PATIENTS, _NAMES, _HOLDS, _MERGES = (
    sa.inspect(table).local_table for table in (Case, Patient, PatientName, LegalHold, CaseMerge)
)


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A closed case that still names a person; `held`: by a hold, or by an open case of the same person."""

    id: UUID
    queue_number: int
    case_number: str
    topic: Topic
    closed_at: datetime
    held: bool


def read_closed(session: Session, before: datetime) -> list[ClosedCase]:
    """The cases closed before an instant and not anonymised yet, the oldest first."""
    other = _CASES.alias("other")
    hold = sa.exists().where(_HOLDS.c.case_id == _CASES.c.id, _HOLDS.c.lifted_at.is_(None))
    merged = sa.exists().where(
        _MERGES.c.case_id == _CASES.c.id, _MERGES.c.split_at.is_(None), other.c.id == _MERGES.c.into_id,
        other.c.closed_at.is_(None),
    )  # fmt: skip
    complaint = sa.exists().where(
        other.c.patient_id == _CASES.c.patient_id, other.c.closed_at.is_(None), other.c.topic.in_(COMPLAINTS)
    )
    query = (
        sa.select(
            _CASES.c.id, _CASES.c.queue_number, _CASES.c.case_number, _CASES.c.topic, _CASES.c.closed_at,
            sa.or_(hold, merged, complaint),
        )
        .where(_CASES.c.state == CaseState.CLOSED, _CASES.c.closed_at < before, _CASES.c.anonymised_at.is_(None))
        .order_by(_CASES.c.closed_at, _CASES.c.queue_number)
    )  # fmt: skip
    return [ClosedCase(*row) for row in session.connection().execute(query)]


def standing_hold(session: Session, case_id: UUID) -> LegalHold | None:
    """The hold that keeps a case."""
    query = sa.select(LegalHold).where(_HOLDS.c.case_id == case_id, _HOLDS.c.lifted_at.is_(None))
    return session.scalars(query).first()


def anonymise(session: Session, case_ids: Sequence[UUID], now: datetime) -> None:
    """Takes the person out of these cases, and out of the patients who have no other case left."""
    for start in range(0, len(case_ids), AT_ONCE):
        _anonymise_some(session, case_ids[start : start + AT_ONCE], now)


def _anonymise_some(session: Session, ids: Sequence[UUID], now: datetime) -> None:
    execute = session.connection().execute
    for name in DELETED:
        table = metadata.tables[name]
        execute(sa.delete(table).where(_belongs(table, ids)))
    for name, values in BLANKED.items():
        table = metadata.tables[name]
        execute(sa.update(table).where(_belongs(table, ids)).values(**values))
    execute(sa.update(Case).where(_CASES.c.id.in_(ids)).values(**_CASE, anonymised_at=now))
    patients = sa.select(_CASES.c.patient_id).where(_CASES.c.id.in_(ids))
    named = sa.exists().where(_CASES.c.patient_id == _PATIENTS.c.id, _CASES.c.anonymised_at.is_(None))
    gone = list(session.connection().scalars(sa.select(_PATIENTS.c.id).where(_PATIENTS.c.id.in_(patients), ~named)))
    execute(sa.delete(PatientName).where(_NAMES.c.patient_id.in_(gone)))
    execute(sa.update(Patient).where(_PATIENTS.c.id.in_(gone)).values(**_PATIENT))


def _belongs(table: sa.Table, ids: Sequence[UUID]) -> sa.ColumnElement[bool]:
    """Rows of these cases; steps of a draft belong to the draft's case."""
    if "case_id" in table.c:
        return table.c.case_id.in_(ids)
    drafts = metadata.tables["outbox_drafts"]
    return table.c.draft_id.in_(sa.select(drafts.c.id).where(drafts.c.case_id.in_(ids)))
