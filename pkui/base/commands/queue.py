"""What can be done with the list, and with a case from the list as well as from its own screen."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_Q, _W = Scope.QUEUE, Scope.WORK

COMMANDS: tuple[Command, ...] = (
    Command("search", _Q, ("f3",), N_("Search"), N_("Find by name, telephone, case or queue number."), 85),
    Command("open", _Q, ("enter",), N_("Open"), N_("Open the case under the cursor."), 10),
    Command("next", _W, ("n",), N_("Next"), N_("Take the first case in order that can be worked on now."), 20),
    Command("ring", _W, ("r", "f6"), N_("Ring"), N_("Take the case and ring the patient; two keys log the call."), 30),
    Command("book", _W, ("b",), N_("Book call"), N_("Plan the next call, or agree its time with the patient."), 55),
    Command("refresh", _Q, ("f5",), N_("Refresh"), N_("Place new cases in the list.")),
    Command("view.ring_now", _Q, ("g",), N_("Ring now"), N_("Cases that can be rung now, closing windows first.")),
    Command("view.all", _Q, ("l",), N_("All"), N_("Every open case in the queue's order.")),
    Command("view.mine", _Q, ("m",), N_("Mine"), N_("Cases that you hold.")),
    Command("view.unassigned", _Q, ("d",), N_("Free"), N_("Cases nobody holds.")),
    Command("view.team", _Q, ("e",), N_("Team"), N_("Cases of your teams.")),
    Command("view.without_call", _Q, ("u",), N_("Without call"), N_("Written answers and acceptance requests.")),
    Command("view.left", _Q, ("left",), N_("List to the left"), N_("The list before this one.")),
    Command("view.right", _Q, ("right",), N_("List to the right"), N_("The list after this one.")),
    Command("topic", _Q, ("f7",), N_("Topic"), N_("Show one topic only.")),
    Command(
        "wait", _W, ("v",), N_("Wait for"), N_("Wait for somebody until a day; the case comes back by itself."), 60
    ),
    Command(
        "providers", _W, ("p",), N_("Places"), N_("Where the patient can go: hospitals and clinics, rung by rung."), 45
    ),
    Command("put_back", _W, ("z",), N_("Put back"), N_("Put the case back where it stood in the queue.")),
)
