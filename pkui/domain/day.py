"""Min dag: where a case stands in an adviser's day and why; and what a day must not end without."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pkui.domain.codes import BookingState, PriorityClass
from pkui.domain.office import COPENHAGEN
from pkui.domain.reason import Reason


class Part(StrEnum):
    """The parts of the day, in the order they are gone through."""

    CLASS_1 = "class_1"
    AGREED = "agreed"
    FOLLOW_UP = "follow_up"
    REPLIES = "replies"
    HANDED = "handed"
    RING_NOW = "ring_now"
    PARKED = "parked"


@dataclass(frozen=True)
class News:
    """Something another person did with the case since one last looked; `details` as the history keeps them."""

    kind: str
    details: dict[str, Any]
    by: str | None
    at: datetime
    text: str | None = None


@dataclass(frozen=True)
class Known:
    """What decides where a case stands in the day. `free`: nobody holds it; `may_be_rung`: now, by its window."""

    priority_class: int
    due_at: datetime
    free: bool = False
    answered: bool = False
    follow_up_on: date | None = None
    call_at: datetime | None = None
    call_state: BookingState | None = None
    reminder_at: datetime | None = None
    reminder: str | None = None
    asked: Sequence[News] = ()
    replies: Sequence[News] = ()
    handed: News | None = None
    may_be_rung: bool = False


def place_in_day(known: Known, now: datetime) -> tuple[Part, tuple[Reason, ...]]:
    """The first part the case belongs to, and every reason there is to look at it today, that part's first."""
    today = _day(now)
    found: list[tuple[Part, Reason]] = []
    if known.priority_class == PriorityClass.MAXIMUM_WAITING_TIME:
        found.append((Part.CLASS_1, Reason("due", {"at": known.due_at.isoformat(), "free": known.free})))
    if known.call_at is not None and _day(known.call_at) <= today:
        found.append((Part.AGREED, _call(known, known.call_at, now)))
    if known.follow_up_on is not None and known.follow_up_on <= today:
        found.append((Part.FOLLOW_UP, Reason("follow_up", {"on": known.follow_up_on.isoformat()})))
    if known.reminder_at is not None and _day(known.reminder_at) <= today:
        reminder = {"at": known.reminder_at.isoformat(), "text": known.reminder}
        found.append((Part.FOLLOW_UP, Reason("reminder", reminder)))
    found += [(Part.REPLIES, Reason("asked", _news(one))) for one in known.asked]
    found += [(Part.REPLIES, Reason("reply", _news(one))) for one in known.replies]
    if known.handed is not None:
        found.append((Part.HANDED, Reason("handed", _news(known.handed))))
    if not found and known.may_be_rung:
        found.append((Part.RING_NOW, Reason("due", {"at": known.due_at.isoformat(), "free": known.free})))
    if not found:
        found.append((Part.PARKED, _next_step(known)))
    order = list(Part)
    found.sort(key=lambda one: order.index(one[0]))
    return found[0][0], tuple(reason for _part, reason in found)


def undone(known: Known, now: datetime) -> Reason | None:
    """Why the day should not end with the case as it is; None when its next step lies ahead."""
    today = _day(now)
    if known.call_at is not None:
        missed = _day(known.call_at) <= today and known.call_at <= now
        return Reason("call_not_made", {"at": known.call_at.isoformat()}) if missed else None
    if known.follow_up_on is not None:
        passed = known.follow_up_on <= today
        return Reason("follow_up_not_done", {"on": known.follow_up_on.isoformat()}) if passed else None
    return Reason("no_next_step") if known.answered else None


def _call(known: Known, at: datetime, now: datetime) -> Reason:
    agreed = known.call_state is BookingState.AGREED
    return Reason("call", {"at": at.isoformat(), "agreed": agreed, "missed": _day(at) < _day(now)})


def _next_step(known: Known) -> Reason:
    if known.call_at is not None:
        return Reason("call", {
            "at": known.call_at.isoformat(), "agreed": known.call_state is BookingState.AGREED, "missed": False,
        })  # fmt: skip
    if known.follow_up_on is not None:
        return Reason("follow_up", {"on": known.follow_up_on.isoformat()})
    if known.answered:
        return Reason("no_next_step")
    return Reason("due", {"at": known.due_at.isoformat(), "free": known.free})


def _news(one: News) -> dict[str, Any]:
    return {"kind": one.kind, "details": one.details, "by": one.by, "at": one.at.isoformat(), "text": one.text}


def _day(instant: datetime) -> date:
    return instant.astimezone(COPENHAGEN).date()
