"""The last line of every screen: at most five keys, Help first, drawn from the command table; a click does the same."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from pkui.base.commands import Command, spoken_key

MOST_KEYS = 5
WIDE = 100


class KeyHint(Static):
    """One key and its word."""

    class Pressed(Message):
        """The hint was clicked."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self, command: Command) -> None:
        text = Content.assemble((spoken_key(command.key), "bold $accent"), " ", command.label())
        super().__init__(text, markup=False)
        self.command = command
        self.tooltip = Content(command.tooltip())

    def on_click(self) -> None:
        """A click is the key."""
        self.post_message(self.Pressed(self.command))


class KeyLine(Horizontal):
    """The hints of a screen, as many as may stand in a footer."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $panel; padding: 0 1; }
    KeyLine KeyHint { width: auto; margin-right: 2; }
    """

    def __init__(self, commands: Sequence[Command], *, id: str | None = None) -> None:
        super().__init__(id=id)
        shown = sorted((one for one in commands if one.footer is not None), key=lambda one: one.footer or 0)
        self._commands = shown[:MOST_KEYS]

    def compose(self) -> ComposeResult:
        """One hint a command."""
        for command in self._commands:
            yield KeyHint(command)
