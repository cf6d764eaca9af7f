"""Everything that can be done on a screen, with its key; what cannot be done now says why."""

from collections.abc import Sequence

from pkui.base.commands import Command, Scope, spoken_key
from pkui.base.words import _
from screens.dialogs.pick import Pick

KEY_WIDTH = 8


class Menu(Pick):
    """The commands of a screen as a list to narrow by typing."""

    def __init__(self, commands: Sequence[tuple[Command, str | None]]) -> None:
        shown = [
            (command.id, _line(command, reason))
            for command, reason in sorted(commands, key=_far)
            if command.id != "menu"
        ]
        super().__init__(_("Menu"), shown, indent=KEY_WIDTH)


def _line(command: Command, reason: str | None) -> str:
    key = spoken_key(command.key) if command.keys else ""
    return f"{key:<{KEY_WIDTH}}{command.label()} - {reason or command.tooltip()}"


def _far(shown: tuple[Command, str | None]) -> bool:
    """What the screen itself can do stands before what every screen can."""
    return shown[0].scope in (Scope.EVERYWHERE, Scope.AWAY)
