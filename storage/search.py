"""Finds cases, open and closed, by what a person on the phone can say; never by reading the whole history.

A condition leads to few people or cases, or is met so often that the newest fifty are found soon from the newest end.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables.cases import Case
from storage.tables.contacts import Representative
from storage.tables.patients import Patient, PatientName

Condition = sa.ColumnElement[bool]

FEW = 2_000
"""Up to so many people of a name their cases are sorted; of more, the cases are gone through from the newest."""


def read_newest(session: Session, condition: Condition, *, limit: int) -> list[int]:
    """The queue numbers of the newest cases that meet a condition."""
    query = sa.select(col(Case.queue_number)).where(condition).order_by(col(Case.queue_number).desc()).limit(limit)
    return list(session.scalars(query))


def by_identifier(index: bytes) -> Condition:
    """Cases of the person with that number, by its blind index."""
    return col(Case.patient_id).in_(sa.select(col(Patient.id)).where(col(Patient.identifier_index) == index))


def by_phone(session: Session, number: str) -> Condition:
    """Cases on which that number stands, as the patient's or as that of somebody who speaks for her."""
    speaks = sa.select(col(Representative.case_id)).where(col(Representative.phone) == number)
    of_patient = (
        sa.select(col(Case.id)).where(one == number) for one in (col(Case.phone), col(Case.alternative_phone))
    )
    found = session.scalars(sa.union(speaks, *of_patient).limit(FEW)).all()
    return col(Case.id).in_(found)


def by_number(text: str) -> Condition:
    """The case with that case number, or that queue number."""
    return col(Case.queue_number) == int(text) if text.isdigit() else col(Case.case_number) == text


def by_name(session: Session, words: Sequence[str]) -> Condition:
    """Cases of people in whose name each folded word begins some part."""
    people = session.scalars(_people(words)).all()
    if len(people) <= FEW:
        return col(Case.patient_id).in_(set(people))
    return sa.and_(*(is_named(word) for word in words))


def is_named(word: str) -> Condition:
    """Whether the case is of a person in whose name the folded word begins some part.

    One look at her own name, however many others share it: a server that guesses how many there are guesses wrong.
    """
    named = sa.select(col(PatientName.patient_id)).where(col(PatientName.patient_id) == col(Case.patient_id))
    return named.where(_begins(_unsorted(PatientName), word)).correlate(Case).limit(1).scalar_subquery().is_not(None)


def _people(words: Sequence[str]) -> sa.Select[Any]:
    """The people in whose name each word begins some part, once for each such part; not many more than `FEW`.

    Found by the longest word, which the fewest share.
    """
    first, *more = sorted(words, key=len, reverse=True)
    query = sa.select(col(PatientName.patient_id)).where(_begins(col(PatientName.word), first))
    for word in more:
        name: Any = aliased(PatientName)
        query = query.join(name, name.patient_id == col(PatientName.patient_id)).where(_begins(_unsorted(name), word))
    return query.limit(FEW + 1)


def _begins(written: Any, word: str) -> Condition:
    return sa.and_(written >= word, written < word + "\U0010ffff")


def _unsorted(name: Any) -> Any:
    """The word as one that no index knows, so that it is looked up by the person."""
    return col(name.word).concat("")
