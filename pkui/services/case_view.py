"""Everything of one case, as the case screen and `case show` give it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from pkui.base.clock import local_date
from pkui.domain.attachments import Unfit, why_unfit
from pkui.domain.calendar import CountedDay
from pkui.domain.codes import (
    Cause,
    Channel,
    ContactResult,
    DigitalPost,
    Direction,
    EventKind,
    FactSource,
    IdentifierType,
    Party,
    SparringWith,
    Topic,
)
from pkui.domain.identifiers import age_on
from pkui.domain.windows import CallHours, Occurrence, occurrences
from pkui.services.courses import SegmentView as SegmentView
from pkui.services.courses import courses_shown
from pkui.services.desk import Work
from pkui.services.hints import RightsView, rights_view
from pkui.services.queue import QueueRow, row_of
from pkui.services.standing import count_of
from pkui.services.trusted import ConsentView as ConsentView
from pkui.services.trusted import RepresentativeView as RepresentativeView
from pkui.services.trusted import custody_of, trusted_with
from storage import cases as stored
from storage.approvals import ApprovalRecord, read_approvals
from storage.callbacks import read_standing_of
from storage.merges import read_merged, read_merged_into
from storage.patients import read_identifier
from storage.queue import read_rows
from storage.sparring import read_questions
from storage.staff import read_team_name
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.records import Event
from storage.tables.reminders import Reminder

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WEEK_DAYS = 7

View = TypeVar("View", bound="DataclassInstance")


@dataclass(frozen=True)
class PatientView:
    """Who the patient is. `identifier` is the plain number: it belongs on the case screen and nowhere else."""

    id: UUID
    name: str | None
    identifier_type: IdentifierType
    identifier: str | None
    birth_date: date | None
    age: int | None
    address_line: str | None
    postcode: str | None
    city: str | None
    protected: bool
    region_of_residence: str | None


@dataclass(frozen=True)
class FactView:
    """One known fact: its newest value, where it comes from, who recorded it and when."""

    name: str
    value: Any
    source: FactSource
    by: str | None
    at: datetime


@dataclass(frozen=True)
class ContactView:
    """One contact or attempt."""

    at: datetime
    by: str | None
    direction: Direction
    party: Party
    party_name: str | None
    result: ContactResult
    counts_as_attempt: bool
    answer_promised_on: date | None
    text: str | None


@dataclass(frozen=True)
class NoteView:
    """One note."""

    id: UUID
    at: datetime
    by: str | None
    text: str
    corrects_id: UUID | None


@dataclass(frozen=True)
class EventView:
    """One event of the case's history."""

    at: datetime
    by: str | None
    kind: EventKind
    details: dict[str, Any]
    reason: str | None


@dataclass(frozen=True)
class AttachmentView:
    """What is known of a file that came along."""

    filename: str
    media_type: str | None
    size: int | None
    unfit: Unfit | None


@dataclass(frozen=True)
class LinkView:
    """Another case of the same person."""

    queue_number: int
    case_number: str
    open: bool


@dataclass(frozen=True)
class QuestionView:
    """A question about the case and, once it has come, the answer; `colleague` is a name."""

    id: UUID
    asked_of: SparringWith
    colleague_name: str | None
    text: str
    asked_by_name: str
    asked_at: datetime
    answer: str | None
    answered_by_name: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class MergedView:
    """A case of the same enquiry that was merged into this one."""

    queue_number: int
    case_number: str
    topic: Topic
    free_text: str | None
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class MergedInto:
    """The case this one was merged into."""

    queue_number: int
    case_number: str


@dataclass(frozen=True)
class ReminderView:
    """One's own reminder on the case."""

    at: datetime
    text: str | None


@dataclass(frozen=True)
class Reach:
    """How the patient can be reached."""

    phone: str | None
    alternative_phone: str | None
    email: str | None
    digital_post: DigitalPost
    sms_allowed: bool | None
    interpreter_language: str | None


@dataclass(frozen=True)
class CaseView:
    """One case at one instant; `week` are the spans of the next seven days in which the patient can be rung."""

    row: QueueRow
    version: int
    patient: PatientView
    reach: Reach
    channel: Channel
    language: str
    free_text: str | None
    flagged_words: tuple[str, ...]
    week: tuple[Occurrence, ...]
    waiting_text: str | None
    outcome: str | None
    cause: Cause | None
    forwarded_to: str | None
    count: tuple[CountedDay, ...]
    facts: tuple[FactView, ...]
    segments: tuple[SegmentView, ...]
    attachments: tuple[AttachmentView, ...]
    representatives: tuple[RepresentativeView, ...]
    consents: tuple[ConsentView, ...]
    contacts: tuple[ContactView, ...]
    notes: tuple[NoteView, ...]
    events: tuple[EventView, ...]
    links: tuple[LinkView, ...]
    questions: tuple[QuestionView, ...]
    merged: tuple[MergedView, ...]
    merged_into: MergedInto | None
    reminder: ReminderView | None
    colleagues: dict[str, str]
    rights: RightsView
    mine: bool
    next_step: bool
    routing: tuple[str, ...] = ()
    complexity_reason: str | None = None
    team_reason: str | None = None
    team_name: str | None = None
    approvals: tuple[ApprovalRecord, ...] = ()


def view_of(work: Work, case: Case) -> CaseView:
    """The case as it stands in this unit of work, which leaves a row in the access log for it."""
    work.shows(case, "case")
    work.session.flush()
    session, id = work.session, case.id
    booked = read_standing_of(session, [id]).get(id)
    row = row_of(work, read_rows(session, [case.queue_number])[0], booked)
    hours = CallHours.always(work.office.calls_from, work.office.calls_to)
    merged = read_merged(session, id)
    family = [id, *(one.id for one in merged)]
    history = _history(work, family)
    into = read_merged_into(session, id) if case.closed_at is not None else None
    reminder = session.get(Reminder, (id, work.person.id))
    trusted = trusted_with(work, case, family, custody_of(history["facts"]))
    return CaseView(
        row=row,
        version=case.version or 0,
        patient=_patient(work, stored.patient_of(session, case)),
        reach=_like(Reach, case),
        channel=case.channel,
        language=case.language,
        free_text=case.free_text,
        flagged_words=tuple(case.flagged_words),
        week=tuple(
            occurrences(row.record.windows, row.record.unavailable, work.calendar, hours, work.today, WEEK_DAYS)
        ),
        waiting_text=case.waiting_text,
        outcome=case.outcome,
        cause=case.cause,
        forwarded_to=case.forwarded_to,
        count=tuple(count_of(work, case)) if case.closed_at is None else (),
        segments=courses_shown(work, case, {one.id: one.queue_number for one in merged}),
        attachments=tuple(
            _like(AttachmentView, one, unfit=why_unfit(one.filename, one.media_type, one.size))
            for one in stored.read_attachments(session, family)
        ),
        questions=tuple(_like(QuestionView, one) for one in read_questions(session, family)),
        merged=tuple(_like(MergedView, one) for one in merged),
        merged_into=MergedInto(*into) if into else None,
        reminder=_like(ReminderView, reminder) if reminder else None,
        links=tuple(LinkView(*link) for link in stored.read_links(session, id)),
        rights=rights_view(work, case, work.today),
        mine=case.assignee_id == work.person.id,
        next_step=has_next_step(case) or booked is not None,
        routing=tuple(case.routing or ()),
        complexity_reason=case.complexity_reason,
        team_reason=case.team_reason,
        team_name=read_team_name(session, case.team),
        approvals=tuple(read_approvals(session, id)),
        representatives=trusted.representatives,
        consents=trusted.consents,
        **history,
    )


def _history(work: Work, family: Sequence[UUID]) -> dict[str, Any]:
    """What is known and what has happened, each with the name of who recorded it; of merged cases too."""
    session = work.session
    facts = stored.read_facts(session, family).values()
    contacts, notes = stored.read_contacts(session, family), stored.read_notes(session, family)
    events = stored.read_events(session, family)
    who = {contact.staff_id for contact in contacts} | {note.author_id for note in notes}
    who |= {event.staff_id for event in events} | {fact.recorded_by for fact in facts}
    names = stored.read_staff_names(session, {one for one in who if one is not None})
    return {
        "facts": tuple(_like(FactView, one, by=_name(names, one.recorded_by), at=one.recorded_at) for one in facts),
        "contacts": tuple(_like(ContactView, one, by=_name(names, one.staff_id)) for one in contacts),
        "notes": tuple(_like(NoteView, one, by=_name(names, one.author_id)) for one in notes),
        "events": tuple(_like(EventView, one, by=_name(names, one.staff_id)) for one in events),
        "colleagues": stored.read_names_by_username(session, _usernames_in(events)),
    }


def _usernames_in(events: Sequence[Event]) -> set[str]:
    """Who was given or relieved of the case."""
    return {str(event.details[key]) for event in events for key in ("to", "from") if key in event.details}


def _like(view: type[View], row: object, **other: object) -> View:
    """A view with the row's values of the same names, and the others given."""
    values = {name: getattr(row, name) for name in view.__dataclass_fields__ if name not in other}
    return view(**values, **other)


def has_next_step(case: Case) -> bool:
    """Whether the case has a next step with a date: its place in the queue while unanswered, a wait, or a call."""
    return case.closed_at is not None or case.answered_at is None or case.follow_up_on is not None


def _patient(work: Work, patient: Patient) -> PatientView:
    born = patient.birth_date
    return PatientView(
        id=patient.id,
        name=patient.name,
        identifier_type=patient.identifier_type,
        identifier=read_identifier(patient, work.cipher),
        birth_date=born,
        age=age_on(born, local_date(work.now)) if born else None,
        address_line=patient.address_line,
        postcode=patient.postcode,
        city=patient.city,
        protected=patient.protected,
        region_of_residence=patient.region_of_residence,
    )


def _name(names: dict[UUID, str], id: UUID | None) -> str | None:
    return names.get(id) if id else None
