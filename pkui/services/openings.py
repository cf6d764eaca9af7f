"""Who may open a case, and what for: one's own and one's team's freely, others for a reason and for a time.

Protected people and colleagues who are patients ask for a reason of everybody but the one who holds the case
(break-glass): it stands for a short time and is listed to the supervisor (Sundhedsloven § 42 a; GDPR art. 32).

The rule for every use case: what is given one case asks here, and what gives back anything of it leaves a row in the
access log (`open_with` and `open_to_read`; a change leaves its own). Lists of work show names, topics and times of
many, without a row. tests/services/test_reading_is_logged.py goes through every use case.
"""

from datetime import datetime, timedelta

from pkui.base.clock import local_date
from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind, Purpose
from pkui.domain.codes import Role
from pkui.domain.office import at
from pkui.domain.permissions import Grant, Permission, grant
from pkui.services.desk import Work, require
from storage.cases import case_by_number, patient_of
from storage.openings import REASON, holds_case_of, is_guarded, registered_by, standing_leave
from storage.tables.access import CaseOpening
from storage.tables.cases import Case

LONGEST_REASON = 500
_CODES = frozenset(Purpose) - {Purpose.STATED}


def purpose_of(reason: str | None) -> str | None:
    """What the access log may hold of a reason: its code, or that one was given in words; never the words."""
    if reason is None or not reason.strip():
        return None
    return reason if reason in _CODES else Purpose.STATED.value


def open_with(work: Work, case: Case, reason: str | None) -> str | None:
    """The purpose a case is opened for. Raises Refused where a reason is asked for, or the case is not to be opened.

    Leave that was given stands for the patient's other cases too, and is not asked for again while it lasts.
    """
    hers, guarded = _standing_of(work, case)
    if hers:
        return purpose_of(reason)
    leave = standing_leave(work.session, work.person.id, case.patient_id, work.now)
    if leave is not None and leave.break_glass >= guarded and reason is None:
        return leave.purpose
    return _give_leave(work, case, reason, guarded=guarded)


def open_to_read(work: Work, queue_number: int, what: str) -> Case:
    """A case of which something is shown: asked for like a change of it, and logged as a look-up of `what`."""
    case = case_by_number(work.session, queue_number)
    purpose = require_open(work, case)
    work.log(AccessKind.LOOK_UP, what, patient_id=case.patient_id, case_id=case.id, purpose=purpose)
    return case


def require_open(work: Work, case: Case) -> str | None:
    """What the case stands open for. Raises Refused unless it is hers or her team's, or she has leave.

    Whoever may open cases in a call has a caller on the phone when she changes one.
    """
    hers, guarded = _standing_of(work, case)
    if hers:
        return None
    leave = standing_leave(work.session, work.person.id, case.patient_id, work.now)
    if leave is not None and leave.break_glass >= guarded:
        return leave.purpose
    given = Grant.NO if guarded else require(work.person, Permission.OPEN_OUTSIDE_TEAM)
    if given not in (Grant.IN_A_CALL, Grant.YES) and not _registered_today(work, case):
        raise Refused("reason_to_break_glass" if guarded else "reason_to_open")
    return Purpose.IN_A_CALL.value if given is Grant.IN_A_CALL else None


def _standing_of(work: Work, case: Case) -> tuple[bool, bool]:
    """Whether the case is hers, and whether the patient is guarded.

    Hers: what she holds, also another case of the same patient; what is her team's, unless the patient is guarded.
    """
    person = work.person
    if Role.SYSTEM in person.roles or case.assignee_id == person.id:
        return True, False
    guarded = is_guarded(work.session, patient_of(work.session, case))
    if not guarded and case.team in person.teams:
        return True, False
    return holds_case_of(work.session, person.id, case.patient_id), guarded


def _give_leave(work: Work, case: Case, reason: str | None, *, guarded: bool) -> str | None:
    if guarded:
        _require_reason(reason, "reason_to_break_glass")
        if case.team not in work.person.teams:
            require(work.person, Permission.OPEN_OUTSIDE_TEAM)
        ends_at = work.now + timedelta(minutes=work.office.break_glass_minutes)
    else:
        match require(work.person, Permission.OPEN_OUTSIDE_TEAM):
            case Grant.YES:
                return purpose_of(reason)
            case Grant.WITH_REASON:
                _require_reason(reason, "reason_to_open")
            case Grant.IN_A_CALL if reason != Purpose.IN_A_CALL:
                raise Refused("only_in_a_call")
        ends_at = _end_of_day(work)
    return _keep(work, case, reason, ends_at, guarded=guarded)


def keep_open(work: Work, case: Case, reason: str) -> None:
    """Whoever has just sorted a case away from her team can still open it today, to put it right."""
    hers, guarded = _standing_of(work, case)
    if not hers and not guarded and grant(work.person.roles, Permission.OPEN_OUTSIDE_TEAM) is Grant.WITH_REASON:
        _keep(work, case, reason, _end_of_day(work), guarded=False)


def open_to_hand_out(work: Work, case: Case, reason: str | None) -> str:
    """What a protected person's name leaves the program for: asked of everybody and every time, also of the holder.

    It is listed to the supervisor like any break-glass opening.
    """
    _require_reason(reason, "reason_to_hand_out")
    hers, _guarded = _standing_of(work, case)
    if not hers and case.team not in work.person.teams:
        require(work.person, Permission.OPEN_OUTSIDE_TEAM)
    return _keep(work, case, reason, work.now + timedelta(minutes=work.office.break_glass_minutes), guarded=True)


def _keep(work: Work, case: Case, reason: str | None, ends_at: datetime, *, guarded: bool) -> str:
    """Writes the leave down; words of her own are sealed."""
    purpose = purpose_of(reason) or Purpose.STATED.value
    work.session.add(
        CaseOpening(
            id=new_key(work.now),
            staff_id=work.person.id,
            case_id=case.id,
            at=work.now,
            ends_at=ends_at,
            break_glass=guarded,
            purpose=purpose,
            reason_sealed=work.cipher.seal(REASON, (reason or "").strip()) if purpose == Purpose.STATED else None,
        )
    )
    return purpose


def _require_reason(reason: str | None, code: str) -> None:
    if not reason or not reason.strip():
        raise Refused(code)
    if len(reason) > LONGEST_REASON:
        raise BadInput("text_too_long", longest=LONGEST_REASON)


def _end_of_day(work: Work) -> datetime:
    return at(work.today + timedelta(days=1), datetime.min.time())


def _registered_today(work: Work, case: Case) -> bool:
    midnight = at(local_date(work.now), datetime.min.time())
    return registered_by(work.session, case.id, work.person.id, midnight)
