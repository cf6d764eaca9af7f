"""Finds cases, open and closed, by what a person on the phone can say."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from storage.tables.cases import Case
from storage.tables.contacts import Representative
from storage.tables.patients import Patient, PatientName

Condition = sa.ColumnElement[bool]


def read_newest(session: Session, condition: Condition, *, limit: int) -> list[int]:
    """The queue numbers of the newest cases that meet a condition."""
    query = sa.select(col(Case.queue_number)).where(condition).order_by(col(Case.queue_number).desc()).limit(limit)
    return list(session.scalars(query))


def by_identifier(index: bytes) -> Condition:
    """Cases of the person with that number, by its blind index."""
    return col(Case.patient_id).in_(sa.select(col(Patient.id)).where(col(Patient.identifier_index) == index))


def by_phone(number: str) -> Condition:
    """Cases on which that number stands, as the patient's or as that of somebody who speaks for her."""
    speaks = sa.select(col(Representative.case_id)).where(col(Representative.phone) == number)
    return sa.or_(col(Case.phone) == number, col(Case.alternative_phone) == number, col(Case.id).in_(speaks))


def by_number(text: str) -> Condition:
    """The case with that case number, or that queue number."""
    return col(Case.queue_number) == int(text) if text.isdigit() else col(Case.case_number) == text


def by_name(words: Sequence[str]) -> Condition:
    """Cases of people in whose name each folded word begins some part."""
    return sa.and_(
        *(
            col(Case.patient_id).in_(
                sa.select(col(PatientName.patient_id)).where(
                    col(PatientName.word) >= word, col(PatientName.word) < word + "\U0010ffff"
                )
            )
            for word in words
        )
    )
