"""What can be done on Min dag and on the list of open questions."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _S, _D, _R = Scope.HOME, Scope.SPARRING, Scope.DAY, Scope.RECIPIENTS

COMMANDS: tuple[Command, ...] = (
    Command("day", _H, ("1",), N_("My day"), N_("What wants your attention today, and why.")),
    Command("day.open", _D, ("enter",), N_("Open"), N_("Open the case under the cursor."), 10),
    Command(
        "day.end",
        _D,
        ("a",),
        N_("End of the day"),
        N_("No next step, unfinished notes, tomorrow's calls."),
        40,
    ),
    Command(
        "day.recipients", _D, ("s",), N_("By recipient"), N_("Whom several cases wait for: one call answers all."), 50
    ),
    Command("day.refresh", _D, ("f5",), N_("Refresh"), N_("The day as it stands now.")),
    Command("recipient.open", _R, ("enter",), N_("Open"), N_("The cases of the recipient, then the case."), 10),
    Command("recipient.contact", _R, ("k",), N_("Contact"), N_("Log one contact on every marked case."), 20),
    Command("recipient.mark", _R, ("space",), N_("Mark"), N_("The contact is about this case, or is not."), 30),
    Command("sparring_list", _H, ("4",), N_("Sparring"), N_("Questions that wait for an answer, yours first.")),
    Command("question.open", _S, ("enter",), N_("Open"), N_("Open the case the question is about."), 10),
    Command("question.answer", _S, ("s",), N_("Answer"), N_("Put the answer on the case."), 20),
    Command("question.refresh", _S, ("f5",), N_("Refresh"), N_("Read the list anew.")),
)
