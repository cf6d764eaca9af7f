"""What can be done with an open case."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_C = Scope.CASE

COMMANDS: tuple[Command, ...] = (
    Command("count", _C, ("s",), N_("Show the sum"), N_("Why the case stands where it stands, day by day.")),
    Command("take", _C, ("h",), N_("Take"), N_("Take this case yourself.")),
    Command("contact", _C, ("k",), N_("Contact"), N_("Log a contact with anyone: two keys, party and result."), 50),
    Command("close", _C, ("a",), N_("Close"), N_("Close the case with its outcome.")),
    Command("close_next", _C, ("f8",), N_("Close, next"), N_("Close the case and take the next one."), 40),
    Command("hand_over", _C, ("o",), N_("Hand over"), N_("Give the case to a colleague with a message.")),
    Command("work_here", _C, ("e",), N_("Hold"), N_("Hold the case while you work, or take over from a colleague.")),
    Command("reopen", _C, ("å",), N_("Reopen"), N_("Open a closed case again.")),
    Command("note", _C, ("f4",), N_("Note"), N_("Write in the note; Esc leaves it.")),
    Command("save_note", _C, ("ctrl+s",), N_("Save note"), N_("Put the note on the case.")),
    Command("facts", _C, ("f",), N_("Facts"), N_("Go to the facts; Enter changes the one under the cursor.")),
    Command("windows", _C, ("w",), N_("Call times"), N_("Change when the patient can be called.")),
    Command("core_data", _C, ("æ",), N_("Contact details"), N_("Change name, telephone and address.")),
    Command("copy_phone", _C, ("c",), N_("Copy telephone"), N_("Copy the patient's telephone number.")),
    Command("copy_number", _C, ("x",), N_("Copy case number"), N_("Copy the case number.")),
    Command(
        "copy_cpr", _C, (), N_("Copy CPR"), N_("Copy the patient's CPR number; the clipboard is emptied in a minute.")
    ),
    Command("linked", _C, ("y",), N_("Linked case"), N_("Open the person's other case.")),
    Command(
        "same_case", _C, ("m",), N_("Same case?"), N_("Merge two cases of the person under the first number, or split.")
    ),
    Command("sparring", _C, ("q",), N_("Sparring"), N_("Ask a colleague, the lawyer or the meeting, or answer.")),
    Command("remind", _C, ("ø",), N_("Remind me"), N_("Your own reminder of this case, with a day and a time.")),
    Command("consent", _C, ("u",), N_("Consent"), N_("What the patient agreed to: given, refused or taken back.")),
    Command("approve", _C, (), N_("Approve"), N_("Approve a temporary colleague's course; then it can be sent.")),
    Command("send_back", _C, (), N_("Send back"), N_("Return the course with what is to be mended.")),
    Command("correct_note", _C, (), N_("Correct a note"), N_("A note that puts an earlier one right; both stay.")),
    Command("hold", _C, (), N_("Keep the case"), N_("Keep it beyond its time while a complaint is open.")),
    Command("lift_hold", _C, (), N_("Stop keeping the case"), N_("Let its time run again.")),
    Command(
        "rights_on", _C, ("j",), N_("Rights on a day"), N_("What was right on an earlier day, by the law of that day.")
    ),
    Command(
        "summary", _C, ("i",), N_("Summary"), N_("A plain text of the rights for the patient: copied, and a draft.")
    ),
)
