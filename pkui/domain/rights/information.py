"""The duty to inform (Sundhedsloven § 90): within eight working days of each event that starts it.

Whether a Saturday, 24 December, 31 December or 5 June counts is not settled; the count flags such days.
"""

from datetime import date

from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.assessment import assessment_rules
from pkui.domain.rights.counting import working_limit
from pkui.domain.rights.extended_choice import BOTH_RULES, TREATMENT_RULES
from pkui.domain.rights.facts import HOSPITAL_KINDS, CaseKind, Cause, Place, RightsFacts
from pkui.domain.rights.law import ONE_DAY
from pkui.domain.rights.sheet import Setting, Sheet, State

RULE = "information_duty"


def check(setting: Setting) -> list[Hint]:
    """One hint for every event that starts the duty."""
    facts = setting.facts
    found = []
    if facts.case_kind is None or facts.case_kind in HOSPITAL_KINDS:
        found = [_referral(setting), _assessed(setting), _reinstated(setting)]
    found.insert(2, _changed(setting))
    return [hint for hint in found if hint is not None]


def _begin(setting: Setting, limb: str, paragraph: str = "stk. 1") -> Sheet:
    sheet = Sheet(setting, Right.INFORMATION_DUTY, limb)
    sheet.cites(f"Sundhedsloven § 90, {paragraph}")
    return sheet


def _referral(setting: Setting) -> Hint | None:
    """From receipt of the referral; the duty is tied to the first letter of a course."""
    if not setting.facts.known("referral_received", "referral_date_in_letter"):
        return None
    sheet = _begin(setting, "referral")
    start: date | None = sheet.get("referral_received")
    if start is None:
        sheet.lacks("referral_received")
        start = sheet.get("referral_date_in_letter")
        sheet.provisional = True
    first = sheet.get("first_letter")
    letter: date | None = None if first is False else sheet.get("info_letter_on")
    return _judge(sheet, start, letter)


def _assessed(setting: Setting) -> Hint | None:
    """From the day the patient has been assessed."""
    sheet = _begin(setting, "assessed")
    start: date | None = sheet.get("informed_of_diagnosis_on")
    return None if start is None else _judge(sheet, start, _letter_since(sheet, start))


def _changed(setting: Setting) -> Hint | None:
    """From the hospital's change of an operation date (stk. 2); the latest change counts."""
    changes = [
        change
        for change in setting.facts.surgery_date_history or ()
        if change.cause is Cause.HOSPITAL and change.changed_on is not None
    ]
    covered = [change for change in changes if change.at in (None, Place.REGIONAL)]
    days = [change.changed_on for change in covered or changes if change.changed_on is not None]
    if not days:
        return None
    sheet = _begin(setting, "changed_surgery_date", "stk. 2")
    sheet.get("surgery_date_history")
    if not covered:
        sheet.review("changed_elsewhere")
    start = max(days)
    return _judge(sheet, start, _letter_since(sheet, start))


def _reinstated(setting: Setting) -> Hint | None:
    """From the day a suspended right came back, for those who were waiting then."""
    facts = setting.facts
    sheet = _begin(setting, "reinstated")
    name, rules = _suspended_by(sheet, facts)
    start = getattr(facts, name) if name else None
    if name is None or start is None:
        return None
    backs = {_back_on(sheet, rule, start) for rule in rules}
    if backs == {None}:
        return None
    sheet.get(name)
    sheet.get("case_kind")
    if len(backs) > 1:
        sheet.lacks("psychiatric")
        return sheet.hint(State.UNKNOWN)
    back = backs.pop()
    ended = facts.real_treatment_started_on
    if facts.case_kind is CaseKind.ASSESSMENT:
        ended = facts.informed_of_diagnosis_on
    if back is None or (ended is not None and ended < back) or sheet.on < back:
        return None
    sheet.note("reinstated", on=back.isoformat())
    return _judge(sheet, back, _letter_since(sheet, back))


def _suspended_by(sheet: Sheet, facts: RightsFacts) -> tuple[str | None, tuple[str, ...]]:
    """The event and the rules by which the right of this case may have been suspended."""
    if facts.case_kind is CaseKind.TREATMENT or (facts.case_kind is None and facts.known("treatment_referred_on")):
        names = [name for name in ("treatment_referred_on", "informed_of_diagnosis_on") if facts.known(name)]
        psychiatric = sheet.get("psychiatric")
        rules = BOTH_RULES if psychiatric is None else TREATMENT_RULES[psychiatric]
        return (max(names, key=lambda name: getattr(facts, name)) if names else "referral_received"), rules
    if facts.case_kind is CaseKind.DIAGNOSTIC:
        return "referral_received", ("duf_diagnostic",)
    if facts.case_kind in (None, CaseKind.ASSESSMENT):
        return "referral_received", assessment_rules(sheet)
    return None, ()


def _back_on(sheet: Sheet, rule: str, day: date) -> date | None:
    """The day on which the right came back, when the rule was suspended that day."""
    row = sheet.law.in_force(rule, day)
    return row.end + ONE_DAY if row is not None and row.suspended and row.end is not None else None


def _letter_since(sheet: Sheet, start: date) -> date | None:
    """The letter's date, when it is not from before the event."""
    letter: date | None = sheet.get("info_letter_on")
    return letter if letter is not None and letter >= start else None


def _judge(sheet: Sheet, start: date, letter: date | None) -> Hint:
    row = sheet.law.in_force(RULE, start)
    if row is None or row.value is None:
        sheet.review("no_row")
        return sheet.hint(State.UNKNOWN)
    sheet.row_reviews(row)
    limit = working_limit(start, row.value, sheet.calendar, sheet.law)
    if limit is None:
        sheet.review("outside_calendar")
        return sheet.hint(State.UNKNOWN)
    sheet.deadline, sheet.count = limit.last, list(limit.rows)
    return sheet.hint(_state(sheet, limit.last, letter))


def _state(sheet: Sheet, last: date, letter: date | None) -> State:
    """Compares dates only; what the letter said is looked at by a person when it is known to be empty."""
    if letter is None:
        sheet.incomplete("info_letter_on")
        if sheet.on <= last:
            return State.OPEN
        sheet.breached = True
        sheet.step("ask_for_letter")
        return State.MET
    sheet.breached = letter > last
    if letter > last:
        sheet.step("tell_of_complaint")
        return State.MET
    if sheet.setting.facts.letter_content == ():
        sheet.get("letter_content")
        sheet.review("letter_says_nothing")
        return State.MET
    if sheet.provisional:
        sheet.breached = None
        return State.UNKNOWN
    unsure = any(one.code == "number_unsure" for one in sheet.late_reviews) or sheet.suspension_unsure
    return State.MET if unsure else State.KEPT
