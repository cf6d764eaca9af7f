"""Why a right was answered as it was, what the adviser does about it, and the rows of a count, in words."""

from datetime import date
from typing import Any

from pkui.base.words import N_, _
from pkui.base.words.rights_facts import field_name, in_figures
from pkui.domain.rights.answers import Reason

_REASONS = {
    "accepted_with_alternatives": N_("The patient chose a longer wait, and the alternatives stand in the record."),
    "acceptance_not_enough": N_("That the patient accepts a longer wait is not enough without recorded alternatives."),
    "acute_admission": N_("Free choice does not cover an acute admission."),
    "approved_hospitals_only": N_("Only hospitals approved for this level of specialisation can be chosen."),
    "bone_marrow": N_("Cancer that needs bone-marrow transplantation is outside the maximum waiting times."),
    "both_sides": N_("Referral and assessment fall on different sides of a change of the law."),
    "cancer_outside": N_("Skin cancer other than melanoma is outside the maximum waiting times."),
    "changed_by_patient": N_("The date was moved at the patient's wish or for the patient's health."),
    "changed_elsewhere": N_(
        "The date was changed at a partner or private hospital; whether that counts is not settled."
    ),
    "cosmetic": N_("A doctor must say whether the aim is cosmetic or treatment."),
    "custody": N_("Custody or placement may limit the choice; it must be looked at in the single case."),
    "dates_out_of_order": N_("The dates do not follow each other; check them."),
    "equal_waits": N_("The private wait is as long as the public one."),
    "excluded_treatment": N_("The treatment is outside the private choice; public hospitals can still be chosen."),
    "excluded_unsure": N_("The treatment may be outside the private choice."),
    "expiry_by_analogy": N_("Only the rule that moves an expiry off a weekend or holiday makes it in time."),
    "facts_disagree": N_("The facts do not agree: look at {field} again."),
    "free_choice_used": N_("Free choice was used before; the patient may have to be referred back home first."),
    "frontier_worker": N_("A frontier worker's rights lie with the region of the workplace."),
    "heart_outside": N_("Only three heart conditions have maximum waiting times."),
    "late_may_be_excused": N_("A late complaint may be accepted for special reasons."),
    "left_before_limit": N_("The patient seems to have left the course before the limit ran out."),
    "letter_says_nothing": N_("The letter says nothing about the rights."),
    "lodged_late": N_("It was received after the last day."),
    "minimum_not_verified": N_("The minimum fare for {year} is not verified; ask the transport office."),
    "mixed_postponements": N_("Both the patient and the hospital have put dates off."),
    "moved_earlier": N_("The operation was moved to an earlier date."),
    "no_agreement": N_("There is no agreement for this service."),
    "no_decision_no_limit": N_("Without a decision the four weeks have not begun."),
    "no_hospital_can": N_("No hospital with an agreement can do it."),
    "no_residence": N_("Without residence here the region must look at who is responsible."),
    "no_row": N_("The rule of that day is not known."),
    "no_show": N_("The patient did not come; whether that time counts is not settled."),
    "not_carried_out": N_("Transport is not paid when the treatment was not carried out."),
    "number_unsure": N_("The number of that day is not verified for certain."),
    "offer_refused": N_("A date within the limit was declined; there is no right to a new one within the limit."),
    "only_revascularisation": N_("For the heart only revascularising treatment has maximum waiting times."),
    "other_region": N_("The patient lives in another region, whose responsibility it may be."),
    "outside_calendar": N_("Public holidays are not known for that year."),
    "partner_in_time": N_("A partner hospital can do it within the limit ({days} days' wait)."),
    "partner_wait_of_unknown_day": N_("The limit has passed; check whether the partner could have done it in time."),
    "plan_in_time": N_("A plan was made in time; a doctor must say whether the longer time was professionally needed."),
    "plan_late": N_("There is a professional reason, but the plan came after the limit."),
    "postponed_under_max_wait": N_("A date was put off at the patient's wish or for the patient's health."),
    "postponement_unclear": N_("A postponement lacks its cause or its days."),
    "private_maybe_slower": N_("The private wait may be longer than the public one."),
    "private_slower": N_("The private wait ({private} days) is longer than the public one ({public} days)."),
    "professional_reason": N_("The record states a professional reason."),
    "professional_reason_no_plan": N_("The record states a professional reason, but no plan is known."),
    "referral_not_accepted": N_("The referral was not accepted; a refusal without a proper check can be a breach."),
    "referral_returned": N_("The referral was sent back, which probably starts no limit."),
    "refusal_needs_comparison": N_(
        "A department may refuse only after comparing: its wait must be considerably longer than others'."
    ),
    "reinstated": N_("The right came back on {on}."),
    "same_treatment_in_denmark": N_("A doctor must say whether the same or a similar treatment is given in Denmark."),
    "severity": N_("A doctor must say whether the illness is serious (30 days) or less serious (60 days)."),
    "sources_differ": N_("The sources differ between 14 and 28 days for after-treatment."),
    "start_within": N_("The assessment itself must begin within {days} days of the referral."),
    "start_from_suspicion": N_("The limit may run from the answer that raised the suspicion."),
    "step_does_not_fit": N_("The step does not belong to a cancer course."),
    "suspended": N_("The right was suspended on that day."),
    "suspension_unsure": N_("The right was probably suspended on that day, but decisions have gone the other way."),
    "timely_in_denmark": N_("Authorisation may be refused when the region offers the treatment in time."),
    "transport_cap": N_("The payment is at most what the trip to the region's own hospital would have cost."),
    "transport_free_choice": N_("At the hospital the region would have used the conditions are not met."),
    "transport_not_met": N_("The conditions or the minimum fare are not met."),
    "transport_private": N_("Transport to a private hospital must be agreed with the transport office."),
    "duty_never_pauses": N_("The hospital's 30 days run on although the patient put dates off or was ill."),
}
_STEPS = {
    "ask_for_date_inside_limit": N_("Ask the department for a date inside the limit."),
    "ask_for_letter": N_("Ask the department for the letter about rights."),
    "ask_for_plan": N_("Ask for the assessment plan."),
    "call_coordinator": N_("Call the pathway coordinator today."),
    "contact_points": N_(
        "General advice: International Sygesikring at the Patient Safety Authority; § 51 a names the Complaints Agency."
    ),
    "department_forwards": N_("The department can forward the referral itself."),
    "duty_to_act": N_("The region must itself find a concrete offer elsewhere, and note it in the record."),
    "lodge_now": N_("A complaint counts as lodged on the day the Patient Office receives it."),
    "lodged_here": N_("It counts as lodged on the day the Patient Office received it."),
    "prior_authorisation": N_("Ask for prior authorisation for a night's stay or highly specialised care."),
    "send_complete_referral": N_("Send the complete referral at once."),
    "tell_of_complaint": N_("Tell of complaint and compensation."),
    "tell_of_transport": N_("Tell what it means for transport."),
    "transport_office": N_("The transport office decides."),
}
_COUNT = {
    "day_zero": N_("day 0"),
    "doubtful_working_day": N_("counted as a working day; this is not settled"),
    "expiry_moved": N_("moved to the next day that a limit can end on"),
    "from_decision": N_("the decision was received"),
    "from_event": N_("the event; the absolute limit"),
    "from_known": N_("the patient knew"),
    "last_day": N_("last day"),
    "last_day_month_differs": N_("last day; one month would end on {on}, 30 days are used"),
    "last_working_day": N_("last day"),
    "other_limit": N_("the other limit"),
    "pause_begins": N_("{days} days put off by the patient begin; not counted"),
    "pause_ends": N_("counting goes on"),
    "public_holiday": N_("public holiday, not counted"),
    "saturday": N_("Saturday, not counted; this is not settled"),
    "sunday": N_("Sunday, not counted"),
    "working_day": N_("working day"),
}


def reason_words(reason: Reason) -> str:
    """Why, as a sentence. Raises KeyError for a code there is no sentence for."""
    return _(_REASONS[reason.code]).format(**_shown(reason))


def step_words(step: Reason) -> str:
    """What to do, as a sentence. Raises KeyError."""
    return _(_STEPS[step.code]).format(**_shown(step))


def count_note(note: Reason) -> str:
    """What a row of a count is. Raises KeyError."""
    return _(_COUNT[note.code]).format(**_shown(note))


def _shown(reason: Reason) -> dict[str, Any]:
    """Parameters as people read them: dates in figures, fields by name."""
    shown: dict[str, Any] = {}
    for name, value in reason.params.items():
        if name == "on":
            shown[name] = in_figures(date.fromisoformat(value))
        elif name == "field":
            shown[name] = field_name(value)
        else:
            shown[name] = value
    return shown
