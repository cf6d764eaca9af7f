"""The last line of every screen: at most five keys, Help first, drawn from the command table; a click does the same."""

from collections.abc import Sequence
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from pkui.base.commands import Command, spoken_key
from screens.widgets.cells import plain

MOST_KEYS = 5
SAID_SECONDS = 12.0
READ_SECONDS = 1.0


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


class SaidLine(Static):
    """What was just said, over the keys until the next key or a while later; nothing on the screen moves for it."""

    DEFAULT_CSS = """
    SaidLine {
        display: none; dock: bottom; layer: said; height: auto; max-height: 3; padding: 0 1;
        background: $primary; color: $background; text-style: bold;
    }
    SaidLine.-warning { background: $warning; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._since = 0.0
        self._timer: Timer | None = None

    def say(self, text: str, *, warning: bool = False) -> None:
        """Shows the text; a warning looks different and begins with a mark."""
        self.update(plain(f"! {text}" if warning else text))
        self.set_class(warning, "-warning")
        self.display = True
        self._since = monotonic()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SAID_SECONDS, self.hush)

    def hush(self) -> None:
        """Takes it away."""
        self.display = False

    def key_pressed(self) -> None:
        """The next key takes away what has been there long enough to be read."""
        if self.display and monotonic() - self._since > READ_SECONDS:
            self.hush()


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
