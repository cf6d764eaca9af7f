"""What a refusal says to a person: one sentence that names the rule, and the next step."""

from datetime import date, datetime, time
from typing import Any

from pkui.base.errors import PkuiError
from pkui.base.words import N_, _, errors_access, errors_database, errors_people, errors_security, errors_texts
from pkui.base.words.callbacks import has_instance_problem, instance_problem
from pkui.base.words.codes import permission
from pkui.base.words.phone_book import phone_column
from pkui.base.words.providers import catalogue_problem, has_catalogue_problem
from pkui.base.words.rights_facts import has_fault, rights_fault

_MESSAGES = {
    **errors_access.MESSAGES,
    **errors_database.MESSAGES,
    **errors_people.MESSAGES,
    **errors_security.MESSAGES,
    **errors_texts.MESSAGES,
    "adviser_away": N_("{adviser} is away at that time."),
    "adviser_not_at_work": N_("{adviser} is not at work, or on a break, for all of that time."),
    "agreement_ended": N_("The agreement with this place has ended; nothing new can be sent there."),
    "another_person": N_("Case {queue_number} is of another person; only cases of one person are the same enquiry."),
    "approval_needed": N_(
        "A temporary colleague's first courses are sent once a colleague has approved them; ask one to open the case."
    ),
    "approved_by_another": N_("A colleague approves what you asked about; ask one to look at the course."),
    "answer_needed": N_("Write the answer."),
    "ask_somebody_else": N_("You cannot ask yourself; choose a colleague."),
    "attempts_used": N_(
        "The patient has been tried {count} times, as often as she is tried; write, or agree a time with her."
    ),
    "area_needed": N_("It is not known which area the case is about; name a service."),
    "away_already": N_("{name} is reported away at that time already."),
    "bad_absence": N_("Row {row}: the absence needs a kind, a start with time zone and an end after it."),
    "bad_call_times": N_("Those are no call times; write for example: ma 9-11.30, to 13-15"),
    "bad_away_days": N_("The last day comes before the first, or half a day was asked of several."),
    "bad_catalogue": N_("The catalogue cannot be used. At {pointer}: {problem}."),
    "bad_choice": N_("{parameter} takes one of these: {choices}. `{command} --help` explains them."),
    "bad_cursor": N_("The place to go on from is not one this command gave; start again without --after."),
    "bad_database_url": N_("The database address cannot be used; write sqlite:///FILE or postgresql://HOST/NAME."),
    "bad_fact": N_("The value is not one the fact can take; write {kind}."),
    "bad_facts": N_("The facts cannot be used. At {pointer}: {problem}."),
    "bad_feed_address": N_("The catalogue's address cannot be used; it must begin with https:// and hold no password."),
    "bad_instance": N_("The instance cannot be used. At {pointer}: {problem}."),
    "bad_key_file": N_("The key file cannot be used; it must hold 64 hexadecimal digits and be readable for you."),
    "bad_keymap": N_("The keymap in pkui.toml is wrong at {what}; `pkui keys --check` says why."),
    "bad_law": N_("The numbers of the law cannot be used. At {pointer}: {problem}."),
    "bad_law_value": N_("The number cannot be used; choose a rule of the list and write a whole number from 0."),
    "bad_mapping": N_("The mapping file cannot be used; what stands at '{place}' is wrong."),
    "bad_number_of_cases": N_("The number of cases must be 1 or more."),
    "bad_office_setting": N_("{key} cannot take that value; write {kind}."),
    "bad_on": N_("Write the day as YYYY-MM-DD."),
    "bad_parameter": N_("{parameter} cannot take that value; `{command} --help` shows what it takes."),
    "bad_phone": N_("The phone number cannot be right; write eight digits, or + and the country code."),
    "bad_postcodes": N_("The file of postcodes cannot be used; line {line} is wrong (postcode,name,lat,lon)."),
    "bad_role": N_("Row {row}: the role is not one of the known ones."),
    "bad_role_name": N_("The role's name must be small letters, digits and _, and begin with a letter."),
    "bad_setting": N_("The setting {setting} cannot be used; correct it in pkui.toml, the environment or the command."),
    "bad_settings_file": N_("The settings file {file} cannot be read; correct it or move it away."),
    "bad_shift": N_("Row {row}: the shift needs a day, and an end after its start."),
    "bad_staff_date": N_("Row {row}: a date does not exist or is not written as year-month-day."),
    "bad_staff_file": N_("The file of people cannot be read; `pkui staff import --help` shows what it must hold."),
    "bad_staff_row": N_(
        "Row {row}: something is missing or of a wrong kind; `pkui staff import --help` shows the format."
    ),
    "bad_team_code": N_("A working group's code is 1-40 small letters and digits, and not one of the standing teams."),
    "bad_team": N_("Row {row}: the team is not known; open it in the same file or leave it out."),
    "bad_username": N_("Row {row}: a username is 1-40 small letters, digits, dots or hyphens, and not taken by pkui."),
    "bad_usage": N_("The command cannot be used that way; `{command} --help` shows how."),
    "booked_already": N_(
        "{by} has booked a call with the patient for {at} (case {queue_number}); move or cancel that one."
    ),
    "busy": N_("Other desks are writing at the moment; nothing was changed. Try again."),
    "catalogue_changed": N_("The catalogue has changed since the preview; look at it again."),
    "catalogue_far_smaller": N_(
        "The new catalogue has less than a tenth of the rows; it was not taken in. Look at it first."
    ),
    "catalogue_too_large": N_("The catalogue is larger than this program takes in."),
    "class_1_is_never_simple": N_("A case about maximum waiting times is never simple."),
    "choose_cases": N_("Choose between 1 and {most} cases."),
    "closed": N_("Case {queue_number} is closed; reopen it first."),
    "closed_day": N_("The office is closed on {on}."),
    "colleague_absent": N_("The colleague is away; choose somebody who is present."),
    "colleague_may_not": N_("The colleague may not work on this case; choose somebody else."),
    "confirmed_date_needed": N_("Say which date the new place has confirmed."),
    "consent_needed": N_(
        "No consent to passing on health information stands on the case; ask the patient and record it."
    ),
    "database_newer": N_("The database is newer ({at}) than this program ({knows}); install the newest pkui."),
    "database_older": N_("The database is older ({at}) than this program ({needs}); run `pkui db upgrade`."),
    "covers_herself": N_("Nobody stands in for herself; choose others."),
    "day_in_the_future": N_("{on} has not come yet; choose a day up to today."),
    "day_in_the_past": N_("{on} has passed; choose a day from today on."),
    "disk_full": N_("The disk of the database is full; nothing was changed. Make room, then try again."),
    "enquiry_incomplete": N_("The enquiry cannot be registered yet; what is marked is missing or cannot be right."),
    "feed_down": N_("The catalogue's server does not answer; the last good catalogue stays in use."),
    "feed_redirects": N_(
        "The catalogue's server points to another address; correct catalogue_url. The old one stays in use."
    ),
    "feed_refuses": N_("The catalogue's server does not accept the key; the last good catalogue stays in use."),
    "feed_slow": N_("The catalogue's server is too slow; the last good catalogue stays in use."),
    "feed_too_large": N_(
        "The catalogue's server sends more than a catalogue can hold; the last good one stays in use."
    ),
    "feed_truncated": N_("The catalogue came broken off; the last good one stays in use."),
    "feed_wrong_type": N_(
        "The catalogue's server sent something that is no JSON; the last good catalogue stays in use."
    ),
    "follow_up_in_the_past": N_("{on} has passed; choose a follow-up date from today on."),
    "follow_up_on_a_closed_day": N_("The office is closed on {on}; the next working day is {next}."),
    "foreign_keys_broken": N_("Rows of the database point at nothing; the upgrade was taken back. Restore a backup."),
    "forwarded_to_needed": N_("Say to whom the case was forwarded."),
    "held": N_("{by} works on case {queue_number}, until {until} if nothing more is heard; take over with a reason."),
    "holds_data": N_("The database holds people or cases already; choose another address, or add --reset."),
    "internal": N_("Something went wrong in the program; nothing was changed. Reference: {reference}"),
    "interrupted": N_("Stopped; what was not finished was taken back."),
    "key_file_missing": N_("The key file that PKUI_KEY_FILE names is not there; correct the name or bring the file."),
    "mapping_needed": N_("Submissions of os2forms need --mapping with the file that says which field is which."),
    "merged": N_("Case {queue_number} is part of case {into}; write there, or split them first."),
    "lane_uncovered": N_("On {on} nobody would be there for the maximum waiting times; these could take it: {names}."),
    "message_needed": N_("Write a message to the colleague."),
    "missing_parameter": N_("{parameter} is missing; `{command} --help` shows what the command needs."),
    "no_agreement": N_("There is no such agreement in force."),
    "no_colleague_there": N_("Only a question to a colleague names one."),
    "no_answer": N_("The database server does not answer; nothing was changed. It is asked again by itself."),
    "no_case": N_("There is no case with that number; check it and try again."),
    "no_database": N_("There is no database there yet; make one with `pkui db init`, or open `pkui demo`."),
    "no_feed": N_("No address for the catalogue is set; write catalogue_url in pkui.toml or set PKUI_CATALOGUE_URL."),
    "no_file": N_("A file that was named is not there or cannot be read; check the name."),
    "no_key": N_("The database's key was not found; name its file in PKUI_KEY_FILE."),
    "no_list": N_("The catalogue has no such list."),
    "no_open_question": N_("No question about case {queue_number} waits for an answer."),
    "no_provider": N_("There is no such place of treatment in the catalogue."),
    "no_relation": N_("The place has no agreement for this area, region and day."),
    "no_segment": N_("The case has no such course."),
    "no_server": N_("No database server answers at that address; check that it runs and that the address is right."),
    "no_service": N_("There is no such service in the catalogue."),
    "no_such_check": N_("There is no such item on the list."),
    "no_such_hint": N_("The case has no such hint."),
    "no_such_person": N_("Nobody here has that username; `pkui staff list` shows them."),
    "no_such_team": N_("There is no such team open today; `pkui team list` shows them."),
    "no_such_option": N_("The command has no such option; `{command} --help` shows them."),
    "no_window": N_("The patient has chosen no call times; agree a time with her."),
    "no_window_that_day": N_("The patient has chosen no call time on that weekday ({on})."),
    "nobody_rings": N_("Nobody here may ring about this case."),
    "not_a_database": N_("The file is no database that pkui can read; check the address."),
    "not_allowed": N_("Your role may not {permission}; ask a colleague who may."),
    "not_an_object": N_("What was given is no JSON object."),
    "not_away": N_("{name} is not reported away now."),
    "not_booked": N_("Case {queue_number} has no call booked."),
    "not_closed": N_("Case {queue_number} is open already."),
    "not_merged": N_("Case {queue_number} is not merged with any other."),
    "not_for_this_duty": N_("The duty of day coordinator is for advisers and secretaries."),
    "not_ours": N_("The database holds tables of another program; choose an empty one."),
    "not_parked": N_("The submission does not wait any more; a colleague may have completed it."),
    "not_signed_in": N_("Nobody is signed in; `pkui sign-in` signs in for commands."),
    "not_text": N_("What was given is not readable text; it must be UTF-8."),
    "not_training": N_("The database is no training database and is left alone; choose another address."),
    "not_yours": N_("Case {queue_number} is not yours; take it first."),
    "nothing_to_approve": N_("No course of case {queue_number} waits for approval."),
    "nothing_to_end": N_("The place has no agreement that could end."),
    "no_moves_to_undo": N_("No cases were moved today."),
    "held_already": N_("Case {queue_number} is kept already."),
    "not_held": N_("Nothing keeps case {queue_number} beyond its time."),
    "no_such_consent": N_("The case has no such consent."),
    "withdrawn_already": N_("The consent was withdrawn before."),
    "no_such_note": N_("The note to be corrected is not on this case."),
    "bad_days": N_("The days do not fit: give a last day that is not past."),
    "not_waiting": N_("Case {queue_number} waits for nobody any more; look at the list again."),
    "nothing_to_take_back": N_("There is no report of today about {name} to take back."),
    "nothing_to_undo": N_("There is no plan to take back."),
    "now_on_real_database": N_("PKUI_NOW is for training databases only; unset it and try again."),
    "off_the_grid": N_("A call begins on a whole five minutes."),
    "only_in_a_call": N_("Outside your own team you may open a case only while somebody calls about it."),
    "other_kind": N_("The database is of another kind ({kind}) and is left alone; choose another address."),
    "outside_call_hours": N_("The office rings people at {times} only."),
    "outside_window": N_(
        "That is outside the patient's call time {times}; agree the time with her, or choose another."
    ),
    "patient_away": N_("The patient cannot be called on {on}."),
    "queue_empty": N_("No free case in the queue is one you may be dealt now."),
    "reason_needed": N_("Give a reason."),
    "reported_away": N_("You are reported away, so you are dealt nothing; ask for it to be ended when you are back."),
    "reason_to_break_glass": N_(
        "Name and address are protected, or the patient works here; give a reason, the supervisor sees it."
    ),
    "reason_to_choose": N_("The place is closed on the ladder; give a reason to choose it all the same."),
    "reason_to_open": N_("The case belongs to another team; give a reason to open it."),
    "question_needed": N_("Write the question."),
    "reason_to_step_past": N_(
        "Case {queue_number} must not wait (maximum waiting time); give a reason to step past it."
    ),
    "restart_needed": N_(
        "The database has been moved to a newer version of pkui; close pkui and open it again. Unsaved notes are kept."
    ),
    "same_database": N_("Both addresses name the same database."),
    "segment_step": N_("A course cannot go to that state from where it stands."),
    "segment_under_way": N_("The referral has been sent already; record that it came back first."),
    "server_full": N_(
        "The database server takes no more connections at the moment; nothing was changed. Try again soon."
    ),
    "server_read_only": N_(
        "The database server takes no changes at the moment (it is a replica); nothing was changed. Try again."
    ),
    "server_refuses": N_(
        "The database server does not let this user in; check user name, password and its list of who may."
    ),
    "setting_against_others": N_("That does not go with the other settings of the day: look at {key}."),
    "setting_in_the_past": N_("A setting can change from today on; {on} has passed."),
    "shifts_overlap": N_("Row {row}: two shifts of one person overlap."),
    "slip_says_nothing": N_("Say the weeks (0-520) or the first free date that the clinic named."),
    "source_needed": N_("Say where the number is written, such as a paragraph or a letter."),
    "source_of_row_needed": N_("Say where it is written: a page, a letter or who said it."),
    "row_changed": N_("A colleague has changed it since you saw it; nothing was written. Look at it again."),
    "same_case": N_("Name two different cases."),
    "several_questions": N_("Several questions about case {queue_number} wait for an answer; say which."),
    "stale": N_("The case has changed since you read it (version {based_on}, now {now_at}); read it again."),
    "taken": N_("{by} has taken case {queue_number}; choose another one."),
    "reminder_in_the_past": N_("That time has passed; choose a later one."),
    "text_needed": N_("Write a text first."),
    "text_too_long": N_("The text is too long; at most {longest} characters."),
    "time_gone": N_("The time was taken just now; choose another one."),
    "time_past": N_("The time has passed, or is too near to prepare the call."),
    "time_taken": N_("{by} has taken that time already: a call at {at} by {adviser}."),
    "too_soon": N_("The patient was tried a moment ago; she may be tried again from {on}."),
    "unknown_fields": N_("No field is called {fields}."),
    "unknown_areas": N_("No area is called {areas}; write the codes of the list of areas."),
    "unknown_area": N_("The area is not known. Nearest: {nearest}."),
    "unknown_fact": N_("The fact is not one a case can hold."),
    "unknown_office_setting": N_("There is no setting with that name; `pkui settings list` shows them."),
    "unknown_outcome": N_("The outcome is not one a case can end with; `pkui case close --help` shows them."),
    "unknown_seal": N_("A sealed field is written in a way this program does not know; install the newest pkui."),
    "unreachable": N_("The database cannot be reached or cannot store now; nothing was changed. Try again."),
    "unsettled": N_(
        "The server was lost while saving. Save again when it answers: what was saved already is not saved twice."
    ),
    "unknown_topic": N_("The topic is not one a case can have."),
    "wrong_key": N_("The key is not the one this database was made with; name the right file in PKUI_KEY_FILE."),
}
_FACT_KINDS = {
    "date": N_("a date, such as 23/11 or 2026-11-23"),
    "number": N_("a number"),
    "yes_no": N_("yes or no"),
    "whole": N_("a whole number"),
    "choice": N_("one of the values in the list"),
    "entry": N_("at least one day or cause, with the end after the start"),
    "text": N_("a text of at most 500 characters"),
    "time": N_("a time, such as 08:30"),
    "words": N_("words with commas between; * at an end of a word stands for any letters"),
    "codes": N_("codes with commas between, as the setting has them now"),
    "dates": N_("dates with commas between, such as 2026-12-24,2026-12-31"),
}


def message(error: PkuiError) -> str:
    """The sentence for a refusal, in the language in use. Raises KeyError for a code there is no sentence for."""
    return _(_MESSAGES[error.code]).format(**{name: _shown(name, value) for name, value in error.details.items()})


def _shown(name: str, value: Any) -> str:
    """A parameter as people read it: dates and permissions in words, other values as they stand."""
    if name == "permission":
        return permission(str(value))
    if name == "problem" and has_instance_problem(str(value)):
        return instance_problem(str(value))
    if name == "problem" and has_catalogue_problem(str(value)):
        return catalogue_problem(str(value))
    if name == "problem" and has_fault(str(value)):
        return rights_fault(str(value))
    if name == "kind" and value in _FACT_KINDS:
        return _(_FACT_KINDS[value])
    if name == "field":
        return phone_column(str(value))
    if name in ("on", "next", "at", "times"):
        return _when(name, value)
    return str(value)


def _when(name: str, value: Any) -> str:
    """A date, an instant (`at`) or spans of wall time as 'HH:MM-HH:MM' (`times`). Imported here: Babel is large."""
    from pkui.base.words.dates import plain_date, span, stamp

    if name == "times":
        return ", ".join(span(*(time.fromisoformat(part) for part in one.split("-"))) for one in value)
    if name == "at" and len(str(value)) > len("2026-11-23"):
        return stamp(datetime.fromisoformat(str(value)))
    if name == "at":
        return str(value)
    return plain_date(date.fromisoformat(str(value)))
