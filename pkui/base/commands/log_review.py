"""What can be done with the access log."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _L = Scope.HOME, Scope.LOG

COMMANDS: tuple[Command, ...] = (
    Command("log", _H, ("0",), N_("Log review"), N_("Who looked at whom: review, figures, or your own look-ups.")),
    Command("log.in_order", _L, ("1",), N_("In order"), N_("The look-ups were for the work."), 10),
    Command("log.ask", _L, ("2",), N_("Ask the person"), N_("Ask her what the look-ups were for; with a note."), 20),
    Command("log.breach", _L, ("3",), N_("Breach"), N_("Not for the work: a breach, with a note."), 30),
)
