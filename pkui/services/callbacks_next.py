"""The next attempt after one in vain: planned by itself on the next working day, at the hour when people answer."""

from datetime import timedelta

from pkui.domain.access_codes import AccessKind
from pkui.domain.bookings import slots_between
from pkui.domain.codes import EventKind
from pkui.services.attempts import attempts_allowed
from pkui.services.callbacks import booking_for, offers, schedule
from pkui.services.callbacks_office import wishes_of
from pkui.services.desk import Work
from storage.callbacks import add_booking, standing_of
from storage.tables.cases import Case


def place_next(work: Work, case: Case) -> None:
    """Plans the next attempt of a case somebody holds, her holder first; the patient has agreed to nothing.

    Nothing is planned for class 1, which is rung again at once, after the last attempt, or where the patient has a
    call already. Where nobody is free in her call times the case goes on in the queue.
    """
    allowed = attempts_allowed(work, case)
    if allowed is None or case.attempts >= allowed or case.assignee_id is None:
        return
    if standing_of(work.session, patient_id=case.patient_id) is not None:
        return
    wishes = wishes_of(work, case)
    found = offers(work, case, wishes, 1)
    if not found:
        return
    chosen = found[0]
    booking = booking_for(work, case, wishes, chosen.adviser_id, chosen.start, agreed=False)
    before, after = timedelta(minutes=booking.preparation_minutes), timedelta(minutes=booking.after_minutes)
    if add_booking(work.session, booking, slots_between(booking.starts_at - before, booking.ends_at + after)):
        schedule(work, case)
        at = booking.starts_at.isoformat()
        work.event(case, EventKind.CALL_BOOKED, at=at, agreed=False, to=chosen.adviser, by="next")
        work.log(AccessKind.CHANGE, "booking", patient_id=case.patient_id, case_id=case.id)
