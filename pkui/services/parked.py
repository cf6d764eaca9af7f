"""What a person must look at: parked submissions completed into cases, and ordinary forms with grave words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pkui.base.errors import Refused
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import EventKind, ReceiptStatus, Topic
from pkui.domain.intake import Problem, ProblemCode, flagged_words
from pkui.domain.intake.body import Body, read_body
from pkui.domain.intake.form_reading import completed
from pkui.domain.intake.receipt import Registered
from pkui.domain.permissions import Permission
from pkui.domain.priority import counts_from
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import IN_A_CALL, open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.help_line import incomplete, receipt_of, unreachable
from pkui.services.queue import QueueRow, row_of
from pkui.services.registration import Registration
from pkui.services.routing import set_topic
from storage.calls import read_flagged
from storage.cases import case_by_number
from storage.intake import BODY, NEUTRAL, ParkedBody, first_case_of, read_parked_bodies, receipt_for_update
from storage.queue import read_rows
from storage.tables.cases import Case
from storage.tables.intake import IntakeReceipt

LOOK_WITHIN = timedelta(hours=1)
"""How soon a person looks at grave words in an ordinary form, counted in opening hours."""


@dataclass(frozen=True)
class Waiting:
    """A parked submission in the list: why it waits, and whether its words want a look at once. No personal data."""

    id: UUID
    source_system: str | None
    form_id: str | None
    submission_id: UUID | None
    registered_at: datetime
    problems: tuple[Problem, ...]
    flagged_words: tuple[str, ...]
    look_by: datetime | None
    queue_number: int | None


@dataclass(frozen=True)
class OpenedParked:
    """One parked submission with what it says, for whoever completes it."""

    waiting: Waiting
    values: dict[str, Any]


@dataclass(frozen=True)
class Flagged:
    """A case whose words nobody has looked at, and until when somebody should."""

    row: QueueRow
    words: tuple[str, ...]
    look_by: datetime


@use_case(Permission.REGISTER, writes=False)
def waiting(work: Work) -> list[Waiting]:
    """What waits for a person, those with grave words first, then the oldest."""
    found = [_waiting(work, body) for body in read_parked_bodies(work.session)]
    return sorted(found, key=lambda one: (not one.flagged_words, one.registered_at))


@use_case(Permission.REGISTER)
def open_parked(work: Work, id: UUID) -> OpenedParked:
    """A parked submission with what it says; the look-up is logged. Raises Refused('not_parked')."""
    body = next((one for one in read_parked_bodies(work.session) if one.record.id == id), None)
    if body is None:
        raise Refused("not_parked")
    work.log(AccessKind.LOOK_UP, "parked_submission")
    return OpenedParked(_waiting(work, body), _values(work, body))


@use_case(Permission.REGISTER)
def complete(work: Work, id: UUID, patch: Mapping[str, Any]) -> Registered:
    """Makes a case of a parked submission with a merge patch of `pk-intake/1` (RFC 7396) laid over it.

    What nobody can read and nobody gave is left out and named. When another body of the submission has become a case
    meanwhile, this one belongs to it. Raises BadInput('enquiry_incomplete'), Refused('not_parked').
    """
    stored = _still_parked(work, id)
    values = _values_of(work, stored.body_sealed, stored.neutral_sealed)
    submission, problems, left_out = completed(values, patch, work.now, id=id)
    if submission is None:
        raise incomplete(problems)
    if missing := unreachable(submission):
        raise incomplete(missing)
    before = first_case_of(work.session, stored)
    if before is not None:
        return replace(_belongs_to(work, stored, before), left_out=left_out)
    registration = Registration(work)
    registration.find_people([submission])
    ref = registration.case(submission)
    registration.write()
    _finish(stored, ref.id, ReceiptStatus.CREATED)
    work.session.flush()
    return replace(receipt_of(work, case_by_number(work.session, ref.queue_number or 0)), left_out=left_out)


@use_case(Permission.REGISTER)
def attach(work: Work, id: UUID, queue_number: int) -> Registered:
    """Puts a parked submission on a case it belongs to; the case's history says so. Raises Refused('not_parked')."""
    case = open_for_change(work, queue_number, None)
    return _belongs_to(work, _still_parked(work, id), case)


@use_case(Permission.REGISTER, writes=False)
def flagged(work: Work) -> list[Flagged]:
    """Ordinary cases with grave words that nobody has looked at, the most pressing first."""
    found = []
    for record in read_rows(work.session, read_flagged(work.session)):
        case = case_by_number(work.session, record.queue_number)
        found.append(Flagged(row_of(work, record), tuple(case.flagged_words), _look_by(work, case.registered_at)))
    return sorted(found, key=lambda one: (one.look_by, one.row.record.queue_number))


@use_case(Permission.REGISTER)
def check_flags(work: Work, queue_number: int, *, urgent: bool, version: int | None = None) -> CaseView:
    """Somebody has looked at the words: the case stays where it is, or becomes one of maximum waiting times."""
    case = open_for_change(work, queue_number, version)
    work.event(case, EventKind.FLAGS_CHECKED, urgent=urgent)
    if urgent and case.topic is not Topic.MAXIMUM_WAITING_TIME:
        set_topic(work, case, Topic.MAXIMUM_WAITING_TIME)
    work.log(AccessKind.CHANGE, "case", patient_id=case.patient_id, case_id=case.id, purpose=IN_A_CALL)
    return view_of(work, case)


def _still_parked(work: Work, id: UUID) -> IntakeReceipt:
    found = receipt_for_update(work.session, id)
    if found is None or found.status is not ReceiptStatus.PARKED:
        raise Refused("not_parked")
    return found


def _finish(stored: IntakeReceipt, case_id: UUID, status: ReceiptStatus) -> None:
    """The receipt leads to a case now; the body that came stays sealed beside it."""
    stored.status, stored.case_id, stored.neutral_sealed = status, case_id, None


def _belongs_to(work: Work, stored: IntakeReceipt, case: Case) -> Registered:
    _finish(stored, case.id, ReceiptStatus.CHANGED)
    work.event(case, EventKind.SUBMISSION_CHANGED)
    work.session.flush()
    return receipt_of(work, case, ReceiptStatus.CHANGED)


def _waiting(work: Work, body: ParkedBody) -> Waiting:
    record, values = body.record, _values(work, body)
    words = _grave_words(values)
    return Waiting(
        id=record.id,
        source_system=record.source_system,
        form_id=record.form_id,
        submission_id=record.submission_id,
        registered_at=record.registered_at,
        problems=tuple(Problem(pointer, ProblemCode(code)) for pointer, code in record.problems),
        flagged_words=words,
        look_by=_look_by(work, record.registered_at) if words else None,
        queue_number=body.queue_number,
    )


def _grave_words(values: dict[str, Any]) -> tuple[str, ...]:
    """The words anywhere in a body: one that was not understood may hold them in any field."""
    try:
        return flagged_words(json.dumps(values, ensure_ascii=False))
    except RecursionError:
        return ()


def _look_by(work: Work, registered_at: datetime) -> datetime:
    return counts_from(registered_at, work.office, work.calendar) + LOOK_WITHIN


def _values(work: Work, body: ParkedBody) -> dict[str, Any]:
    return _values_of(work, body.body_sealed, body.neutral_sealed)


def _values_of(work: Work, body_sealed: bytes, neutral_sealed: bytes | None) -> dict[str, Any]:
    """What a parked body says, as far as it can be read."""
    raw = work.cipher.open(NEUTRAL, neutral_sealed) if neutral_sealed else work.cipher.open(BODY, body_sealed)
    read = read_body(raw)
    return read.values if isinstance(read, Body) else {}
