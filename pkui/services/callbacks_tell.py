"""A patient who counts on a time that will not be kept is told: that is the next step of her case, with a date."""

from datetime import date, datetime

from sqlmodel import col

from pkui.base.words.bookings import tell_the_patient_text
from pkui.domain.codes import CaseState, EventKind, Party
from pkui.services.cases import LONGEST_MESSAGE
from pkui.services.desk import Work
from pkui.services.standing import place_anew
from storage.cases import rows_of
from storage.tables.cases import Case
from storage.tables.records import Event

_TELL, _PATIENT = "tell", Party.PATIENT.value


def tell_the_patient(work: Work, case: Case, counted_on: datetime, now_at: datetime | None) -> None:
    """Puts the telling on the case for today; whom the case waits for besides stands behind it."""
    text, behind = tell_the_patient_text(counted_on, now_at), bool(case.waiting_text)
    if behind:
        text = f"{text} · {case.waiting_text}"[:LONGEST_MESSAGE]
    day = work.calendar.on_or_after(work.today)
    case.state = CaseState.WAITING
    case.waiting_for, case.waiting_text = Party.PATIENT, text
    case.follow_up_on = min(day, case.follow_up_on or day)
    until = case.follow_up_on.isoformat()
    work.event(case, EventKind.WAITING, reason=text, party=_PATIENT, until=until, why=_TELL, behind=behind)
    work.session.flush()
    place_anew(work, case)


def told(work: Work, case: Case) -> None:
    """The patient has been spoken with, or has her time back: nothing is left to tell. Any other waiting stays."""
    if case.waiting_for is not Party.PATIENT or case.follow_up_on is None:
        return
    waits = [one for one in rows_of(work.session, Event, case.id, col(Event.id)) if one.kind is EventKind.WAITING]
    if not waits or waits[-1].details.get("why") != _TELL or waits[-1].reason != case.waiting_text:
        return
    if waits[-1].details.get("behind") and len(waits) > 1:
        before = waits[-2]
        case.waiting_for, case.waiting_text = Party(before.details["party"]), before.reason
        case.follow_up_on = date.fromisoformat(before.details["until"])
        return
    case.waiting_for = case.waiting_text = case.follow_up_on = None
    case.state = CaseState.ASSIGNED if case.assignee_id is not None else CaseState.NEW
