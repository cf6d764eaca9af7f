"""What the rest of a case does to its booked call: closing cancels it, ringing or being rung ends it."""

from pkui.base.clock import local_date
from pkui.domain.codes import BookingState, CaseState, ContactResult, Direction, EventKind
from pkui.services.desk import Work
from pkui.services.standing import place_anew
from storage.callbacks import finish, standing_of
from storage.tables.callbacks import Booking
from storage.tables.cases import Case


def end_by_contact(
    work: Work,
    case: Case,
    result: ContactResult,
    direction: Direction,
    *,
    attempt: bool,
    still_waits: bool = False,
) -> None:
    """The patient was rung or rang us, so the call that was booked has been made.

    A try on a day before the one agreed with the patient leaves that agreement standing; so does a patient who rang us
    and still waits for her answer.
    """
    booking = standing_of(work.session, case_id=case.id)
    if booking is None:
        return
    ahead = booking.state is BookingState.AGREED and local_date(booking.starts_at) > work.today
    if ahead and direction is Direction.OUTGOING and result is not ContactResult.REACHED:
        return
    if still_waits and booking.state is BookingState.AGREED:
        return
    reached = direction is Direction.OUTGOING and result is ContactResult.REACHED
    state = BookingState.ATTEMPTED if attempt else BookingState.REACHED if reached else BookingState.ENDED
    end_booking(work, case, booking, state)


def cancel_by_close(work: Work, case: Case) -> None:
    """A closed case needs no call."""
    booking = standing_of(work.session, case_id=case.id)
    if booking is not None:
        finish(work.session, booking, BookingState.CANCELLED, work.now)
        work.event(case, EventKind.CALL_CANCELLED, at=booking.starts_at.isoformat())


def end_booking(work: Work, case: Case, booking: Booking, state: BookingState) -> None:
    """Ends the booking, gives its time back and finds the case's place without it."""
    finish(work.session, booking, state, work.now)
    if case.state is CaseState.SCHEDULED:
        case.state = CaseState.ASSIGNED
    if case.answered_at is not None and case.closed_at is None:
        place_anew(work, case)
