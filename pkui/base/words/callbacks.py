"""The planner's reasons in words: what is wrong with an instance, and why a call has no time."""

from pkui.base.words import N_, _

_INSTANCE_PROBLEMS = {
    "empty": N_("the list is empty"),
    "ends_before_it_starts": N_("the end is not after the start; a span cannot cross midnight"),
    "missing": N_("the field is missing"),
    "not_a_date": N_("write a date as YYYY-MM-DD"),
    "not_a_list": N_("must be a list"),
    "not_a_local_time": N_("write a local time as YYYY-MM-DDTHH:MM, without an offset"),
    "not_a_span": N_("must be a start and an end"),
    "not_a_text": N_("must be a text that is not empty"),
    "not_a_time": N_("write a time as HH:MM"),
    "not_a_whole_number": N_("must be a whole number"),
    "not_a_window": N_("must be a weekday (0 is Monday), a start and an end"),
    "not_a_working_day": N_("the day is a weekend or a closed day"),
    "not_an_object": N_("must be an object"),
    "not_in_order": N_("the days must come in order, each once"),
    "not_json": N_("the file is not JSON"),
    "not_true_or_false": N_("must be true or false"),
    "off_the_grid": N_("the time does not lie on the grid of slots"),
    "out_of_range": N_("the value is too small or too large"),
    "twice": N_("the id is there twice"),
    "unknown_adviser": N_("no adviser has that id"),
    "unknown_class": N_("the class is not known"),
    "unknown_format": N_("the format must be callback-instance/1"),
    "unknown_timezone": N_("the time zone is not known"),
}
_UNPLACED = {
    "no_window": N_("no window of the patient's meets an adviser's hours"),
    "no_skill": N_("no adviser at work may take the call"),
    "too_long": N_("the call is longer than any window or any adviser's free hours"),
    "no_room": N_("the windows are full"),
    "attempts_used": N_("all attempts are used"),
}


def instance_problem(code: str) -> str:
    """What is wrong at a place of an instance. Raises KeyError for an unknown code."""
    return _(_INSTANCE_PROBLEMS[code])


def has_instance_problem(code: str) -> bool:
    """Whether the code is a problem of an instance."""
    return code in _INSTANCE_PROBLEMS


def unplaced(code: str) -> str:
    """Why a call has no time in a plan. Raises KeyError for an unknown code."""
    return _(_UNPLACED[code])
