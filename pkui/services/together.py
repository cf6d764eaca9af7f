"""A person's cases stay with one adviser: who is dealt one of them is dealt the others, for one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pkui.domain.codes import CaseState, EventKind
from pkui.domain.permissions import may_work
from pkui.services.desk import Work
from storage.company import read_hold
from storage.merges import lock_open_of_person, read_open_of_person
from storage.staff import StaffRecord, read_staff
from storage.tables.cases import Case


@dataclass(frozen=True)
class Followed:
    """A case that went to the one who holds the person's other case; `colleague` is None when that is oneself."""

    queue_number: int
    other_number: int
    colleague: str | None


def holder_of_person(work: Work, case: Case) -> tuple[Case, StaffRecord] | None:
    """The colleague who holds another open case of the person, is present and may work this one, with that case.

    Locks the person where she has other cases, so that two desks never part them.
    """
    if not read_open_of_person(work.session, case):
        return None
    held = [one for one in lock_open_of_person(work.session, case) if one.assignee_id is not None]
    if any(one.assignee_id == work.person.id for one in held):
        return None
    staff = {one.id: one for one in read_staff(work.session, work.today, work.now)} if held else {}
    for other in held:
        holder = staff.get(other.assignee_id) if other.assignee_id else None
        if holder is not None and _may_be_given(holder, case):
            return other, holder
    return None


def follow(work: Work, case: Case, other: Case, holder: StaffRecord) -> Followed:
    """Gives a free case to the colleague who holds the person's other one."""
    _give(work, case, holder.id, holder.username, other.queue_number)
    return Followed(case.queue_number, other.queue_number, holder.name)


def bring_along(work: Work, case: Case, to: UUID, username: str, *, held_by: UUID | None = None) -> list[Followed]:
    """Gives the person's other open cases to the one who has just got this one: the free ones, and those of the giver.

    A case she may not work, or that a colleague works on at this moment, stays where it is.
    """
    if not read_open_of_person(work.session, case):
        return []
    holder = next(iter(read_staff(work.session, work.today, work.now, username=username)), None)
    moved = []
    for other in lock_open_of_person(work.session, case):
        free = other.assignee_id is None or (held_by is not None and other.assignee_id == held_by)
        wanted = free and other.assignee_id != to and holder is not None and _may_work(holder, other)
        if wanted and read_hold(work.session, other.id, work.now, but=to) is None:
            _give(work, other, to, username, case.queue_number)
            moved.append(Followed(other.queue_number, case.queue_number, None))
    return moved


def put_back_along(work: Work, case: Case, holder: UUID, reason: str) -> None:
    """Puts the person's other cases back too: what is worked in one call is given up in one."""
    if not read_open_of_person(work.session, case):
        return
    for other in _held_by(lock_open_of_person(work.session, case), holder):
        other.assignee_id = None
        if other.state in (CaseState.ASSIGNED, CaseState.SCHEDULED):
            other.state = CaseState.NEW
        work.event(other, EventKind.PUT_BACK, reason=reason, with_case=case.queue_number)


def _held_by(cases: Sequence[Case], holder: UUID) -> list[Case]:
    return [one for one in cases if one.assignee_id == holder]


def _may_be_given(holder: StaffRecord, case: Case) -> bool:
    return not holder.absent and _may_work(holder, case)


def _may_work(holder: StaffRecord, case: Case) -> bool:
    return may_work(holder.roles, case.topic, case.complexity)


def _give(work: Work, case: Case, to: UUID, username: str, other_number: int) -> None:
    case.assignee_id = to
    case.state = case.state.held
    work.event(case, EventKind.ASSIGNED, to=username, with_case=other_number)
