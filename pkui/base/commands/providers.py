"""What can be done where the patient can go, and about agreements that end."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_P, _N, _I = Scope.PROVIDERS, Scope.ENDINGS, Scope.IMPORT

COMMANDS: tuple[Command, ...] = (
    Command("place.choose", _P, ("enter",), N_("Choose"), N_("Choose the place under the cursor for the patient."), 10),
    Command("place.aloud", _P, ("l",), N_("Read out"), N_("The present date against two places, in plain words."), 20),
    Command("place.compare", _P, ("s",), N_("Side by side"), N_("Mark a place, then another: both side by side."), 30),
    Command("place.search", _P, ("f3",), N_("Search"), N_("Type words of a place or a town, also misspelt."), 40),
    Command("place.area", _P, ("o",), N_("Area"), N_("Choose what the patient is referred for.")),
    Command("place.kind", _P, ("k",), N_("Kind"), N_("Show public, partner or agreement places only.")),
    Command("place.limits", _P, ("b",), N_("Limits"), N_("Age, BMI, distance, and who takes other regions.")),
    Command("place.slip", _P, ("t",), N_("Said on the phone"), N_("Note what a clinic said; it expires by itself.")),
    Command("place.wait", _P, ("v",), N_("Waiting time"), N_("Correct the waiting time and say where it is written.")),
    Command("place.agreement", _P, ("a",), N_("Agreement"), N_("Correct the agreement, or write a new one.")),
    Command("place.history", _P, ("h",), N_("History"), N_("Who changed the waiting time and the agreement, and why.")),
    Command("place.course", _P, ("g",), N_("How far"), N_("Say how far the course has come: sent, confirmed, back.")),
    Command("place.ended", _P, ("e",), N_("Ended agreements"), N_("Courses at places whose agreement ended; end one.")),
    Command("ending.open", _N, ("enter",), N_("Open"), N_("Open the case, to ring the family."), 5),
    Command("ending.advised", _N, ("1",), N_("Advised"), N_("The family has been advised; again takes it back."), 10),
    Command("ending.complaint", _N, ("2",), N_("Complaint"), N_("The complaint is dealt with."), 20),
    Command("ending.moved_back", _N, ("3",), N_("Moved back"), N_("The course is back at a public hospital."), 30),
    Command("ending.end", _N, ("e",), N_("End agreement"), N_("End every agreement of the place from a day on.")),
    Command("place.refresh", _P, ("f5",), N_("Refresh"), N_("Fetch the catalogue from its feed.")),
    Command("place.import", _P, ("i",), N_("Take in"), N_("Take in a file: see first what it would change.")),
    Command(
        "import.take", _I, ("i",), N_("Take in"), N_("Take everything in at once; Cancel is under the cursor."), 10
    ),
    Command("import.kind", _I, ("k",), N_("Show"), N_("Only what is new, changed, ended or looks wrong."), 20),
)
