"""Short answers on the telephone, and the enquiries whose words a person has to look at."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import EventKind, PriorityClass
from storage.tables.calls import ShortAnswer
from storage.tables.cases import Case
from storage.tables.records import Event

NO_WORDS = "[]"


def add_short_answer(session: Session, id: UUID, *, at: datetime, staff_id: UUID) -> None:
    """Counts one short answer."""
    session.add(ShortAnswer(id=id, at=at, staff_id=staff_id))


def count_short_answers(session: Session, first: datetime, before: datetime) -> int:
    """How many short answers were given from one instant to before another."""
    within = (col(ShortAnswer.at) >= first, col(ShortAnswer.at) < before)
    return session.scalar(sa.select(sa.func.count()).select_from(ShortAnswer).where(*within)) or 0


def read_flagged(session: Session) -> list[int]:
    """Open, unanswered cases outside class 1 whose words nobody has looked at, the oldest first."""
    looked_at = sa.select(col(Event.case_id)).where(col(Event.kind) == EventKind.FLAGS_CHECKED)
    query = (
        sa.select(col(Case.queue_number))
        .where(
            col(Case.closed_at).is_(None),
            col(Case.answered_at).is_(None),
            col(Case.priority_class) != PriorityClass.MAXIMUM_WAITING_TIME.value,
            sa.cast(col(Case.flagged_words), sa.String) != NO_WORDS,
            col(Case.id).not_in(looked_at),
        )
        .order_by(col(Case.registered_at), col(Case.queue_number))
    )
    return list(session.scalars(query))
