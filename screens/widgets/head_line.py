"""The first line of every screen: where one is on the left; DEMO, the time and who sits here on the right."""

from textual.content import Content
from textual.widget import Widget

from screens.widgets.cells import plain


class HeadLine(Widget):
    """One line of text, left and right; the right gives way when the line is short: the case's number is read first."""

    DEFAULT_CSS = """
    HeadLine { height: 1; background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    HeadLine.-alarm { background: $warning; color: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left, self._right = "", ""

    def say(self, left: str | None = None, right: str | None = None) -> None:
        """Changes what stands left or right."""
        new = (self._left if left is None else left, self._right if right is None else right)
        if new != (self._left, self._right):
            self._left, self._right = new
            self.refresh()

    def render(self) -> Content:
        """Both ends on one line."""
        room = self.content_size.width
        left = _cut(Content(plain(self._left)), room)
        right = _cut(Content(plain(self._right)), max(room - left.cell_length - 1, 0))
        return Content.assemble(left, " " * (room - left.cell_length - right.cell_length), right)


def _cut(content: Content, room: int) -> Content:
    return content.truncate(room, ellipsis=True) if content.cell_length > room else content
