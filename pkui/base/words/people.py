"""Who is away and what goes to cover, in words."""

from datetime import datetime, time

from pkui.base.clock import local, local_date
from pkui.base.words import N_, _, codes
from pkui.base.words.dates import clock_time, near_day, near_instant, span
from pkui.domain.codes import AbsenceKind

_WHY = {
    "class_1": N_("maximum waiting time"),
    "call_today": N_("call today"),
    "follow_up": N_("follow-up due"),
    "reply": N_("reply"),
}


def cannot_wait(code: str) -> str:
    """Why a case goes to cover the same minute."""
    return _(_WHY[code])


def away(kind: AbsenceKind, starts_at: datetime, ends_at: datetime | None, now: datetime) -> str:
    """One absence: kind and until when, or from when where it is to come."""
    word = codes.absence(kind)
    if starts_at > now:
        return _("{kind} from {when}").format(kind=word, when=near_instant(starts_at, now))
    if ends_at is None:
        return _("{kind} until further notice").format(kind=word)
    last = local(ends_at)
    if last.time() == time(0):
        before = local_date(ends_at - (ends_at - starts_at) / 10**9)
        return _("{kind}, all of {day}").format(kind=word, day=near_day(before, local_date(now)))
    return _("{kind} until {when}").format(kind=word, when=near_instant(ends_at, now))


def shifts(stretches: tuple[tuple[time, time], ...]) -> str:
    """When somebody works today; a break is left out."""
    return span(stretches[0][0], stretches[-1][1]) if stretches else _("not at work")


def call(at: datetime | None, *, kept: bool) -> str:
    """What becomes of a call today, after whom it goes to."""
    if at is None:
        return ""
    when = clock_time(at)
    return _("call at {time}").format(time=when) if kept else _("CALL AT {time}: NOBODY IS FREE").format(time=when)
