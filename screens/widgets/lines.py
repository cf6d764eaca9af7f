"""A list to walk through with the arrows, with headings between its lines."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Lines(OptionList):
    """An option list whose line under the cursor is of one colour: no word of it fades into the bar."""

    DEFAULT_CSS = "Lines { scrollbar-size-vertical: 1; }"

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        strip = super().render_line(y)
        if self.highlighted is None or not any(_option(segment) == self.highlighted for segment in strip):
            return strip
        bar = self.get_component_rich_style("option-list--option-highlighted")
        return Strip(Segment.apply_style(strip, post_style=Style(color=bar.color)), strip.cell_length)


def heading(words: str) -> Option:
    """A line over those that belong together; the cursor steps past it."""
    return Option(Content.styled(words, "bold $text-accent"), disabled=True)


def remark(words: str) -> Option:
    """Something said in the list's own place, such as that it is empty."""
    return Option(Content.styled(words, "$text-muted"), disabled=True)


def _option(segment: Segment) -> int | None:
    return segment.style.meta.get("option") if segment.style is not None else None
