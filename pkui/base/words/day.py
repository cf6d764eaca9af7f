"""The words of Min dag: its parts, and why each case stands in one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pkui.base.clock import local_date
from pkui.base.words import N_, _, codes
from pkui.base.words.dates import clock_time, near_day, near_instant, near_time, short_date
from pkui.base.words.queue import due
from pkui.base.words.timeline import event
from pkui.domain.codes import EventKind, Party
from pkui.domain.day import Part
from pkui.domain.reason import Reason

_PARTS = {
    Part.CLASS_1: N_("Maximum waiting times"),
    Part.AGREED: N_("Calls today"),
    Part.FOLLOW_UP: N_("To be followed up"),
    Part.REPLIES: N_("New since you were here"),
    Part.HANDED: N_("Handed to you"),
    Part.RING_NOW: N_("Ring now"),
    Part.PARKED: N_("Lying with you"),
}


def part(which: Part) -> str:
    """The heading of a part of the day."""
    return _(_PARTS[which])


def why(reasons: Sequence[Reason], now: datetime) -> str:
    """Why the case stands there: every reason, the one that placed it first."""
    return " · ".join(reason_words(one, now) for one in reasons)


def reason_words(reason: Reason, now: datetime) -> str:
    """One reason in a few words."""
    params, today = reason.params, local_date(now)
    match reason.code:
        case "due":
            at = datetime.fromisoformat(params["at"])
            when = due(at, now, overdue=at < now)
            return (_("free, answer by %(when)s") if params["free"] else _("answer by %(when)s")) % {"when": when}
        case "call":
            return _call(params, now)
        case "follow_up":
            day = date.fromisoformat(params["on"])
            return _follow_up(day, today) % {"day": near_day(day, today)}
        case "reminder":
            words = _("reminder %(when)s") % {"when": near_time(datetime.fromisoformat(params["at"]), now)}
            return f"{words}: {params['text']}" if params["text"] else words
        case "asked":
            return _("%(who)s asks you: %(text)s") % {"who": params["by"], "text": params["text"]}
        case "reply":
            words = event(EventKind(params["kind"]), params["details"], by=params["by"])
            return f"{words}, {near_instant(datetime.fromisoformat(params['at']), now)}"
        case "handed":
            return _handed(params, now)
        case "no_next_step":
            return _("no next step")
        case "call_not_made":
            when = near_instant(datetime.fromisoformat(params["at"]), now)
            return _("the call %(when)s was not made") % {"when": when}
        case "follow_up_not_done":
            return _("follow-up of %(day)s not done") % {"day": short_date(date.fromisoformat(params["on"]), today)}
        case _:
            raise KeyError(reason.code)


def recipient(party: Party, name: str | None) -> str:
    """A place that cases wait for; by its kind alone where no case says which."""
    return name or _("%(party)s, not named") % {"party": codes.party(party)}


def _call(params: dict[str, Any], now: datetime) -> str:
    at = datetime.fromisoformat(params["at"])
    when = near_time(at, now)
    if params["missed"]:
        return _("the call %(when)s was not made") % {"when": when}
    if local_date(at) == local_date(now):
        when = clock_time(at)
    return (_("agreed with the patient %(when)s") if params["agreed"] else _("planned %(when)s")) % {"when": when}


def _follow_up(day: date, today: date) -> str:
    return _("to be followed up %(day)s") if day >= today else _("should have been followed up %(day)s")


def _handed(params: dict[str, Any], now: datetime) -> str:
    values = {"who": params["by"] or "", "when": near_instant(datetime.fromisoformat(params["at"]), now)}
    words = _("from %(who)s %(when)s") % values
    return f"{words}: {params['text']}" if params["text"] else words
