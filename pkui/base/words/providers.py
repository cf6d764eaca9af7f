"""The users' words for places of treatment: why a place is open, what a choice costs, how old a figure is."""

from datetime import date

from pkui.base.words import N_, _, ngettext, pgettext
from pkui.base.words.dates import near_day, plain_date
from pkui.domain.providers.differences import ChangeKind
from pkui.domain.providers.figures import Figure
from pkui.domain.providers.ladder import RungState, Why
from pkui.domain.providers.transport import Transport

_WHY = {
    Why.NO_CASE: N_("No case is open, so it is not known which rights apply."),
    Why.OWN_HOSPITAL: N_("The patient is referred here."),
    Why.FREE_CHOICE: N_("Free choice of hospital; the department may refuse for lack of room."),
    Why.FREE_CHOICE_LIKELY: N_("Probably free choice of hospital; some facts are missing."),
    Why.FREE_CHOICE_NO: N_("No free choice of hospital in this case."),
    Why.NO_OTHER_REGIONS: N_("Takes no patients from other regions."),
    Why.OUTSIDE_LIMITS: N_("The patient is outside this place's limits."),
    Why.LIMITS_OPEN: N_("A place that decides has limits for patients; ask for age and BMI first."),
    Why.OWN_CAPACITY: N_("Counts as the region's own; the home hospital forwards the referral."),
    Why.OWN_CAPACITY_LATE: N_("Counts as the region's own, but after the limit: an agreement hospital is not stopped."),
    Why.CLUSTER_OPEN: N_("Holds for one hospital's patients only, and the home hospital is not known."),
    Why.NOT_CHECKED: N_("The hints say nothing about this right."),
    Why.EXTENDED_NO: N_("No extended free choice in this case."),
    Why.NOT_YET: N_("The limit is not passed, and nothing shows that it will be."),
    Why.FACTS_MISSING: N_("Facts are missing before the right can be judged."),
    Why.REVIEW: N_("For a colleague to settle: the rules leave a doubt."),
    Why.CLINICAL: N_("A doctor must judge first."),
    Why.REGION_WITHIN_LIMIT: N_("A hospital of the region can meet the limit and comes first."),
    Why.PARTNER_WITHIN_LIMIT: N_("A partner hospital can meet the limit and comes first."),
    Why.REGION_WAIT_UNKNOWN: N_("A waiting time of the region or a partner is not known; ask first."),
    Why.FIGURE_OLD: N_("A waiting time that decides is more than 30 days old; ask first."),
    Why.PRIVATE_WAIT_UNKNOWN: N_("The waiting time here is not known; ask first."),
    Why.PRIVATE_LONGER: N_("The wait is longer here than at the region's hospitals or partners."),
    Why.EQUAL_WAITS: N_("The wait is the same as at the region's hospitals or partners: for a colleague to settle."),
    Why.NO_LIMIT_KNOWN: N_("The patient's limit is not known."),
    Why.EXTENDED_YES: N_("Extended free choice: the limit is not met elsewhere."),
    Why.EXTENDED_LIKELY: N_("Probably extended free choice; some facts are missing."),
    Why.CHANGED_DATE: N_("The hospital changed the date of the operation."),
    Why.ENDED: N_("The agreement has ended; nothing new can be sent here."),
}
_TRANSPORT = {
    Transport.ORDINARY: N_("Transport: the ordinary rules."),
    Transport.CAPPED: N_("Transport: own choice, at most as to the region's own hospital."),
    Transport.REFERRED: N_("Transport: as to the region's own hospitals, when the region refers."),
    Transport.ASK_OFFICE: N_("Transport: no ride, at most as to the region's own hospital; ask the transport office."),
}
_RUNGS = {
    1: N_("Own hospital"),
    2: N_("Other public"),
    3: N_("Partner"),
    4: N_("Agreement"),
}
_CHANGES = {
    ChangeKind.ADDED: N_("added"),
    ChangeKind.CHANGED: N_("changed"),
    ChangeKind.ENDED: N_("ended"),
    ChangeKind.KEPT: N_("kept by hand"),
}
_LISTS = {
    "organizations": N_("Hospitals and clinics"),
    "locations": N_("Addresses"),
    "areas": N_("Areas"),
    "services": N_("Services"),
    "agreements": N_("Agreements"),
    "waiting_times": N_("Waiting times"),
}
_PROBLEMS = {
    "not_an_object": N_("it must be an object with named values"),
    "unknown_schema": N_("the format is not pk-catalogue/1"),
    "missing": N_("it is missing"),
    "not_a_list": N_("it must be a list"),
    "unknown_format": N_("it is no catalogue (JSON, or CSV by list) and no export from Venteinfo (CSV)"),
    "not_csv": N_("it cannot be read as CSV"),
    "not_json": N_("it is no JSON in UTF-8"),
    "too_many_rows": N_("there are too many rows"),
    "twice": N_("it stands there twice"),
    "not_a_text": N_("it must be a text"),
    "too_long": N_("the text is too long"),
    "unknown_code": N_("the code is not known"),
    "not_yes_or_no": N_("it must be yes or no"),
    "not_a_whole_number": N_("it must be a whole number in range"),
    "not_a_number": N_("it must be a number in range"),
    "not_a_date": N_("it must be a date such as 2026-11-23"),
    "unknown_row": N_("it names a row that is not there"),
    "part_of_itself": N_("it is part of itself"),
    "ends_before_it_starts": N_("it ends before it starts"),
}


def why(code: Why) -> str:
    """Why a place is possible, closed or not settled, in a sentence."""
    return _(_WHY[code])


def transport(code: Transport) -> str:
    """What the choice means for the patient's transport."""
    return _(_TRANSPORT[code])


def state(code: RungState) -> str:
    """Whether a place can be offered, in a word or two."""
    match code:
        case RungState.OPEN:
            return pgettext("place", "possible")
        case RungState.CLOSED:
            return pgettext("place", "closed")
    return pgettext("place", "not settled")


def rung(number: int) -> str:
    """A rung of the ladder by its name."""
    return _(_RUNGS[number])


def change(kind: ChangeKind | str) -> str:
    """What happens to a row, inside a line."""
    return _(_CHANGES[ChangeKind(kind)])


def list_name(name: str) -> str:
    """A list of the catalogue."""
    return _(_LISTS[name])


def catalogue_problem(code: str) -> str:
    """What is wrong at a place of a catalogue."""
    return _(_PROBLEMS[code])


def has_catalogue_problem(code: str) -> bool:
    """Whether there are words for a fault in a catalogue."""
    return code in _PROBLEMS


def weeks(figure: Figure | None, *, short: bool = False) -> str:
    """The wait: '6 weeks', 'under a week', 'not stated'; an invented one always says so, also in a `short` cell."""
    if figure is None or figure.weeks is None:
        words = _("not stated")
    elif figure.weeks == 0:
        words = _("< 1 week") if short else _("under a week")
    else:
        words = ngettext("%(n)s week", "%(n)s weeks", figure.weeks) % {"n": figure.weeks}
    if figure is None or not figure.illustrative:
        return words
    example = pgettext("figure", "example")
    return f"{words} ({example})"


def age(days: int | None, *, old: bool) -> str:
    """How old a figure is: '12 days old', and a mark where that is too old."""
    if days is None:
        return ""
    if days <= 0:
        return _("from today")
    words = ngettext("%(n)s day old", "%(n)s days old", days) % {"n": days}
    return _("{age}, OLD").format(age=words) if old else words


def distance(km: float | None) -> str:
    """Kilometres as the crow flies, or that they are not known: never a guess."""
    return _("distance not known") if km is None else f"{round(km)} km"


def meets(value: bool | None) -> str:
    """How the date stands to the patient's limit."""
    if value is None:
        return ""
    return pgettext("limit", "within the limit") if value else pgettext("limit", "after the limit")


def valid_until(valid_from: date | None, valid_to: date | None) -> str:
    """The agreement's period."""
    if valid_to is not None:
        return _("agreement until {day}").format(day=plain_date(valid_to))
    if valid_from is not None:
        return _("agreement from {day}, no end").format(day=plain_date(valid_from))
    return _("agreement, no dates stated")


def first_date(day: date | None, today: date, figure: Figure | None = None) -> str:
    """The first date a place could offer; 'under a week' names no day."""
    if day is None:
        return ""
    if figure is not None and figure.weeks == 0 and figure.first_free is None and day == today:
        return _("within a week")
    return near_day(day, today) if day >= today else plain_date(day)
