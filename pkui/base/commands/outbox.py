"""What can be done with drafts, templates and the phone book, and from a case with each of them."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _C, _D, _T, _B = Scope.HOME, Scope.CASE, Scope.DRAFTS, Scope.TEXTS, Scope.PHONE_BOOK

COMMANDS: tuple[Command, ...] = (
    Command("drafts", _H, ("2",), N_("Drafts"), N_("Letters and messages that wait to be read and sent.")),
    Command("phone_book", _H, ("3",), N_("Phone book"), N_("Departments, private hospitals, transport, interpreters.")),
    Command("texts", _H, ("5",), N_("Templates"), N_("The wordings of letters and messages; supervisors change them.")),
    Command("case_phones", _C, ("t",), N_("Phone book"), N_("Whom this case needs to ring; a call is logged on it.")),
    Command("case_text", _C, ("l",), N_("Text"), N_("Fill a template from the case: copy it, or save it as a draft.")),
    Command("advised", _C, ("g",), N_("Advised on"), N_("Tick what you advised on; a draft note is put in the note.")),
    Command("draft.read", _D, ("enter",), N_("Read, correct"), N_("Read the draft and correct it."), 10),
    Command("draft.sent", _D, ("s",), N_("Sent"), N_("Say how and to whom it was sent."), 20),
    Command("draft.copy", _D, ("c",), N_("Copy"), N_("Copy the text; logged."), 30),
    Command("draft.undo", _D, ("z",), N_("Undo"), N_("Take back what you did last: sent, discarded or corrected."), 40),
    Command("draft.discard", _D, ("a",), N_("Discard"), N_("Take the draft out of the list; it can be brought back.")),
    Command("draft.print", _D, ("u",), N_("Print"), N_("Print the draft as print_to says; logged.")),
    Command("draft.case", _D, ("o",), N_("Open case"), N_("Open the case the draft is about.")),
    Command("draft.mine", _D, ("m",), N_("Mine"), N_("Only what I wrote and what is about my cases, or all.")),
    Command(
        "text.edit", _T, ("enter",), N_("Correct"), N_("Write another wording from a day on; the old one stays."), 10
    ),
    Command("text.history", _T, ("h",), N_("History"), N_("Every wording, who wrote it and when it holds."), 20),
    Command("text.fields", _T, ("f",), N_("Fields"), N_("The merge fields this text may use."), 30),
    Command("phone.call", _B, ("enter",), N_("Ring"), N_("Show the number; from a case the call is logged on it."), 10),
    Command("phone.edit", _B, ("f4",), N_("Correct"), N_("Correct the entry under the cursor."), 20),
    Command("phone.add", _B, ("f5",), N_("New"), N_("Write a new entry."), 30),
    Command("phone.history", _B, ("f6",), N_("History"), N_("Who changed the entry, and where it is written.")),
    Command("phone.end", _B, ("f7",), N_("Take out"), N_("The number is right no more; its history stays.")),
    Command("phone.import", _B, ("f8",), N_("Take in a file"), N_("A file of numbers: see what it changes first.")),
)
