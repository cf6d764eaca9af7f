"""The least a Textual program can be: one widget. What everything else is held against."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class FloorApp(App[None]):
    """Shows a line of text and counts keys in it."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static("bare")

    def on_mount(self) -> None:
        """Starts counting."""
        self.keys = 0

    def on_key(self, _event: Key) -> None:
        """Counts a key."""
        self.keys += 1
        self.query_one(Static).update(f"bare {self.keys}")


if __name__ == "__main__":
    FloorApp().run()
