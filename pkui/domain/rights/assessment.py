"""The right to rapid assessment (Sundhedsloven § 82 b): 30 days from receipt, a plan where that cannot be kept."""

from dataclasses import replace
from datetime import date

from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.counting import calendar_limit
from pkui.domain.rights.facts import MAX_WAIT_KINDS, CaseKind, HeartCondition, ReturnedReason, RightsFacts, Step
from pkui.domain.rights.law import Row
from pkui.domain.rights.sheet import Setting, Sheet, State

SOMATIC = "assessment_right_somatic"
PSYCHIATRY = "assessment_right_psychiatry"
CHILD = "assessment_right_child_psychiatry"
CHILD_START = "child_psychiatry_start"


def assessment_rules(sheet: Sheet) -> tuple[str, ...]:
    """The rules that may hold: one when it is known which, two while nobody knows whether it is psychiatry."""
    psychiatric = sheet.get("psychiatric")
    if psychiatric is False:
        return (SOMATIC,)
    at_childrens = sheet.get("child_psych_department")
    if at_childrens:
        return (CHILD,)
    if psychiatric is None:
        return (SOMATIC, PSYCHIATRY)
    age = sheet.get("age")
    child = at_childrens is None and age is not None and age < sheet.law.children_under
    return (CHILD,) if child else (PSYCHIATRY,)


def assessment_row(sheet: Sheet, start: date) -> Row | None:
    """The row of the day of receipt; None where none is known, or where two rules count differently.

    While nobody knows whether it is psychiatry, a right suspended for one of the two may have been suspended here.
    """
    rows = [_row(sheet, rule, start) for rule in assessment_rules(sheet)]
    known = [row for row in rows if row is not None]
    if len(known) < len(rows) or len({row.value for row in known}) > 1:
        sheet.lacks("psychiatric")
        if not known:
            sheet.review("no_row")
        return None
    suspended = [row for row in known if row.suspended]
    if 0 < len(suspended) < len(known):
        sheet.lacks("psychiatric")
    return (suspended or known)[0]


def _row(sheet: Sheet, rule: str, start: date) -> Row | None:
    """The rule's row; for children in psychiatry the final limit of the new rule once the office has confirmed it."""
    confirmed = sheet.law.in_force(CHILD_START, start) if rule == CHILD else None
    if confirmed is None:
        return sheet.law.in_force(rule, start)
    if not any(note.code == "start_within" for note in sheet.notes):
        sheet.note("start_within", days=confirmed.value)
    return replace(confirmed, value=confirmed.outer or confirmed.value, outer=None)


def referral_start(sheet: Sheet) -> date | None:
    """The day of receipt; with only the date printed in a letter, a provisional start."""
    received: date | None = sheet.get("referral_received")
    if received is None:
        sheet.lacks("referral_received")
        received = sheet.get("referral_date_in_letter")
        sheet.provisional = received is not None
    return received


def concerns(facts: RightsFacts) -> bool:
    """Whether the facts are about an assessment, alone or beside the maximum waiting times."""
    if facts.case_kind is CaseKind.ASSESSMENT:
        return True
    if not facts.known("referral_received", "referral_date_in_letter"):
        return False
    if facts.case_kind is None:
        return not facts.known("treatment_referred_on", "max_wait_step")
    if facts.case_kind not in MAX_WAIT_KINDS:
        return False
    later = facts.known("informed_of_diagnosis_on", "treatment_referred_on", "conference_decision_on")
    if facts.case_kind is CaseKind.MAX_WAIT_HEART or facts.heart_condition not in (None, HeartCondition.OTHER):
        return later or facts.assessment_plan_on is not None
    return later or facts.max_wait_step in (None, Step.FIRST_EXAM)


def check(setting: Setting) -> Hint | None:
    """The hint, or None where the facts are not about an assessment."""
    facts = setting.facts
    if not concerns(facts):
        return None
    sheet = Sheet(setting, Right.ASSESSMENT)
    sheet.cites("Sundhedsloven § 82 b, stk. 1")
    sheet.get("case_kind")
    sheet.lacks("case_kind")
    sheet.person()
    start = referral_start(sheet)
    row = assessment_row(sheet, start) if start else None
    if start is None or row is None or row.value is None:
        _earliest(sheet, start)
        return sheet.hint(State.UNKNOWN)
    sheet.row_reviews(row)
    limit = calendar_limit(start, row.value)
    sheet.deadline, sheet.count = limit.last, list(limit.rows)
    _own_delay(sheet)
    state = _read_clock(sheet, start, limit.last)
    _returned(sheet)
    if facts.case_kind is None:
        state = State.UNKNOWN
    _what_to_do(sheet, state)
    return sheet.hint(state)


def _earliest(sheet: Sheet, start: date | None) -> None:
    """While it is open which rule holds, the earliest of their limits is the day to act by."""
    rows = [_row(sheet, rule, start) for rule in assessment_rules(sheet)] if start is not None else []
    days = [row.value for row in rows if row is not None and row.value is not None]
    if start is not None and days:
        limit = calendar_limit(start, min(days))
        sheet.deadline, sheet.count = limit.last, list(limit.rows)


def _own_delay(sheet: Sheet) -> None:
    """The duty runs on while the patient cancels or is ill: said, never subtracted."""
    if sheet.setting.facts.postponements:
        sheet.get("postponements")
        sheet.note("duty_never_pauses")


def _returned(sheet: Sheet) -> None:
    """A referral sent back starts no clock (middling confidence); one declined without a check was a breach."""
    if sheet.get("referral_returned_on") is not None:
        reason = sheet.get("returned_reason")
        sheet.review("referral_returned", reason=reason.value if reason else None)
        if reason in (None, ReturnedReason.NOT_INDICATED):
            sheet.breached = False
    elif sheet.get("referral_accepted") is False:
        sheet.review("referral_not_accepted")
        sheet.breached = None


def _left_before(sheet: Sheet, last: date) -> bool:
    """Whether the patient gave up the course before the limit ran out: put off at own wish with no end."""
    found = sheet.setting.facts.postponements or ()
    return any(
        one.cause == "patient_wish" and one.end is None and one.start is not None and one.start <= last for one in found
    )


def _read_clock(sheet: Sheet, start: date, last: date) -> State:
    """Ends when the patient has been told the outcome; an offer or today past the last day shows it missed."""
    informed: date | None = sheet.get("informed_of_diagnosis_on")
    if informed is not None and informed < start:
        sheet.review("dates_out_of_order")
        return State.UNKNOWN
    offered: date | None = sheet.get("offered_date") if informed is None else None
    late_offer = offered is not None and offered > last
    missed = sheet.on > last or late_offer if informed is None else informed > last
    if informed is None and not late_offer:
        if missed:
            sheet.doubts("informed_of_diagnosis_on")
        sheet.doubts("offered_date")
    if not missed:
        sheet.breached = False if informed is not None else None
        return _within(sheet, informed)
    sheet.breached = True
    if sheet.setting.facts.referral_returned_on is None:
        sheet.doubts("referral_accepted")
    if informed is None and _left_before(sheet, last):
        sheet.breached = False
        sheet.review("left_before_limit")
    return _missed(sheet, last)


def _within(sheet: Sheet, informed: date | None) -> State:
    if informed is None:
        sheet.doubts("referral_accepted", "professional_reason_recorded")
        return State.OPEN
    if sheet.provisional:
        sheet.breached = None
        return State.UNKNOWN
    firm = not (sheet.reviews or sheet.late_reviews)
    return State.KEPT if firm else State.MET


def _missed(sheet: Sheet, last: date) -> State:
    """Past the limit only a professional reason excuses, and a plan must have been made within the same days."""
    sheet.cites("Sundhedsloven § 82 b, stk. 2")
    reason, plan = sheet.get("professional_reason_recorded"), sheet.get("assessment_plan_on")
    in_time = plan is not None and plan <= last
    if reason:
        sheet.breached = plan is not None and not in_time
        if in_time:
            sheet.bar("professional_reason")
        elif plan is None:
            sheet.clinical_reason("professional_reason_no_plan")
            sheet.names("assessment_plan_on")
        else:
            sheet.note("plan_late")
        return State.MET
    if reason is None and in_time:
        sheet.breached = False
        sheet.clinical_reason("plan_in_time")
    sheet.doubts("professional_reason_recorded")
    sheet.names("assessment_plan_on")
    return State.MET


def _what_to_do(sheet: Sheet, state: State) -> None:
    if state is State.OPEN:
        sheet.step("ask_for_date_inside_limit")
    elif state is State.MET:
        sheet.step("ask_for_plan")
        sheet.step("tell_of_complaint")
