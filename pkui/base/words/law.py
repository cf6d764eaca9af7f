"""The numbers of the law in words: what each rule is about, and what it is counted in."""

from pkui.base.words import N_, _
from pkui.domain.rights.law import Unit

_RULES = {
    "assessment_right_somatic": N_("Assessment, somatic"),
    "assessment_right_psychiatry": N_("Assessment, psychiatry"),
    "assessment_right_child_psychiatry": N_("Assessment, child psychiatry"),
    "child_psychiatry_start": N_("Child psychiatry: start"),
    "young_adult_start": N_("18-24 years: treatment starts"),
    "young_adult_reply": N_("18-24 years: reply"),
    "duf_assessment": N_("Extended choice: assessment"),
    "duf_treatment_somatic": N_("Extended choice: treatment, somatic"),
    "duf_treatment_psychiatry": N_("Extended choice: psychiatry"),
    "duf_diagnostic": N_("Extended choice: examination"),
    "duf_changed_surgery_date": N_("Extended choice: changed date"),
    "information_duty": N_("Letter about rights"),
    "max_wait_notice": N_("Max. wait: notice to the patient"),
    "max_wait.first_exam": N_("Max. wait: first examination"),
    "max_wait.surgery": N_("Max. wait: surgery"),
    "max_wait.medical_first": N_("Max. wait: medicine first"),
    "max_wait.radiotherapy_first": N_("Max. wait: radiotherapy first"),
    "max_wait.after_treatment": N_("Max. wait: after-treatment"),
    "max_wait.left_main_by_angiography": N_("Max. wait, heart: left main"),
    "max_wait.documented_unstable_angina": N_("Max. wait, heart: unstable"),
    "max_wait.angina_after_infarction": N_("Max. wait, heart: infarction"),
    "transport_distance": N_("Transport: distance"),
    "transport_minimum_pensioner": N_("Transport: least fare, pensioner"),
    "transport_minimum_others": N_("Transport: least fare, others"),
    "complaint_treatment": N_("Complaint about treatment"),
    "complaint_rights": N_("Complaint about rights"),
    "compensation": N_("Compensation"),
    "compensation_drug": N_("Compensation, medicine"),
    "compensation_reopening": N_("Compensation: reopening"),
    "records_access_complaint": N_("Complaint about record access"),
    "dialogue_offer": N_("Offer of a dialogue"),
    "month": N_("A month, counted in days"),
}
_UNITS = {
    Unit.DAYS: N_("days"),
    Unit.WORKING_DAYS: N_("working days"),
    Unit.WEEKS: N_("weeks"),
    Unit.YEARS: N_("years"),
    Unit.KM: N_("km"),
    Unit.KRONER: N_("kroner"),
}


def rule_name(rule: str) -> str:
    """What a rule is about. Raises KeyError."""
    return _(_RULES[rule])


def unit_name(unit: str) -> str:
    """What a number of the law counts. Raises ValueError."""
    return _(_UNITS[Unit(unit)])
