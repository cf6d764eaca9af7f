"""Weekly call times painted with the arrows: a row a weekday, a column half an hour of the office's call hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from pkui.base.words.dates import clock_time, span, weekday_name
from pkui.domain.intake.painting import covered, erased, painted
from pkui.domain.windows import CallWindow

STEP = timedelta(minutes=30)
WEEKDAYS = 5
NOON = time(12)
CELL = 3
LABEL = 6


class CallGrid(Widget, can_focus=True):
    """Space begins and ends painting; the arrows paint on their way. Times outside the grid are kept as they are."""

    BINDINGS = [
        Binding("left", "move(0, -1)", "", show=False),
        Binding("right", "move(0, 1)", "", show=False),
        Binding("up", "move(-1, 0)", "", show=False),
        Binding("down", "move(1, 0)", "", show=False),
        Binding("space", "pen", "", show=False),
        Binding("d", "stretch('day')", "", show=False),
        Binding("f", "stretch('forenoon')", "", show=False),
        Binding("e", "stretch('afternoon')", "", show=False),
        Binding("z", "clear", "", show=False),
    ]
    DEFAULT_CSS = "CallGrid { height: 6; width: 1fr; }"

    class Changed(Message):
        """Other times are painted now."""

    def __init__(self, windows: Iterable[CallWindow] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.windows = tuple(windows)
        self._starts: list[time] = []
        self._row, self._column = 0, 0
        self._pen: bool | None = None
        self.show_hours(time(8, 30), time(15, 30))

    def show_hours(self, first: time, last: time) -> None:
        """The columns: every half hour of the call hours."""
        at, end = datetime.combine(date.min, first), datetime.combine(date.min, last)
        self._starts = []
        while at < end:
            self._starts.append(at.time())
            at += STEP
        self._end = last
        self.refresh()

    def _span(self, row: int, first: int, last: int) -> CallWindow:
        """The time from one column to before another, on a row's weekday."""
        end = self._starts[last] if last < len(self._starts) else self._end
        return CallWindow(row + 1, self._starts[first], end)

    def render(self) -> Content:
        """The hours, then a row a weekday; the cursor is marked while the grid has the focus."""
        head = "".join(f"{clock_time(one).removeprefix('0'):<{2 * CELL}}" for one in self._hours())
        offset = " " * (CELL if self._starts[0].minute else 0)
        lines = [Content.styled(" " * LABEL + offset + head, "$text-muted")]
        lines += [self._line(row) for row in range(WEEKDAYS)]
        return Content("\n").join(lines)

    def _hours(self) -> list[time]:
        return [one for one in self._starts if one.minute == 0]

    def _line(self, row: int) -> Content:
        parts: list[Content | tuple[str, str]] = [(f"{weekday_name(row + 1).rstrip('.'):<{LABEL}}", "bold")]
        for column in range(len(self._starts)):
            here = self.has_focus and (row, column) == (self._row, self._column)
            full = covered(self.windows, self._span(row, column, column + 1))
            mark = "▓▓▓" if full else "···"
            if here:
                mark = "▐█▌" if full else "[ ]" if self._pen is None else "[+]"
            style = "bold reverse $accent" if here else "$accent" if full else "$text-muted"
            parts.append((mark, style))
        return Content.assemble(*parts)

    def on_focus(self) -> None:
        """The cursor shows."""
        self.refresh()

    def on_blur(self) -> None:
        """The pen is lifted."""
        self._pen = None
        self.refresh()

    def action_move(self, down: int, right: int) -> None:
        """One cell; with the pen down the cell is painted."""
        self._row = min(max(self._row + down, 0), WEEKDAYS - 1)
        self._column = min(max(self._column + right, 0), len(self._starts) - 1)
        if self._pen is not None:
            self._paint(self._span(self._row, self._column, self._column + 1), on=self._pen)
        self.refresh()

    def action_pen(self) -> None:
        """Begins painting with the cell under the cursor, or ends it; on a painted cell it rubs out."""
        if self._pen is not None:
            self._pen = None
            self.refresh()
            return
        here = self._span(self._row, self._column, self._column + 1)
        self._pen = not covered(self.windows, here)
        self._paint(here, on=self._pen)

    def action_stretch(self, part: str) -> None:
        """The day, its forenoon or afternoon, and on to the next day; a second time takes it away."""
        noon = next((n for n, one in enumerate(self._starts) if one >= NOON), len(self._starts))
        parts = {"day": (0, len(self._starts)), "forenoon": (0, noon), "afternoon": (noon, len(self._starts))}
        first, last = parts[part]
        if first == last:
            return
        whole = self._span(self._row, first, last)
        self._paint(whole, on=not covered(self.windows, whole))
        self.action_move(1, 0)

    def action_clear(self) -> None:
        """Every time is gone."""
        self.windows, self._pen = (), None
        self.refresh()
        self.post_message(self.Changed())

    def _paint(self, one: CallWindow, *, on: bool) -> None:
        self.windows = painted(self.windows, one) if on else erased(self.windows, one)
        self.refresh()
        self.post_message(self.Changed())

    @property
    def in_words(self) -> str:
        """The times as people say them."""
        return ", ".join(f"{weekday_name(one.weekday).rstrip('.')} {span(one.start, one.end)}" for one in self.windows)
