"""The frame of every question: a box in the middle with a title, a body and a line that tells the keys."""

from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A question over the work at hand. Esc goes back and changes nothing."""

    AUTO_FOCUS = ""
    CSS_PATH = "dialogs.tcss"
    BINDINGS = [Binding("escape", "back", "", show=False)]

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self._title, self._keys = title, keys

    def compose(self) -> ComposeResult:
        """The box; the body comes from the dialog itself."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._title)
            yield from self.body()
            yield Static(self._keys, id="keys", markup=False)

    def body(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def say(self, text: str) -> None:
        """What is wrong with the answer; the dialog stays."""
        line = self.query_one("#keys", Static)
        line.update(text)
        line.add_class("-wrong")

    def action_back(self) -> None:
        """Esc."""
        self.dismiss(None)
