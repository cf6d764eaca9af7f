"""What can be done with the load, with a proposal to move cases, and with the cases behind a figure."""

from pkui.base.commands.model import Command, Scope
from pkui.base.words import N_

_H, _Q, _W, _R, _S = Scope.HOME, Scope.QUEUE, Scope.WORKLOAD, Scope.REBALANCE, Scope.CASES
_D = Scope.DAY_SHEET

COMMANDS: tuple[Command, ...] = (
    Command("workload", _H, ("7",), N_("Workload"), N_("Who carries what, and what came and went.")),
    Command("day_sheet", _H, ("6",), N_("The day's sheet"), N_("Who is here, what must happen today, what came in.")),
    Command("sheet.open", _D, ("enter",), N_("Open"), N_("What is behind the line under the cursor."), 10),
    Command("sheet.refresh", _D, ("f5",), N_("Refresh"), N_("Count anew."), 20),
    Command("mark", _Q, ("space",), N_("Mark"), N_("Mark the case, or take the mark away.")),
    Command("mark_to", _Q, ("x",), N_("Mark to here"), N_("Mark everything from the nearest mark to here.")),
    Command("marked.move", _Q, ("f",), N_("Move marked"), N_("Give the marked cases to a colleague.")),
    Command("marked.team", _Q, ("t",), N_("Team of marked"), N_("Give the marked cases to another team.")),
    Command("marked.later", _Q, ("y",), N_("Put off marked"), N_("Nothing happens with them before a day.")),
    Command("marked.undo", _Q, ("w",), N_("Undo move"), N_("Take back the cases that were moved last today.")),
    Command("load.behind", _W, ("enter",), N_("Cases"), N_("The cases behind a figure of the row."), 10),
    Command("load.absent", _W, ("f",), N_("If absent"), N_("What if this person is away until a day?"), 20),
    Command("load.backlog", _W, ("p",), N_("Backlog"), N_("Deal out what a team, or a specialty, has waiting."), 30),
    Command("load.even", _W, ("j",), N_("Even out"), N_("Move cases from the full to those who have room."), 40),
    Command("load.undo", _W, ("z",), N_("Undo"), N_("Take back the cases that were moved last today.")),
    Command("load.orphans", _W, ("h",), N_("Nobody's"), N_("Cases that nobody who is here may be dealt.")),
    Command("load.refresh", _W, ("f5",), N_("Refresh"), N_("Count anew.")),
    Command("moves.apply", _R, ("a",), N_("Move"), N_("Move the cases, all at once; it can be undone today."), 10),
    Command("moves.to", _R, ("t",), N_("Somebody else"), N_("Give this case to another colleague."), 20),
    Command("moves.drop", _R, ("space",), N_("Leave out"), N_("Leave this case where it is; again takes it in."), 30),
    Command("moves.open", _R, ("enter",), N_("Open"), N_("Open the case under the cursor."), 40),
    Command("cases.open", _S, ("enter",), N_("Open"), N_("Open the case under the cursor."), 10),
)
