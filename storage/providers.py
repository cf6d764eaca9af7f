"""The catalogue read and written: rows in force, what changed them, slips, the feed's state, courses at a provider."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.codes import SegmentState
from pkui.domain.providers.catalogue import LISTS, Row, plain
from pkui.domain.providers.differences import Change, ChangeKind, HeldRow
from storage.base import Base
from storage.tables.cases import Case
from storage.tables.providers import (
    AgreementEnding,
    AgreementRow,
    AreaRow,
    CatalogueChange,
    CatalogueFeed,
    CatalogueImport,
    EndingCheck,
    LocationRow,
    OrganizationRow,
    ServiceRow,
    WaitingSlip,
    WaitingTimeRow,
)
from storage.tables.records import Segment
from storage.tables.staff import Staff

TABLES: dict[str, type[Base]] = {
    "organizations": OrganizationRow,
    "locations": LocationRow,
    "areas": AreaRow,
    "services": ServiceRow,
    "agreements": AgreementRow,
    "waiting_times": WaitingTimeRow,
}
FEED_ROW = 1


@dataclass(frozen=True)
class Slip:
    """What a clinic said on the phone: of which service, who said it, who wrote it down, until when it counts."""

    id: UUID
    service_id: str
    at: datetime
    expires_at: datetime
    weeks: int | None
    first_free: date | None
    told_by: str
    text: str | None
    by: str


@dataclass(frozen=True)
class Ending:
    """A provider whose agreement ended: the first day without it."""

    organization_id: str
    agreement_id: str | None
    ends_on: date
    team: str


@dataclass(frozen=True)
class SegmentAtProvider:
    """A course at a provider, with its case; the patient is not in it."""

    segment_id: UUID
    queue_number: int
    case_number: str
    number: int
    state: SegmentState | None
    area: str | None
    agreement_id: str | None
    closed_at: datetime | None
    advised_on: date | None
    complaint_on: date | None
    moved_back_on: date | None


@dataclass(frozen=True)
class HistoryRow:
    """One change of one row of the catalogue."""

    at: datetime
    by: str | None
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    source: str | None


def read_version(session: Session) -> int:
    """The number of the newest change of the catalogue's own lists: while it stays, the rows stay."""
    own = col(CatalogueChange.list_name).in_(LISTS)
    newest = sa.select(col(CatalogueChange.id)).where(own).order_by(col(CatalogueChange.id).desc()).limit(1)
    return session.scalar(newest) or 0


def read_taken_in(session: Session) -> datetime | None:
    """When a whole catalogue was last taken in."""
    return session.scalar(sa.select(col(CatalogueImport.at)).order_by(col(CatalogueImport.at).desc()).limit(1))


def read_area_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """The names of areas by code, of ended ones too."""
    if not codes:
        return {}
    rows = session.execute(sa.select(col(AreaRow.code), col(AreaRow.name_da)).where(col(AreaRow.code).in_(codes)))
    return {row.code: row.name_da for row in rows}


def read_held(session: Session, names: Iterable[str] = LISTS) -> dict[str, dict[str, HeldRow]]:
    """The rows in force of these lists, by list and key."""
    return {name: _read_list(session, name) for name in names}


def _read_list(session: Session, name: str) -> dict[str, HeldRow]:
    kind, table = LISTS[name], sa.inspect(TABLES[name]).columns
    names = [field.name for field in fields(kind)]
    columns = [table[one] for one in names]
    rows = session.execute(sa.select(*columns, table["by_hand"]).where(table["ended_on"].is_(None)))
    at = names.index(kind.KEY)
    return {row[at]: HeldRow(_value(kind, names, row), bool(row[-1])) for row in rows}


def _value(kind: type[Row], names: Sequence[str], row: Sequence[Any]) -> Row:
    values: dict[str, Any] = {
        one: tuple(value) if isinstance(value, list) else value for one, value in zip(names, row, strict=False)
    }
    return kind(**values)


def write_changes(
    session: Session,
    changes: Sequence[Change],
    *,
    at: datetime,
    today: date,
    staff_id: UUID | None,
    import_id: UUID | None,
    source: str | None,
    by_hand: bool = False,
) -> None:
    """Writes rows added, changed and ended with their history; kept ones stay as they are. Nothing is deleted."""
    written = [change for change in changes if change.kind is not ChangeKind.KEPT]
    for name in LISTS:
        _write_list(session, name, [change for change in written if change.list == name], today, by_hand)
    if not written:
        return
    session.execute(
        sa.insert(CatalogueChange),
        [
            {
                "at": at,
                "staff_id": staff_id,
                "import_id": import_id,
                "list_name": change.list,
                "row_key": change.key,
                "kind": change.kind.value,
                "before": plain(change.before) if change.before else None,
                "after": plain(change.after) if change.after else None,
                "source": source,
            }
            for change in written
        ],
    )


def _write_list(session: Session, name: str, changes: Sequence[Change], today: date, by_hand: bool) -> None:
    table, key = TABLES[name], LISTS[name].KEY
    column = sa.inspect(table).columns[key]
    live = [change for change in changes if change.after is not None and change.kind is not ChangeKind.ENDED]
    known = _known(session, column, [change.key for change in live])
    new = [_columns(change.after, by_hand) for change in _parents_first(live) if change.key not in known]
    if new:
        session.execute(sa.insert(table), new)
    for change in live:
        if change.key in known:
            session.execute(sa.update(table).where(column == change.key).values(_columns(change.after, by_hand)))
    for change in changes:
        if change.kind is ChangeKind.ENDED:
            session.execute(sa.update(table).where(column == change.key).values(ended_on=today))


_SOME = 500


def _known(session: Session, column: sa.ColumnElement[str], keys: Sequence[str]) -> set[str]:
    """Those of the keys that the table holds, ended or not: a row that comes back is the same row."""
    found: set[str] = set()
    for start in range(0, len(keys), _SOME):
        found |= set(session.scalars(sa.select(column).where(column.in_(keys[start : start + _SOME]))))
    return found


def _columns(row: Row | None, by_hand: bool) -> dict[str, Any]:
    if row is None:
        return {}
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return values | {"by_hand": by_hand, "ended_on": None}


def _parents_first(changes: Sequence[Change]) -> list[Change]:
    """Organizations after those they are part of."""
    waiting = {change.key: change for change in changes}
    placed: list[Change] = []
    while waiting:
        ready = [one for one in waiting.values() if getattr(one.after, "part_of", None) not in waiting]
        for change in ready:
            placed.append(waiting.pop(change.key))
    return placed


def read_history(session: Session, list_name: str, key: str) -> list[HistoryRow]:
    """Every change of one row, the newest first."""
    change = CatalogueChange
    query = (
        sa.select(
            col(change.at), col(Staff.name), col(change.kind), col(change.before), col(change.after), col(change.source)
        )
        .join(Staff, col(Staff.id) == col(change.staff_id), isouter=True)
        .where(col(change.list_name) == list_name, col(change.row_key) == key)
        .order_by(col(change.id).desc())
    )
    return [HistoryRow(*row) for row in session.execute(query)]


def read_slips(session: Session, now: datetime) -> list[Slip]:
    """The slips that still count, the newest first."""
    slip = WaitingSlip
    query = (
        sa.select(
            col(slip.id),
            col(slip.service_id),
            col(slip.at),
            col(slip.expires_at),
            col(slip.weeks),
            col(slip.first_free),
            col(slip.told_by),
            col(slip.text),
            col(Staff.name),
        )
        .join(Staff, col(Staff.id) == col(slip.staff_id))
        .where(col(slip.expires_at) > now)
        .order_by(col(slip.at).desc(), col(slip.id).desc())
    )
    return [Slip(*row) for row in session.execute(query)]


def read_endings(session: Session) -> list[Ending]:
    """Every agreement ended by hand, the newest first."""
    ending = AgreementEnding
    rows = session.execute(
        sa.select(
            col(ending.organization_id), col(ending.agreement_id), col(ending.ends_on), col(ending.team)
        ).order_by(col(ending.ends_on).desc(), col(ending.id))
    )
    return [Ending(*row) for row in rows]


def read_feed(session: Session) -> CatalogueFeed | None:
    """What the feed said last."""
    return session.get(CatalogueFeed, FEED_ROW)


def read_segments_at(
    session: Session, organization_id: str, *, closed_after: datetime, ending_id: UUID | None = None
) -> list[SegmentAtProvider]:
    """Courses at a provider whose case is open or was closed after an instant, by queue number."""
    query = (
        sa.select(
            col(Segment.id),
            col(Case.queue_number),
            col(Case.case_number),
            col(Segment.number),
            col(Segment.state),
            col(Segment.area),
            col(Segment.agreement_id),
            col(Case.closed_at),
            col(EndingCheck.advised_on),
            col(EndingCheck.complaint_on),
            col(EndingCheck.moved_back_on),
        )
        .join(Case, col(Case.id) == col(Segment.case_id))
        .join(
            EndingCheck,
            sa.and_(col(EndingCheck.segment_id) == col(Segment.id), col(EndingCheck.ending_id) == ending_id),
            isouter=True,
        )
        .where(
            col(Segment.provider_id) == organization_id,
            sa.or_(col(Case.closed_at).is_(None), col(Case.closed_at) > closed_after),
        )
        .order_by(col(Case.closed_at).is_not(None), col(Case.queue_number), col(Segment.number))
    )
    return [SegmentAtProvider(*row) for row in session.execute(query)]
