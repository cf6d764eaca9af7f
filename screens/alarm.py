"""Whose last call time before the answer is due will be missed today, and the smallest change that saves each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, queue
from pkui.base.words import office_calls as words
from pkui.base.words.dates import near_instant
from pkui.domain.permissions import Grant, Permission
from pkui.services import callbacks_alarm, callbacks_apply, cases, people
from screens.queue_cells import who
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.callbacks_alarm import Missed
    from pkui.services.callbacks_proposal import Applied
    from pkui.services.case_view import CaseView
    from screens.bench import Bench

WHO_WIDTH = 26


class AlarmScreen(WorkScreen):
    """Two lines a call, class 1 first; Enter opens the case, `g` books the change that saves it."""

    SCOPE = Scope.ALARM
    CSS = """
    AlarmScreen { layers: base said; }
    AlarmScreen OptionList { border: none; height: 1fr; background: $background; }
    AlarmScreen #sum { height: auto; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._missed: tuple[Missed, ...] | None = None
        self._names: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """How many, each with what saves it, the keys."""
        yield HeadLine()
        yield Static(id="sum", markup=False)
        yield Lines(id="calls")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Counts through the day."""
        self.query_one(HeadLine).say(left=_("Last call times missed today"))
        self.query_one("#sum", Static).update(_("Going through today's calls …"))
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        def read() -> tuple[tuple[Missed, ...], dict[str, str]]:
            """The missed calls, and people's names by username."""
            names = {one.username: one.name for one in people.list_staff(self.bench.here)}
            return callbacks_alarm.alarm(self.bench.here), names

        self.ask(read, self._show, group="alarm")

    def _show(self, found: tuple[tuple[Missed, ...], dict[str, str]]) -> None:
        self._missed, self._names = found
        now = self.bench.here.clock.now()
        self.query_one("#sum", Static).update(words.missed(len(self._missed)))
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(self._line(one, now)) for one in self._missed)
        if self._missed:
            options.highlighted = min(at, len(self._missed) - 1)

    def _line(self, one: Missed, now: datetime) -> Content:
        record = one.record
        patient = who(record.patient_name, protected=record.protected)
        due = _("answer by %(when)s") % {"when": near_instant(record.due_at, now)}
        saving = words.saving(
            one.saving,
            one.time,
            other=one.other,
            other_time=one.other_time,
            minutes=one.minutes,
            now=now,
            names=self._names,
        )
        head = f"{queue.mark(record.priority_class)} {record.queue_number:>6} {fit(plain(patient), WHO_WIDTH)} {due}"
        return Content.assemble((head, "bold"), "\n         ", (plain(saving), "$text-muted"))

    @property
    def _under(self) -> Missed | None:
        at = self.query_one(OptionList).highlighted
        return self._missed[at] if self._missed and at is not None else None

    def why_not(self, id: str) -> str | None:
        """Only bookings are made by a key; ringing now and staying longer are for people."""
        if id in ("alarm.open", "alarm.save") and self._under is None:
            return _("There is no call under the cursor.")
        if id == "alarm.save":
            if self.bench.here.person.grant(Permission.MOVE_CASES) is Grant.NO:
                return _("Only those who move cases change the office's calls.")
            if self._under is not None and self._under.proposal() is None:
                return _("That takes more than a booking: open the case, or ask the adviser.")
        return None

    @on(OptionList.OptionSelected)
    def do_alarm_open(self) -> None:
        """Enter: the case."""
        one = self._under
        if one is not None:
            number = one.record.queue_number
            self.ask(lambda: cases.open_case(self.bench.here, number), self._push_case, group="open")

    def _push_case(self, view: CaseView) -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, view))

    def do_alarm_save(self) -> None:
        """g: books what saves the call under the cursor."""
        proposal = self._under.proposal() if self._under else None
        if proposal is not None:
            self.ask(lambda: callbacks_apply.apply(self.bench.here, proposal), self._saved, group="write")

    def _saved(self, done: Applied) -> None:
        self.say(words.applied(done.done, done.skipped))
        self._load()

    def do_back(self) -> None:
        """Esc."""
        self.leave()
