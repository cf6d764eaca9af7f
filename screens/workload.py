"""The load for whoever answers for the day: a row a person, a row a team, and what could be moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _
from pkui.base.words import workload as words
from pkui.base.words.codes import team as team_word
from pkui.base.words.dates import plain_date
from pkui.domain.typed import Unreadable, typed_date
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.pick import Pick
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import WorkScreen
from screens.workload_cells import people_columns, person_cells, team_cells, team_columns

if TYPE_CHECKING:
    from pkui.services.moving import Moved
    from pkui.services.queue import ChangeMark
    from pkui.services.rebalance import Rebalancing, Wish
    from pkui.services.workload import PersonLoad, TeamLoad, Workload
    from screens.bench import Bench
    from screens.widgets.cells import RowCells

POLL_SECONDS = 5.0
TEAM_ROWS = 7


class WorkloadScreen(WorkScreen):
    """People above, teams below; Enter lists the cases behind a figure of the row under the cursor."""

    SCOPE = Scope.WORKLOAD
    CSS = f"""
    WorkloadScreen {{ layers: base said; }}
    WorkloadScreen #teams {{ height: {TEAM_ROWS}; margin: 1 0 0 0; }}
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._found: Workload | None = None
        self._change: ChangeMark | None = None
        self.today = local_date(bench.here.clock.now())

    def compose(self) -> ComposeResult:
        """Head, people, teams, keys."""
        yield HeadLine()
        yield SnapshotList(people_columns(), self._people, empty=_("Nobody works cases here."), id="people")
        yield SnapshotList(team_columns(), self._teams, empty=_("No team is open."), id="teams")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Counts, and goes on counting while other desks work."""
        self.query_one(HeadLine).say(left=_("Workload"))
        self.query_one("#people").focus()
        self.load()
        self.set_interval(POLL_SECONDS, self._poll)

    # -- reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        """Counts anew; the cursor stays."""
        from pkui.services.workload import workload

        self.ask(lambda: workload(self.bench.here), self._show, group="load")

    def _poll(self) -> None:
        from pkui.services.queue import NOTHING_YET, changes_since

        desk, change = self.bench.here, self._change

        def told(mark: ChangeMark) -> None:
            """Reads anew where anything has changed."""
            if mark != self._change:
                self._change = mark
                if change is not None:
                    self.load()

        self.ask(lambda: changes_since(desk, change or NOTHING_YET).change, told, group="poll")

    def _show(self, found: Workload) -> None:
        self._found = found
        self._list("people").show(list(range(len(found.people))), rows=self._people(list(range(len(found.people)))))
        self._list("teams").show(list(range(len(found.teams))), rows=self._teams(list(range(len(found.teams)))))
        here = sum(1 for one in found.people if not one.absent)
        text = _("Workload · %(here)s of %(all)s here") % {"here": here, "all": len(found.people)}
        if found.orphans:
            text += " · " + _("%(n)s cases nobody may be dealt") % {"n": len(found.orphans)}
        self.query_one(HeadLine).say(left=text)

    def _list(self, name: str) -> SnapshotList:
        return self.query_one(f"#{name}", SnapshotList)

    def _people(self, numbers: list[int]) -> Mapping[int, RowCells]:
        people = self._found.people if self._found else ()
        return {n: person_cells(people[n], self.today) for n in numbers if n < len(people)}

    def _teams(self, numbers: list[int]) -> Mapping[int, RowCells]:
        teams = self._found.teams if self._found else ()
        return {n: team_cells(teams[n], self.today) for n in numbers if n < len(teams)}

    @property
    def person(self) -> PersonLoad | None:
        """The person under the cursor, while the upper list has the focus."""
        at = self._under("people")
        return self._found.people[at] if self._found and at is not None else None

    @property
    def team(self) -> TeamLoad | None:
        """The team under the cursor, while the lower list has the focus."""
        at = self._under("teams")
        return self._found.teams[at] if self._found and at is not None else None

    def _under(self, name: str) -> int | None:
        rows = self._list(name)
        return rows.cursor_id if rows.has_focus else None

    # -- what is behind a figure ---------------------------------------------------------------------------

    @on(SnapshotList.Chosen)
    def do_load_behind(self) -> None:
        """Enter: which figure, then its cases."""
        person, team = self.person, self.team
        if person is not None:
            figures = {
                "open": person.open, "overdue": person.overdue, "due_today": person.due_today,
                **{f"class_{rank}": count for rank, count in enumerate(person.by_class, 1)},
            }  # fmt: skip
            self._pick_figure(person.name, figures, username=person.username)
        elif team is not None:
            figures = {"open": team.open, "unassigned": team.unassigned, "overdue": team.overdue}
            self._pick_figure(team.name or team_word(team.team), figures, team=team.team)

    def _pick_figure(self, name: str, figures: dict[str, int], **whose: str) -> None:
        choices = [(code, f"{words.figure(code)}: {count}") for code, count in figures.items() if count]
        if not choices:
            self.say(_("%(name)s has no cases.") % {"name": name})
            return

        def picked(what: str | None) -> None:
            """Lists the cases behind that figure."""
            if what:
                self._list_cases(f"{name} · {words.figure(what)}", what, **whose)

        self.app.push_screen(Pick(name, choices), picked)

    def _list_cases(self, title: str, what: str, **whose: str) -> None:
        from pkui.services.workload import behind

        self.ask(
            lambda: behind(self.bench.here, what, **whose),
            lambda numbers: self._open_list(title, numbers),
            group="behind",
        )

    def _open_list(self, title: str, numbers: list[int]) -> None:
        from screens.case_list import CaseListScreen

        self.app.push_screen(CaseListScreen(self.bench, title, numbers), lambda _after: self.load())

    def do_load_orphans(self) -> None:
        """h: what nobody may be dealt."""
        self._list_cases(_("Cases nobody may be dealt"), "orphans")

    def do_load_refresh(self) -> None:
        """F5."""
        self.load()

    def _undone(self, done: Moved) -> None:
        self.say(words.taken_back(done.done, done.skipped))
        self.load()

    # -- proposals -----------------------------------------------------------------------------------------

    def do_load_absent(self) -> None:
        """f: what if the person under the cursor is away until a day."""
        from pkui.services.rebalance import Goal, Wish

        person, today = self.person, self.today
        if person is None:
            self.say(_("Put the cursor on a person."), warning=True)
            return

        def asked(given: dict[str, str] | None) -> None:
            """Proposes moves until the day typed."""
            if given is None:
                return
            try:
                until = typed_date(given["until"], today)
            except Unreadable:
                self.say(_("A day is needed, for instance 27/11."), warning=True)
                return
            self._propose(Wish(Goal.ABSENT, username=person.username, until=until))

        last = plain_date(self._found.days[-1] if self._found else today)
        title = _("What if %(name)s is away?") % {"name": person.name}
        self.app.push_screen(FieldsDialog(title, [Field("until", _("Until and with"), last)]), asked)

    def do_load_backlog(self) -> None:
        """p: what a team, or words of the letter, have waiting."""
        from pkui.services.rebalance import Goal, Wish

        team = self.team

        def asked(given: dict[str, str] | None) -> None:
            """Proposes moves for what has piled up."""
            if given is not None:
                self._propose(Wish(Goal.BACKLOG, team=team.team if team else None, words=given["words"]))

        name = (team.name or team_word(team.team)) if team else _("every team")
        hint = _("What nobody holds is dealt out to those who have room.")
        fields = [Field("words", _("Department, treatment"))]
        self.app.push_screen(FieldsDialog(_("Backlog: %(name)s") % {"name": name}, fields, hint=hint), asked)

    def do_load_even(self) -> None:
        """j: from the full to those who have room."""
        from pkui.services.rebalance import Goal, Wish

        self._propose(Wish(Goal.EVEN))

    def _propose(self, wish: Wish) -> None:
        from pkui.services.rebalance import rebalance

        self.say(_("Looking for what could move ..."))
        self.ask(lambda: rebalance(self.bench.here, wish), self._proposed, group="propose")

    def _proposed(self, found: Rebalancing) -> None:
        from screens.rebalance import RebalanceScreen

        if not found.moves:
            self.say(_("No move would make anything better."))
            return
        self.app.push_screen(RebalanceScreen(self.bench, found), self.came_back)

    def came_back(self, after: str | None) -> None:
        """A proposal was left: what it did is said, and the load counted anew."""
        if after:
            self.say(after)
        self.load()

    def do_load_undo(self) -> None:
        """z: the moves made last today are taken back; those that have moved on are named."""
        from pkui.services.moving import undo_moves

        self.ask(lambda: undo_moves(self.bench.here), self._undone, group="write")

    def do_back(self) -> None:
        """Esc."""
        self.leave()
