"""Cells of a list: what stands in a row, made harmless and cut to its column.

Widths are terminal cells. Text comes from outside: it is never markup, and no character in it can steer the terminal.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size

GAP = 1
ELLIPSIS = "…"
PROTECTED = "BESK."
"""The office's own mark for a protected name and address, the same in every language."""
KEPT = f" {PROTECTED}"
"""What a name is cut before, never through."""
UNPRINTABLE = "\ufffd"
# Direction marks can make one text look like another; the other format characters only have no width.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WHITE = frozenset("\t\n\v\f\r\x85\u2028\u2029")


class Cell(NamedTuple):
    """One cell of a row: its text and the component class that gives its style ("" for none)."""

    text: str
    style: str = ""


RowCells: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A column: it stands only in terminals at least `min_terminal_width` wide; `grow` is its share of spare cells."""

    key: str
    title: str
    width: int
    min_terminal_width: int = 0
    align: Literal["left", "right"] = "left"
    grow: int = 0


@dataclass(frozen=True)
class Place:
    """Where a column stands in the rows: its index among all columns and the width it got."""

    index: int
    column: Column
    width: int


def lay_out(columns: Sequence[Column], terminal_width: int, room: int) -> tuple[Place, ...]:
    """The columns that fit a terminal of that width, with the `room` cells of a row shared among them."""
    chosen = [(i, c) for i, c in enumerate(columns) if c.min_terminal_width <= terminal_width]
    spare = max(0, room - sum(c.width for _, c in chosen) - GAP * max(0, len(chosen) - 1))
    shares = sum(c.grow for _, c in chosen)
    places = []
    for index, column in chosen:
        extra = spare * column.grow // shares if shares else 0
        spare, shares = spare - extra, shares - column.grow
        places.append(Place(index, column, column.width + extra))
    return tuple(places)


@lru_cache(4096)
def plain(text: str) -> str:
    """The text in one line without anything that steers a terminal: no controls, no direction marks."""
    if text.isprintable():
        return text
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    if character in _WHITE:
        return " "
    if character in _DIRECTION_MARKS:
        return UNPRINTABLE
    match unicodedata.category(character):
        case "Cc" | "Cs" | "Co" | "Cn":
            return UNPRINTABLE
        case "Cf":
            return ""
        case _:
            return character


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """The text in exactly `width` cells: padded, or cut with an ellipsis; a wide character is never halved.

    Of a protected name the mark is never cut away.
    """
    text = plain(text)
    length = cell_len(text)
    if length > width:
        if text.endswith(KEPT) and width > 2 * len(KEPT):
            return fit(text.removesuffix(KEPT), width - len(KEPT)) + KEPT
        return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""
    padding = " " * (width - length)
    return padding + text if align == "right" else text + padding
