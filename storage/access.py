"""Writes the access log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from pkui.domain.codes import AccessKind
from storage.tables.access import AccessLogEntry


def write_entry(
    session: Session, kind: AccessKind, what: str, *, at: datetime, staff_id: UUID | None, place: str, **about: Any
) -> None:
    """Adds one row: who, when, what kind, from where; `about` holds patient, case, purpose, criterion and hits."""
    session.add(AccessLogEntry(kind=kind, what=what, at=at, staff_id=staff_id, place=place, **about))
