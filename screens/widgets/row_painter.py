"""Paints the lines of a list: one strip a row, kept until its cells, its state, the width or the theme change."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screens.widgets.cells import ELLIPSIS, GAP, Cell, Column, Place, RowCells, fit, lay_out

CURSOR, MARK = "▌", "*"
WAITING: RowCells = (Cell(ELLIPSIS, "snapshot-list--muted"),)
GONE: RowCells = (Cell("–", "snapshot-list--muted"),)
LIMIT = 2_000


class RowPainter:
    """Strips for rows; `component_style` gives the style of a component class, "" the list's own."""

    def __init__(self, columns: Sequence[Column], component_style: Callable[[str], Style], markable: bool) -> None:
        self.columns = tuple(columns)
        self.markable = markable
        self._component_style = component_style
        self._width = 0
        self._laid_out = (0, 0)
        self._places: tuple[Place, ...] = ()
        self._styles: dict[tuple[str, bool], Style] = {}
        self._strips: dict[tuple[int, bool, bool], tuple[RowCells, Strip]] = {}

    def lay_out(self, terminal_width: int, width: int) -> None:
        """Chooses the columns for a terminal and shares the list's width among them."""
        if (terminal_width, width) == self._laid_out:
            return
        self._laid_out, self._width = (terminal_width, width), width
        self._places = lay_out(self.columns, terminal_width, width - (2 if self.markable else 1))
        self._strips.clear()

    def forget(self) -> None:
        """Forgets every strip and style: the theme or the focus is another."""
        self._styles.clear()
        self._strips.clear()

    def header(self) -> Strip:
        """The line of titles."""
        return self._paint(tuple(Cell(c.title) for c in self.columns), " ", self._style("snapshot-list--header"))

    def line(self, text: str) -> Strip:
        """A line that is no row."""
        return Strip([Segment(fit("  " + text, self._width), self._style("snapshot-list--muted"))], self._width)

    def row(self, key: int, cells: RowCells, on_cursor: bool, marked: bool) -> Strip:
        """The line of a row."""
        painted = self._strips.get((key, on_cursor, marked))
        if painted and painted[0] is cells:
            return painted[1]
        if len(self._strips) >= LIMIT:
            self._strips.clear()
        gutter = (CURSOR if on_cursor else " ") + (MARK if marked else "")
        base = self._style("snapshot-list--marked" if marked else "", on_cursor)
        strip = self._paint(cells, gutter, base, on_cursor)
        self._strips[key, on_cursor, marked] = (cells, strip)
        return strip

    def _paint(self, cells: RowCells, gutter: str, base: Style, on_cursor: bool = False) -> Strip:
        segments = [Segment(gutter.ljust(2 if self.markable else 1), base)]
        for place in self._places:
            text, name = cells[place.index] if place.index < len(cells) else ("", "")
            style = self._style(name, on_cursor) if name else base
            segments.append(Segment(fit(text, place.width, place.column.align) + " " * GAP, style))
        return Strip(segments).adjust_cell_length(self._width, base)

    def _style(self, name: str, on_cursor: bool = False) -> Style:
        """The style of a component class; on the cursor's row its colours give way, its weight stays."""
        style = self._styles.get((name, on_cursor))
        if style is None:
            style = self._component_style(name)
            if on_cursor:
                style += self._component_style("snapshot-list--cursor")
            self._styles[name, on_cursor] = style
        return style
