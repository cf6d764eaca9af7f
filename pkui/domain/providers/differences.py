"""What a new catalogue would change: rows added, changed and ended, and hand-kept rows that stay as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from pkui.domain.providers.catalogue import LISTS, Agreement, Catalogue, Row, WaitingTime, key_of

_FAR_SMALLER = 10


class ChangeKind(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    KEPT = "kept"


@dataclass(frozen=True)
class HeldRow:
    """A row in force now; `by_hand` when a person wrote it or changed it last."""

    row: Row
    by_hand: bool = False


@dataclass(frozen=True)
class Change:
    """One row's change; `fields` are the names whose values differ."""

    list: str
    key: str
    kind: ChangeKind
    before: Row | None
    after: Row | None
    fields: tuple[str, ...] = ()


def differences(held: Mapping[str, Mapping[str, HeldRow]], new: Catalogue) -> list[Change]:
    """What the new catalogue does to the rows in force, list by list in the order of the format.

    Partner agreements exist only as a web page, so what a person keeps by hand outlives a file: an agreement until a
    person ends it, a waiting time until the file has a later report.
    """
    found = []
    for name in LISTS:
        before, after = held.get(name, {}), new.lists[name]
        for key, row in after.items():
            change = _against(name, before.get(key), row)
            if change is not None:
                found.append(change)
        for key, one in before.items():
            if key not in after:
                kind = ChangeKind.KEPT if one.by_hand and _still_hangs(one.row, new) else ChangeKind.ENDED
                found.append(Change(name, key, kind, one.row, None))
    return found


def far_smaller(held: int, new: int) -> bool:
    """Whether the new catalogue has less than a tenth of the rows: a sign that something is lost, not ended."""
    return held >= _FAR_SMALLER and new * _FAR_SMALLER < held


def counts(changes: list[Change]) -> dict[str, dict[str, int]]:
    """How many rows of each list are added, changed, ended and kept."""
    found = {name: dict.fromkeys((kind.value for kind in ChangeKind), 0) for name in LISTS}
    for change in changes:
        found[change.list][change.kind.value] += 1
    return found


def _against(name: str, held: HeldRow | None, row: Row) -> Change | None:
    if held is None:
        return Change(name, key_of(row), ChangeKind.ADDED, None, row)
    changed = tuple(one.name for one in fields(row) if getattr(held.row, one.name) != getattr(row, one.name))
    if not changed:
        return None
    stays = held.by_hand and not _newer(held.row, row)
    kind = ChangeKind.KEPT if stays else ChangeKind.CHANGED
    return Change(name, key_of(row), kind, held.row, row, changed)


def _newer(held: Row, row: Row) -> bool:
    return isinstance(held, WaitingTime) and isinstance(row, WaitingTime) and row.reported_on > held.reported_on


def _still_hangs(row: Row, new: Catalogue) -> bool:
    """Whether what a hand-kept row belongs to is still in the catalogue."""
    match row:
        case Agreement():
            return row.organization_id in new.lists["organizations"]
        case WaitingTime():
            return row.service_id in new.lists["services"]
    return False
