"""The queue: every open case in one order that explains itself, narrowed by single keys and by search."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError, Unreachable
from pkui.base.words import _, ngettext
from pkui.base.words import queue as words
from pkui.base.words.codes import topic as topic_words
from pkui.base.words.errors import message
from pkui.domain.codes import EventKind, QueueView, Topic
from screens.queue_begins import BEGIN_AFTER, QueueBegins
from screens.queue_cells import cells, columns, explained
from screens.widgets.cells import RowCells, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList
from screens.widgets.view_bar import ViewBar
from screens.work_screen import Ready

if TYPE_CHECKING:
    from pkui.services.desk import Desk
    from pkui.services.queue import Changes, QueueRow, Snapshot
    from screens.bench import Bench

POLL_SECONDS = 1.5
IDLE_SECONDS = 30.0
SEARCH_PAUSE = 0.08
FIRST_ROWS = 60
KEPT_ROWS = 5_000


class RowsRead(Message):
    """Rows have come from the database; the lines under the list may now be known."""


class QueueScreen(QueueBegins):
    """The list, what is under it, and what one key does with the case under the cursor."""

    SCOPE = Scope.QUEUE
    CSS_PATH = "queue.tcss"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._view = self._shown_view = QueueView.ALL
        self._topic: Topic | None = None
        self._text = ""
        self._logged = ""
        self._rows: dict[int, QueueRow] = {}
        self._snapshot: Snapshot | None = None
        self._polling = self._is_lost = False
        self._arrived: set[int] = set()
        self._cursor: dict[QueueView, int] = {}
        self._last_key = time.monotonic()
        self._allowed = 0

    def compose(self) -> ComposeResult:
        """Head, lists, search, the list itself, why, keys."""
        yield HeadLine(id="head")
        keys = {command.id: command.key for command in self.bench.commands}
        yield ViewBar([(v.value, keys[f"view.{v.value}"], words.view(v)) for v in QueueView], id="views")
        yield Input(placeholder=_("Name, telephone, case or queue number"), id="search")
        yield SnapshotList(columns(), self._hydrate, empty=_("No case matches."), markable=True, id="list")
        yield Static("", id="sort", markup=False)
        yield Static("", id="why", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Shows the frame at once; the list comes when the database is open."""
        self.query_one(HeadLine).say(left=_("Queue"))
        self.cases.focus()
        self._show_bar()
        self.set_interval(POLL_SECONDS, self._poll)
        self.set_interval(60, lambda: self.cases.reread())
        self.set_interval(60, self.begin_absences)

    @property
    def chosen(self) -> QueueRow | None:
        """The row under the cursor, as last read."""
        return self._rows.get(self.cases.cursor_id or -1)

    # -- reading -----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Somebody sits at the desk now: begin where she was."""
        self._rows.clear()
        self.tick()
        self.load(keep=False)

    def empty(self) -> None:
        """Nobody sits at the desk: nothing of anyone is left on the screen, and no list of hers is still to come."""
        self.forget_answers()
        self._view, self._topic, self._text, self._snapshot = QueueView.ALL, None, "", None
        search = self.query_one("#search", Input)
        search.remove_class("-open")
        search.value = ""
        self._rows.clear()
        self._cursor.clear()
        self._arrived.clear()
        self.cases.show([], keep=False)
        self._show_bar()
        self._explain()

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the list anew; the cursor stays on its case."""
        if self.bench.desk is None:
            return
        desk, view, text, topic = self.bench.desk, self._view, self._text, self._topic

        def read() -> tuple[Snapshot, Mapping[int, RowCells], int]:
            """The list, its first rows and how many attempts are allowed."""
            from pkui.services import queue

            found = queue.snapshot(desk, view, text=text, topic=topic)
            return found, self._rows_of(desk, found.numbers[:FIRST_ROWS]), queue.attempts_allowed(desk)

        self.ask(read, lambda answer: self._show(*answer, keep=keep, to=to), group="load", failed=self._not_shown)

    def _not_shown(self, error: PkuiError) -> None:
        """The list could not be read, or is not for this person: that is said, and the one before stays as it was."""
        self.refused(error)
        self._view = self._shown_view
        self._show_bar()
        if self._snapshot is None:
            self.query_one(ViewBar).right = ""
            self.cases.empty = message(error)
            self.cases.show([], keep=False)
        elif isinstance(error, Unreachable):
            self._lost(None)
        self.post_message(Ready())

    def _hydrate(self, numbers: list[int]) -> Mapping[int, RowCells]:
        """The cells of these cases, none when nobody sits here any more; runs in a thread."""
        desk = self.bench.desk
        return self._rows_of(desk, numbers) if desk is not None else {}

    def _rows_of(self, desk: Desk, numbers: list[int]) -> Mapping[int, RowCells]:
        from pkui.services import queue

        found = queue.rows(desk, numbers)
        if len(self._rows) > KEPT_ROWS:
            self._rows = {}
        self._rows |= {row.record.queue_number: row for row in found}
        self.post_message(RowsRead())
        now = desk.clock.now()
        return {row.record.queue_number: cells(row, now) for row in found}

    def _show(self, found: Snapshot, rows: Mapping[int, RowCells], allowed: int, *, keep: bool, to: int | None) -> None:
        if keep and self._snapshot is not None:
            # What others did up to now is still announced by the next question, also where the list shows it already.
            found = replace(found, change=self._snapshot.change)
        self._snapshot, self._allowed, self._shown_view = found, allowed, self._view
        self.cases.empty = _("No case matches.")
        self._arrived.clear()
        self.cases.show(found.numbers, keep=keep, rows=rows)
        if to is not None:
            self.cases.highlight(to)
        self._show_bar()
        self._explain()
        self.post_message(Ready())
        self.set_timer(BEGIN_AFTER, self.begin_day)

    def _poll(self) -> None:
        if self._snapshot is None or self.bench.desk is None or not self.is_current:
            return
        if self._polling:
            self._lost(None)
            return
        desk, since = self.bench.desk, self._snapshot.change
        self._polling = True

        def read() -> Changes:
            """What other desks have done since."""
            from pkui.services import queue

            return queue.changes_since(desk, since)

        self.ask(read, self._heard, group="poll", failed=self._lost)

    def _heard(self, changes: Changes) -> None:
        self._polling = False
        if self._snapshot is None:
            return
        if self._is_lost:
            self._is_lost = False
            self._show_bar()
            self.say(_("The connection is back."))
        if changes.change == self._snapshot.change:
            return
        self._snapshot = replace(self._snapshot, change=changes.change)
        self._arrived |= set(changes.received) - set(self._snapshot.numbers)
        self.cases.reread([number for number, _kind, _who in changes.touched])
        self._show_bar()
        self._announce(changes)
        if time.monotonic() - self._last_key > IDLE_SECONDS:
            self.load()

    def _announce(self, changes: Changes) -> None:
        """What happened to the case under the cursor is said; nothing moves."""
        said = {
            EventKind.ASSIGNED: _("%(name)s has taken case %(n)s."),
            EventKind.CLOSED: _("%(name)s has closed case %(n)s."),
        }
        for number, kind, who in reversed(changes.touched):
            if number == self.cases.cursor_id and who is not None and kind in said:
                self.say(said[kind] % {"name": who, "n": number})
                return

    def _lost(self, error: PkuiError | None) -> None:
        """The database does not answer: the list stays as it was and says how old it is."""
        if error is not None:
            self._polling = False
            if error.code == "restart_needed":
                self.refused(error)
        self._is_lost = True
        self._show_bar()

    # -- showing -----------------------------------------------------------------------------------------

    def _show_bar(self) -> None:
        bar = self.query_one(ViewBar)
        bar.active = self._view.value
        if self._snapshot is None:
            bar.right = _("opening …")
            return
        if self._is_lost:
            from pkui.base.words.dates import clock_time

            bar.right = _("no connection · as of %(time)s") % {"time": clock_time(self._snapshot.at)}
            return
        found = self._snapshot
        parts = [_("%(shown)s of %(all)s") % {"shown": len(found.numbers), "all": found.open_total}]
        if self._topic is not None:
            parts.insert(0, topic_words(self._topic))
        if self._arrived:
            parts.append(ngettext("%(n)s new", "%(n)s new", len(self._arrived)) % {"n": len(self._arrived)})
        if found.parked:
            parts.append(_("%(n)s parked") % {"n": found.parked})
        bar.right = " · ".join(parts)

    def _explain(self) -> None:
        row = self.chosen
        sort, why = explained(row, self.bench.here.clock.now(), attempts_allowed=self._allowed) if row else ("", "")
        self.query_one("#sort", Static).update(plain(sort))
        self.query_one("#why", Static).update(plain(why))

    @on(RowsRead)
    @on(SnapshotList.Highlighted)
    def _cursor_moved(self) -> None:
        if self.cases.cursor_id is not None:
            self._cursor[self._view] = self.cases.cursor_id
        self._explain()

    @on(SnapshotList.Failed)
    def _not_read(self, event: SnapshotList.Failed) -> None:
        if isinstance(event.error, PkuiError):
            self._lost(event.error)

    def on_key(self, event: events.Key) -> None:
        """Somebody is working: nothing is placed under her hands."""
        self._last_key = time.monotonic()
        self.query_one(SaidLine).key_pressed()

    def on_screen_resume(self) -> None:
        """Back from a case: what it changed is seen, the cursor stays."""
        if self._snapshot is not None:
            self.load()

    # -- narrowing ---------------------------------------------------------------------------------------

    def show_view(self, view: QueueView) -> None:
        """Shows one of the lists, with the cursor where it was in it."""
        self._view = view
        self._show_bar()
        self.load(keep=False, to=self._cursor.get(view))

    @on(ViewBar.Picked)
    def _picked(self, event: ViewBar.Picked) -> None:
        self.show_view(QueueView(event.view))

    def do_search(self) -> None:
        """F3: the search line opens; what is typed narrows the list at once."""
        self.query_one("#search").add_class("-open")
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._text = event.value
        self.set_timer(SEARCH_PAUSE, lambda: self._search(event.value))

    def _search(self, typed: str) -> None:
        if typed == self._text:
            self.load(keep=False)

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self._log_search()
        self.cases.focus()

    def _log_search(self) -> None:
        """A search that is finished is one row of the access log."""
        text, found = self._text.strip(), self._snapshot
        if self.bench.desk is None or found is None or not text or text == self._logged:
            return
        desk, hits, self._logged = self.bench.desk, len(found.numbers), text

        def log() -> None:
            """Logs the text and how many it found."""
            from pkui.services.search import searched

            searched(desk, text, hits)

        self.ask(log, lambda _none: None, group="searched")

    def open_case(self, number: int, *, reason: str | None = None, then: str | None = None) -> None:
        """Opens a case; a search that led to it is finished."""
        self._log_search()
        super().open_case(number, reason=reason, then=then)

    def key_escape(self) -> None:
        """Takes back the search, then the marks, then the topic; never quits."""
        search = self.query_one("#search", Input)
        if search.has_class("-open"):
            self._log_search()
            self._logged = ""
            search.remove_class("-open")
            search.value = ""
            self.cases.focus()
        elif self.cases.marks:
            self.cases.mark(self.cases.marks, on=False)
        elif self._topic is not None:
            self._topic = None
            self.load(keep=False)

    def do_topic(self) -> None:
        """F7: one topic only."""
        from screens.dialogs.pick import Pick

        choices = [("", _("All topics")), *((topic.value, topic_words(topic)) for topic in Topic)]

        def chosen(value: str | None) -> None:
            """Shows that topic alone, or all."""
            if value is not None:
                self._topic = Topic(value) if value else None
                self.load(keep=False)

        self.app.push_screen(Pick(_("Topic"), choices), chosen)

    def do_refresh(self) -> None:
        """F5: new cases are placed."""
        self.load()

    def do(self, id: str) -> None:
        """A list by its key; everything else by its name."""
        kind, _dot, view = id.partition(".")
        if kind == "view" and view in set(QueueView):
            self.show_view(QueueView(view))
        else:
            super().do(id)

    def do_view_left(self) -> None:
        """The list before this one."""
        self._step(-1)

    def do_view_right(self) -> None:
        """The list after this one."""
        self._step(1)

    def _step(self, by: int) -> None:
        views = list(QueueView)
        self.show_view(views[(views.index(self._view) + by) % len(views)])
