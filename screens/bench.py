"""What every screen holds: the desk once it is open, the command table in force, and who sits here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pkui.base.commands import COMMANDS, Command
from pkui.base.settings import ProgramSettings

if TYPE_CHECKING:
    from pkui.services.desk import Desk
    from pkui.services.journal import Journal


@dataclass
class Bench:
    """Shared by the screens of one run; `desk` and `journal` are there once the database is open and somebody sits."""

    commands: tuple[Command, ...] = COMMANDS
    desk: Desk | None = None
    journal: Journal | None = None
    training: bool = False
    problems: list[str] = field(default_factory=list)
    settings: ProgramSettings = field(default_factory=ProgramSettings)
    lent: str | None = None
    """What stands in the clipboard for a minute only."""

    @property
    def here(self) -> Desk:
        """The desk. Screens ask for it only after sign-in."""
        if self.desk is None:
            raise RuntimeError("nobody is signed in")
        return self.desk
