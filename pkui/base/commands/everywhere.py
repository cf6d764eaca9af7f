"""What can be done on every screen."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_E, _A = Scope.EVERYWHERE, Scope.AWAY

COMMANDS: tuple[Command, ...] = (
    Command("help", _E, ("f1", "question_mark"), N_("Help"), N_("Every key on this screen, and what it does."), 0),
    Command("menu", _E, ("f2",), N_("Menu"), N_("Everything that can be done here, also by typing its name."), 90),
    Command("theme", _E, (), N_("Change colours"), N_("Dark, light or high contrast.")),
    Command("lock", _E, ("ctrl+l",), N_("Lock"), N_("Blank the screen; what was typed is kept.")),
    Command("password", _E, (), N_("Change password"), N_("A new password of your own; the old one is asked for.")),
    Command("sign_out", _E, (), N_("Sign out"), N_("Leave the desk to a colleague.")),
    Command("quit", _E, ("ctrl+q",), N_("Quit"), N_("End the program. Notes not saved are kept and come back.")),
    Command("back", _A, ("escape",), N_("Back"), N_("One step back; nothing typed is lost.")),
)
