"""Reads and writes the phone book; every change stands with the catalogue's changes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pkui.domain.phone_book import PhoneKind, PhoneRow
from storage.tables.phone_book import PhoneEntry
from storage.tables.providers import CatalogueChange
from storage.tables.staff import Staff

LIST = "phone_book"


@dataclass(frozen=True)
class EntryRecord:
    """One entry in force, where it is written, and who changed it last."""

    id: UUID
    version: int
    row: PhoneRow
    source: str
    by_hand: bool
    edited_by: str
    edited_at: datetime


def read_entries(session: Session, *, kind: PhoneKind | None = None) -> list[EntryRecord]:
    """Every entry in force, by place and name."""
    query = (
        sa.select(PhoneEntry, col(Staff.name))
        .join(Staff, col(Staff.id) == col(PhoneEntry.edited_by))
        .where(col(PhoneEntry.ended_on).is_(None))
        .order_by(col(PhoneEntry.place), col(PhoneEntry.name), col(PhoneEntry.id))
    )
    if kind is not None:
        query = query.where(col(PhoneEntry.kind) == kind)
    return [
        EntryRecord(one.id, one.version or 0, row_of(one), one.source, one.by_hand, name, one.edited_at)
        for one, name in session.execute(query)
    ]


def row_of(entry: PhoneEntry) -> PhoneRow:
    """The entry's own values."""
    return PhoneRow(entry.kind, entry.name, entry.place, entry.phone, entry.hours, entry.note)


def entry_for_change(session: Session, id: UUID) -> PhoneEntry | None:
    """The entry in force, locked until the transaction ends."""
    query = select(PhoneEntry).where(col(PhoneEntry.id) == id, col(PhoneEntry.ended_on).is_(None))
    return session.execute(query.with_for_update()).scalar_one_or_none()


def add_change(
    session: Session,
    kind: str,
    id: UUID,
    *,
    before: PhoneRow | None,
    after: PhoneRow | None,
    at: datetime,
    staff_id: UUID,
    source: str,
) -> None:
    """Notes who changed an entry from what to what, and where that is written."""
    session.add(
        CatalogueChange(
            at=at,
            staff_id=staff_id,
            list_name=LIST,
            row_key=id.hex,
            kind=kind,
            before=_plain(before),
            after=_plain(after),
            source=source,
        )
    )


def _plain(row: PhoneRow | None) -> dict[str, Any] | None:
    return None if row is None else asdict(row)


def end_entry(entry: PhoneEntry, on: date) -> None:
    """The entry is right no more; the row stays."""
    entry.ended_on = on
