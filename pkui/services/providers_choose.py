"""Choosing a place for a course: consent, the course itself, the request to the department, and its states."""

from dataclasses import dataclass
from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.base.words import _
from pkui.base.words.texts import agreement_line, copy_of, present_date_line
from pkui.domain.codes import (
    ConsentMode,
    ConsentType,
    EventKind,
    Party,
    Relation,
    Role,
    SegmentState,
)
from pkui.domain.permissions import Permission
from pkui.domain.providers.ladder import RungState, Why
from pkui.domain.providers.segments import kind_of, may_follow, outcome_of
from pkui.domain.texts import TextKind
from pkui.services.approvals import ask_for_choice, require_approved
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_REASON, not_longer, open_for_change
from pkui.services.consents import add_consent, require_consent
from pkui.services.courses import course_of, further_course
from pkui.services.desk import Work, use_case
from pkui.services.outbox import add_draft
from pkui.services.providers import Book, read_book
from pkui.services.providers_search import PatientContext, ProviderRow, Wanted, context_of, search
from pkui.services.standing import place_anew
from pkui.services.texts import draft_from_template
from storage.cases import read_segments
from storage.tables.cases import Case
from storage.tables.records import Segment

REPLACEABLE = frozenset({None, SegmentState.CHOSEN, SegmentState.REQUESTED, SegmentState.RETURNED})
"""States in which another place can be chosen; a referral that was sent must come back first."""


@dataclass(frozen=True)
class Choice:
    """What was chosen and agreed with the patient.

    `consent`: how she agreed just now to her health information being passed on (§ 51, stk. 4), where no consent
    stands on the case. `present_kept` and `cancelled_by`: what becomes of the date she has. `segment`: which course,
    else the main one; `further`: one of its own beside those the case has.
    """

    service_id: str
    consent: ConsentMode | None = None
    reason: str | None = None
    present_kept: bool | None = None
    cancelled_by: str | None = None
    part_of_assessment: bool = False
    segment: int | None = None
    further: bool = False


@use_case(Permission.WORK_CASES)
def choose(work: Work, queue_number: int, choice: Choice, *, version: int | None = None) -> CaseView:
    """Chooses a place. What the ladder says is found anew here: a place that is closed asks for a reason."""
    case = _own_open(work, queue_number, version)
    book = read_book(work)
    context = context_of(work, case, book)
    row = _chosen_row(book, choice, context, work.today)
    segment = further_course(work, case) if choice.further else course_of(work, case, choice.segment)
    if segment.state not in REPLACEABLE:
        raise Refused("segment_under_way")
    _consented(work, case, choice.consent)
    _write(work, case, segment, row, choice, context)
    _draft(work, case, segment, row, book.areas[row.entry.service.area].name_da)
    work.session.flush()
    place_anew(work, case)
    work.event(
        case,
        EventKind.PROVIDER_CHOSEN,
        reason=not_longer(choice.reason, LONGEST_REASON).strip() if choice.reason else None,
        number=segment.number,
        name=row.entry.organization.name,
        provider=row.provider_id,
        relation=row.standing.relation.value,
        state=row.verdict.state.value,
        why=row.verdict.why.value,
    )
    ask_for_choice(work, case, segment)
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def set_segment_state(
    work: Work,
    queue_number: int,
    number: int,
    state: SegmentState,
    *,
    on: date | None = None,
    confirmed_date: date | None = None,
    version: int | None = None,
) -> CaseView:
    """Says how far a course has come, with the day; a confirmed one has a date at the new place."""
    case = _own_open(work, queue_number, version)
    segment = next((one for one in read_segments(work.session, case.id) if one.number == number), None)
    if segment is None:
        raise BadInput("no_segment")
    if state is SegmentState.CHOSEN or not may_follow(segment.state, state):
        raise Refused("segment_step")
    require_approved(work, segment, state)
    day = on or work.today
    if day > work.today:
        raise BadInput("day_in_the_future", on=day.isoformat())
    if state is SegmentState.CONFIRMED:
        if confirmed_date is None:
            raise BadInput("confirmed_date_needed")
        segment.confirmed_date = confirmed_date
    segment.state = state
    setattr(segment, f"{state.value}_on", day)
    work.session.flush()
    place_anew(work, case)
    work.event(case, EventKind.SEGMENT_CHANGED, number=number, state=state.value, on=day.isoformat())
    return view_of(work, case)


def _own_open(work: Work, queue_number: int, version: int | None) -> Case:
    case = open_for_change(work, queue_number, version)
    if case.closed_at is not None:
        raise Refused("closed", queue_number=queue_number)
    if not work.person.may_work(case.topic, case.complexity):
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)
    if case.assignee_id != work.person.id and Role.SYSTEM not in work.person.roles:
        raise Refused("not_yours", queue_number=queue_number)
    return case


def _chosen_row(book: Book, choice: Choice, context: PatientContext, today: date) -> ProviderRow:
    entry = next((one for one in book.entries if one.service.id == choice.service_id), None)
    if entry is None:
        raise BadInput("no_service")
    rows = search(book, Wanted(area=entry.service.area, patient=context), today)
    row = next((one for one in rows if one.entry.service.id == choice.service_id), None)
    if row is None:
        raise Refused("no_relation")
    if row.verdict.why is Why.ENDED:
        raise Refused("agreement_ended")
    if row.verdict.state is RungState.CLOSED and not (choice.reason or "").strip():
        raise Refused("reason_to_choose")
    return row


def _consented(work: Work, case: Case, now: ConsentMode | None) -> None:
    """Health information goes on with the patient's consent alone, and the consent is recorded (§ 51, stk. 4)."""
    if now is not None:
        add_consent(work, case, ConsentType.HEALTH_INFORMATION, now)
    else:
        require_consent(work, case)


def _write(work: Work, case: Case, segment: Segment, row: ProviderRow, choice: Choice, context: PatientContext) -> None:
    kind = kind_of(case.topic, imaging=row.imaging)
    relation, earliest = row.standing.relation, row.verdict.earliest
    segment.area, segment.kind, segment.relation = row.entry.service.area[:60], kind, relation
    segment.provider_id, segment.provider_name = row.provider_id, row.entry.organization.name
    segment.agreement_id = row.agreement.id if row.agreement else None
    segment.outcome = outcome_of(kind, relation, part_of_assessment=choice.part_of_assessment)
    segment.offered_wait_days = (earliest - work.today).days if earliest else None
    segment.present_date = segment.present_date or context.present_date
    segment.referring_hospital = segment.referring_hospital or context.home_hospital
    segment.present_date_is_kept = choice.present_kept
    segment.present_date_cancelled_by = not_longer(choice.cancelled_by or "", 60) or None
    segment.state, segment.chosen_on = SegmentState.CHOSEN, work.today
    segment.requested_on = segment.referral_sent_on = segment.confirmed_on = segment.returned_on = None
    segment.confirmed_date = None


def _draft(work: Work, case: Case, segment: Segment, row: ProviderRow, area: str) -> None:
    """The request to the referring department, and copies to the place (where it is private) and to the patient."""
    location = row.entry.location
    filled = draft_from_template(
        work,
        case,
        TextKind.DEPARTMENT_REQUEST,
        {
            "afdeling": segment.referring_department or segment.referring_hospital or _("the referring department"),
            "sted": row.entry.organization.name,
            "stedets_adresse": ", ".join(one for one in (location.line, location.postcode, location.city) if one),
            "område": area,
            "aftalesygehus": agreement_line() if row.agreement is not None else None,
            "nuværende_tid_beholdes": present_date_line(segment.present_date_is_kept, to_patient=False),
        },
        recipient_name=segment.referring_hospital,
    )
    if row.standing.relation is not Relation.PUBLIC:
        add_draft(
            work,
            case,
            text=copy_of(filled.text),
            subject=filled.subject,
            recipient=Party.PRIVATE_HOSPITAL,
            recipient_name=row.entry.organization.name,
        )
    add_draft(work, case, text=copy_of(filled.text), subject=filled.subject)
