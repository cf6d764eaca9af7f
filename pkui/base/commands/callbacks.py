"""What can be done on a week of calls."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_B = Scope.CALLBACKS

COMMANDS: tuple[Command, ...] = (
    Command("call.plan", _B, ("enter",), N_("Plan"), N_("Plan the call at the time under the cursor."), 10),
    Command("call.agree", _B, ("a",), N_("Agreed"), N_("The patient agrees to the time: it binds the office."), 20),
    Command("call.colleague", _B, ("k",), N_("Colleague"), N_("Show another adviser's week."), 30),
    Command("call.cancel", _B, ("z",), N_("Cancel call"), N_("Cancel the call the case has."), 40),
)
