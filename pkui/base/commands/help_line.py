"""What can be done at the help line: a new enquiry, an incoming call, and what waits for a person."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_EV, _H, _E, _I, _C, _P = (
    Scope.EVERYWHERE,
    Scope.HOME,
    Scope.ENQUIRY,
    Scope.INCOMING,
    Scope.CALL,
    Scope.PARKED,
)

COMMANDS: tuple[Command, ...] = (
    Command("enquiry", _EV, ("ctrl+n",), N_("New enquiry"), N_("Type an enquiry while the caller speaks.")),
    Command("incoming", _EV, ("f9",), N_("Incoming call"), N_("Somebody rings: find the case over your work."), 95),
    Command("parked", _H, ("k",), N_("Parked"), N_("What could not be understood, and grave words to look at.")),
    Command("enquiry.register", _E, ("ctrl+s",), N_("Register"), N_("Put it in the queue; shows the number."), 10),
    Command("enquiry.discard", _E, (), N_("Discard"), N_("Throw the half-typed form away.")),
    Command("receipt.done", Scope.RECEIPT, ("enter",), N_("Done"), N_("The number has been read aloud."), 10),
    Command("incoming.short", _I, ("f8",), N_("Short answer"), N_("A short answer without a case; it is counted."), 10),
    Command("rang.herself", _C, ("p",), N_("Rang herself"), N_("The patient rang; the enquiry still waits."), 10),
    Command("rang.answered", _C, ("s",), N_("Got her answer"), N_("The patient rang and got the answer."), 20),
    Command("rang.relative", _C, ("r",), N_("A relative rang"), N_("A relative rang; see what may be said."), 30),
    Command("rang.windows", _C, ("w",), N_("Call times"), N_("Paint when the patient can be called."), 40),
    Command("rang.core_data", _C, ("æ",), N_("Contact details"), N_("Change name, telephone and address.")),
    Command("rang.book", _C, ("b",), N_("Book call"), N_("Plan the next call, or agree its time with the patient.")),
    Command("rang.note", _C, ("f4",), N_("Message"), N_("A note to whoever has the case.")),
    Command("rang.withdraw", _C, ("x",), N_("Withdraw"), N_("The patient takes the enquiry back: the case is closed.")),
    Command("rang.open", _C, ("o",), N_("Open case"), N_("Open the whole case.")),
    Command("parked.open", _P, ("enter",), N_("Complete"), N_("Fill in what is missing and put it in the queue."), 10),
    Command("parked.attach", _P, ("t",), N_("Belongs to"), N_("Put it on a case that is there already."), 20),
    Command("parked.seen", _P, ("s",), N_("Looked at"), N_("The words mean nothing grave: the case stays."), 30),
    Command("parked.urgent", _P, ("m",), N_("Urgent"), N_("It is a case of maximum waiting times."), 40),
)
