"""The one table of what a person can do with a key: footer, menu, help, `pkui keys` and README are drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pkui.base.words import N_, _


class Scope(StrEnum):
    """Where a command is to be had: on one screen, on queue and case (`work`), or on all but the queue (`away`)."""

    EVERYWHERE = "everywhere"
    WORK = "work"
    AWAY = "away"
    QUEUE = "queue"
    CASE = "case"
    LAW = "law"
    PROVIDERS = "providers"
    CALLBACKS = "callbacks"
    ENDINGS = "endings"


@dataclass(frozen=True)
class Command:
    """One thing to do. `key` is the first key and the one shown; `footer` places it there, smallest first."""

    id: str
    scope: Scope
    keys: tuple[str, ...]
    words: str
    explained: str
    footer: int | None = None

    @property
    def key(self) -> str:
        """The key that is shown; none for what only the menu has."""
        return self.keys[0] if self.keys else ""

    def label(self) -> str:
        """The command in a word or two."""
        return _(self.words)

    def tooltip(self) -> str:
        """The command in a sentence."""
        return _(self.explained)


_E, _W, _A, _Q, _C, _L = Scope.EVERYWHERE, Scope.WORK, Scope.AWAY, Scope.QUEUE, Scope.CASE, Scope.LAW
_P, _N, _B = Scope.PROVIDERS, Scope.ENDINGS, Scope.CALLBACKS
_B = Scope.CALLBACKS
_WORK = (Scope.QUEUE, Scope.CASE)

COMMANDS: tuple[Command, ...] = (
    Command("help", _E, ("f1", "question_mark"), N_("Help"), N_("Every key on this screen, and what it does."), 0),
    Command("menu", _E, ("f2",), N_("Menu"), N_("Everything that can be done here, also by typing its name."), 90),
    Command("theme", _E, (), N_("Change colours"), N_("Dark, light or high contrast.")),
    Command(
        "law", _Q, (), N_("The numbers of the law"), N_("What the hints count with; supervisors set verified values.")
    ),
    Command("overrulings", _L, ("o",), N_("Seen otherwise"), N_("Where advisers and rules disagree."), 10),
    Command("sign_out", _E, (), N_("Sign out"), N_("Leave the desk to a colleague.")),
    Command("quit", _E, ("ctrl+q",), N_("Quit"), N_("End the program. Notes not saved are kept and come back.")),
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
    Command("count", _C, ("s",), N_("Show the sum"), N_("Why the case stands where it stands, day by day.")),
    Command("take", _C, ("h",), N_("Take"), N_("Take this case yourself.")),
    Command("contact", _C, ("k",), N_("Contact"), N_("Log a contact with anyone: two keys, party and result."), 50),
    Command(
        "wait", _W, ("v",), N_("Wait for"), N_("Wait for somebody until a day; the case comes back by itself."), 60
    ),
    Command(
        "providers", _W, ("p",), N_("Places"), N_("Where the patient can go: hospitals and clinics, rung by rung."), 45
    ),
    Command("place.choose", _P, ("enter",), N_("Choose"), N_("Choose the place under the cursor for the patient."), 10),
    Command("place.aloud", _P, ("l",), N_("Read out"), N_("The present date against two places, in plain words."), 20),
    Command("place.compare", _P, ("s",), N_("Side by side"), N_("Mark a place, then another: both side by side."), 30),
    Command("place.search", _P, ("f3",), N_("Search"), N_("Type words of a place or a town, also misspelt."), 40),
    Command("place.area", _P, ("o",), N_("Area"), N_("Choose what the patient is referred for.")),
    Command("place.kind", _P, ("k",), N_("Kind"), N_("Show public, partner or agreement places only.")),
    Command("place.slip", _P, ("t",), N_("Said on the phone"), N_("Note what a clinic said; it expires by itself.")),
    Command("place.wait", _P, ("v",), N_("Waiting time"), N_("Correct the waiting time and say where it is written.")),
    Command("place.agreement", _P, ("a",), N_("Agreement"), N_("Correct the agreement, or write a new one.")),
    Command("place.history", _P, ("h",), N_("History"), N_("Who changed the waiting time and the agreement, and why.")),
    Command("place.course", _P, ("g",), N_("How far"), N_("Say how far the course has come: sent, confirmed, back.")),
    Command("place.ended", _P, ("e",), N_("Ended agreements"), N_("Courses at places whose agreement ended; end one.")),
    Command("ending.advised", _N, ("1",), N_("Advised"), N_("The family has been advised; again takes it back."), 10),
    Command("ending.complaint", _N, ("2",), N_("Complaint"), N_("The complaint is dealt with."), 20),
    Command("ending.moved_back", _N, ("3",), N_("Moved back"), N_("The course is back at a public hospital."), 30),
    Command("ending.end", _N, ("e",), N_("End agreement"), N_("End every agreement of the place from a day on."), 40),
    Command("place.refresh", _P, ("f5",), N_("Refresh"), N_("Fetch the catalogue from its feed.")),
    Command("close", _C, ("a",), N_("Close"), N_("Close the case with its outcome.")),
    Command("close_next", _C, ("f8",), N_("Close, next"), N_("Close the case and take the next one."), 40),
    Command("put_back", _W, ("z",), N_("Put back"), N_("Put the case back where it stood in the queue.")),
    Command("hand_over", _C, ("o",), N_("Hand over"), N_("Give the case to a colleague with a message.")),
    Command("reopen", _C, ("å",), N_("Reopen"), N_("Open a closed case again.")),
    Command("note", _C, ("f4",), N_("Note"), N_("Write in the note; Esc leaves it.")),
    Command("save_note", _C, ("ctrl+s",), N_("Save note"), N_("Put the note on the case.")),
    Command("facts", _C, ("f",), N_("Facts"), N_("Go to the facts; Enter changes the one under the cursor.")),
    Command("windows", _C, ("w",), N_("Call times"), N_("Change when the patient can be called.")),
    Command("core_data", _C, ("æ",), N_("Contact details"), N_("Change name, telephone and address.")),
    Command("copy_phone", _C, ("c",), N_("Copy telephone"), N_("Copy the patient's telephone number.")),
    Command("copy_number", _C, ("x",), N_("Copy case number"), N_("Copy the case number.")),
    Command("linked", _C, ("y",), N_("Linked case"), N_("Open the person's other case.")),
    Command(
        "rights_on", _C, ("j",), N_("Rights on a day"), N_("What was right on an earlier day, by the law of that day.")
    ),
    Command(
        "summary", _C, ("i",), N_("Summary"), N_("A plain text of the rights for the patient: copied, and a draft.")
    ),
    Command("call.plan", _B, ("enter",), N_("Plan"), N_("Plan the call at the time under the cursor."), 10),
    Command("call.agree", _B, ("a",), N_("Agreed"), N_("The patient agrees to the time: it binds the office."), 20),
    Command("call.colleague", _B, ("k",), N_("Colleague"), N_("Show another adviser's week."), 30),
    Command("call.cancel", _B, ("z",), N_("Cancel call"), N_("Cancel the call the case has."), 40),
    Command("back", _A, ("escape",), N_("Back"), N_("One step back; nothing typed is lost.")),
)
"""Every command in the order help shows them."""

RESERVED = frozenset(
    {"tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "ctrl+c"}
)
"""Keys that move and choose; a keymap cannot give them away."""

_SPOKEN = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def with_keymap(keymap: Mapping[str, str]) -> tuple[Command, ...]:
    """The table with the keys of a person's own keymap (command id to key)."""
    return tuple(replace(one, keys=(keymap[one.id],)) if one.id in keymap else one for one in COMMANDS)


def keymap_problems(keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a keymap: code and the command or key it is about."""
    known = {command.id for command in COMMANDS}
    found = [("unknown_command", id) for id in keymap if id not in known]
    found += [("reserved_key", key) for key in keymap.values() if key in RESERVED]
    for scope in (Scope.QUEUE, Scope.CASE, Scope.LAW, Scope.PROVIDERS, Scope.ENDINGS, Scope.CALLBACKS):
        taken: dict[str, str] = {}
        for command in in_scope(scope, with_keymap(keymap)):
            for key in command.keys:
                if key in taken:
                    found.append(("key_taken_twice", key))
                taken[key] = command.id
    return list(dict.fromkeys(found))


def in_scope(scope: Scope, commands: tuple[Command, ...] = COMMANDS) -> list[Command]:
    """What can be done on a screen: its own commands and the general ones."""
    had = {scope, Scope.EVERYWHERE}
    had |= {Scope.WORK} if scope in _WORK else set()
    had |= {Scope.AWAY} if scope is not Scope.QUEUE else set()
    return [command for command in commands if command.scope in had]


def spoken_key(key: str) -> str:
    """A key as people say it: F1, Ctrl+S, Enter, n."""
    if key in _SPOKEN:
        return _(_SPOKEN[key])
    parts = key.split("+")
    return "+".join(part.capitalize() if len(part) > 1 else part for part in parts[:-1]) + (
        ("+" if len(parts) > 1 else "") + (parts[-1].upper() if len(parts) > 1 or len(parts[-1]) > 1 else parts[-1])
    )
