"""The words of calls with a time: why there is none to offer, how far a booking has come, and what a plan changes."""

from datetime import datetime

from pkui.base.words import _
from pkui.base.words.dates import near_instant, near_time, stamp

PLANNED_MARK, AGREED_MARK = "○", "●"
"""Planned internally and agreed with the patient look different and are told apart in words too."""


def state(code: str) -> str:
    """How far a booking has come."""
    return {
        "planned": _("planned"),
        "agreed": _("agreed with the patient"),
        "attempted": _("tried"),
        "reached": _("reached"),
        "ended": _("no longer needed"),
        "cancelled": _("cancelled"),
    }[code]


def change(code: str) -> str:
    """What a plan does to a call."""
    return {
        "new": _("new"),
        "moved": _("moved"),
        "kept": _("unchanged"),
        "dropped": _("without a time"),
    }[code]


def no_time(code: str) -> str:
    """Why there is no time to offer, and what to do about it."""
    return {
        "closed": _("The case is closed."),
        "attempts_used": _("The patient has been tried as often as she is tried. Write, or agree a time with her."),
        "no_window": _("The patient has chosen no call times. Ask: When can we ring you on a weekday?"),
        "no_usable_window": _(
            "No call time of the patient's can be used in the next five working days. Ask: When else can we ring?"
        ),
        "nobody_free": _("Nobody is free in the patient's call times. Ask: When else can we ring?"),
    }[code]


def few() -> str:
    """The warning where times are far away."""
    return _("No call time of the patient's can be used in the next five working days.")


def booked(starts_at: datetime, now: datetime, *, agreed: bool, adviser: str) -> str:
    """One line about a standing booking: when, who rings, and whether the patient knows."""
    planned = _("Call planned %(when)s, %(who)s rings")
    words = _("Call agreed with the patient %(when)s, %(who)s rings") if agreed else planned
    return words % {"when": near_time(starts_at, now), "who": adviser}


def cell(starts_at: datetime, now: datetime, *, agreed: bool) -> str:
    """The queue's column: the mark and the time."""
    return f"{AGREED_MARK if agreed else PLANNED_MARK} {near_instant(starts_at, now)}"


def outside_reason(code: str) -> str:
    """Why somebody was rung outside her call times."""
    return {
        "agreed": _("agreed with the patient"),
        "asked": _("the patient asked us to"),
        "urgent": _("it cannot wait"),
        "other": _("another reason"),
    }[code]


def tell_the_patient_text(counted_on: datetime, now_at: datetime | None) -> str:
    """The next step of a case whose agreed time is not kept; it is stored, so days stand with their dates."""
    if now_at is None:
        return _("Tell the patient: we cannot ring %(before)s as agreed. Agree another time.") % {
            "before": stamp(counted_on)
        }
    values = {"before": stamp(counted_on), "now": stamp(now_at)}
    return _("Tell the patient: we cannot ring %(before)s as agreed. Does %(now)s suit?") % values
