"""Who else is in a case: seen on opening it, held by working on it, over by the clock, taken over with a reason.

A hold keeps two people from ringing, booking, closing or handing over one case at the same time, and nobody is dealt
a case a colleague works on. What is registered (notes, contacts, facts) is never refused for it: that is guarded by
the version.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pkui.base.clock import local
from pkui.base.errors import Refused
from pkui.base.words.dates import clock_time
from pkui.domain.codes import EventKind
from pkui.domain.permissions import Permission
from pkui.services.desk import Work, use_case
from pkui.services.openings import require_open
from storage import company as stored
from storage.cases import case_by_number
from storage.company import HoldRecord

VISIT_LASTS = timedelta(seconds=90)
"""How long a screen counts as open when nothing more is heard of it."""
HOLD_LASTS = timedelta(minutes=3)
"""How long a case stays held after the last sign of work; a desk at work renews it well before."""
LONGEST_REASON = 500


@dataclass(frozen=True)
class Hold:
    """Who works on the case."""

    username: str
    name: str
    since: datetime
    until: datetime
    calling: bool
    mine: bool


@dataclass(frozen=True)
class Company:
    """A case as others use it at this instant: its version, who changed it last, who else is in it, who works on it."""

    version: int
    changed_by: str | None
    others: tuple[str, ...]
    hold: Hold | None
    at: datetime


@use_case(Permission.READ_QUEUE)
def come_in(work: Work, queue_number: int) -> Company:
    """Notes that one has the case on the screen, and gives who else has; renewed while the screen is open."""
    case_id, _version = _found(work, queue_number)
    stored.visit(work.session, case_id, work.person.id, work.now + VISIT_LASTS)
    return _company(work, queue_number)


@use_case(Permission.READ_QUEUE, writes=False)
def look(work: Work, queue_number: int) -> Company:
    """Who is in the case; asked every few seconds."""
    return _company(work, queue_number)


@use_case(Permission.READ_QUEUE)
def leave(work: Work, queue_number: int) -> None:
    """The screen is left: one is no longer in the case and holds it no more."""
    stored.leave(work.session, _found(work, queue_number)[0], work.person.id)


@use_case(Permission.REGISTER)
def hold(work: Work, queue_number: int, *, calling: bool = False) -> Company:
    """Holds the case for some minutes, or holds it longer. Raises Refused('held') while a colleague works on it."""
    case = case_by_number(work.session, queue_number)
    require_open(work, case)
    until = work.now + HOLD_LASTS
    mine = stored.take_hold(
        work.session, case.id, work.person.id, now=work.now, until=until, calling=calling, by_force=False
    )
    if not mine:
        not_held_by_another(work, queue_number)
    return _company(work, queue_number)


@use_case(Permission.REGISTER)
def take_over(work: Work, queue_number: int, *, reason: str) -> Company:
    """Takes the work on a case over from the colleague who holds it; the reason stands in the history."""
    case = case_by_number(work.session, queue_number, lock=True)
    require_open(work, case)
    if not reason.strip():
        raise Refused("reason_needed")
    before = stored.read_hold(work.session, case.id, work.now)
    until = work.now + HOLD_LASTS
    stored.take_hold(work.session, case.id, work.person.id, now=work.now, until=until, calling=False, by_force=True)
    if before is not None and before.staff_id != work.person.id:
        said = reason.strip()[:LONGEST_REASON]
        work.event(case, EventKind.TAKEN_OVER, reason=said, **{"from": before.username})
        work.session.flush()
    return _company(work, queue_number)


def not_held_by_another(work: Work, queue_number: int) -> None:
    """Raises Refused('held') with who works on the case and until when."""
    found = _found(work, queue_number)
    held = stored.read_hold(work.session, found[0], work.now, but=work.person.id)
    if held is not None:
        raise Refused("held", queue_number=queue_number, by=held.name, until=clock_time(local(held.until)))


def _found(work: Work, queue_number: int) -> tuple[UUID, int]:
    found = stored.read_version(work.session, queue_number)
    if found is None:
        raise Refused("no_case", queue_number=queue_number)
    return found


def _company(work: Work, queue_number: int) -> Company:
    case_id, version = _found(work, queue_number)
    held = stored.read_hold(work.session, case_id, work.now)
    return Company(
        version=version,
        changed_by=stored.read_last_change(work.session, case_id),
        others=tuple(stored.read_visitors(work.session, case_id, work.now, but=work.person.id)),
        hold=_hold(work, held) if held else None,
        at=work.now,
    )


def _hold(work: Work, held: HoldRecord) -> Hold:
    return Hold(
        username=held.username,
        name=held.name,
        since=held.since,
        until=held.until,
        calling=held.calling,
        mine=held.staff_id == work.person.id,
    )
