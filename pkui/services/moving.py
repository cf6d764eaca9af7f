"""Moving many cases at once: to a colleague, another team or a later day; in one transaction, taken back as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from pkui.base.errors import BadInput, Refused
from pkui.base.keys import new_key
from pkui.domain.codes import CaseState, EventKind, MoveKind
from pkui.domain.office import at
from pkui.domain.permissions import Permission, may_work
from pkui.services.desk import Work, use_case
from pkui.services.standing import place_anew
from storage.callbacks import standing_of
from storage.cases import case_by_number
from storage.moves import add_move, give_call, moves_of, newest_batch
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case
from storage.tables.moves import Move, MoveBatch
from storage.workload import read_team_names


@dataclass(frozen=True)
class Change:
    """What happens to one case: a new holder, another team, nothing before a day; `version` is what it was seen at."""

    queue_number: int
    version: int
    to: str | None = None
    team: str | None = None
    not_before: date | None = None


@dataclass(frozen=True)
class Moved:
    """How many cases were moved or came back, and the queue numbers of those left alone because they had moved on."""

    done: int
    skipped: tuple[int, ...]


@use_case(Permission.MOVE_CASES)
def move_cases(work: Work, changes: Sequence[Change], *, kind: MoveKind = MoveKind.BULK, reason: str = "") -> Moved:
    """Makes all the changes that still fit, in one transaction that can be taken back today.

    A case is left alone where it has changed since it was seen, where the new holder may not finish it, or where she
    has no room for its booked call. Another team needs a reason. Raises BadInput for unknown people and teams.
    """
    people = {one.username: one for one in read_staff(work.session, work.today, work.now)}
    teams = read_team_names(work.session, work.today)
    for change in changes:
        _check(work, change, people, teams, reason)
    batch = MoveBatch(id=new_key(work.now), kind=kind, made_by=work.person.id, made_at=work.now)
    work.session.add(batch)
    work.session.flush()
    skipped = []
    for change in sorted(changes, key=lambda one: one.queue_number):
        case = case_by_number(work.session, change.queue_number, lock=True)
        to = people[change.to] if change.to is not None else None
        if not _fits(case, change, to) or not _made(work, batch, case, change, to, reason):
            skipped.append(change.queue_number)
    return Moved(len(changes) - len(skipped), tuple(skipped))


def _check(
    work: Work, change: Change, people: Mapping[str, StaffRecord], teams: Mapping[str, str | None], reason: str
) -> None:
    if change.to is not None and change.to not in people:
        raise BadInput("no_such_person")
    if change.team is not None and change.team not in teams:
        raise BadInput("no_such_team")
    if change.team is not None and not reason.strip():
        raise BadInput("reason_needed")
    if change.not_before is not None and not work.calendar.is_working_day(change.not_before):
        raise Refused("closed_day", on=change.not_before.isoformat())


def _fits(case: Case, change: Change, to: StaffRecord | None) -> bool:
    if case.closed_at is not None or case.version != change.version:
        return False
    return to is None or (to.id != case.assignee_id and may_work(to.roles, case.topic, case.complexity))


def _made(work: Work, batch: MoveBatch, case: Case, change: Change, to: StaffRecord | None, reason: str) -> bool:
    """Makes one change with what belongs to it; False, and nothing changed, where the booked call cannot go along."""
    booked_by = None
    if to is not None:
        booking = standing_of(work.session, case_id=case.id)
        if booking is not None and booking.adviser_id != to.id:
            booked_by = booking.adviser_id
            if not give_call(work.session, booking, to.id):
                return False
    old, before = _state(case), case.assignee_id
    _set(work, case, to.id if to else case.assignee_id, change, reason)
    details: dict[str, Any] = {"by": batch.kind.value}
    details |= {"to": to.username} if to else {}
    details |= {"team": change.team} if change.team else {}
    details |= {"until": change.not_before.isoformat()} if change.not_before else {}
    work.event(case, EventKind.MOVED, reason=reason or None, **details)
    add_move(work.session, batch, case, work.now, before=before, old=old, booking_from=booked_by)
    return True


def _state(case: Case) -> dict[str, Any]:
    """What taking it back puts back, as JSON holds it."""
    return {
        "state": case.state.value,
        "team": case.team,
        "team_reason": case.team_reason,
        "follow_up_on": case.follow_up_on.isoformat() if case.follow_up_on else None,
        "retry_from": case.retry_from.isoformat() if case.retry_from else None,
    }


def _set(work: Work, case: Case, holder: UUID | None, change: Change, reason: str) -> None:
    case.assignee_id = holder
    if holder is not None:
        case.state = case.state.held
    if change.team is not None:
        case.team, case.team_reason = change.team, reason
    if change.not_before is not None:
        if case.state is CaseState.WAITING:
            case.follow_up_on = change.not_before
        else:
            case.retry_from = at(change.not_before, work.office.opens)
    if case.answered_at is not None:
        place_anew(work, case)


@use_case(Permission.READ_QUEUE, writes=False)
def open_teams(work: Work) -> dict[str, str | None]:
    """The teams that are open today, with the names of those that have one of their own."""
    return read_team_names(work.session, work.today)


@use_case(Permission.MOVE_CASES)
def undo_moves(work: Work) -> Moved:
    """Takes back the cases moved last today; those that have moved on since are left alone and named.

    Raises Refused('no_moves_to_undo').
    """
    batch = newest_batch(work.session, at(work.today, time.min))
    if batch is None:
        raise Refused("no_moves_to_undo")
    done, skipped = 0, []
    for move in moves_of(work.session, batch.id):
        case = work.session.get_one(Case, move.case_id, with_for_update=True)
        if case.closed_at is None and case.version == move.version and _taken_back(work, case, move):
            done += 1
        else:
            skipped.append(case.queue_number)
    batch.undone_by, batch.undone_at = work.person.id, work.now
    return Moved(done, tuple(sorted(skipped)))


def _taken_back(work: Work, case: Case, move: Move) -> bool:
    if move.booking_from is not None:
        booking = standing_of(work.session, case_id=case.id)
        if booking is not None and not give_call(work.session, booking, move.booking_from):
            return False
    old = move.old
    case.assignee_id, case.state, case.team = move.from_id, CaseState(old["state"]), old["team"]
    case.team_reason = old["team_reason"]
    case.follow_up_on = date.fromisoformat(old["follow_up_on"]) if old["follow_up_on"] else None
    case.retry_from = datetime.fromisoformat(old["retry_from"]) if old["retry_from"] else None
    if case.answered_at is not None:
        place_anew(work, case)
    work.event(case, EventKind.MOVED, by="undo")
    return True
