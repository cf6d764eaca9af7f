"""Min dag: what wants one's attention today, each line with its reason; and the check before one goes home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes, ngettext, queue
from pkui.base.words import day as words
from pkui.base.words.dates import clock_time, long_date
from pkui.domain.day import Part
from pkui.services import day as service
from screens.queue_cells import call_time, who
from screens.queue_steps import QueueSteps
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines, heading, remark

if TYPE_CHECKING:
    from pkui.services.day import Day, DayLine, Evening
    from pkui.services.queue import ChangeMark, Changes, QueueRow
    from screens.bench import Bench

POLL_SECONDS = 5.0
NAME_WIDTH = 22
WIDE_NAME = 10
"""What a name gets more on a wide screen."""
TOPIC_WIDTH = 21
WIDE = 110
"""Columns of the terminal from which the topic stands on the line too."""


class DayScreen(QueueSteps):
    """The lines of the day; what a key does with a case is as in the queue."""

    SCOPE = Scope.DAY
    CSS = """
    DayScreen { layers: base said; }
    DayScreen OptionList { border: none; height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    DayScreen #whole { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._evening = False
        self._rows: dict[str, tuple[QueueRow, str]] = {}
        self._change: ChangeMark | None = None

    def compose(self) -> ComposeResult:
        """The lines, the one under the cursor in full, the keys."""
        yield HeadLine()
        yield Lines(id="lines")
        yield Static(id="whole", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the day."""
        self.query_one(OptionList).focus()
        self._name_it()
        self.load()
        self.set_interval(POLL_SECONDS, self._poll)

    def on_screen_resume(self) -> None:
        """Back from a case: what was done there is seen."""
        if self._change:
            self.load()

    def _name_it(self, changed: bool = False) -> None:
        name = _("End of the day") if self._evening else _("My day")
        if changed:
            name = _("%(name)s · something is new (%(key)s)") % {"name": name, "key": self.key_of("day.refresh")}
        self.query_one(HeadLine).say(left=name)

    # -- reading -----------------------------------------------------------------------------------------

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the day or its end anew; the cursor stays on its case."""
        desk, journal = self.bench.desk, self.bench.journal
        if desk is None:
            return
        if self._evening:
            self.ask(
                lambda: service.evening(desk, journal.unfinished() if journal else ()),
                lambda found: self._show(list(self._evening_lines(found))),
                group="load",
            )
        else:
            self.ask(lambda: service.my_day(desk), self._show_day, group="load")

    def _show_day(self, found: Day) -> None:
        self._change = found.change
        self._show(list(self._day_lines(found)))

    def _show(self, lines: list[Option]) -> None:
        self._name_it()
        options = self.query_one(OptionList)
        at, before = options.highlighted_option, options.highlighted
        options.clear_options()
        options.add_options(lines)
        ids = [line.id for line in lines]
        able = [number for number, line in enumerate(lines) if not line.disabled]
        if at is not None and at.id in ids:
            options.highlighted = ids.index(at.id)
        elif able:
            options.highlighted = next((number for number in able if number >= (before or 0)), able[-1])
        self._explain()

    def _poll(self) -> None:
        """Other desks' work is announced; nothing moves under the cursor."""
        if not self.is_current or not self._change or self.bench.desk is None:
            return
        desk, since = self.bench.desk, self._change

        def read() -> Changes:
            """What other desks have done since."""
            from pkui.services import queue

            return queue.changes_since(desk, since)

        self.ask(read, lambda changes: self._name_it(changed=True) if changes.touched else None, group="poll")

    # -- lines -------------------------------------------------------------------------------------------

    def _day_lines(self, found: Day) -> Iterator[Option]:
        self._rows = {}
        for part, some in groupby(found.lines, key=lambda line: line.part):
            lines = list(some)
            yield heading(f"{words.part(part)} ({len(lines)})")
            for line in lines:
                yield self._line(line)
        if not found.lines:
            yield remark(_("Nothing waits for you. n takes the next case."))
        if found.short_answers:
            count = ngettext("%(n)s short answer today.", "%(n)s short answers today.", found.short_answers)
            yield heading("")
            yield remark(f"  {count % {'n': found.short_answers}}")

    def _evening_lines(self, found: Evening) -> Iterator[Option]:
        self._rows = {}
        if found.undone:
            yield heading(_("Without a next step (%(n)s)") % {"n": len(found.undone)})
        for line in found.undone:
            yield self._line(line)
        if found.unfinished:
            yield heading(_("Notes begun on this computer and not saved (%(n)s)") % {"n": len(found.unfinished)})
        for row in found.unfinished:
            yield self._option("note", row, _("the note is not on the case yet"))
        yield heading(_("Calls %(day)s (%(n)s)") % {"day": long_date(found.next_day), "n": len(found.tomorrow)})
        for call in found.tomorrow:
            name = who(call.patient_name, protected=call.protected)
            shown = f"  {call.queue_number:>6} {fit(name, self._name_width)} {clock_time(call.starts_at)}"
            yield Option(Content.styled(shown, "$foreground"), disabled=True)
        yield heading("")
        done = _("Everything has a next step.")
        left = _("Give each case above a next step, and save or empty the notes.")
        yield Option(Content.styled(done if found.done else left, "bold $text-accent"), disabled=True)

    def _line(self, line: DayLine) -> Option:
        return self._option(line.part.value, line.row, words.why(line.why, self.bench.here.clock.now()))

    def _option(self, part: str, row: QueueRow, why: str) -> Option:
        record = row.record
        id = f"{part}:{record.queue_number}"
        self._rows[id] = (row, why)
        urgent = part == Part.CLASS_1.value
        name = fit(who(record.patient_name, protected=record.protected), self._name_width)
        topic = fit(codes.topic_short(record.topic), TOPIC_WIDTH) + " " if self.size.width >= WIDE else ""
        line = Content.assemble(
            (queue.mark(record.priority_class), "$text-warning"),
            f" {record.queue_number:>6} ",
            (name, "bold" if urgent else ""),
            f" {topic}",
            (plain(why), "$text-warning" if row.overdue else ""),
        )
        return Option(line.truncate(max(20, self.size.width - 4), ellipsis=True), id=id)

    @property
    def _name_width(self) -> int:
        return NAME_WIDTH + (WIDE_NAME if self.size.width >= WIDE else 0)

    @property
    def chosen(self) -> QueueRow | None:
        """The case under the cursor."""
        found = self._under_cursor()
        return found[0] if found else None

    def _under_cursor(self) -> tuple[QueueRow, str] | None:
        option = self.query_one(OptionList).highlighted_option
        return self._rows.get(option.id or "") if option else None

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        found = self._under_cursor()
        text = ""
        if found is not None:
            (row, why), now = found, self.bench.here.clock.now()
            record = row.record
            holder = record.assignee_name or _("free")
            first = (str(record.queue_number), codes.topic_short(record.topic), call_time(row, now), holder)
            text = f"{' · '.join(first)}\n{plain(why)}"
        self.query_one("#whole", Static).update(text)

    def do(self, id: str) -> None:
        """One is on Min dag already: its key reads it anew."""
        if id == "day":
            self.load()
        else:
            super().do(id)

    # -- keys --------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def do_day_open(self) -> None:
        """Enter: the case under the cursor."""
        self.do_open()

    def do_day_end(self) -> None:
        """a: the check before one goes home, and back."""
        self._evening = not self._evening
        self._name_it()
        self.load()

    def do_day_recipients(self) -> None:
        """s: whom several cases wait for."""
        from screens.recipients import RecipientsScreen

        self.app.push_screen(RecipientsScreen(self.bench))

    def do_day_refresh(self) -> None:
        """F5: the day as it stands now."""
        self.load()

    def why_not(self, id: str) -> str | None:
        """As in the queue; opening needs a case under the cursor."""
        return super().why_not("open" if id == "day.open" else id)

    def do_back(self) -> None:
        """Esc: from the check to the day, from the day to the queue."""
        if self._evening:
            self.do_day_end()
        else:
            self.leave()
