"""Reads and writes what people say about the hints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.base.clock import local_date
from pkui.domain.rights.answers import Answer, Right
from pkui.domain.rights.law import OfficeValue
from storage.tables.cases import Case
from storage.tables.rights import LawValue, RightsOverruling
from storage.tables.staff import Staff


@dataclass(frozen=True)
class Overruling:
    """An adviser's other answer to a hint of one case."""

    queue_number: int
    right: Right
    limb: str | None
    hint: Answer
    answer: Answer
    reason: str
    by: str
    at: datetime


def read_overrulings(session: Session, case_id: UUID | None = None) -> list[Overruling]:
    """The overrulings of a case, or all of them, the newest first."""
    row = RightsOverruling
    query = (
        sa.select(
            col(Case.queue_number), col(row.right), col(row.limb), col(row.hint), col(row.answer), col(row.reason),
            col(Staff.name), col(row.at),
        )
        .join(Case, col(Case.id) == col(row.case_id))
        .join(Staff, col(Staff.id) == col(row.by))
        .order_by(col(row.id).desc())
    )  # fmt: skip
    found = session.execute(query if case_id is None else query.where(col(row.case_id) == case_id))
    return [Overruling(*tuple(one)) for one in found]


def add_overruling(
    session: Session,
    case_id: UUID,
    right: Right,
    limb: str | None,
    *,
    hint: Answer,
    answer: Answer,
    reason: str,
    by: UUID,
    at: datetime,
) -> None:
    """Adds an adviser's other answer; the hint itself stays."""
    session.add(
        RightsOverruling(case_id=case_id, right=right, limb=limb, hint=hint, answer=answer, reason=reason, by=by, at=at)
    )


def read_office_values(session: Session) -> Sequence[OfficeValue]:
    """The numbers the office has verified, in the order they were set."""
    row = LawValue
    query = (
        sa.select(
            col(row.rule), col(row.valid_from), col(row.value), col(row.source), col(Staff.name), col(row.set_at),
            col(row.valid_to),
        )
        .join(Staff, col(Staff.id) == col(row.set_by))
        .order_by(col(row.id))
    )  # fmt: skip
    return [
        OfficeValue(one[0], one[1], one[2], one[3], one[4], local_date(one[5]), one[6])
        for one in session.execute(query)
    ]


def add_office_value(session: Session, value: LawValue) -> None:
    """Adds a verified number; the one before it stays."""
    session.add(value)
