"""A small app around one list, with rows that can be told to wait, to fail or to change."""

import threading
from collections.abc import Mapping, Sequence

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from screens.widgets.cells import Cell, Column, RowCells
from screens.widgets.snapshot_list import SnapshotList

COLUMNS = (
    Column("mark", "", 1),
    Column("number", "No.", 6, align="right"),
    Column("who", "Who", 20, grow=2),
    Column("what", "What", 14, grow=1),
    Column("where", "Where", 16, min_terminal_width=100),
)
HOSTILE = ("[/]", "[@click=app.quit]x[/]", "[red]gone[/red]", "[b", "\x1b[2J\x1b]0;x\x07", "a\nb\tc", "ole\u202edrow")


class Rows:
    """Synthetic rows by id; can be told to wait, to fail, to change or to lack an id."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()
        self.error: Exception | None = None
        self.text = "Person"
        self.gone: set[int] = set()
        self.asked: list[list[int]] = []

    def __call__(self, ids: list[int]) -> Mapping[int, RowCells]:
        self.asked.append(ids)
        assert self.go.wait(10)
        if self.error:
            raise self.error
        return {key: self.cells(key) for key in ids if key not in self.gone}

    def cells(self, key: int) -> RowCells:
        return (
            Cell("!", "snapshot-list--alarm"),
            Cell(str(key)),
            Cell(f"{self.text} {key}", "snapshot-list--strong"),
            Cell("topic", "snapshot-list--info"),
            Cell("place", "snapshot-list--muted"),
        )


class ListApp(App[None]):
    """One list; keeps the messages it got."""

    def __init__(self, rows: Rows | None = None, ids: Sequence[int] | None = None) -> None:
        super().__init__()
        self.rows = rows or Rows()
        self.first = ids
        self.messages: list[tuple[str, int | None]] = []
        self.errors: list[Exception] = []

    def compose(self) -> ComposeResult:
        yield SnapshotList(COLUMNS, self.rows, empty="Nothing waits", markable=True, id="list")

    def on_mount(self) -> None:
        if self.first is not None:
            self.queue.show(self.first)

    @property
    def queue(self) -> SnapshotList:
        return self.query_one(SnapshotList)

    def on_snapshot_list_highlighted(self, message: SnapshotList.Highlighted) -> None:
        self.messages.append(("highlighted", message.id))

    def on_snapshot_list_chosen(self, message: SnapshotList.Chosen) -> None:
        self.messages.append(("chosen", message.id))

    def on_snapshot_list_failed(self, message: SnapshotList.Failed) -> None:
        self.errors.append(message.error)

    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]

    def cursor_line(self) -> int:
        (line,) = (y for y, text in enumerate(self.lines()) if text.startswith("▌"))
        return line


async def settle(pilot: Pilot[None]) -> None:
    """Until nothing is being read and everything is painted."""
    await pilot.pause()
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
