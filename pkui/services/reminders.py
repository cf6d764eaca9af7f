"""A person's own reminder on a case: a day, a time and a few words. It moves nothing and binds nobody else."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from pkui.base.errors import BadInput
from pkui.domain.permissions import Permission
from pkui.domain.windows import COPENHAGEN
from pkui.services.case_view import CaseView, view_of
from pkui.services.cases import not_longer
from pkui.services.desk import Work, use_case
from pkui.services.openings import open_to_read
from storage.tables.cases import Case
from storage.tables.reminders import Reminder

LONGEST_REMINDER = 200


@use_case(Permission.WORK_CASES)
def remind(work: Work, queue_number: int, when: datetime, *, text: str | None = None) -> CaseView:
    """Sets one's own reminder, in the place of an earlier one; `when` is local wall time. Raises BadInput."""
    case = open_to_read(work, queue_number, "reminder")
    at = when.replace(tzinfo=COPENHAGEN) if when.tzinfo is None else when
    if at <= work.now:
        raise BadInput("reminder_in_the_past")
    _take_away(work, case)
    work.session.add(
        Reminder(
            case_id=case.id,
            staff_id=work.person.id,
            at=at,
            text=not_longer(text or "", LONGEST_REMINDER).strip() or None,
            set_at=work.now,
        )
    )
    return view_of(work, case)


@use_case(Permission.WORK_CASES)
def forget(work: Work, queue_number: int) -> CaseView:
    """Takes one's own reminder away; without one nothing happens."""
    case = open_to_read(work, queue_number, "reminder")
    _take_away(work, case)
    return view_of(work, case)


def _take_away(work: Work, case: Case) -> None:
    work.session.execute(
        sa.delete(Reminder).where(col(Reminder.case_id) == case.id, col(Reminder.staff_id) == work.person.id)
    )
