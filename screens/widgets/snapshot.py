"""What stands behind a list: the order of its ids from one snapshot to the next, and the rows it has read."""

from array import array
from collections.abc import Iterable, Mapping, Sequence

from screens.widgets.cells import RowCells

LIMIT = 2_000


class RowCache:
    """Cells by id. A row of an older snapshot is stale: shown until the fresh one comes."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[int, RowCells | None]] = {}
        self.epoch = 0

    def get(self, key: int) -> RowCells | None:
        """The row's cells, fresh or stale; None when it was never read or no longer exists."""
        found = self._rows.get(key)
        return found[1] if found else None

    def known(self, key: int) -> bool:
        """Whether the row has been read, even if it was gone."""
        return key in self._rows

    def wanted(self, keys: Iterable[int]) -> list[int]:
        """Those of the keys that were not read for the snapshot of now."""
        epoch, rows = self.epoch, self._rows
        return [key for key in keys if (found := rows.get(key)) is None or found[0] != epoch]

    def expire(self, keys: Iterable[int] | None = None) -> None:
        """Makes these rows stale, or all."""
        if keys is None:
            self.epoch += 1
            return
        for key in keys:
            if found := self._rows.get(key):
                self._rows[key] = (-1, found[1])

    def put(self, keys: Iterable[int], rows: Mapping[int, RowCells], epoch: int) -> list[int]:
        """Keeps what was read for the keys in that epoch (a key without row is gone); returns those that changed."""
        changed = []
        for key in keys:
            cells, found = rows.get(key), self._rows.get(key)
            if found and found[1] == cells:
                cells = found[1]
            else:
                changed.append(key)
            self._rows[key] = (epoch, cells)
        return changed

    def trim(self, near: Sequence[int]) -> None:
        """Forgets all but the rows near the view once there are too many."""
        if len(self._rows) > LIMIT:
            kept = set(near)
            self._rows = {key: found for key, found in self._rows.items() if key in kept}


def survivor(old: "array[int]", row: int, new: "array[int]") -> int:
    """The row in `new` of the id at `row` in `old`, else of the nearest below it that is left, else above, else 0."""
    if old[row] in new:
        return new.index(old[row])
    places = {key: place for place, key in enumerate(new)}
    for candidate in (*range(row + 1, len(old)), *range(row - 1, -1, -1)):
        if old[candidate] in places:
            return places[old[candidate]]
    return 0
