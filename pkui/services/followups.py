"""Follow-ups by recipient: every case that waits for the same department, so that one call answers all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pkui.base.errors import BadInput, Refused
from pkui.domain.codes import ContactResult, Direction, Party
from pkui.domain.folding import fold
from pkui.domain.permissions import Permission
from pkui.services.cases import let_wait, open_for_change
from pkui.services.contacts import log_on
from pkui.services.desk import Work, use_case
from pkui.services.queue import QueueRow, row_of
from storage.day import WaitingRecord, read_waiting_for
from storage.queue import read_rows

RECIPIENTS = (Party.DEPARTMENT, Party.PRIVATE_HOSPITAL, Party.PATHWAY_COORDINATOR)
"""Who may have several cases to answer for."""
MOST_CASES = 100


@dataclass(frozen=True)
class WaitingCase:
    """One case that waits: what was asked, by when, and whether one holds it oneself."""

    row: QueueRow
    text: str | None
    follow_up_on: date
    mine: bool
    version: int


@dataclass(frozen=True)
class Recipient:
    """One place that several cases wait for; `name` is None where no case says which."""

    party: Party
    name: str | None
    cases: tuple[WaitingCase, ...]

    @property
    def first(self) -> date:
        """The nearest follow-up date."""
        return min(one.follow_up_on for one in self.cases)


@use_case(Permission.WORK_CASES, writes=False)
def recipients(work: Work) -> list[Recipient]:
    """Whom one's own cases and those of one's teams wait for, the nearest follow-up first; the unnamed last."""
    person = work.person
    found = [
        one
        for one in read_waiting_for(work.session, RECIPIENTS)
        if one.assignee_id == person.id or one.team in person.teams
    ]
    rows = {row.queue_number: row for row in read_rows(work.session, [one.queue_number for one in found])}
    groups: dict[tuple[Party, str], list[WaitingRecord]] = {}
    for one in found:
        groups.setdefault((one.waiting_for, fold(_name(one) or "")), []).append(one)
    return [
        Recipient(
            party=some[0].waiting_for,
            name=_name(some[0]),
            cases=tuple(
                WaitingCase(
                    row=row_of(work, rows[one.queue_number]),
                    text=one.waiting_text,
                    follow_up_on=one.follow_up_on,
                    mine=one.assignee_id == person.id,
                    version=one.version,
                )
                for one in some
            ),
        )
        for some in sorted(groups.values(), key=lambda some: _name(some[0]) is None)
    ]


@use_case(Permission.WORK_CASES)
def contact_about(
    work: Work,
    cases: Sequence[tuple[int, int | None]],
    *,
    result: ContactResult,
    text: str | None = None,
    name: str | None = None,
    until: date | None = None,
) -> int:
    """Logs one contact on every one of these cases, in one transaction; each as queue number and version.

    `until`: the next follow-up date of those one holds oneself. Returns how many cases were written to; when one of
    them has moved on, none is. Raises Stale, Refused('not_waiting').
    """
    if not cases or len(cases) > MOST_CASES:
        raise BadInput("choose_cases", most=MOST_CASES)
    for queue_number, version in sorted(cases):
        case = open_for_change(work, queue_number, version)
        party, asked = case.waiting_for, case.waiting_text
        if case.closed_at is not None or party is None:
            raise Refused("not_waiting", queue_number=queue_number)
        log_on(work, case, party=party, result=result, direction=Direction.OUTGOING, text=text, party_name=name)
        if until is not None and case.assignee_id == work.person.id:
            let_wait(work, case, party=party, until=until, text=asked or "")
    return len(cases)


def _name(one: WaitingRecord) -> str | None:
    """What the place is called: the department with its hospital, or the private hospital."""
    if one.waiting_for is Party.PRIVATE_HOSPITAL:
        return one.provider
    hospital, department = (one.hospital or "").strip(), (one.department or "").strip()
    if hospital and fold(hospital) in fold(department):
        return department
    return " ".join(part for part in (department, hospital) if part) or None
