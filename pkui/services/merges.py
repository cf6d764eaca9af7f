"""Same case? Two cases of one enquiry are made one and can be parted again; the first number stays.

The case that came later is closed as a duplicate, which no statistics count, and points at the first. Its own rows stay
its own: the first shows them as well, and a split gives both back as they were.
"""

from pkui.base.errors import BadInput, Refused, Stale
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import CaseState, EventKind, IdentifierType, Role
from pkui.domain.permissions import Permission
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import reasoned
from pkui.services.desk import Work, use_case
from pkui.services.openings import require_open
from pkui.services.standing import place_anew
from storage.callbacks import standing_of
from storage.cases import case_by_number, patient_of
from storage.merges import merge_of, newest_merge_into
from storage.tables.callbacks import Booking
from storage.tables.cases import Case
from storage.tables.merges import CaseMerge

MERGED_OUTCOME = "duplicate"
"""How the merged case ends: an outcome that is not counted."""


@use_case(Permission.WORK_CASES)
def merge(work: Work, queue_number: int, other: int, *, reason: str, version: int | None = None) -> CaseView:
    """Makes two open cases of a person one and returns the first; `version` is of the case `queue_number`.

    The first must be one's own, the other one's own or free. Raises Refused where one is closed already, another
    person's or a colleague's.
    """
    if queue_number == other:
        raise BadInput("same_case")
    # The lower number first: two desks merging at once wait for each other instead of locking each other out.
    first, second = (case_by_number(work.session, number, lock=True) for number in sorted((queue_number, other)))
    based_on = first if first.queue_number == queue_number else second
    if version is not None and version != based_on.version:
        raise Stale(based_on=version, now_at=based_on.version or 0)
    _may_merge(work, first, second)
    reason = reasoned(reason, "reason_needed")
    booking = standing_of(work.session, case_id=second.id)
    work.session.add(
        CaseMerge(
            id=new_key(work.now),
            case_id=second.id,
            into_id=first.id,
            state=second.state,
            into_state=first.state,
            booking_id=booking.id if booking else None,
            reason=reason,
            merged_by=work.person.id,
            merged_at=work.now,
        )
    )
    if booking is not None:
        booking.case_id = first.id
        if first.state in (CaseState.NEW, CaseState.ASSIGNED, CaseState.REOPENED):
            first.state = CaseState.SCHEDULED
    second.state, second.closed_at, second.outcome = CaseState.CLOSED, work.now, MERGED_OUTCOME
    work.session.flush()
    place_anew(work, first)
    _tell(work, EventKind.MERGED, first, second, reason)
    return view_of(work, first)


@use_case(Permission.WORK_CASES)
def split(work: Work, queue_number: int, *, version: int | None = None) -> CaseView:
    """Parts a merged case from the first again, and returns the case that was asked about.

    The number is that of the merged case, or of the first: then the case merged last is parted. Raises
    Refused('not_merged').
    """
    asked = case_by_number(work.session, queue_number)
    found = merge_of(work.session, asked.id) or newest_merge_into(work.session, asked.id)
    if found is None:
        raise Refused("not_merged", queue_number=queue_number)
    first, second = _both(work, found)
    if version is not None and version != asked.version:
        raise Stale(based_on=version, now_at=asked.version or 0)
    require_open(work, first)
    if not work.person.may_work(second.topic, second.complexity):
        raise Refused("not_allowed", permission=Permission.WORK_CASES.value)
    found.split_at, found.split_by = work.now, work.person.id
    second.state, second.closed_at, second.outcome = found.state, None, None
    _give_call_back(work, found, first, second)
    work.session.flush()
    for case in (first, second):
        if case.closed_at is None:
            place_anew(work, case)
    _tell(work, EventKind.SPLIT, first, second, None)
    return view_of(work, asked)


def _may_merge(work: Work, first: Case, second: Case) -> None:
    for case in (first, second):
        if case.closed_at is not None:
            raise Refused("closed", queue_number=case.queue_number)
        require_open(work, case)
        if not work.person.may_work(case.topic, case.complexity):
            raise Refused("not_allowed", permission=Permission.WORK_CASES.value)
    if first.patient_id != second.patient_id and not any(_unknown(work, case) for case in (first, second)):
        raise Refused("another_person", queue_number=second.queue_number)
    if Role.SYSTEM in work.person.roles:
        return
    if first.assignee_id != work.person.id:
        raise Refused("not_yours", queue_number=first.queue_number)
    if second.assignee_id not in (None, work.person.id):
        raise Refused("not_yours", queue_number=second.queue_number)


def _unknown(work: Work, case: Case) -> bool:
    """Whether the case is of somebody without a number, who may be the same person."""
    return patient_of(work.session, case).identifier_type is IdentifierType.NONE


def _both(work: Work, merged: CaseMerge) -> tuple[Case, Case]:
    """The case that stayed and the merged one, locked in the order of their numbers."""
    cases = [work.session.get_one(Case, id) for id in (merged.into_id, merged.case_id)]
    first, second = (case_by_number(work.session, one.queue_number, lock=True) for one in cases)
    return first, second


def _give_call_back(work: Work, merged: CaseMerge, first: Case, second: Case) -> None:
    """The booked call that came with the case goes back with it, where it still stands."""
    booking = work.session.get(Booking, merged.booking_id) if merged.booking_id else None
    if booking is not None and booking.done_at is None and booking.case_id == first.id:
        booking.case_id = second.id
        if first.state is CaseState.SCHEDULED:
            first.state = merged.into_state
    elif second.state is CaseState.SCHEDULED:
        second.state = CaseState.ASSIGNED


def _tell(work: Work, kind: EventKind, first: Case, second: Case, reason: str | None) -> None:
    """Both histories say it, and both cases move on from the versions others hold."""
    work.event(first, kind, reason=reason, with_case=second.queue_number)
    work.event(second, kind, reason=reason, with_case=first.queue_number)
    for case in (first, second):
        work.log(AccessKind.CHANGE, kind.value, patient_id=case.patient_id, case_id=case.id)
