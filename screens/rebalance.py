"""A proposal to move cases: each move and its reason, the effect, changed one by one, applied at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, ngettext, pgettext
from pkui.base.words import workload as words
from pkui.base.words.codes import team as team_word
from screens.dialogs.confirm import Confirm
from screens.dialogs.pick import Pick
from screens.queue_cells import who
from screens.queue_steps import QueueSteps
from screens.widgets.cells import Cell, Column, RowCells
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from pkui.services.moving import Moved
    from pkui.services.queue import QueueRow
    from pkui.services.rebalance import ProposedMove, Rebalancing
    from screens.bench import Bench

NAMES_SHOWN = 8
"""How many cases the question before moving names."""


class RebalanceScreen(QueueSteps):
    """One line a case; nothing is written until it is applied."""

    SCOPE = Scope.REBALANCE
    CSS = """
    RebalanceScreen { layers: base said; }
    RebalanceScreen #why { height: 2; padding: 0 1; background: $surface; }
    RebalanceScreen #effect { height: 3; padding: 0 1; color: $text-muted; background: $surface; }
    """

    def __init__(self, bench: Bench, found: Rebalancing) -> None:
        super().__init__(bench)
        self._all = found
        self._moves = list(found.moves)
        self._left_out: set[int] = set()
        self._rows: dict[int, QueueRow] = {}

    def compose(self) -> ComposeResult:
        """Head, moves, why, effect, keys."""
        columns = (
            Column("mark", "", 1),
            Column("number", pgettext("column", "No."), 6, align="right"),
            Column("who", _("Who"), 24, grow=1),
            Column("from", _("From"), 18, grow=1),
            Column("to", _("To"), 20, grow=1),
        )
        yield HeadLine()
        yield SnapshotList(columns, self._cells, empty=_("No move."), id="moves")
        yield Static(id="why", markup=False)
        yield Static(id="effect", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """The moves, the most urgent first."""
        moves = self.query_one(SnapshotList)
        moves.show([move.queue_number for move in self._moves], keep=False)
        moves.focus()
        self._tell()

    # -- what is proposed ----------------------------------------------------------------------------------

    @property
    def chosen(self) -> QueueRow | None:
        """The row under the cursor, as last read."""
        return self._rows.get(self.query_one(SnapshotList).cursor_id or -1)

    @property
    def move(self) -> ProposedMove | None:
        """The move under the cursor."""
        at = self.query_one(SnapshotList).cursor_id
        return next((move for move in self._moves if move.queue_number == at), None)

    @property
    def taken(self) -> list[ProposedMove]:
        """The moves that are not left out."""
        return [move for move in self._moves if move.queue_number not in self._left_out]

    def _person(self, username: str | None) -> str:
        return self._all.names.get(username, username) if username else _("nobody")

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        from pkui.services import queue

        found = queue.rows(self.bench.here, numbers)
        self._rows |= {row.record.queue_number: row for row in found}
        moves = {move.queue_number: move for move in self._moves}
        return {row.record.queue_number: self._row(row, moves[row.record.queue_number]) for row in found}

    def _row(self, row: QueueRow, move: ProposedMove) -> RowCells:
        out = move.queue_number in self._left_out
        style = "snapshot-list--muted" if out else ""
        return (
            Cell("–" if out else "→", "snapshot-list--info"),
            Cell(str(move.queue_number), style),
            Cell(who(row.record.patient_name, protected=row.record.protected), style),
            Cell(self._person(move.holder), style),
            Cell(_("stays") if out else self._person(move.to), style or "snapshot-list--strong"),
        )

    @on(SnapshotList.Highlighted)
    def _tell(self) -> None:
        taken = self.taken
        count = ngettext("%(n)s case moves", "%(n)s cases move", len(taken)) % {"n": len(taken)}
        self.query_one(HeadLine).say(left=_("Proposal · %(count)s") % {"count": count})
        move = self.move
        why = words.why(move.why, self._person(move.holder), self._person(move.to)) if move else ""
        self.query_one("#why", Static).update(why[:1].upper() + why[1:])
        after = self._all.edited(taken).after
        self.query_one("#effect", Static).update("\n".join(words.effect(self._all.before, after, team_word)))

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the rows anew."""
        self.query_one(SnapshotList).reread()

    # -- changing it ---------------------------------------------------------------------------------------

    def do_moves_drop(self) -> None:
        """Space: leaves the case where it is, or takes it in again; the cursor goes on to the next."""
        move = self.move
        if move is not None:
            self._left_out ^= {move.queue_number}
            self.load()
            self._tell()

    def do_moves_to(self) -> None:
        """t: to another colleague who may finish it."""
        move = self.move
        if move is None:
            return
        choices = [(username, self._person(username)) for username in move.able if username != move.to]

        def picked(username: str | None) -> None:
            """Changes the move's colleague; its reasons were for another."""
            if username:
                at = self._moves.index(move)
                self._moves[at] = replace(move, to=username, why=())
                self.load()
                self._tell()

        self.app.push_screen(Pick(_("Give case %(n)s to") % {"n": move.queue_number}, choices), picked)

    do_moves_open = on(SnapshotList.Chosen)(QueueSteps.do_open)

    def do_moves_apply(self) -> None:
        """a: all of it in one transaction, after one question."""
        taken = self.taken
        if not taken:
            self.say(_("Every move is left out."), warning=True)
            return
        lines = [f"{move.queue_number}: {self._person(move.holder)} → {self._person(move.to)}" for move in taken]
        rest = len(lines) - NAMES_SHOWN
        if rest > 0:
            lines = [*lines[:NAMES_SHOWN], _("and %(n)s more") % {"n": rest}]
        question = ngettext("Move %(n)s case?", "Move %(n)s cases?", len(taken)) % {"n": len(taken)}
        self.app.push_screen(Confirm(question, lines, yes=_("Move")), lambda yes: self._apply(taken) if yes else None)

    def _apply(self, taken: list[ProposedMove]) -> None:
        from pkui.services.rebalance import apply

        self.ask(lambda: apply(self.bench.here, taken), self._applied, group="write")

    def _applied(self, done: Moved) -> None:
        self.leave(words.moved(done.done, done.skipped))

    def do_back(self) -> None:
        """Esc: nothing is moved."""
        self.leave()
