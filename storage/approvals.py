"""Reads what colleagues are asked to approve, and what they said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import ApprovalState
from storage.tables.moves import Approval
from storage.tables.records import Segment
from storage.tables.staff import Staff

_asker, _decider = (sa.orm.aliased(Staff) for _ in range(2))


@dataclass(frozen=True)
class ApprovalRecord:
    """What holds for one course; `asked_by` and `decided_by` are names, `asker` a username."""

    number: int
    state: ApprovalState
    asker: str
    asked_by: str
    asked_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    text: str | None


def newest_approval(session: Session, segment_id: UUID) -> Approval | None:
    """What holds for a course, to be changed."""
    query = sa.select(Approval).where(col(Approval.segment_id) == segment_id)
    return session.scalars(query.order_by(col(Approval.asked_at).desc(), col(Approval.id).desc())).first()


def read_approvals(session: Session, case_id: UUID) -> list[ApprovalRecord]:
    """What holds for each course of a case that was ever asked about, by the course's number."""
    rows = session.execute(
        sa.select(
            col(Segment.number), col(Approval.state), col(_asker.username), col(_asker.name), col(Approval.asked_at),
            col(_decider.name), col(Approval.decided_at), col(Approval.text),
        )
        .join(Segment, col(Segment.id) == col(Approval.segment_id))
        .join(_asker, col(_asker.id) == col(Approval.asked_by))
        .join(_decider, col(_decider.id) == col(Approval.decided_by), isouter=True)
        .where(col(Approval.case_id) == case_id)
        .order_by(col(Segment.number), col(Approval.asked_at), col(Approval.id))
    )  # fmt: skip
    newest = {row[0]: ApprovalRecord(*row) for row in rows}
    return list(newest.values())


def count_approved(session: Session, staff_id: UUID) -> int:
    """How many courses colleagues have approved for a person."""
    query = sa.select(sa.func.count(sa.distinct(col(Approval.segment_id)))).where(
        col(Approval.asked_by) == staff_id,
        col(Approval.state) == ApprovalState.APPROVED,
        col(Approval.decided_by) != staff_id,
    )
    return session.scalar(query) or 0
