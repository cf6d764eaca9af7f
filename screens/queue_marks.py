"""Several cases of the queue at once: marked with the space bar or as a range, moved, given to a team, put off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pkui.base.clock import local_date
from pkui.base.words import _, ngettext
from pkui.base.words import workload as words
from pkui.base.words.codes import team as team_word
from pkui.base.words.dates import plain_date
from pkui.domain.typed import Unreadable, typed_date
from screens.dialogs.confirm import Confirm
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.queue_cells import who
from screens.queue_steps import QueueSteps
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from pkui.services.moving import Change, Moved
    from pkui.services.queue import QueueRow

NAMES_SHOWN = 6
"""How many people the question names."""

MakeChange = Callable[["QueueRow"], "Change"]


class QueueMarks(QueueSteps):
    """What can be done with the marked cases, or with the one under the cursor when none is marked."""

    @property
    def cases(self) -> SnapshotList:
        """The list."""
        return self.query_one(SnapshotList)

    def do_mark(self) -> None:
        """Space: marks the case under the cursor, or takes the mark away, and goes on to the next."""
        at = self.cases.cursor_id
        if at is not None:
            self.cases.mark([at], on=at not in self.cases.marks)
            self.cases.action_move(1)
            self._tell_marks()

    def do_mark_to(self) -> None:
        """x: marks everything between the nearest marked case and the cursor."""
        at, marks = self.cases.cursor_id, self.cases.marks
        if at is None:
            return
        order = self.cases.ids
        places = [place for place, number in enumerate(order) if number in marks]
        here = order.index(at)
        nearest = min(places, key=lambda place: abs(place - here), default=here)
        self.cases.mark(order[min(here, nearest) : max(here, nearest) + 1])
        self._tell_marks()

    def _tell_marks(self) -> None:
        count = len(self.cases.marks)
        self.say(ngettext("%(n)s case marked.", "%(n)s cases marked.", count) % {"n": count} if count else "")

    def _wanted(self) -> list[int]:
        at, marks = self.cases.cursor_id, self.cases.marks
        return sorted(marks) if marks else [at] if at is not None else []

    # -- what happens to them ------------------------------------------------------------------------------

    def do_marked_move(self) -> None:
        """f: to a colleague."""
        from pkui.services.people import list_staff

        desk, wanted = self.bench.here, self._wanted()
        if not wanted:
            return

        def picked(username: str | None) -> None:
            """Asks before they move to whoever was picked."""
            if username:
                from pkui.services.moving import Change

                title = _("Move to %(name)s") % {"name": names[username]}
                self._ask_and_do(title, lambda row: Change(row.record.queue_number, row.record.version, to=username))

        def show(found: list[tuple[str, str]]) -> None:
            """Asks to whom."""
            names.update(found)
            self.app.push_screen(Pick(_("Move marked cases to"), found), picked)

        names: dict[str, str] = {}
        self.ask(lambda: [(one.username, one.name) for one in list_staff(desk)], show, group="people")

    def do_marked_team(self) -> None:
        """t: to another team, with a reason."""
        from pkui.services.moving import Change, open_teams

        if not self._wanted():
            return

        def reasoned(team: str, why: str | None) -> None:
            """Asks before they go to the team."""
            if why:
                title = _("To the team %(name)s") % {"name": names[team]}
                self._ask_and_do(
                    title, lambda row: Change(row.record.queue_number, row.record.version, team=team), reason=why
                )

        def picked(team: str | None) -> None:
            """Asks why."""
            if team:
                self.app.push_screen(Line(_("Why another team?")), lambda why: reasoned(team, why))

        def show(found: dict[str, str | None]) -> None:
            """Asks to which team."""
            names.update({code: name or team_word(code) for code, name in found.items()})
            self.app.push_screen(Pick(_("Give marked cases to the team"), list(names.items())), picked)

        names: dict[str, str] = {}
        self.ask(lambda: open_teams(self.bench.here), show, group="people")

    def do_marked_later(self) -> None:
        """y: not before a day."""
        from pkui.services.moving import Change

        if not self._wanted():
            return
        today = local_date(self.bench.here.clock.now())

        def asked(given: dict[str, str] | None) -> None:
            """Asks before they are put off until the day typed."""
            if given is None:
                return
            try:
                day = typed_date(given["day"], today)
            except Unreadable:
                self.say(_("A day is needed, for instance 27/11."), warning=True)
                return
            title = _("Not before %(day)s") % {"day": plain_date(day)}
            self._ask_and_do(title, lambda row: Change(row.record.queue_number, row.record.version, not_before=day))

        hint = _("The cases keep their place and their date, but are not rung before that day.")
        self.app.push_screen(FieldsDialog(_("Put off marked cases"), [Field("day", _("Not before"))], hint=hint), asked)

    def do_marked_undo(self) -> None:
        """w: the cases moved last today come back."""
        from pkui.services.moving import undo_moves

        self.ask(
            lambda: undo_moves(self.bench.here),
            lambda done: self._moved(words.taken_back(done.done, done.skipped)),
            group="write",
        )

    def _ask_and_do(self, title: str, change: MakeChange, *, reason: str = "") -> None:
        """Names what it is about, and does it once that is confirmed."""
        from pkui.services import queue

        desk, wanted = self.bench.here, self._wanted()

        def show(rows: list[QueueRow]) -> None:
            """Names the first of them and asks."""
            lines = [
                f"{row.record.queue_number} {who(row.record.patient_name, protected=row.record.protected)}"
                for row in rows[:NAMES_SHOWN]
            ]
            if len(rows) > NAMES_SHOWN:
                lines.append(_("and %(n)s more") % {"n": len(rows) - NAMES_SHOWN})
            count = ngettext("%(n)s case", "%(n)s cases", len(rows)) % {"n": len(rows)}
            changes = [change(row) for row in rows]
            self.app.push_screen(
                Confirm(f"{title}: {count}", lines, yes=title), lambda yes: self._do(changes, reason) if yes else None
            )

        self.ask(lambda: queue.rows(desk, wanted), show, group="marked")

    def _do(self, changes: list[Change], reason: str) -> None:
        from pkui.services.moving import move_cases

        def done(moved: Moved) -> None:
            """Says how many, and how to take it back."""
            self._moved(words.moved(moved.done, moved.skipped) + " " + _("w takes it back."))

        self.ask(lambda: move_cases(self.bench.here, changes, reason=reason), done, group="write")

    def _moved(self, text: str) -> None:
        self.cases.mark(list(self.cases.marks), on=False)
        self.say(text)
        self.load()
