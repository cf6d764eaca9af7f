"""Reads questions about cases and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import SparringWith
from storage.tables.cases import Case
from storage.tables.patients import Patient
from storage.tables.sparring import SparringQuestion
from storage.tables.staff import Staff

_asker, _colleague, _answerer = (sa.orm.aliased(Staff) for _ in range(3))


@dataclass(frozen=True)
class QuestionRecord:
    """One question with its answer, and the names of everybody in it."""

    id: UUID
    version: int
    case_id: UUID
    queue_number: int
    case_number: str
    patient_name: str | None
    protected: bool
    asked_of: SparringWith
    colleague: str | None
    colleague_name: str | None
    text: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    answer: str | None
    answered_by_name: str | None
    answered_at: datetime | None


def read_questions(session: Session, case_ids: Sequence[UUID]) -> list[QuestionRecord]:
    """Every question about these cases, the oldest first."""
    return _records(session, _questions().where(col(SparringQuestion.case_id).in_(case_ids)))


def read_open_questions(session: Session) -> list[QuestionRecord]:
    """Every question that waits for its answer, the oldest first."""
    return _records(session, _questions().where(col(SparringQuestion.answered_at).is_(None)))


def _questions() -> sa.Select[*tuple[object, ...]]:
    return (
        sa.select(
            col(SparringQuestion.id), col(SparringQuestion.version), col(SparringQuestion.case_id),
            col(Case.queue_number), col(Case.case_number), col(Patient.name), col(Patient.protected),
            col(SparringQuestion.asked_of), col(_colleague.username), col(_colleague.name),
            col(SparringQuestion.text), col(_asker.username), col(_asker.name), col(SparringQuestion.asked_at),
            col(SparringQuestion.answer), col(_answerer.name), col(SparringQuestion.answered_at),
        )
        .join(Case, col(Case.id) == col(SparringQuestion.case_id))
        .join(Patient, col(Patient.id) == col(Case.patient_id))
        .join(_asker, col(_asker.id) == col(SparringQuestion.asked_by))
        .join(_colleague, col(_colleague.id) == col(SparringQuestion.colleague_id), isouter=True)
        .join(_answerer, col(_answerer.id) == col(SparringQuestion.answered_by), isouter=True)
        .order_by(col(SparringQuestion.asked_at), col(SparringQuestion.id))
    )  # fmt: skip


def _records(session: Session, query: sa.Select[*tuple[object, ...]]) -> list[QuestionRecord]:
    rows: list[list[object]] = [list(row) for row in session.execute(query)]
    return [QuestionRecord(*row) for row in rows]  # type: ignore[arg-type]
