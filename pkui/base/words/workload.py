"""The load in words: how full somebody is, what a figure counts, why a case should change hands."""

from collections.abc import Callable, Sequence

from pkui.base.words import N_, _, ngettext, pgettext
from pkui.domain.reason import Reason
from pkui.domain.workload.outlook import Outlook

FULL, TIGHT = 100, 85
"""From which percent of her time on a person is full, or nearly so."""
BARS = "▁▂▃▄▅▆▇█"

_WHY = {
    "holder_away": N_("%(holder)s is away"),
    "holder_full": N_("%(holder)s has more than fits"),
    "nobody_holds": N_("nobody has it"),
    "knows_the_patient": N_("%(to)s has spoken with the patient"),
}
_FIGURES = {
    "overdue": N_("Overdue"),
    "due_today": N_("Due today"),
    "unassigned": N_("Free"),
    "class_1": N_("Class 1"),
    "class_2": N_("Class 2"),
    "class_3": N_("Class 3"),
    "class_4": N_("Class 4"),
}


def figure(code: str) -> str:
    """What a number counts."""
    return pgettext("cases", "Open") if code == "open" else _(_FIGURES[code])


def fullness(minutes: int, capacity: int) -> str:
    """How full somebody is, in a word that stands beside the number."""
    if not capacity:
        return _("no time") if minutes else ""
    share = minutes * 100 / capacity
    return _("too much") if share > FULL else _("full") if share > TIGHT else _("has room")


def spark(values: Sequence[int]) -> str:
    """A row of bars, the highest for the largest value; the numbers stand beside it."""
    most = max(values, default=0)
    return "".join(BARS[0] if not most else BARS[value * (len(BARS) - 1) // most] for value in values)


def bar(minutes: int, capacity: int, width: int) -> str:
    """Minutes as a bar of `width` cells that is full at the capacity."""
    filled = width if not capacity else min(width, round(minutes * width / capacity))
    return "█" * (filled if minutes else 0) + "░" * (width - (filled if minutes else 0))


def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 2.05."""
    return f"{minutes // 60}.{minutes % 60:02d}"


def why(reasons: Sequence[Reason], holder: str, to: str) -> str:
    """Why a case should go from one person to another."""
    return "; ".join(_one(reason, holder, to) for reason in reasons)


def _one(reason: Reason, holder: str, to: str) -> str:
    if reason.code == "at_work_in_time":
        days = int(reason.params["days"])
        text = ngettext(
            "%(to)s can ring on %(n)s day before it is due", "%(to)s can ring on %(n)s days before it is due", days
        )
        return text % {"to": to, "n": days}
    return _(_WHY[reason.code]) % {"holder": holder, "to": to}


def effect(before: Outlook, after: Outlook, lane_name: Callable[[str], str]) -> list[str]:
    """What a proposal does: late cases by class, how even the load is, and the lanes it changes."""
    late = _("Late in these days: %(before)s, then %(after)s") % {
        "before": _by_class(before), "after": _by_class(after)
    }  # fmt: skip
    spread = _("From the emptiest to the fullest: %(before)s points, then %(after)s") % {
        "before": before.spread, "after": after.spread
    }  # fmt: skip
    lanes = [
        f"{lane_name(lane)} {before.lanes.get(lane, 0)}→{after.lanes.get(lane, 0)}"
        for lane in sorted({*before.lanes, *after.lanes})
        if before.lanes.get(lane, 0) != after.lanes.get(lane, 0)
    ]
    return [late, spread, *([_("Late by team: %(lanes)s") % {"lanes": ", ".join(lanes)}] if lanes else [])]


def _by_class(view: Outlook) -> str:
    parts = [_("%(n)s of class %(rank)s") % {"n": count, "rank": rank} for rank, count in view.late.items()]
    return f"{view.late_in_all} ({', '.join(parts)})" if parts else "0"


def moved(done: int, skipped: Sequence[int]) -> str:
    """What became of moves that were applied."""
    text = ngettext("%(n)s case moved.", "%(n)s cases moved.", done) % {"n": done}
    return f"{text} {_left(skipped)}".rstrip()


def taken_back(done: int, skipped: Sequence[int]) -> str:
    """What became of moves that were taken back."""
    text = ngettext("%(n)s case is back.", "%(n)s cases are back.", done) % {"n": done}
    return f"{text} {_left(skipped)}".rstrip()


def _left(skipped: Sequence[int]) -> str:
    if not skipped:
        return ""
    return _("Moved on meanwhile and left alone: %(numbers)s.") % {"numbers": ", ".join(str(one) for one in skipped)}
