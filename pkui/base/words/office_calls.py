"""The words of the office's calls: its day, what a plan is worth, a proposal's lines, and what saves a call."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pkui.base.words import N_, _, ngettext
from pkui.base.words.callbacks import unplaced
from pkui.base.words.dates import clock_time, long_date, near_time
from pkui.domain.bookings import Slot
from pkui.domain.calendar import DayKind
from pkui.domain.callbacks.alarm import Saving
from pkui.domain.callbacks.repair import MoveReason

NAMED = 8
"""How many cases that were left alone are named in a message."""
_NOBODY: Mapping[str, str] = {}
_REASONS = {
    MoveReason.PLACE_GONE: N_("the adviser is not there"),
    MoveReason.DISPLACED: N_("gives way to urgent case {case}"),
    MoveReason.BETTER: N_("a better time"),
    MoveReason.NEW: N_("had no time"),
}


def reason(code: MoveReason, by: int | None) -> str:
    """Why a call's time changes."""
    return _(_REASONS[code]).format(case=by)


def worth(objective: Mapping[str, Any], bound: Mapping[str, Any]) -> str:
    """What a plan is worth beside what no plan can beat."""
    words = _("Class 1 late: {late} (cannot be under {least}). Weighted days late: {days} (cannot be under {fewest}).")
    return words.format(
        late=objective["class1_late"],
        least=bound["class1_late"],
        days=objective["weighted_tardiness"],
        fewest=round(bound["weighted_tardiness"], 1),
    )


def to_be_told(count: int) -> str:
    """How many patients count on a time that is not kept."""
    return ngettext(
        "{count} patient must be told: it becomes the next step of the case.",
        "{count} patients must be told: it becomes the next step of each case.",
        count,
    ).format(count=count)


def nothing_to_mend() -> str:
    """Where no call has lost its adviser."""
    return _("Every call has its adviser; nothing to move.")


def saving(
    code: Saving,
    time: Slot | None,
    *,
    other: int | None,
    other_time: Slot | None,
    minutes: int,
    now: datetime,
    names: Mapping[str, str] = _NOBODY,
) -> str:
    """The smallest change that saves a call; `names` gives an adviser's name by username."""
    if time is None:
        return _("nothing today saves it: write, or ring with a reason")
    then = other_time or time
    text = {
        Saving.FREE: _("{who} is free {when}"),
        Saving.SWAP: _("{who} {when}, when {other} moves to {colleague} {then}"),
        Saving.LONGER: _("{who} {when}, if she stays or breaks {minutes} minutes later"),
        Saving.NOW: _("ring outside her call times: {who} is free {when}"),
        Saving.NOTHING: "",
    }[code]
    return text.format(
        who=names.get(time.adviser, time.adviser),
        when=near_time(time.start, now),
        other=other,
        colleague=names.get(then.adviser, then.adviser),
        then=near_time(then.start, now),
        minutes=minutes,
    )


def day_line(day: date, kind: DayKind | None, *, calls: int, free_minutes: int, clock_change: date | None) -> str:
    """The day in a line: its date, why it is closed or how full it is, and a clock that changes nearby."""
    parts = [long_date(day)]
    if kind is not None:
        parts.append(closed(kind))
    else:
        parts.append(ngettext("{count} call", "{count} calls", calls).format(count=calls))
        parts.append(_("{hours} hours free").format(hours=round(free_minutes / 60)))
    if clock_change is not None:
        parts.append(clock_moves(clock_change))
    return " · ".join(parts)


def clock_moves(on: date) -> str:
    """That the clock is moved in the night to a day nearby."""
    return _("the clocks change {day}").format(day=long_date(on))


def closed(kind: DayKind) -> str:
    """Why nobody is rung on a day."""
    return {
        DayKind.WEEKEND: _("weekend"),
        DayKind.PUBLIC_HOLIDAY: _("public holiday"),
        DayKind.OFFICE_CLOSED: _("the office is closed"),
        DayKind.WORKING_DAY: "",
    }[kind]


def state(code: str) -> str:
    """How far a booking has come, in a word."""
    return _("agreed") if code == "agreed" else _("planned")


def hours(start: datetime, end: datetime) -> str:
    """A stretch of a day: 9.00-9.30."""
    return f"{clock_time(start)}-{clock_time(end)}"


def legend() -> str:
    """What the signs of the grid mean."""
    return _("● agreed ○ planned ─ break ▒ away")


def waiting(count: int, above: int) -> str:
    """How many wait, and whether a plan beats ringing those whose call time is open."""
    words = ngettext("{count} waits", "{count} wait", count).format(count=count)
    return words + (", " + _("a plan pays") if count > above else "")


def too_few(count: int, above: int) -> str:
    """Why no plan is offered."""
    words = _('So few wait ({count}) that "Ring now" does as well; a plan is offered above {above}.')
    return words.format(count=count, above=above)


def changes(count: int) -> str:
    """How many lines a proposal has."""
    return ngettext("{count} call changes.", "{count} calls change.", count).format(count=count)


def stands() -> str:
    """That the times which stood are kept, because a new plan is no better."""
    return _("The plan that stands is kept: a new one is no better.")


def must_be_told() -> str:
    """The mark of a line whose patient counts on the time before."""
    return _("tell the patient")


def applied(done: int, skipped: Sequence[int]) -> str:
    """What came of booking a proposal; cases that somebody had changed meanwhile are named."""
    text = ngettext("{count} call was booked or moved.", "{count} calls were booked or moved.", done)
    left = _("Changed by somebody meanwhile, left alone: {cases}.")
    numbers = ", ".join(str(one) for one in skipped[:NAMED]) + (" …" if len(skipped) > NAMED else "")
    return text.format(count=done) + (" " + left.format(cases=numbers) if skipped else "")


def undone(count: int) -> str:
    """What came of taking a proposal back."""
    return ngettext("{count} call taken back.", "{count} calls taken back.", count).format(count=count)


def missed(count: int) -> str:
    """How many calls miss their last time."""
    if not count:
        return _("Everybody whose last call time is today will be reached.")
    text = ngettext("{count} call will miss its last time.", "{count} calls will miss their last time.", count)
    return text.format(count=count)


def without_time(whys: Iterable[str]) -> str:
    """Who gets no time in a plan, by reason."""
    counted = sorted(Counter(whys).items(), key=lambda one: -one[1])
    return _("Without a time: {reasons}.").format(
        reasons=", ".join(f"{count} ({unplaced(why)})" for why, count in counted)
    )
