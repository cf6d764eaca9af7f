"""The virtual list alone over a SQLite table: `python -m tests.benchmarks.list_app FILE COUNT`."""

import gc
import sqlite3
import sys
import threading
from collections.abc import Mapping

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static

from screens.widgets.cells import Cell, Column, RowCells
from screens.widgets.snapshot_list import SnapshotList

COLUMNS = (
    Column("class", "", 1),
    Column("number", "No.", 6, align="right"),
    Column("who", "Who", 20, grow=2),
    Column("topic", "Topic", 16, grow=1),
    Column("due", "Due", 12),
    Column("window", "Window", 12),
    Column("team", "Team", 12, min_terminal_width=100),
    Column("owner", "Owner", 12, min_terminal_width=100),
    Column("state", "State", 8, min_terminal_width=100),
)
STYLES = ("alarm", "", "strong", "info", "warning", "muted", "", "muted", "info")


class Loaded(Message):
    """A snapshot and its first rows."""

    def __init__(self, ids: list[int], rows: Mapping[int, RowCells], label: str) -> None:
        super().__init__()
        self.ids, self.rows, self.label = ids, rows, label


class ListApp(App[None]):
    """A line with the count over the list; `f` filters, turn by turn."""

    BINDINGS = [Binding("f", "filter", show=False)]

    def __init__(self, path: str, count: int) -> None:
        super().__init__()
        self.path, self.count, self.turn = path, count, 0
        self.local = threading.local()

    def compose(self) -> ComposeResult:
        yield Static("-", id="state")
        yield SnapshotList(COLUMNS, self.read, empty="none", id="list")

    def on_mount(self) -> None:
        self.load(0)

    def action_filter(self) -> None:
        self.turn += 1
        self.load(self.turn)

    @work(thread=True, exit_on_error=False)
    def load(self, turn: int) -> None:
        order = " ORDER BY class, due, id"
        sql, bound = "SELECT id FROM item WHERE id <= ?", [self.count]
        if turn % 4:
            sql, bound = sql + " AND team <> ?", [self.count, turn % 4]
        ids = [row[0] for row in self.database.execute(sql + order, bound)]
        self.post_message(Loaded(ids, self.read(ids[:50]), f"turn {turn}: {len(ids)} of {self.count}"))

    def on_loaded(self, message: Loaded) -> None:
        self.query_one("#state", Static).update(message.label)
        self.query_one(SnapshotList).show(message.ids, keep=False, rows=message.rows)
        if self.turn == 0:
            # What stands at the start stays to the end: searching it for garbage costs 50 ms in the middle of a key.
            gc.freeze()

    @property
    def database(self) -> sqlite3.Connection:
        """A connection of the calling thread."""
        if not hasattr(self.local, "database"):
            self.local.database = sqlite3.connect(self.path)
        connection: sqlite3.Connection = self.local.database
        return connection

    def read(self, ids: list[int]) -> Mapping[int, RowCells]:
        marks = ",".join("?" * len(ids))
        sql = f"SELECT id, class, who, topic, due, span, team, owner, state FROM item WHERE id IN ({marks})"
        return {row[0]: self.cells(row) for row in self.database.execute(sql, ids)}

    def cells(self, row: tuple[int | str, ...]) -> RowCells:
        key, kind, *rest = row
        texts = ["‼!·"[int(kind)], str(key), *map(str, rest)]
        names = (f"snapshot-list--{name}" if name else "" for name in STYLES)
        return tuple(Cell(text, name) for text, name in zip(texts, names, strict=True))


if __name__ == "__main__":
    ListApp(sys.argv[1], int(sys.argv[2])).run()
