"""How long cases are kept: what is over, what is held all the same, and taking the person out of what is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlmodel import Session

from pkui.base.clock import local_date
from pkui.base.errors import Refused
from pkui.base.keys import new_key
from pkui.domain.access_codes import AccessKind
from pkui.domain.codes import EventKind
from pkui.domain.office import OfficeSettings, settings_from
from pkui.domain.permissions import Permission
from pkui.domain.retention import Keeping, keeping, months_kept, over_on
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import current, not_longer, reasoned
from pkui.services.desk import Desk, Work, use_case
from pkui.services.openings import require_open
from storage.cases import add_event
from storage.office import read_settings
from storage.retention import anonymise, read_closed, standing_hold
from storage.tables.retention import LegalHold

LONGEST_REASON = 500
AT_ONCE = 500
"""Cases anonymised in one transaction."""


@dataclass(frozen=True)
class Over:
    """A closed case whose time is over; `held` when it stays all the same."""

    id: UUID
    queue_number: int
    case_number: str
    keeping: Keeping
    closed_on: date
    over_on: date
    held: bool


@use_case(Permission.SETTINGS, writes=False)
def over(work: Work) -> list[Over]:
    """The cases whose time is over, the oldest first; nothing is written."""
    return _over(work.session, work.now, work.office)


def anonymise_over(desk: Desk) -> list[Over]:
    """Takes the person out of every case whose time is over and that nothing holds; answers those cases."""
    done: list[Over] = []
    while some := _anonymise_some(desk):
        done += some
    return done


@use_case(Permission.SETTINGS)
def _anonymise_some(work: Work) -> list[Over]:
    free = [one for one in _over(work.session, work.now, work.office) if not one.held][:AT_ONCE]
    _take_out(work.session, free, work.now, work.person.id)
    for one in free:
        work.log(AccessKind.DELETE, "retention", case_id=one.id)
    return free


def anonymise_restored(session: Session, now: datetime) -> int:
    """What was over when a backup is brought back loses its people again; answers how many cases. For `db restore`."""
    office = settings_from(read_settings(session.connection(), local_date(now)))
    free = [one for one in _over(session, now, office) if not one.held]
    _take_out(session, free, now, None)
    return len(free)


def _over(session: Session, now: datetime, office: OfficeSettings) -> list[Over]:
    today, found = local_date(now), []
    for case in read_closed(session, now):
        kept, closed = keeping(case.topic), local_date(case.closed_at)
        last = over_on(closed, months_kept(kept, office))
        if last <= today:
            found.append(Over(case.id, case.queue_number, case.case_number, kept, closed, last, case.held))
    return found


def _take_out(session: Session, cases: Sequence[Over], now: datetime, staff_id: UUID | None) -> None:
    anonymise(session, [one.id for one in cases], now.astimezone(UTC))
    for one in cases:
        add_event(session, one.id, EventKind.ANONYMISED, at=now, staff_id=staff_id, reason=None, details={})


@use_case(Permission.REGISTER)
def hold(work: Work, queue_number: int, *, reason: str, version: int | None = None) -> CaseView:
    """Keeps a case while a complaint or compensation case is open. Raises Refused('held_already')."""
    case = current(work, queue_number, version)
    require_open(work, case)
    if standing_hold(work.session, case.id) is not None:
        raise Refused("held_already", queue_number=queue_number)
    why = not_longer(reasoned(reason, "reason_needed"), LONGEST_REASON)
    work.session.add(
        LegalHold(id=new_key(work.now), case_id=case.id, reason=why, set_by=work.person.id, set_at=work.now)
    )
    work.event(case, EventKind.HOLD_SET, reason=why)
    return view_of(work, case)


@use_case(Permission.REGISTER)
def lift(work: Work, queue_number: int, *, reason: str, version: int | None = None) -> CaseView:
    """Lets the case's time run again. Raises Refused('not_held')."""
    case = current(work, queue_number, version)
    require_open(work, case)
    standing = standing_hold(work.session, case.id)
    if standing is None:
        raise Refused("not_held", queue_number=queue_number)
    why = not_longer(reasoned(reason, "reason_needed"), LONGEST_REASON)
    standing.lifted_by, standing.lifted_at = work.person.id, work.now
    work.event(case, EventKind.HOLD_LIFTED, reason=why)
    return view_of(work, case)
