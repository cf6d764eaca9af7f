"""What can be done about people, teams and the office's settings, and where a case goes."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _P, _S, _C = Scope.HOME, Scope.PEOPLE, Scope.SETTINGS, Scope.CASE

COMMANDS: tuple[Command, ...] = (
    Command(
        "route", _C, ("d",), N_("Topic, team"), N_("Give the case another topic, team or complexity, with a reason.")
    ),
    Command("people", _H, ("8",), N_("People"), N_("Who is here, who is away, who stands in; report somebody ill.")),
    Command("settings", _H, ("9",), N_("Settings"), N_("The office's dated settings with their history.")),
    Command("person.ill", _P, ("s",), N_("Report ill"), N_("Report ill; what cannot wait goes to cover at once."), 10),
    Command("person.undo", _P, ("z",), N_("Take back"), N_("Take back today's report, with what went to cover."), 20),
    Command("person.back", _P, ("r",), N_("Back"), N_("The person is back: the absence that holds now ends."), 30),
    Command("person.away", _P, ("f",), N_("Absence"), N_("A planned absence: days, or half a day."), 40),
    Command("person.cover", _P, ("v",), N_("Stand-ins"), N_("Who stands in for the person, in order.")),
    Command("person.duty", _P, ("d",), N_("Day coordinator"), N_("Give the duty of coordinator for one day.")),
    Command("person.terms", _P, ("o",), N_("Role, team"), N_("Give or end a role or a team of the person, by date.")),
    Command("person.hours", _P, ("a",), N_("Hours"), N_("When the person works: one day, several, or a day off.")),
    Command("person.history", _P, ("h",), N_("History"), N_("What was changed about the person, and by whom.")),
    Command("person.teams", _P, ("t",), N_("Teams"), N_("Every team and who is in it; open or close a working group.")),
    Command(
        "person.import", _P, ("i",), N_("Take in file"), N_("People, shifts and absences from a file, seen first.")
    ),
)
