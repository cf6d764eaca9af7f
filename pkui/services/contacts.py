"""Contacts with any party: what was dialled, how it ended, and when the patient may be tried again."""

from datetime import date

from pkui.base.keys import new_key
from pkui.domain.codes import (
    ContactResult,
    Direction,
    EventKind,
    Party,
)
from pkui.domain.office import at
from pkui.domain.permissions import Permission
from pkui.domain.texts import TextKind
from pkui.services.absences import cover_if_away
from pkui.services.attempts import attempts_allowed
from pkui.services.booked import end_by_contact
from pkui.services.callbacks_next import place_next
from pkui.services.callbacks_tell import told
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import LONGEST_NAME, LONGEST_TEXT, not_longer, open_for_change
from pkui.services.desk import Work, use_case
from pkui.services.standing import place_anew
from pkui.services.texts import draft_from_template
from storage.outbox import letter_stands
from storage.tables.cases import Case
from storage.tables.contacts import Contact

ATTEMPT_RESULTS = frozenset({ContactResult.NO_ANSWER, ContactResult.BUSY, ContactResult.VOICEMAIL})
"""Outgoing calls to the patient that rang and did not reach her; a wrong number is no attempt."""

SPEAKS_FOR_PATIENT = frozenset({Party.PATIENT, Party.RELATIVE})


@use_case(Permission.REGISTER)
def log_contact(
    work: Work,
    queue_number: int,
    *,
    party: Party,
    result: ContactResult,
    direction: Direction | None = None,
    text: str | None = None,
    party_name: str | None = None,
    answer_promised_on: date | None = None,
    outside_window_reason: str | None = None,
    still_waits: bool = False,
    version: int | None = None,
) -> CaseView:
    """Logs a contact. Reaching the patient answers the enquiry; a failed try starts the gap before the next.

    The next try is planned by itself; after the last one a letter is drafted in the outbox, once. `called_back` is the
    patient ringing us; `still_waits` where she got no answer to her enquiry then: it keeps its target, and a call
    agreed with her stands.
    """
    case = open_for_change(work, queue_number, version)
    log_on(
        work,
        case,
        party=party,
        result=result,
        direction=direction,
        text=text,
        party_name=party_name,
        answer_promised_on=answer_promised_on,
        outside_window_reason=outside_window_reason,
        still_waits=still_waits,
    )
    return view_of(work, case)


def log_on(
    work: Work,
    case: Case,
    *,
    party: Party,
    result: ContactResult,
    direction: Direction | None = None,
    text: str | None = None,
    party_name: str | None = None,
    answer_promised_on: date | None = None,
    outside_window_reason: str | None = None,
    still_waits: bool = False,
) -> None:
    """Logs a contact on a case that is open for change, with all that follows from it."""
    not_longer(text or "", LONGEST_TEXT)
    not_longer(party_name or "", LONGEST_NAME)
    not_longer(outside_window_reason or "", LONGEST_NAME)
    if direction is None:
        direction = Direction.INCOMING if result is ContactResult.CALLED_BACK else Direction.OUTGOING
    attempt = party is Party.PATIENT and direction is Direction.OUTGOING and result in ATTEMPT_RESULTS
    contact = Contact(
        id=new_key(work.now),
        case_id=case.id,
        staff_id=work.person.id,
        at=work.now,
        direction=direction,
        party=party,
        party_name=party_name or None,
        result=result,
        counts_as_attempt=attempt,
        outside_window_reason=outside_window_reason,
        answer_promised_on=answer_promised_on,
        text=(text or "").strip() or None,
    )
    work.session.add(contact)
    if party is Party.PATIENT:
        end_by_contact(work, case, result, direction, attempt=attempt, still_waits=still_waits)
    if attempt:
        _count_attempt(work, case)
    elif party in SPEAKS_FOR_PATIENT and result in (ContactResult.REACHED, ContactResult.CALLED_BACK):
        _answered(work, case, patient=party is Party.PATIENT and not still_waits)
    work.event(case, EventKind.CONTACT_LOGGED, party=party.value, result=result.value, direction=direction.value)
    if attempt:
        place_next(work, case)
    if direction is Direction.INCOMING:
        cover_if_away(work, case)


def _count_attempt(work: Work, case: Case) -> None:
    case.attempts += 1
    allowed = attempts_allowed(work, case)
    if allowed is None:
        return
    case.retry_from = at(work.calendar.add_working_days(work.today, 1), work.office.calls_from)
    if case.attempts >= allowed and not letter_stands(work.session, case.id, case.reopened_at):
        draft_from_template(work, case, TextKind.NOT_REACHED)


def _answered(work: Work, case: Case, *, patient: bool) -> None:
    case.retry_from = None
    if patient:
        told(work, case)
    if patient and case.closed_at is None and case.answered_at is None:
        case.answered_at = work.now
        place_anew(work, case)
