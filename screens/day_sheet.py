"""The day's sheet: who is here, what must happen today, what came in; Enter goes to what is behind a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _
from pkui.base.words import day_sheet as words
from pkui.base.words.dates import near_day
from screens.places import PLACES, place
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.day_sheet import Counted, DaySheet
    from screens.bench import Bench

BEHIND = {"parked": "parked", "drafts": "drafts", "review_overdue": "log", "break_glass": "log"}
"""The place behind a line that has one of its own, by the command that goes there."""


class DaySheetScreen(WorkScreen):
    """A line a thing to know; numbers with words, what is urgent first."""

    SCOPE = Scope.DAY_SHEET
    CSS = """
    DaySheetScreen { layers: base said; }
    DaySheetScreen #people { height: auto; max-height: 6; padding: 0 1 1 1; }
    DaySheetScreen OptionList { border: none; height: 1fr; background: $background; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._found: DaySheet | None = None

    def compose(self) -> ComposeResult:
        """Who is here, the lines, keys."""
        yield HeadLine()
        yield Static(id="people", markup=False)
        yield Lines(id="lines")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Counts."""
        self.query_one(HeadLine).say(left=_("The day's sheet"))
        self.query_one("#people", Static).update(_("Going through today's calls …"))
        self.query_one(OptionList).focus()
        self.load()

    def load(self) -> None:
        """Counts anew; the cursor stays."""
        from pkui.services.day_sheet import day_sheet

        self.ask(lambda: day_sheet(self.bench.here), self._show, group="load")

    def came_back(self, after: str | None) -> None:
        """What was done elsewhere is counted."""
        self.load()

    def _show(self, found: DaySheet) -> None:
        self._found = found
        self.query_one("#people", Static).update("\n".join(plain(line) for line in self._people(found)))
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(_line(one), id=one.line.value) for one in found.lines)
        options.highlighted = min(at, len(found.lines) - 1)

    def _people(self, found: DaySheet) -> list[str]:
        today = local_date(found.as_of)
        until = _("%(name)s (to %(day)s)")
        away = [
            until % {"name": one.name, "day": near_day(local_date(one.absent_until), today)}
            if one.absent_until
            else one.name
            for one in found.away
        ]
        return [
            _("Here: %(here)s of %(all)s") % {"here": len(found.here), "all": len(found.here) + len(found.away)},
            _("Away: %(names)s") % {"names": ", ".join(away) or _("nobody")},
            _("Coordinates the day: %(names)s") % {"names": ", ".join(found.coordinators) or _("nobody named")},
        ]

    @on(OptionList.OptionSelected)
    def do_sheet_open(self) -> None:
        """Enter: the cases, or the place, behind the line under the cursor."""
        options = self.query_one(OptionList)
        if self._found is None or options.highlighted is None:
            return
        one = self._found.lines[options.highlighted]
        if not one.count:
            self.say(_("Nothing there."))
        elif one.line.value == "last_windows":
            from screens.alarm import AlarmScreen

            self.app.push_screen(AlarmScreen(self.bench), self.came_back)
        elif BEHIND.get(one.line.value) in PLACES:
            self.app.push_screen(place(BEHIND[one.line.value], self.bench), self.came_back)
        elif one.numbers:
            self._list(one)
        else:
            self.say(_("These are counted and have no case."))

    def _list(self, one: Counted) -> None:
        from screens.case_list import CaseListScreen

        self.app.push_screen(CaseListScreen(self.bench, words.line(one.line.value), one.numbers), self.came_back)

    def do_sheet_refresh(self) -> None:
        """F5."""
        self.load()

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def _line(one: Counted) -> Content:
    urgent = one.count and one.line.value in words.URGENT
    style = "bold $text-warning" if urgent else "" if one.count else "$text-muted"
    mark = "! " if urgent else "  "
    return Content.assemble((f"{mark}{one.count:>5}  ", style), (words.line(one.line.value), style))
