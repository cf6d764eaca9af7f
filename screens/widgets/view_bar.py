"""The lists of the queue on one line: the one shown stands out, its key is underlined, the counts stand right."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

GAP = 2


class ViewBar(Widget):
    """Names of lists with their keys; `active` is the one shown."""

    DEFAULT_CSS = """
    ViewBar { height: 1; padding: 0 1; color: $foreground; }
    """

    active: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    class Picked(Message):
        """A list was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, views: Sequence[tuple[str, str, str]], *, id: str | None = None) -> None:
        """`views`: id, key and words of each list."""
        super().__init__(id=id)
        self._views = views

    def render(self) -> Content:
        """The names left, the counts right; names that do not fit give way to the counts."""
        room = self.content_size.width
        right = Content.styled(self.right, "$text-muted")
        left = self._names(room - right.cell_length - 1)
        space = max(room - left.cell_length - right.cell_length, 1)
        return Content.assemble(left, " " * space, right)

    def _names(self, room: int) -> Content:
        parts = [self._named(*view) for view in self._views]
        line = Content(" " * self._gap(room)).join(parts)
        return line.truncate(room, ellipsis=True) if line.cell_length > room else line

    def _gap(self, room: int) -> int:
        words = sum(Content(words).cell_length for _view, _key, words in self._views)
        return GAP if words + GAP * (len(self._views) - 1) <= room else 1

    def _named(self, view: str, key: str, words: str) -> Content:
        name = Content(words)
        at = words.casefold().find(key)
        if at >= 0:
            name = name.stylize("underline", at, at + 1)
        return name.stylize("bold reverse $primary") if view == self.active else name

    def on_click(self, event: events.Click) -> None:
        """A click on a name shows that list."""
        gap = self._gap(self.content_size.width - Content(self.right).cell_length - 1)
        start = self.styles.padding.left
        for view, _key, words in self._views:
            end = start + Content(words).cell_length
            if start <= event.x < end:
                self.post_message(self.Picked(view))
                return
            start = end + gap
