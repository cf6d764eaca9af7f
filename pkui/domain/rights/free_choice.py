"""The free choice of a public hospital (Sundhedsloven § 86): at any time, whatever the waiting time."""

from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.facts import HOSPITAL_KINDS, Custody, SpecialtyLevel
from pkui.domain.rights.sheet import Setting, Sheet, State

_SIGNS = ("referral_received", "referral_date_in_letter", "treatment_referred_on", "informed_of_diagnosis_on")


def check(setting: Setting) -> Hint | None:
    """The hint, or None where nobody is referred to a hospital."""
    facts = setting.facts
    if facts.case_kind not in HOSPITAL_KINDS and not (facts.case_kind is None and facts.known(*_SIGNS)):
        return None
    sheet = Sheet(setting, Right.FREE_CHOICE)
    sheet.cites("Sundhedsloven § 86, stk. 1")
    sheet.get("case_kind")
    sheet.lacks("case_kind")
    if sheet.get("acute_admission"):
        sheet.bar("acute_admission")
    custody = sheet.get("custodial_status")
    if custody not in (None, Custody.NONE):
        sheet.cites("Sundhedsloven § 86, stk. 3")
        sheet.review("custody")
    if sheet.get("referral_accepted") is False:
        sheet.review("referral_not_accepted")
    level = sheet.get("specialty_level")
    if level not in (None, SpecialtyLevel.MAIN):
        sheet.note("approved_hospitals_only")
    sheet.doubts("acute_admission", "specialty_level")
    sheet.note("refusal_needs_comparison")
    sheet.cites("Sundhedsloven § 86, stk. 2")
    sheet.step("department_forwards")
    sheet.step("tell_of_transport")
    return sheet.hint(State.UNKNOWN if facts.case_kind is None else State.MET)
