"""Who is away and what goes to cover, in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from pkui.base.clock import local, local_date
from pkui.base.words import N_, _, codes
from pkui.base.words.dates import clock_time, near_day, near_instant, plain_date, span, weekday_name
from pkui.domain.codes import AbsenceKind, Role

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


def term(code: str, first: date | None, last: date | None, today: date, *, team: str | None = None) -> str:
    """A role, or a team by its name, with its days where it is held."""
    word = _("Team: {name}").format(name=team) if team else codes.role(Role(code))
    return f"{word} · {held(first, last, today)}" if first else word


def held(first: date, last: date | None, today: date) -> str:
    """From when, and until when where an end is known."""
    if last is not None:
        return _("until {last}").format(last=plain_date(last))
    return _("from {first}").format(first=plain_date(first)) if first > today else _("now")


def hours(stretches: Sequence[tuple[time, time]]) -> str:
    """The stretches of a day as they are shown and typed; none is a day off."""
    return ", ".join(span(*one) for one in stretches) or _("off")


def hours_ahead(days: Sequence[tuple[date, Sequence[tuple[time, time]]]]) -> list[str]:
    """A line a week: the hours most of its days have, and the days that differ."""
    weeks: dict[tuple[int, int], list[tuple[date, Sequence[tuple[time, time]]]]] = {}
    for one in days:
        weeks.setdefault(one[0].isocalendar()[:2], []).append(one)
    lines = []
    for (_year, week), week_days in weeks.items():
        written = [hours(stretches) for _day, stretches in week_days]
        usual = max(written, key=written.count)
        other = [
            f"{weekday_name(day.isoweekday())} {text}"
            for (day, _hours), text in zip(week_days, written, strict=True)
            if text != usual
        ]
        lines.append(" · ".join([_("Week {week}: {hours}").format(week=week, hours=usual), *other]))
    return lines


def change(what: str, details: Mapping[str, Any]) -> str:
    """One change of a person: what it was and for which days."""
    days = _days(details)
    match what:
        case "role":
            code = Role(details.get("given") or details["ended"])
            return _given(codes.role(code), days, given="given" in details)
        case "team":
            return _given(codes.team(details.get("given") or details["ended"]), days, given="given" in details)
        case "shifts":
            text = _("Hours {days}: {hours}").format(days=days, hours=_stretches(details["hours"]))
            before = details.get("before")
            return (
                text if before is None else _("{text} (before: {before})").format(text=text, before=_stretches(before))
            )
        case "cover":
            return _("Stand-ins {days}: {names}").format(days=days, names=", ".join(details["by"]) or "-")
        case "duty":
            return _("Day coordinator {days}").format(days=days)
        case _:
            return _("Roles and teams from a file")


def _stretches(written: Sequence[str]) -> str:
    return hours([(time.fromisoformat(one[:5]), time.fromisoformat(one[6:])) for one in written])


def _given(word: str, days: str, *, given: bool) -> str:
    return (
        _("{what}: {days}").format(what=word, days=days)
        if given
        else _("{what}: ends, {days}").format(what=word, days=days)
    )


def _days(details: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(details[key]) if details.get(key) else None for key in ("from", "to"))
    if first is not None and first == last:
        return plain_date(first)
    parts = [_("from {first}").format(first=plain_date(first))] if first else []
    parts += [_("until {last}").format(last=plain_date(last))] if last else []
    return " ".join(parts)
