"""A list over a snapshot of ids: only the rows in view are read, and nothing moves under the cursor.

The list knows no case and no table: it is given ids in order, and a function that reads cells for some of them. That
function runs in a thread, one call at a time: a server that answers late leaves "…" in the rows and the keys alive.
Refreshing gives a new snapshot: the highlighted row keeps its place on the screen, wherever it stands in the new order.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.widgets.cells import Column, RowCells
from screens.widgets.row_painter import GONE, WAITING, RowPainter
from screens.widgets.snapshot import RowCache, survivor

Hydrate = Callable[[list[int]], Mapping[int, RowCells]]

HEADER = 1


class _FromList(Message):
    """A message of a list, told apart by its selector in `@on`."""

    def __init__(self, sender: "SnapshotList") -> None:
        super().__init__()
        self.list = sender

    @property
    def control(self) -> "SnapshotList":
        """The list it came from."""
        return self.list


class SnapshotList(ScrollView, can_focus=True, inherit_bindings=False):
    """A virtual list: a header line, then one line for each id of the snapshot."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "snapshot-list--header",
        "snapshot-list--cursor",
        "snapshot-list--marked",
        "snapshot-list--muted",
        "snapshot-list--strong",
        "snapshot-list--info",
        "snapshot-list--warning",
        "snapshot-list--alarm",
    }
    DEFAULT_CSS = """
    SnapshotList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .snapshot-list--header { color: $text-muted; text-style: underline; }
        & > .snapshot-list--cursor { color: $foreground; background: $panel; text-style: bold; }
        &:focus > .snapshot-list--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
        }
        &:nocolor > .snapshot-list--cursor { text-style: bold; }
        &:nocolor:focus > .snapshot-list--cursor { text-style: reverse; }
        & > .snapshot-list--marked { color: $text-accent; text-style: bold; }
        & > .snapshot-list--muted { color: $text-muted; }
        & > .snapshot-list--strong { text-style: bold; }
        & > .snapshot-list--info { color: $text-primary; }
        & > .snapshot-list--warning { color: $text-warning; }
        & > .snapshot-list--alarm { color: $text-warning; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="list.up"),
        Binding("down", "move(1)", show=False, id="list.down"),
        Binding("pageup", "page(-1)", show=False, id="list.page_up"),
        Binding("pagedown", "page(1)", show=False, id="list.page_down"),
        Binding("home", "first", show=False, id="list.first"),
        Binding("end", "last", show=False, id="list.last"),
        Binding("enter", "choose", show=False, id="list.choose"),
    ]

    class Highlighted(_FromList):
        """The cursor stands on another id (None: the list is empty)."""

        def __init__(self, sender: "SnapshotList", key: int | None) -> None:
            super().__init__(sender)
            self.id = key

    class Chosen(_FromList):
        """The highlighted row was opened: Enter, or a click on it."""

        def __init__(self, sender: "SnapshotList", key: int) -> None:
            super().__init__(sender)
            self.id = key

    class Failed(_FromList):
        """Rows could not be read; the list asks again when something moves, or on `reread`."""

        def __init__(self, sender: "SnapshotList", error: Exception) -> None:
            super().__init__(sender)
            self.error = error

    class Hydrated(Message, bubble=False):
        """What the reading thread brought (`rows` None: it failed)."""

        def __init__(self, keys: list[int], rows: Mapping[int, RowCells] | None, epoch: int) -> None:
            super().__init__()
            self.keys, self.rows, self.epoch = keys, rows, epoch

    def __init__(
        self,
        columns: Sequence[Column],
        hydrate: Hydrate,
        *,
        empty: str = "",
        markable: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`hydrate` is called in a thread; `empty` stands in a list without rows; `markable` keeps a cell for marks."""
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self._painter = RowPainter(columns, self._component_style, markable)
        self._hydrate = hydrate
        self._marks: set[int] = set()
        self._ids = array("q")
        self._cursor = 0
        self._body = 0
        self._told: int | None = None
        self._shown = False
        self._reading = False
        self._cache = RowCache()

    # What it shows

    @property
    def count(self) -> int:
        """How many rows the snapshot has."""
        return len(self._ids)

    @property
    def ids(self) -> list[int]:
        """The snapshot, in its order."""
        return self._ids.tolist()

    @property
    def cursor_id(self) -> int | None:
        """The highlighted id; None in an empty list."""
        return self._ids[self._cursor] if self._ids else None

    @property
    def marks(self) -> frozenset[int]:
        """The marked ids, all of them in the snapshot."""
        return frozenset(self._marks)

    @property
    def body_height(self) -> int:
        """How many rows fit under the header line."""
        return max(0, self.size.height - HEADER)

    def show(self, ids: Sequence[int], *, keep: bool = True, rows: Mapping[int, RowCells] | None = None) -> None:
        """Replaces the snapshot.

        With `keep` the highlighted id stays on its line of the screen (when it is gone, the next one that is left
        takes its place); without, the list starts at the top. `rows` already read are painted in the same frame.
        """
        old, new = self._ids, array("q", ids)
        top, cursor = self.scroll_offset.y, self._cursor
        if not keep or not old or not new:
            row, scroll = 0, 0
        else:
            seen = top <= cursor < top + self.body_height or not self.size
            row = survivor(old, cursor, new)
            scroll = row - (cursor - top) if seen else survivor(old, min(top, len(old) - 1), new)
        self._ids, self._cursor, self._shown = new, row, True
        if self._marks:
            self._marks.intersection_update(new)
        self._cache.expire()
        if rows:
            self._cache.put(rows, rows, self._cache.epoch)
        self.virtual_size = Size(0, len(new) + HEADER)
        self._scroll_top(scroll)
        self.refresh()
        self._moved()

    def reread(self, ids: Iterable[int] | None = None) -> None:
        """Reads these rows again (all when None) without a new snapshot: something in them has changed."""
        self._cache.expire(ids)
        self._request()

    def highlight(self, key: int) -> bool:
        """Moves the cursor to an id; False when the snapshot does not hold it."""
        try:
            row = self._ids.index(key)
        except ValueError:
            return False
        self._go(row)
        return True

    def mark(self, ids: Collection[int], on: bool = True) -> None:
        """Marks ids, or takes their marks away; ids outside the snapshot are left out."""
        if on:
            self._marks.update(set(ids).intersection(self._ids))
        else:
            self._marks.difference_update(ids)
        self.refresh()

    # Keys and mouse

    def action_move(self, rows: int) -> None:
        """Moves the cursor by rows."""
        self._go(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Moves the cursor and the view by pages, one row less than fits, so that one row stays in sight."""
        step = max(1, self.body_height - 1) * pages
        self._scroll_top(self.scroll_offset.y + step)
        self._go(self._cursor + step)

    def action_first(self) -> None:
        """Moves the cursor to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Moves the cursor to the last row."""
        self._go(len(self._ids) - 1)

    def action_choose(self) -> None:
        """Opens the highlighted row."""
        if (key := self.cursor_id) is not None:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        """The first click moves the cursor, a click on the highlighted row opens it."""
        if (offset := event.get_content_offset(self)) is None or offset.y < HEADER:
            return
        row = self.scroll_offset.y + offset.y - HEADER
        if row >= len(self._ids):
            return
        event.stop()
        if row == self._cursor:
            self.action_choose()
        else:
            self._go(row)

    # Moving

    def _go(self, row: int) -> None:
        if not self._ids:
            return
        before, self._cursor = self._cursor, min(max(row, 0), len(self._ids) - 1)
        top, body = self.scroll_offset.y, max(1, self.body_height)
        if self._cursor < top:
            self._scroll_top(self._cursor)
        elif self._cursor >= top + body:
            self._scroll_top(self._cursor - body + 1)
        if self._cursor != before:
            self._refresh_rows((before, self._cursor))
        self._moved()

    def _scroll_top(self, row: int) -> None:
        row = min(max(row, 0), self.max_scroll_y)
        if row != self.scroll_offset.y:
            self.scroll_to(y=row, animate=False, force=True)

    def _moved(self) -> None:
        """Tells where the cursor stands, once, and reads what came into view."""
        self._request()
        if (key := self.cursor_id) != self._told:
            self._told = key
            self.post_message(self.Highlighted(self, key))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Reads what the wheel or the scrollbar brings into view."""
        super().watch_scroll_y(old_value, new_value)
        self._request()

    def on_resize(self) -> None:
        """Keeps the cursor in view when the list gets lower, and reads what a higher one shows."""
        body, self._body = self._body, self.body_height
        if self.scroll_offset.y <= self._cursor < self.scroll_offset.y + body:
            self._go(self._cursor)
        self._request()

    def notify_style_update(self) -> None:
        """Forgets what was painted in the old theme or focus."""
        super().notify_style_update()
        self._painter.forget()

    # Reading

    def _around(self, pages: int) -> "array[int]":
        top, body = self.scroll_offset.y, max(1, self.body_height)
        return self._ids[max(0, top - pages * body) : top + (pages + 1) * body]

    def _request(self) -> None:
        """Starts reading: what is in view, then what one key can bring there. A reading under way asks again itself."""
        if self._reading or not self.is_mounted or not self.size:
            return
        ends = self._ids[: self.body_height] + self._ids[-max(1, self.body_height) :]
        keys = self._cache.wanted(self._around(0))
        if not keys and self._cache.wanted(self._around(1)):
            keys = self._cache.wanted(dict.fromkeys(self._around(2) + ends))
        if keys:
            self._reading = True
            self._cache.trim(self._around(8) + ends)
            read = partial(self._read, keys, self._cache.epoch)
            self.run_worker(read, group="hydrate", thread=True, exit_on_error=False)

    def _read(self, keys: list[int], epoch: int) -> None:
        """In the reading thread: the rows or the error, back by message."""
        rows: Mapping[int, RowCells] | None = None
        try:
            rows = self._hydrate(keys)
        except Exception as error:
            self.post_message(self.Failed(self, error))
        self.post_message(self.Hydrated(keys, rows, epoch))

    def on_snapshot_list_hydrated(self, message: Hydrated) -> None:
        """Paints the rows that came and are in view, and asks for what is wanted by now."""
        self._reading = False
        if message.rows is None:
            return
        changed = set(self._cache.put(message.keys, message.rows, message.epoch))
        top = self.scroll_offset.y
        self._refresh_rows(top + i for i, key in enumerate(self._around(0)) if key in changed)
        self._request()

    # Painting

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        shift, width = HEADER - self.scroll_offset.y, self.size.width
        if regions := [Region(0, row + shift, width, 1) for row in rows if row + shift >= HEADER]:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the widget: the header, a row, or what stands in an empty list."""
        self._painter.lay_out(self.app.size.width, self.scrollable_content_region.width)
        if y < HEADER:
            return self._painter.header()
        row = self.scroll_offset.y + y - HEADER
        if row < len(self._ids):
            key = self._ids[row]
            cells = self._cache.get(key) or (GONE if self._cache.known(key) else WAITING)
            return self._painter.row(key, cells, row == self._cursor, key in self._marks)
        return self._painter.line(self.empty if self._shown and not self._ids and y == HEADER + 1 else "")

    def _component_style(self, name: str) -> Style:
        return self.get_component_rich_style(name) if name else self.rich_style
