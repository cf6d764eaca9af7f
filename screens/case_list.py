"""The cases behind a figure: the same rows as in the queue, in its order; Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, ngettext
from screens.queue_cells import cells, columns
from screens.queue_steps import QueueSteps
from screens.widgets.cells import RowCells
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from pkui.services.queue import QueueRow
    from screens.bench import Bench


class CaseListScreen(QueueSteps):
    """A list of cases that stays as it was when it was opened."""

    SCOPE = Scope.CASES
    CSS = "CaseListScreen { layers: base said; }"

    def __init__(self, bench: Bench, title: str, numbers: Sequence[int]) -> None:
        super().__init__(bench)
        self._title, self._numbers = title, list(numbers)
        self._rows: dict[int, QueueRow] = {}

    def compose(self) -> ComposeResult:
        """Head, list, keys."""
        yield HeadLine()
        yield SnapshotList(columns(), self._hydrate, empty=_("No case."), id="list")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """The numbers are known; the rows come as they are looked at."""
        count = ngettext("%(n)s case", "%(n)s cases", len(self._numbers)) % {"n": len(self._numbers)}
        self.query_one(HeadLine).say(left=f"{self._title} · {count}")
        cases = self.query_one(SnapshotList)
        cases.show(self._numbers, keep=False)
        cases.focus()

    @property
    def chosen(self) -> QueueRow | None:
        """The row under the cursor, as last read."""
        return self._rows.get(self.query_one(SnapshotList).cursor_id or -1)

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the rows anew; the list stays as it was."""
        self.query_one(SnapshotList).reread()

    def _hydrate(self, numbers: list[int]) -> Mapping[int, RowCells]:
        from pkui.services import queue

        desk = self.bench.here
        found = queue.rows(desk, numbers)
        self._rows |= {row.record.queue_number: row for row in found}
        now = desk.clock.now()
        return {row.record.queue_number: cells(row, now) for row in found}

    do_cases_open = QueueSteps.do_open

    def do_back(self) -> None:
        """Esc."""
        self.leave()
