"""Sentences about submissions: why one is parked or refused, where in the form, and how a case was sorted."""

import re

from pkui.base.words import N_, _
from pkui.domain.intake import ProblemCode
from pkui.domain.sorting import SortingReason

_PROBLEMS = {
    ProblemCode.TOO_LARGE: N_("The submission is larger than 25 MB."),
    ProblemCode.NOT_JSON: N_("The submission cannot be read as JSON."),
    ProblemCode.NOT_AN_OBJECT: N_("The submission is not a JSON object."),
    ProblemCode.DRAFT: N_("The submission is a draft; it comes again when it is completed."),
    ProblemCode.NOT_UTF8: N_("The submission holds characters that are not UTF-8."),
    ProblemCode.TOO_DEEP: N_("The submission is nested too deeply."),
    ProblemCode.DUPLICATE_KEY: N_("The same field stands twice in the submission."),
    ProblemCode.NOT_A_NUMBER: N_("The submission holds a number that is none (NaN or infinity)."),
    ProblemCode.UNKNOWN_SCHEMA: N_("The submission is written in a format that is not known here."),
    ProblemCode.OTHER_FORM: N_("The submission comes from another form than the mapping file speaks of."),
    ProblemCode.REQUIRED: N_("The field must be filled in."),
    ProblemCode.WRONG_TYPE: N_("The value is of a wrong kind."),
    ProblemCode.TOO_LONG: N_("The text is too long."),
    ProblemCode.TOO_MANY: N_("The list has too many entries."),
    ProblemCode.OUT_OF_RANGE: N_("The value is too small or too large."),
    ProblemCode.UNKNOWN_CODE: N_("The choice is not one of the known ones."),
    ProblemCode.UNKNOWN_TOPIC: N_("The topic is not known."),
    ProblemCode.INVALID_UUID: N_("The submission's number is not a UUID."),
    ProblemCode.INVALID_ID: N_("The name holds characters that are not allowed."),
    ProblemCode.INVALID_IDENTIFIER: N_("The CPR number or replacement number cannot be right."),
    ProblemCode.INVALID_FORMAT: N_("The value is not written as it should be."),
    ProblemCode.INVALID_DATE: N_("The date does not exist or cannot be read."),
    ProblemCode.INVALID_TIME: N_("The time does not exist or is not written as hours:minutes."),
    ProblemCode.INVALID_TIMESTAMP: N_("The date and time do not exist or cannot be read."),
    ProblemCode.OFFSET_MISSING: N_("The time zone is missing from the date and time."),
    ProblemCode.IN_THE_FUTURE: N_("The date and time lie in the future."),
    ProblemCode.INVALID_WEEKDAY: N_("The weekday must be a number from 1 to 7."),
    ProblemCode.ACROSS_MIDNIGHT_OR_EMPTY: N_("The call window must end after it starts, on the same day."),
    ProblemCode.PERIOD_REVERSED: N_("The period ends before it starts."),
    ProblemCode.INVALID_PHONE: N_("The phone number cannot be right."),
    ProblemCode.INVALID_EMAIL: N_("The e-mail address cannot be right."),
}

_SORTING = {
    SortingReason.NOT_ONE_COURSE: N_("not about one examination or treatment"),
    SortingReason.SEVERAL_SEGMENTS: N_("several segments"),
    SortingReason.UNCOMMON_AREA: N_("not a common area"),
    SortingReason.FACTS_MISSING: N_("facts are missing"),
    SortingReason.COMPLAINT: N_("a complaint"),
    SortingReason.ADDRESS_PROTECTED: N_("protected name and address"),
    SortingReason.CONSENT_MISSING: N_("consent is missing"),
    SortingReason.UNDER_18: N_("under 18"),
    SortingReason.AGE_UNKNOWN: N_("age unknown"),
    SortingReason.INTERPRETER: N_("interpreter needed"),
    SortingReason.PSYCHIATRY: N_("psychiatry"),
    SortingReason.FREE_CHOICE_USED: N_("free choice of hospital already used"),
    SortingReason.CLINICAL_LIMIT: N_("a clinical limit such as BMI or a pacemaker"),
    SortingReason.TEAM_MAXIMUM_WAITING_TIME: N_("goes to the team for maximum waiting times"),
    SortingReason.TEAM_HEALTH_RECORD: N_("goes to the team for health records"),
    SortingReason.TEAM_WORKING_GROUP: N_("goes to an open working group"),
}

_FIELDS = {
    "": N_("The whole submission"),
    "/schema": N_("Format"),
    "/submission_id": N_("Submission number"),
    "/source": N_("Sender"),
    "/source/system": N_("Sender's system"),
    "/source/form_id": N_("Form"),
    "/source/serial": N_("Serial number"),
    "/source/channel": N_("Channel"),
    "/source/entered_by": N_("Entered by"),
    "/received_at": N_("Received"),
    "/language": N_("Language"),
    "/patient": N_("Patient"),
    "/patient/identifier": N_("CPR number"),
    "/patient/identifier/type": N_("Kind of person number"),
    "/patient/identifier/value": N_("CPR number"),
    "/patient/name": N_("Patient's name"),
    "/patient/birth_date": N_("Date of birth"),
    "/patient/address": N_("Address"),
    "/patient/address/line": N_("Street and number"),
    "/patient/address/postcode": N_("Postcode"),
    "/patient/address/city": N_("City"),
    "/patient/address/municipality_code": N_("Municipality"),
    "/patient/address_protected": N_("Protected name and address"),
    "/patient/region_of_residence": N_("Region of residence"),
    "/representative": N_("Representative"),
    "/representative/name": N_("Representative's name"),
    "/representative/phone": N_("Representative's phone"),
    "/representative/relation": N_("Representative's relation"),
    "/representative/basis": N_("Representative's authority"),
    "/representative/custody": N_("Custody of the child"),
    "/representative/identifier": N_("Representative's CPR number"),
    "/representative/identifier/type": N_("Kind of the representative's person number"),
    "/representative/identifier/value": N_("Representative's CPR number"),
    "/contact": N_("Contact details"),
    "/contact/phone": N_("Phone"),
    "/contact/alternative_phone": N_("Other phone"),
    "/contact/email": N_("E-mail"),
    "/contact/digital_post": N_("Digital Post"),
    "/contact/sms_allowed": N_("Text messages allowed"),
    "/contact/interpreter_language": N_("Interpreter's language"),
    "/matter": N_("Enquiry"),
    "/matter/topic": N_("Topic"),
    "/matter/free_text": N_("The enquiry's own words"),
    "/matter/max_waiting_time_case": N_("Maximum waiting time"),
    "/referral": N_("Referral"),
    "/referral/hospital_text": N_("Hospital in the letter"),
    "/referral/department_text": N_("Department in the letter"),
    "/referral/treatment_text": N_("Treatment in the letter"),
    "/referral/treatment_code": N_("Treatment code"),
    "/referral/referral_date_in_letter": N_("Referral date in the letter"),
    "/referral/letter_date": N_("Date of the letter"),
    "/referral/appointment_date": N_("Appointment"),
    "/referral/appointment_changed_by_hospital": N_("Appointment changed by the hospital"),
    "/referral/preferred_providers": N_("Preferred places"),
    "/referral/preferred_providers/*": N_("Preferred place"),
    "/referral/max_distance_km": N_("Greatest distance"),
    "/referral/free_choice_already_used": N_("Free choice already used"),
    "/call_windows": N_("Call windows"),
    "/call_windows/*": N_("Call window"),
    "/call_windows/*/weekday": N_("Call window, weekday"),
    "/call_windows/*/from": N_("Call window, from"),
    "/call_windows/*/to": N_("Call window, to"),
    "/unavailable": N_("Periods of absence"),
    "/unavailable/*": N_("Period of absence"),
    "/unavailable/*/from": N_("Period of absence, from"),
    "/unavailable/*/to": N_("Period of absence, to"),
    "/reply_channel": N_("How to answer"),
    "/consents": N_("Consents"),
    "/consents/*": N_("Consent"),
    "/consents/*/type": N_("Consent, to what"),
    "/consents/*/given": N_("Consent, yes or no"),
    "/consents/*/mode": N_("Consent, spoken or written"),
    "/consents/*/given_at": N_("Consent, when"),
    "/attachments": N_("Attachments"),
    "/attachments/*": N_("Attachment"),
    "/attachments/*/id": N_("Attachment, number"),
    "/attachments/*/filename": N_("Attachment, file name"),
    "/attachments/*/media_type": N_("Attachment, kind of file"),
    "/attachments/*/size": N_("Attachment, size"),
    "/attachments/*/sha256": N_("Attachment, checksum"),
    "/attachments/*/fetch": N_("Attachment, sender's reference"),
}

_NUMBER = re.compile(r"/([0-9]+)(?=/|$)")


def problem_sentence(code: str) -> str:
    """What is wrong, as a sentence. Raises ValueError for a code there is no sentence for."""
    return _(_PROBLEMS[ProblemCode(code)])


def field_name(pointer: str) -> str:
    """The field a JSON pointer leads to, as people call it, with the entry's number where it is in a list.

    Raises KeyError for a pointer outside the format.
    """
    name = _(_FIELDS[_NUMBER.sub("/*", pointer)])
    entry = _NUMBER.search(pointer)
    return f"{name} ({int(entry[1]) + 1})" if entry else name


def problem_line(pointer: str, code: str) -> str:
    """Field and sentence in one line, for the list of parked submissions."""
    return _("{field}: {problem}").format(field=field_name(pointer), problem=problem_sentence(code))


def sorting_words(reasons: tuple[SortingReason, ...]) -> str:
    """Why a case is sorted as it is, in one line; empty for a simple case of the general team."""
    return ", ".join(_(_SORTING[reason]) for reason in reasons)
