"""The change number: whether any desk has changed anything, asked every few seconds by every desk.

Events are numbered when they are written and seen when they are committed, so that on a server a lower number may come
to light after a higher one. The mark therefore also holds how many of the newest numbers were there.
"""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.errors import Refused
from pkui.domain.codes import EventKind
from storage.fixed import Fixed
from storage.revision import HEAD
from storage.tables.cases import Case
from storage.tables.records import Event
from storage.tables.staff import Staff

COUNTED = 100
"""How many numbers may be given out between a number and its coming to light; an office at work has a few."""
READ_AGAIN = 500
"""How far back is read when a lower number has come to light: a transaction may have written many."""
_ASK = Fixed(
    sa.text(
        "SELECT (SELECT max(id) FROM events), (SELECT count(*) FROM events WHERE id > :first AND id <= :newest), "
        "(SELECT version_num FROM alembic_version)"
    ).bindparams(sa.bindparam("first", type_=sa.BigInteger), sa.bindparam("newest", type_=sa.BigInteger))
)


@dataclass(frozen=True)
class ChangeMark:
    """The newest event's number, and how many of the numbers before it were there."""

    newest: int
    present: int


def read_change_mark(session: Session) -> ChangeMark:
    """The mark of this instant."""
    newest = session.scalar(sa.select(sa.func.max(col(Event.id)))) or 0
    return ChangeMark(newest, _ASK.rows(session.connection(), _numbers(newest))[0][1])


def read_whether_changed(connection: sa.Connection, since: ChangeMark) -> int | None:
    """After which event's number to read what is new; None where nothing is.

    Raises Refused('restart_needed') where the schema has been moved on under an open desk.
    """
    ((newest, present, at),) = _ASK.rows(connection, _numbers(since.newest))
    if at != HEAD:
        raise Refused("restart_needed", at=at, knows=HEAD)
    if present != since.present:
        return since.newest - READ_AGAIN
    return since.newest if (newest or 0) != since.newest else None


def read_changed_cases(session: Session, after: int, *, not_by: UUID | None) -> list[tuple[int, EventKind, str | None]]:
    """What other people changed since an event: queue number, what, and by whom, oldest first."""
    query = (
        sa.select(col(Case.queue_number), col(Event.kind), col(Staff.name))
        .join(Case, col(Case.id) == col(Event.case_id))
        .join(Staff, col(Staff.id) == col(Event.staff_id), isouter=True)
        .where(col(Event.id) > after, col(Event.staff_id).is_distinct_from(not_by))
        .order_by(col(Event.id))
        .limit(1_000)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def _numbers(newest: int) -> dict[str, int]:
    return {"first": newest - COUNTED, "newest": newest}
