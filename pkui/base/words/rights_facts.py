"""The facts that rights are decided on, in words: their names, the questions that settle them, and their values."""

import re
from datetime import date
from typing import Any

from pkui.base.words import N_, _, language
from pkui.domain.rights.facts import AskedOf

_NAMES = {
    "case_kind": N_("what the case is about"),
    "referral_received": N_("the day the hospital received the referral"),
    "referral_date_in_letter": N_("the referral date in the letter"),
    "free_choice_already_used": N_("whether free choice has been used before"),
    "referral_accepted": N_("whether the referral was accepted"),
    "referral_returned_on": N_("the day the referral was sent back"),
    "returned_reason": N_("why the referral was sent back"),
    "residence_region": N_("the region of residence"),
    "frontier_worker": N_("whether the patient is a frontier worker"),
    "eu_person_without_residence": N_("whether the patient is from the EU without residence here"),
    "specialty": N_("the specialty"),
    "psychiatric": N_("whether it is psychiatry"),
    "age": N_("the age"),
    "child_psych_department": N_("whether it is child and adolescent psychiatry"),
    "specialty_level": N_("the level of specialisation"),
    "excluded_treatment": N_("whether the treatment is outside the private choice"),
    "custodial_status": N_("whether the patient is in custody or placed"),
    "acute_admission": N_("whether the admission is acute"),
    "informed_of_diagnosis_on": N_("the day the patient was told the result of the assessment"),
    "treatment_referred_on": N_("the day of the referral to treatment"),
    "consent_on": N_("the day the patient consented"),
    "conference_decision_on": N_("the day of the conference's decision"),
    "fit_for_treatment_on": N_("the day the patient was fit for treatment"),
    "offered_date": N_("the date offered"),
    "offered_at": N_("where the date is"),
    "offered_by": N_("whose offer the date is"),
    "real_treatment_started_on": N_("the day treatment really began"),
    "partner_wait_days": N_("the wait at a partner hospital"),
    "private_wait_days": N_("the wait at the private hospital"),
    "public_wait_days": N_("the wait at the public hospital"),
    "agreement_exists": N_("whether there is an agreement for this service"),
    "agreement_hospital_can_do_it": N_("whether a hospital with an agreement can do it"),
    "postponements": N_("postponements and their causes"),
    "surgery_date_history": N_("changes of the operation date, with cause and place"),
    "professional_reason_recorded": N_("whether the record states a professional reason"),
    "professional_reason_text": N_("the professional reason in the record"),
    "assessment_plan_on": N_("the day of the assessment plan"),
    "info_letter_on": N_("the date of the letter about rights"),
    "first_letter": N_("whether it was the first letter"),
    "letter_content": N_("what the letter said"),
    "cancer_suspicion_on": N_("the day cancer was suspected"),
    "cancer_type": N_("the type of cancer"),
    "bmt_required": N_("whether bone-marrow transplantation is needed"),
    "recurrence": N_("whether it is a recurrence"),
    "heart_condition": N_("the heart condition"),
    "max_wait_step": N_("the step of the course"),
    "concrete_alternatives_recorded": N_("whether the record states concrete alternatives"),
    "patient_accepted_longer": N_("whether the patient accepted a longer wait"),
    "offer_within_limit_refused": N_("whether an offer within the limit was refused"),
    "social_pension": N_("whether the patient has a social pension"),
    "distance_km_chosen": N_("the distance to the chosen hospital"),
    "distance_km_visitation": N_("the distance to the hospital the region would have used"),
    "fare_chosen": N_("the return fare to the chosen hospital"),
    "fare_visitation": N_("the return fare to the hospital the region would have used"),
    "recalled_ambulant": N_("whether the patient was called back for ambulant treatment"),
    "cannot_use_public_transport": N_("whether health rules out bus and train"),
    "referred_by_region": N_("whether the region chose the hospital"),
    "treatment_carried_out": N_("whether the treatment was carried out"),
    "visit_date": N_("the day of the visit"),
    "decision_received_on": N_("the day the decision was received"),
    "event_on": N_("the day of the event"),
    "known_on": N_("the day the patient knew of it"),
    "harm_caused_on": N_("the day the harm was caused"),
    "received_by_patientkontor_on": N_("the day the Patient Office received it"),
}
_QUESTIONS = {
    "case_kind": N_("What is it about: assessment, treatment, an examination, transport, the EU or a complaint?"),
    "referral_received": N_("On which day did the hospital receive the referral?"),
    "referral_date_in_letter": N_("Which referral date is printed in your letter?"),
    "free_choice_already_used": N_("Have you used free choice in this course before?"),
    "referral_accepted": N_("Has the department accepted the referral?"),
    "referral_returned_on": N_("On which day was the referral sent back?"),
    "returned_reason": N_("Why was the referral sent back?"),
    "residence_region": N_("In which region are you registered as living?"),
    "frontier_worker": N_("Do you live in one country and work in another?"),
    "eu_person_without_residence": N_("Are you insured in another EU country without living here?"),
    "specialty": N_("Which specialty is it?"),
    "psychiatric": N_("Is it psychiatry?"),
    "age": N_("How old are you?"),
    "child_psych_department": N_("Is it a department of child and adolescent psychiatry?"),
    "specialty_level": N_("At which level may it be done: main, regional or highly specialised function?"),
    "excluded_treatment": N_("Is it a treatment outside the private choice, such as fertility or cosmetic treatment?"),
    "custodial_status": N_("Are you in prison, in custody or placed in an institution?"),
    "acute_admission": N_("Were you admitted acutely?"),
    "informed_of_diagnosis_on": N_("On which day were you told the result of the assessment?"),
    "treatment_referred_on": N_("On which day was the referral to treatment received?"),
    "consent_on": N_("On which day did you say yes to the treatment?"),
    "conference_decision_on": N_("On which day did the conference decide on the treatment?"),
    "fit_for_treatment_on": N_("On which day was the patient reported fit for treatment?"),
    "offered_date": N_("Which date have you been offered?"),
    "offered_at": N_("At which hospital is the date?"),
    "offered_by": N_("Who gave the date: your own region, another region, a partner or a private hospital?"),
    "real_treatment_started_on": N_("On which day did the treatment itself begin?"),
    "partner_wait_days": N_("How many days is the wait at the partner hospital?"),
    "private_wait_days": N_("How many days is the wait at the private hospital?"),
    "public_wait_days": N_("How many days is the wait at the public hospital?"),
    "agreement_exists": N_("Is there an agreement for exactly this service?"),
    "agreement_hospital_can_do_it": N_("Is there a hospital with an agreement that can and will do it?"),
    "postponements": N_("Has a date been put off: when, until when, and why?"),
    "surgery_date_history": N_("Who changed the date of the operation, when, and at which hospital?"),
    "professional_reason_recorded": N_("Does the record state a professional reason for the longer time?"),
    "professional_reason_text": N_("What reason does the record state?"),
    "assessment_plan_on": N_("Is there an assessment plan in the record, and from which day?"),
    "info_letter_on": N_("What is the date of the letter about your rights?"),
    "first_letter": N_("Was it the first letter of the course?"),
    "letter_content": N_("What does the letter say about your rights?"),
    "cancer_suspicion_on": N_("On which day was cancer suspected?"),
    "cancer_type": N_("Which type of cancer is it?"),
    "bmt_required": N_("Is bone-marrow transplantation needed?"),
    "recurrence": N_("Is it a suspected recurrence?"),
    "heart_condition": N_("Which heart condition does the record state?"),
    "max_wait_step": N_("Which step is it: first examination, surgery, medicine, radiotherapy or after-treatment?"),
    "concrete_alternatives_recorded": N_("Does the record state which concrete alternatives were offered?"),
    "patient_accepted_longer": N_("Have you agreed to wait longer?"),
    "offer_within_limit_refused": N_("Have you declined a date within the limit?"),
    "social_pension": N_("Do you receive old-age pension or early retirement pension?"),
    "distance_km_chosen": N_("How many kilometres is it to the hospital, one way?"),
    "distance_km_visitation": N_("How many kilometres is it to the hospital the region would have used?"),
    "fare_chosen": N_("What does the return trip by bus or train cost?"),
    "fare_visitation": N_("What does the return trip to the hospital the region would have used cost?"),
    "recalled_ambulant": N_("Were you called back to the hospital for ambulant treatment?"),
    "cannot_use_public_transport": N_("Is it assessed that the patient cannot use bus or train for health reasons?"),
    "referred_by_region": N_("Did the region itself refer to that hospital?"),
    "treatment_carried_out": N_("Was the treatment carried out?"),
    "visit_date": N_("On which day was the visit?"),
    "decision_received_on": N_("On which day did you receive the decision?"),
    "event_on": N_("On which day did it happen?"),
    "known_on": N_("On which day did you find out?"),
    "harm_caused_on": N_("On which day was the harm done?"),
    "received_by_patientkontor_on": N_("On which day did the Patient Office receive it?"),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ASKED_OF = {
    AskedOf.PATIENT: N_("Ask the patient"),
    AskedOf.DEPARTMENT: N_("Ask the department"),
    AskedOf.RECORD: N_("Look in the record"),
}
_FAULTS = {
    "not_a_date": N_("write a date as YYYY-MM-DD"),
    "not_a_list": N_("must be a list"),
    "not_a_number": N_("must be a number"),
    "not_a_text": N_("must be a text"),
    "not_a_whole_number": N_("must be a whole number"),
    "not_an_object": N_("must be an object"),
    "not_json": N_("the file is not JSON"),
    "not_true_or_false": N_("must be true or false"),
    "out_of_range": N_("the value is too small or too large"),
    "twice": N_("the name is there twice"),
    "unknown_name": N_("no field has that name"),
    "unknown_value": N_("the field has no such value"),
    "ends_before_it_starts": N_("the end is before the start"),
    "missing": N_("the field is missing"),
    "not_utf8": N_("the file is not UTF-8 text"),
    "not_toml": N_("the file is not TOML"),
    "overlaps": N_("the row begins before the one before it has ended"),
    "undeclared_gap": N_("there are days without a row; declare them as a gap"),
    "unknown_confidence": N_("the confidence must be H, M or L"),
    "unknown_rule": N_("no rule has that id"),
    "unknown_unit": N_("the unit is not known"),
    "rule_missing": N_("a rule that the program counts with is missing"),
}


def in_figures(day: date) -> str:
    """A date as `plain_date` writes it, without CLDR's data, which take longer to load than every rule to answer."""
    return f"{day.day}.{day.month}.{day.year}" if language() == "da" else f"{day:%d/%m}/{day.year}"


def field_name(field: str) -> str:
    """The name of a fact. Raises KeyError."""
    return _(_NAMES[field])


def question(field: str) -> str:
    """The question that settles a fact, as it is put to the one who can answer. Raises KeyError."""
    return _(_QUESTIONS[field])


def asked_of_words(who: AskedOf) -> str:
    """The heading over the questions to one party."""
    return _(_ASKED_OF[who])


def rights_fault(code: str) -> str:
    """What is wrong at a place of the facts or of the law. Raises KeyError."""
    return _(_FAULTS[code])


def has_fault(code: str) -> bool:
    """Whether the code is a fault of facts or law."""
    return code in _FAULTS


def value_words(value: Any) -> str:
    """A fact's value as people read it: a date in figures, yes or no, a list by its length."""
    if value is None:
        return _("unknown")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value_words(one) for one in value)
    if isinstance(value, dict):
        return " ".join(value_words(one) for one in value.values() if one is not None)
    return _day_or_text(str(value))


def _day_or_text(text: str) -> str:
    if not _DAY.fullmatch(text):
        return text
    try:
        return in_figures(date.fromisoformat(text))
    except ValueError:
        return text
