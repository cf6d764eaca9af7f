"""Everything that can be done on a screen, with its key; what cannot be done now says why."""

from collections.abc import Sequence

from pkui.base.commands import Command, spoken_key
from pkui.base.words import _
from screens.dialogs.pick import Pick

KEY_WIDTH = 8


class Menu(Pick):
    """The commands of a screen as a list to narrow by typing."""

    def __init__(self, commands: Sequence[tuple[Command, str | None]]) -> None:
        shown = [(command.id, _line(command, reason)) for command, reason in commands if command.id != "menu"]
        super().__init__(_("Menu"), shown)


def _line(command: Command, reason: str | None) -> str:
    key = spoken_key(command.key) if command.keys else ""
    return f"{key:<{KEY_WIDTH}}{command.label()} - {reason or command.tooltip()}"
