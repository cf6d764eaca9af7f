"""Treatment in another EU or EEA country: two tracks, and a medical question that no date can answer.

Source: directive 2011/24/EU articles 7-8, regulation 883/2004, sygehusbekendtgørelsen.
"""

from pkui.domain.rights.answers import Hint, Right
from pkui.domain.rights.facts import CaseKind
from pkui.domain.rights.sheet import Setting, Sheet, State


def check(setting: Setting) -> Hint | None:
    """The hint, or None where the case is not about care abroad."""
    if setting.facts.case_kind is not CaseKind.EU:
        return None
    sheet = Sheet(setting, Right.CROSS_BORDER)
    sheet.cites("Dir. 2011/24/EU art. 7-8", "Forordning 883/2004", "Sygehusbekendtgørelsen")
    sheet.get("case_kind")
    sheet.person()
    for name in ("offered_date", "public_wait_days", "informed_of_diagnosis_on"):
        sheet.get(name)
    sheet.clinical_reason("same_treatment_in_denmark")
    sheet.doubts("public_wait_days", "offered_date")
    sheet.note("timely_in_denmark")
    sheet.step("prior_authorisation")
    sheet.step("contact_points")
    return sheet.hint(State.MET)
