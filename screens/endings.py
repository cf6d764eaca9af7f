"""Agreements that ended: every course there, open or closed in the last two years, and what was done for whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.words import _, codes, ngettext, pgettext
from pkui.base.words.dates import plain_date
from pkui.domain.typed import Unreadable, typed_date
from pkui.services.case_view import CaseView
from pkui.services.cases import open_case
from pkui.services.providers_ending import EndingView, SegmentAtProvider, check_family, end_agreement, endings
from screens.dialogs.line import Line
from screens.widgets.cells import Cell, Column, RowCells, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench


class EndingsScreen(WorkScreen):
    """One line a course; 1, 2 and 3 tick what was done for the family."""

    SCOPE = Scope.ENDINGS
    CSS = """
    EndingsScreen { layers: base said; }
    EndingsScreen #said { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench, *, provider_id: str | None = None, name: str = "") -> None:
        """`provider_id`: the place whose agreement can be ended from here."""
        super().__init__(bench)
        self._provider_id, self._name = provider_id, name
        self.today = local_date(bench.here.clock.now())
        self._rows: list[tuple[EndingView, SegmentAtProvider]] = []

    def compose(self) -> ComposeResult:
        """Head, list, how many, keys."""
        columns = [
            Column("place", _("Place"), 18, grow=2, min_terminal_width=100),
            Column("case", _("Case"), 11),
            Column("state", _("State"), 19, grow=1),
            Column("open", pgettext("course", "Case is"), 9),
            Column("advised", _("1 Advised"), 10),
            Column("complaint", _("2 Complaint"), 10),
            Column("moved_back", _("3 Moved back"), 10),
        ]
        yield HeadLine()
        yield SnapshotList(columns, self._cells, empty=_("Nobody has a course there."), id="list")
        yield Static(id="said", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads what has ended."""
        self.query_one(HeadLine).say(left=_("Ended agreements"))
        self.query_one(SnapshotList).focus()
        self.load()

    def load(self) -> None:
        """Reads it anew; the cursor stays."""
        self.ask(lambda: endings(self.bench.here), self._show, group="load")

    def _show(self, found: list[EndingView]) -> None:
        self._rows = [(one, segment) for one in found for segment in one.segments]
        numbers = list(range(len(self._rows)))
        self.query_one(SnapshotList).show(numbers, rows=self._cells(numbers))
        self._explain()

    @on(SnapshotList.Highlighted)
    def _explain(self) -> None:
        """The place of the course under the cursor, and how many are still open."""
        at = self.query_one(SnapshotList).cursor_id
        left = sum(segment.closed_at is None for _ending, segment in self._rows)
        lines = [ngettext("%(n)s open course", "%(n)s open courses", left) % {"n": left}]
        if at is not None and at < len(self._rows):
            ending = self._rows[at][0]
            values = {"name": plain(ending.name), "day": plain_date(ending.ends_on)}
            lines.insert(0, _("%(name)s: no agreement from %(day)s; the working group is called the same.") % values)
        self.query_one("#said", Static).update("\n".join(lines))

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        return {number: self._line(*self._rows[number]) for number in numbers if number < len(self._rows)}

    def _line(self, ending: EndingView, segment: SegmentAtProvider) -> RowCells:
        open_ = segment.closed_at is None
        return (
            Cell(ending.name, "snapshot-list--strong" if open_ else "snapshot-list--muted"),
            Cell(segment.case_number),
            Cell(codes.segment_state(segment.state) if segment.state else _("nothing chosen")),
            Cell(_("open") if open_ else _("closed")),
            *(Cell(self._tick(day)) for day in (segment.advised_on, segment.complaint_on, segment.moved_back_on)),
        )

    @staticmethod
    def _tick(day: date | None) -> str:
        return "-" if day is None else f"{day.day}/{day.month}"

    def why_not(self, id: str) -> str | None:
        """Ticking needs a course, ending a place."""
        if id in ("ending.open", "ending.advised", "ending.complaint", "ending.moved_back") and not self._rows:
            return _("There is no course under the cursor.")
        if id == "ending.end" and self._provider_id is None:
            return _("Open this from a place to end its agreement.")
        return None

    @on(SnapshotList.Chosen)
    def _enter(self) -> None:
        self.action_run_command("ending.open")

    def do_ending_open(self) -> None:
        """Enter: the case, to ring the family from."""
        at = self.query_one(SnapshotList).cursor_id
        if at is not None:
            self._open(self._rows[at][1].queue_number, None)

    def _open(self, number: int, reason: str | None) -> None:
        def refused(error: PkuiError) -> None:
            """Asks for a reason where one is needed to open the case."""
            from pkui.base.words.errors import message

            if error.code != "reason_to_open":
                self.refused(error)
                return
            self.app.push_screen(Line(message(error)), lambda why: self._open(number, why) if why else None)

        self.ask(lambda: open_case(self.bench.here, number, reason=reason), self._push, group="open", failed=refused)

    def _push(self, view: CaseView) -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, view), lambda _told: self.load())

    def do_ending_advised(self) -> None:
        """1: the family has been advised."""
        self._check("advised")

    def do_ending_complaint(self) -> None:
        """2: the complaint is dealt with."""
        self._check("complaint")

    def do_ending_moved_back(self) -> None:
        """3: the course is back at a public hospital."""
        self._check("moved_back")

    def _check(self, what: str) -> None:
        at = self.query_one(SnapshotList).cursor_id
        if at is None:
            return
        ending, segment = self._rows[at]
        done = getattr(segment, f"{what}_on") is None
        self.ask(
            lambda: check_family(self.bench.here, ending.organization_id, segment.segment_id, what, done=done),
            lambda _none: self.load(),
            group="write",
        )

    def do_ending_end(self) -> None:
        """e: ends the place's agreements from a day on."""
        provider_id = self._provider_id
        if provider_id is None:
            return

        def end(text: str | None) -> None:
            """Ends the agreements from the day typed."""
            if text is None:
                return
            try:
                day = typed_date(text, self.today)
            except Unreadable:
                self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
                return
            self.ask(
                lambda: end_agreement(self.bench.here, provider_id, on=day), lambda _view: self.load(), group="write"
            )

        question = _("%(name)s: the first day without an agreement?") % {"name": self._name}
        self.app.push_screen(Line(question, head=_("End agreement")), end)

    def do_back(self) -> None:
        """Esc: back to the places."""
        self.leave()
