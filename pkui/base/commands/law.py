"""What can be done about the numbers of the law."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _L = Scope.HOME, Scope.LAW

COMMANDS: tuple[Command, ...] = (
    Command(
        "law", _H, (), N_("The numbers of the law"), N_("What the hints count with; supervisors set verified values.")
    ),
    Command("overrulings", _L, ("o",), N_("Seen otherwise"), N_("Where advisers and rules disagree."), 10),
)
