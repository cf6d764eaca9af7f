"""What can be done on Min dag and on the list of open questions."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _S = Scope.HOME, Scope.SPARRING

COMMANDS: tuple[Command, ...] = (
    Command("sparring_list", _H, ("4",), N_("Sparring"), N_("Questions that wait for an answer, yours first.")),
    Command("question.open", _S, ("enter",), N_("Open"), N_("Open the case the question is about."), 10),
    Command("question.answer", _S, ("s",), N_("Answer"), N_("Put the answer on the case."), 20),
    Command("question.refresh", _S, ("f5",), N_("Refresh"), N_("Read the list anew.")),
)
