"""What can be done on a week of calls, on the office's day of calls, and with what is proposed for it."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_B, _O, _P, _A = Scope.CALLBACKS, Scope.OFFICE_CALLS, Scope.PROPOSAL, Scope.ALARM

COMMANDS: tuple[Command, ...] = (
    Command("call.plan", _B, ("enter",), N_("Plan"), N_("Plan the call at the time under the cursor."), 10),
    Command("call.agree", _B, ("a",), N_("Agreed"), N_("The patient agrees to the time: it binds the office."), 20),
    Command("call.colleague", _B, ("k",), N_("Colleague"), N_("Show another adviser's week."), 30),
    Command("call.cancel", _B, ("z",), N_("Cancel call"), N_("Cancel the call the case has."), 40),
    Command("office", Scope.HOME, ("o",), N_("The office's calls"), N_("A day of calls over everybody at work.")),
    Command("office.open", _O, ("enter",), N_("Open"), N_("Open the case of the call under the cursor."), 10),
    Command("office.plan", _O, ("p",), N_("Plan"), N_("A time for every waiting call; shown before it is booked."), 20),
    Command("office.mend", _O, ("f",), N_("Mend"), N_("New times for calls that have lost their adviser."), 30),
    Command("office.alarm", _O, ("a",), N_("Alarm"), N_("Whose last call time is missed today, what saves it."), 40),
    Command("office.away", _O, ("v",), N_("Away"), N_("The person under the cursor is away or busy for a while.")),
    Command("office.other_day", _O, ("d",), N_("Another day"), N_("The patient of the call asks for another day.")),
    Command("office.undo", _O, ("u",), N_("Undo"), N_("Take back the proposal that was booked last.")),
    Command("proposal.apply", _P, ("g",), N_("Book it"), N_("Book all of it at once; it can be taken back."), 10),
    Command("proposal.stop", _P, ("s",), N_("Stop"), N_("End the search with the best plan so far."), 20),
    Command("alarm.open", _A, ("enter",), N_("Open"), N_("Open the case under the cursor."), 10),
    Command("alarm.save", _A, ("g",), N_("Book it"), N_("Book the change that saves the call."), 20),
)
