"""Finds and keeps the patients; their numbers stay sealed."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.folding import fold_words
from pkui.domain.identifiers import Identifier
from storage.secrets import Cipher
from storage.tables.patients import Patient, PatientName

IDENTIFIER = "patients.identifier"


def index_of(identifier: Identifier, cipher: Cipher) -> bytes:
    """The blind index under which this number is found."""
    return cipher.blind_index(IDENTIFIER, identifier.value)


def read_identifier(patient: Patient, cipher: Cipher) -> str | None:
    """The patient's number in plain text, for the case screen alone."""
    return cipher.open_text(IDENTIFIER, patient.identifier_sealed) if patient.identifier_sealed else None


def find_patient(session: Session, identifier: Identifier, cipher: Cipher) -> Patient | None:
    """The patient with that number."""
    index = index_of(identifier, cipher)
    query = sa.select(Patient).where(
        col(Patient.identifier_type) == identifier.type, col(Patient.identifier_index) == index
    )
    return session.scalars(query).first()


def name_rows(patient_id: UUID, name: str | None) -> list[PatientName]:
    """The rows that let every part of a name be searched by its beginning."""
    return [PatientName(word=word[:120], patient_id=patient_id) for word in fold_words(name or "")]


def rename(session: Session, patient: Patient, name: str | None) -> None:
    """Gives the patient another name and makes it the one search finds."""
    session.execute(sa.delete(PatientName).where(col(PatientName.patient_id) == patient.id))
    patient.name = name
    session.add_all(name_rows(patient.id, name))
