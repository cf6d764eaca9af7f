"""The words of the queue: a class as a mark, when a case is due and can be rung, and why it stands where it does."""

from collections.abc import Sequence
from datetime import date, datetime

from pkui.base.clock import local, local_date
from pkui.base.words import _, ngettext
from pkui.base.words.dates import clock_time, near_day, near_instant, near_time, short_date, span
from pkui.domain.calendar import CountedDay, DayKind
from pkui.domain.codes import PriorityClass, QueueView
from pkui.domain.priority import Reason
from pkui.domain.windows import Occurrence

LATE = "◂"
MARKS = {
    PriorityClass.MAXIMUM_WAITING_TIME: "‼",
    PriorityClass.LEGAL_DEADLINE: "!",
    PriorityClass.ORDINARY: "·",
    PriorityClass.RECORDS: " ",
}


def mark(priority_class: int) -> str:
    """The symbol of a class; the words under the list say the same."""
    return MARKS[PriorityClass(priority_class)]


def view(which: QueueView) -> str:
    """The name of a list."""
    return {
        QueueView.RING_NOW: _("Ring now"),
        QueueView.ALL: _("All"),
        QueueView.MINE: _("Mine"),
        QueueView.UNASSIGNED: _("Free"),
        QueueView.TEAM: _("Team"),
        QueueView.WITHOUT_CALL: _("Without call"),
    }[which]


def due(due_at: datetime, now: datetime, *, overdue: bool) -> str:
    """When the answer is due; late is a mark, not only a colour."""
    text = near_instant(due_at, now)
    return f"{text} {LATE}" if overdue else text


def window(occurrence: Occurrence | None, now: datetime, *, wants_call: bool) -> str:
    """The open or next span in which the patient can be rung: 'nu til 11.30', 'i dag 13-15', 'ons. 09-11'."""
    if not wants_call:
        return _("no call")
    if occurrence is None:
        return _("no usable time")
    if occurrence.is_open(now):
        return _("now until %(time)s") % {"time": clock_time(occurrence.end)}
    times = span(local(occurrence.start).time(), local(occurrence.end).time())
    return f"{near_day(occurrence.day, local_date(now))} {times}"


def why(reasons: Sequence[Reason], now: datetime) -> str:
    """Why a case stands where it stands, as one sentence."""
    parts = [_reason(reason, now) for reason in reasons]
    return ended(_("It stands here because %(reasons)s") % {"reasons": _joined(parts)}) if parts else ""


def received(at: datetime, reasons: Sequence[Reason], now: datetime) -> str:
    """When an enquiry came, and from when it counts where that is later."""
    text = _("Received %(when)s") % {"when": near_instant(at, now)}
    for reason in reasons:
        if reason.code == "counts_from":
            when = near_instant(datetime.fromisoformat(reason.params["at"]), now)
            text += _(", counts from %(when)s") % {"when": when}
    return text


def ended(text: str) -> str:
    """A sentence with its full stop; one that ends in an abbreviation has it already."""
    return text if text.endswith(".") else text + "."


def followed(number: int, other: int, colleague: str | None) -> str:
    """That a person's cases stay with one adviser: which case went along, and to whom."""
    if colleague is None:
        return _("Queue no. %(number)s came along: the same person.") % {"number": number}
    text = _("Queue no. %(number)s went to %(name)s, who has the person's other case.")
    return text % {"number": number, "name": colleague}


def counted(row: CountedDay, today: date) -> str:
    """One row of a printed count: the number, the day, and why it does not count."""
    number = str(row.number) if row.kind is DayKind.WORKING_DAY else "-"
    note = {
        DayKind.WORKING_DAY: "",
        DayKind.WEEKEND: _("weekend"),
        DayKind.PUBLIC_HOLIDAY: _("public holiday"),
        DayKind.OFFICE_CLOSED: _("the office is closed"),
    }[row.kind]
    return f"{number:>3}  {short_date(row.day, today)}  {note}".rstrip()


def _reason(reason: Reason, now: datetime) -> str:
    params, today = reason.params, local_date(now)
    match reason.code:
        case "maximum_waiting_time":
            return _("it is about a maximum waiting time (class 1)")
        case "legal_deadline" | "legal_deadline_passed":
            return _legal(reason, today)
        case "operation_changed":
            return _("an operation was changed or cancelled and the referral is not delivered yet")
        case "appointment_near":
            return _("the patient's own appointment is %(day)s") % {"day": _day(params["on"], today)}
        case "counts_from":
            at = datetime.fromisoformat(params["at"])
            return _("it counts as received %(when)s") % {"when": near_instant(at, now)}
        case "target":
            days = int(params["working_days"])
            text = ngettext(
                "the answer is due within %(n)s working day", "the answer is due within %(n)s working days", days
            )
            return text % {"n": days}
        case "booked_call":
            return _("a call is booked %(when)s") % {"when": near_time(datetime.fromisoformat(params["at"]), now)}
        case "follow_up":
            return _("it is to be followed up %(day)s") % {"day": _day(params["on"], today)}
        case "no_next_step":
            return _("it has been answered and has no next step")
        case _:
            return reason.code


def _legal(reason: Reason, today: date) -> str:
    citation = (reason.params.get("citation") or "").removeprefix("Sundhedsloven ")
    values = {"day": _day(reason.params["on"], today), "citation": citation}
    passed = reason.code == "legal_deadline_passed"
    text = _("the patient's deadline passed %(day)s") if passed else _("the patient's deadline ends %(day)s")
    return text % values + (f" ({values['citation']})" if values["citation"] else "")


def _day(iso: str, today: date) -> str:
    return short_date(date.fromisoformat(iso), today)


def _joined(parts: Sequence[str]) -> str:
    return (
        parts[0]
        if len(parts) == 1
        else _("%(first)s and %(last)s")
        % {
            "first": ", ".join(parts[:-1]),
            "last": parts[-1],
        }
    )
