"""The access log as chains: every person's rows are numbered, and each is signed together with the one before it.

A chain a person means that desks do not wait for each other. The ends of all chains are sealed together once a day.
The signature is HMAC-SHA256 under the log's own key: an edit, a deletion or another order shows, also to whoever may
write the database but does not hold the key. What is cut off the newest end together with putting back an older end
shows at the day's seal.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from pkui.domain.access_codes import AccessKind
from storage.base import table_of
from storage.fixed import Fixed
from storage.tables.access import AccessChain, AccessCut, AccessLogEntry, AccessSeal

Ends = dict[UUID, tuple[int, bytes]]
"""The newest number and signature of chains, by the person's key."""
ROWS_AT_ONCE = 1_000
NOBODY = UUID(int=0)
"""The chain of tries to sign in under a name nobody has."""

_LOG = table_of(AccessLogEntry)
_CHAINS = table_of(AccessChain)
_CUTS = table_of(AccessCut)
_SEALS = table_of(AccessSeal)
_END = sa.select(_CHAINS.c.number, _CHAINS.c.mac).where(_CHAINS.c.id == sa.bindparam("chain")).with_for_update()
_MOVE_END = (
    sa.update(_CHAINS)
    .where(
        _CHAINS.c.id == sa.bindparam("chain"),
        _CHAINS.c.number == sa.bindparam("was"),
        _CHAINS.c.mac == sa.bindparam("before"),
    )
    .values(number=sa.bindparam("n"), mac=sa.bindparam("m"), end_mac=sa.bindparam("e"))
)
_INSERT = sa.insert(_LOG).inline()
_AS_TEXT = json.JSONEncoder(separators=(",", ":"))
_SIGNED = (
    "at", "kind", "what", "place", "patient_id", "case_id", "purpose", "criterion_kind", "criterion_hash", "hits",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row to be logged: who, when, what kind, from where; whose, which case, why, and what was searched for."""

    kind: AccessKind
    what: str
    at: datetime
    staff_id: UUID | None
    place: str
    patient_id: UUID | None = None
    case_id: UUID | None = None
    purpose: str | None = None
    criterion_kind: str | None = None
    criterion_hash: bytes | None = None
    hits: int | None = None


@dataclass(frozen=True)
class Break:
    """The first row that is not as it was written: whose chain, which number, and why (a code)."""

    chain: UUID
    number: int
    why: str


def _one_row() -> sa.Insert:
    """A chain moved on and its one new row written, for a server: nearly every write logs one row."""
    moved = _MOVE_END.returning(_CHAINS.c.number, _CHAINS.c.mac).cte("moved")
    said = [sa.bindparam(f"row_{name}", type_=_LOG.c[name].type) for name in (*_SIGNED, "staff_id")]
    columns = (*_SIGNED, "staff_id", "number", "mac")
    return sa.insert(_LOG).from_select(columns, sa.select(*said, moved.c.number, moved.c.mac)).inline()


_ONE_ROW = Fixed(_one_row())


class Signer:
    """Signs rows, ends, cuts and seals under the log's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def row(self, before: bytes, chain: UUID, number: int, values: Sequence[Any]) -> bytes:
        """The signature of one row, over the signature of the row before it (empty for the first)."""
        return self._sign("row", before, chain, number, *values)

    def end(self, chain: UUID, number: int, mac: bytes) -> bytes:
        """The signature of a chain's newest row as its end."""
        return self._sign("end", mac, chain, number)

    def cut(self, chain: UUID, number: int, mac: bytes) -> bytes:
        """The signature of the last row that was deleted when its time was over."""
        return self._sign("cut", mac, chain, number)

    def seal(self, before: bytes, number: int, day: date, ends: Sequence[Sequence[Any]]) -> bytes:
        """The signature of a day's seal, over the one before it (empty for the first)."""
        return self._sign("seal", before, number, day, json.dumps(ends))

    def _sign(self, kind: str, before: bytes, *values: Any) -> bytes:
        text = _AS_TEXT.encode([kind, before.hex(), *(_plain(one) for one in values)])
        return hmac.digest(self._key, text.encode(), "sha256")


def _plain(value: Any) -> Any:
    """A value in one written form, the same for both engines."""
    match value:
        case None | str() | int():
            return value
        case UUID():
            return value.hex
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
    raise TypeError(type(value).__name__)


def append(connection: sa.Connection, key: bytes, entries: Iterable[Entry], ends: Ends | None = None) -> None:
    """Adds rows at the end of their persons' chains; the last thing before commit, so that the end is held briefly.

    `ends` is where the chains were last seen to end: a chain that still ends there needs not be read, and where it
    ends now is noted. It is a guess: a transaction that was not carried out in the end leaves one that does not hold.
    """
    by_chain: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_chain[entry.staff_id or NOBODY].append(entry)
    signer, seen = Signer(key), {} if ends is None else ends
    for chain in sorted(by_chain):
        end = seen.get(chain) or _end_of(connection, chain)
        rows = _add(connection, signer, chain, end, by_chain[chain])
        if not rows:
            rows = _add(connection, signer, chain, _end_of(connection, chain), by_chain[chain])
        seen[chain] = rows[-1]["number"], rows[-1]["mac"]


def _add(
    connection: sa.Connection, signer: Signer, chain: UUID, end: tuple[int, bytes], entries: Sequence[Entry]
) -> list[dict[str, Any]]:
    """Moves a chain on and gives the rows that were written; none, and it stays, where it does not end there."""
    number, mac = end
    rows = []
    for entry in entries:
        number += 1
        values = [getattr(entry, name) for name in _SIGNED]
        mac = signer.row(mac, chain, number, values)
        rows.append(dict(zip(_SIGNED, values, strict=True), staff_id=entry.staff_id, number=number, mac=mac))
    moved: dict[str, Any] = {"chain": chain, "was": end[0], "before": end[1]}
    moved |= {"n": number, "m": mac, "e": signer.end(chain, number, mac)}
    if len(rows) == 1 and connection.dialect.name == "postgresql":
        row = {f"row_{name}": value for name, value in rows[0].items()}
        return rows if _ONE_ROW.count(connection, moved | row) else []
    if not connection.execute(_MOVE_END, moved).rowcount:
        return []
    connection.execute(_INSERT, rows if len(rows) > 1 else rows[0])
    return rows


def _end_of(connection: sa.Connection, chain: UUID) -> tuple[int, bytes]:
    """The newest number and signature of a chain, held until commit; a new chain begins at nothing."""
    found = connection.execute(_END, {"chain": chain}).first()
    if found is None:
        _begin(connection, chain)
        found = connection.execute(_END, {"chain": chain}).one()
    return found[0], bytes(found[1])


def _begin(connection: sa.Connection, chain: UUID) -> None:
    """Begins a chain, also when another desk of the same person begins it at this moment."""
    insert: Any
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert
    row = {"id": chain, "number": 0, "mac": b"", "end_mac": b""}
    connection.execute(insert(_CHAINS).values(row).on_conflict_do_nothing())


def seal(session: Session, key: bytes, day: date, now: datetime) -> bool:
    """Seals the ends of all chains for the days up to `day`, once; whether a seal was made."""
    newest = session.connection().execute(sa.select(_SEALS).order_by(_SEALS.c.number.desc()).limit(1)).first()
    if newest is not None and newest.day >= day:
        return False
    rows = session.connection().execute(sa.select(_CHAINS.c.id, _CHAINS.c.number, _CHAINS.c.mac)).all()
    ends = sorted([id.hex, number, bytes(mac).hex()] for id, number, mac in rows)
    number = newest.number + 1 if newest is not None else 1
    mac = Signer(key).seal(bytes(newest.mac) if newest is not None else b"", number, day, ends)
    session.connection().execute(sa.insert(_SEALS), {"number": number, "day": day, "at": now, "ends": ends, "mac": mac})
    return True


def cut(session: Session, key: bytes, before: datetime, now: datetime) -> int:
    """Deletes rows older than an instant from the beginning of each chain and signs where; the number deleted."""
    signer, connection, deleted = Signer(key), session.connection(), 0
    for chain in _chains(connection):
        mine = _LOG.c.staff_id.is_(None) if chain == NOBODY else _LOG.c.staff_id == chain
        kept = connection.scalar(sa.select(sa.func.min(_LOG.c.number)).where(mine, _LOG.c.at >= before))
        old = mine if kept is None else sa.and_(mine, _LOG.c.number < kept)
        last = connection.execute(
            sa.select(_LOG.c.number, _LOG.c.mac).where(old).order_by(_LOG.c.number.desc()).limit(1)
        ).first()
        if last is None:
            continue
        number, mac = last[0], bytes(last[1])
        signed = signer.cut(chain, number, mac)
        connection.execute(
            sa.insert(_CUTS), {"chain": chain, "number": number, "last_mac": mac, "at": now, "mac": signed}
        )
        deleted += connection.execute(sa.delete(_LOG).where(mine, _LOG.c.number <= number)).rowcount
    return deleted


def _chains(connection: sa.Connection) -> list[UUID]:
    """Every chain there is a row, an end or a cut of."""
    found = {id or NOBODY for id in connection.scalars(sa.select(_LOG.c.staff_id).distinct())}
    found |= set(connection.scalars(sa.select(_CHAINS.c.id)))
    return sorted(found)


@dataclass(frozen=True)
class Verified:
    """What a check of the whole log found; `first` is None when everything is as it was written."""

    rows: int
    chains: int
    seals: int
    sealed_to: date | None
    newest_seal: str | None
    first: Break | None


def verify(session: Session, key: bytes) -> Verified:
    """Checks every row, end, cut and seal; of several breaks the first one by chain is named, seals after rows."""
    signer, connection = Signer(key), session.connection()
    sealed = list(connection.execute(sa.select(_SEALS).order_by(_SEALS.c.number)))
    wanted = {(UUID(hex=id), number): mac for row in sealed for id, number, mac in row.ends}
    chains, rows, breaks = _chains(connection), 0, []
    for chain in chains:
        count, broken = _verify_chain(connection, signer, chain, wanted)
        rows += count
        breaks += [broken] if broken else []
    breaks += _verify_seals(signer, sealed)
    breaks += [Break(chain, number, "missing") for (chain, number) in wanted if chain not in chains and number]
    newest = sealed[-1] if sealed else None
    return Verified(
        rows,
        len(chains),
        len(sealed),
        newest.day if newest else None,
        bytes(newest.mac).hex()[:16] if newest else None,
        breaks[0] if breaks else None,
    )


def _verify_chain(
    connection: sa.Connection, signer: Signer, chain: UUID, sealed: dict[tuple[UUID, int], str]
) -> tuple[int, Break | None]:
    """The rows counted, and the first break of one chain: `changed`, `missing`, `cut_off` or `no_end`."""
    number, mac, broken = _start_of(connection, signer, chain)
    count = 0
    for row in _rows_of(connection, chain):
        count += 1
        if broken is not None:
            continue
        if row.number != number + 1:
            broken = Break(chain, number + 1, "missing")
            continue
        number, before = row.number, mac
        mac = bytes(row.mac)
        values = [getattr(row, name) for name in _SIGNED]
        expected = signer.row(before, chain, number, values)
        if not hmac.compare_digest(expected, mac) or sealed.get((chain, number), mac.hex()) != mac.hex():
            broken = Break(chain, number, "changed")
    return count, broken or _verify_end(connection, signer, chain, number, mac, sealed)


def _rows_of(connection: sa.Connection, chain: UUID) -> Iterator[Any]:
    mine = _LOG.c.staff_id.is_(None) if chain == NOBODY else _LOG.c.staff_id == chain
    place = sa.tuple_(_LOG.c.number, _LOG.c.id)
    query = following = sa.select(_LOG).where(mine).order_by(_LOG.c.number, _LOG.c.id).limit(ROWS_AT_ONCE)
    while rows := connection.execute(following).all():
        yield from rows
        following = query.where(place > (rows[-1].number, rows[-1].id))


def _start_of(connection: sa.Connection, signer: Signer, chain: UUID) -> tuple[int, bytes, Break | None]:
    """Where a chain is checked from: its beginning, or the newest cut when that is signed."""
    last = connection.execute(
        sa.select(_CUTS).where(_CUTS.c.chain == chain).order_by(_CUTS.c.number.desc()).limit(1)
    ).first()
    if last is None:
        return 0, b"", None
    mac = bytes(last.last_mac)
    right = hmac.compare_digest(signer.cut(chain, last.number, mac), bytes(last.mac))
    return last.number, mac, None if right else Break(chain, last.number, "bad_cut")


def _verify_end(
    connection: sa.Connection,
    signer: Signer,
    chain: UUID,
    number: int,
    mac: bytes,
    sealed: dict[tuple[UUID, int], str],
) -> Break | None:
    """Whether the chain ends where its end says, and no earlier than any seal says."""
    end = connection.execute(sa.select(_CHAINS).where(_CHAINS.c.id == chain)).first()
    furthest = max((at for id, at in sealed if id == chain), default=0)
    if end is None:
        return Break(chain, number, "no_end")
    if max(end.number, furthest) > number:
        return Break(chain, number + 1, "missing")
    if number and not hmac.compare_digest(signer.end(chain, number, mac), bytes(end.end_mac)):
        return Break(chain, number, "no_end")
    return None


def _verify_seals(signer: Signer, sealed: Sequence[Any]) -> list[Break]:
    """Seals that are missing or not as they were made; their number stands for the row."""
    before = b""
    for at, row in enumerate(sealed, 1):
        mac = bytes(row.mac)
        if row.number != at:
            return [Break(NOBODY, at, "seal_missing")]
        if not hmac.compare_digest(signer.seal(before, row.number, row.day, row.ends), mac):
            return [Break(NOBODY, at, "seal_changed")]
        before = mac
    return []
