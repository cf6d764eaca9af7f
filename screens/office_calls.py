"""The office's day of calls: a row a person, a column a quarter of an hour; plan, repair and alarm from here."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pkui.base.clock import local, local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, bookings
from pkui.base.words import office_calls as words
from pkui.base.words.dates import clock_time
from pkui.domain.bookings import minute_of
from pkui.domain.office import at
from pkui.domain.permissions import Grant, Permission
from pkui.domain.typed import Unreadable, typed_time
from pkui.services import callbacks_apply, callbacks_day, callbacks_repair, cases
from screens.dialogs.fields import Field, FieldsDialog
from screens.queue_cells import who
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.callbacks_day import BookedRecord, OfficeDay, PersonsDay
    from pkui.services.callbacks_proposal import Applied
    from pkui.services.callbacks_repair import Trouble
    from pkui.services.case_view import CaseView
    from screens.bench import Bench

QUARTER = 15
OFF = " "
"""Outside the hours somebody works nothing stands."""
NAME_WIDTH, WIDE_NAME = 13, 20
MOVERS = frozenset({"office.plan", "office.mend", "office.undo", "office.away", "office.other_day"})
_ARROWS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
"""What a key moves: rows and quarters of an hour."""


class Quarter(NamedTuple):
    """What fills a quarter of an hour of somebody: a word for it, its style, and the call where there is one."""

    word: str
    style: str
    call: BookedRecord | None = None


class OfficeCallsScreen(WorkScreen):
    """One day over everybody; the cursor is a quarter of an hour of one person."""

    SCOPE = Scope.OFFICE_CALLS
    CSS = """
    OfficeCallsScreen { layers: base said; }
    OfficeCallsScreen #day { height: 2; padding: 0 1; background: $surface; }
    OfficeCallsScreen #at { height: 1; padding: 0 1; background: $surface; }
    OfficeCallsScreen #at { text-style: bold; }
    OfficeCallsScreen #grid { height: 1fr; padding: 0 1; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._day: OfficeDay | None = None
        self._on: date | None = None
        self._row, self._quarter = 0, 0

    def compose(self) -> ComposeResult:
        """The day in a line, the grid, what is under the cursor, the keys."""
        yield HeadLine()
        yield Static(id="day", markup=False)
        yield Static(id="grid", markup=False)
        yield Static(id="at", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads today."""
        self.query_one(HeadLine).say(left=_("The office's calls"))
        self._load()

    def on_screen_resume(self) -> None:
        """Back from a proposal or a case: what it changed is seen."""
        super().on_screen_resume()
        if self._day is not None:
            self._load()

    def _load(self) -> None:
        on = self._on
        self.ask(lambda: callbacks_day.office_day(self.bench.here, on), self._show, group="day")

    def _show(self, day: OfficeDay) -> None:
        if self._day is None:
            minute = minute_of(local(self.bench.here.clock.now()).time()) - minute_of(day.hours[0])
            self._quarter = max(0, minute // QUARTER)
        self._day = day
        self._row = min(self._row, max(0, len(day.people) - 1))
        self._quarter = min(self._quarter, self._quarters - 1)
        self._paint()

    # -- showing -----------------------------------------------------------------------------------------

    @property
    def _quarters(self) -> int:
        if self._day is None:
            return 1
        first, last = (minute_of(one) for one in self._day.hours)
        return max(1, (last - first) // QUARTER)

    def _paint(self) -> None:
        day = self._day
        if day is None:
            return
        line = words.day_line(
            day.day, day.closed, calls=day.calls, free_minutes=day.free_minutes, clock_change=day.clock_change
        )
        backlog = words.waiting(day.waiting, day.plan_above)
        self.query_one("#day", Static).update("\n".join((plain(line), plain(f"{words.legend()} · {backlog}"))))
        self.query_one("#grid", Static).update(self._grid(day))
        self.query_one("#at", Static).update(plain(self._cursor_words(day)))

    def on_resize(self) -> None:
        """The quarters are as wide as fits."""
        self._paint()

    def _grid(self, day: OfficeDay) -> Content:
        if not day.people:
            empty = words.closed(day.closed) if day.closed else _("Nobody is at work.")
            return Content.styled(f"\n  {empty}", "bold")
        name, width = self._widths()
        lines = [self._hours(day, name, width)]
        room = max(1, self.query_one("#grid", Static).content_size.height - 1)
        first = min(max(0, self._row - room + 1), max(0, len(day.people) - room))
        for number, person in list(enumerate(day.people))[first : first + room]:
            mark = "▌" if number == self._row else " "
            title = Content.styled(mark + fit(plain(person.name), name), "bold" if number == self._row else "")
            lines.append(title + self._line(day, number, person, width))
        return Content("\n").join(lines)

    def _widths(self) -> tuple[int, int]:
        """Cells of the name and of a quarter of an hour."""
        name = WIDE_NAME if self.size.width >= 110 else NAME_WIDTH
        return name, max(1, (self.size.width - 3 - name) // self._quarters)

    def _hours(self, day: OfficeDay, name: int, width: int) -> Content:
        first = minute_of(day.hours[0])
        hours = "".join(
            f"{first // 60 + number}".ljust(width * 60 // QUARTER) for number in range(self._quarters * QUARTER // 60)
        )
        now = local(self.bench.here.clock.now())
        passed = (minute_of(now.time()) - first) // QUARTER
        if now.date() == day.day and 0 <= passed < self._quarters and hours[passed * width] == " ":
            hours = hours[: passed * width] + "▾" + hours[passed * width + 1 :]
        return Content.styled(" " * (name + 1) + hours, "$text-muted")

    def _line(self, day: OfficeDay, row: int, person: PersonsDay, width: int) -> Content:
        """The person's day, neighbouring quarters of the same thing written as one."""
        filled = [(quarter_of(day, person, number), number) for number in range(self._quarters)]
        parts = []
        for quarter, run in groupby(filled, key=lambda one: one[0]):
            numbers = [number for _one, number in run]
            text = written(quarter.word, len(numbers) * width)
            cursor = self._quarter - numbers[0] if row == self._row and self._quarter in numbers else None
            if cursor is None:
                parts.append(Content.styled(text, quarter.style))
            else:
                here, there = cursor * width, (cursor + 1) * width
                parts.append(Content.styled(text[:here], quarter.style))
                parts.append(Content.styled(text[here:there], "reverse bold"))
                parts.append(Content.styled(text[there:], quarter.style))
        return Content("").join(parts)

    def _cursor_words(self, day: OfficeDay) -> str:
        if not day.people:
            return ""
        person, quarter = day.people[self._row], self._under
        begins = self._time(day, self._quarter)
        parts = [clock_time(begins), person.name]
        call = quarter.call if quarter else None
        if call is not None:
            patient = who(call.patient_name, protected=call.protected)
            agreed = _("agreed with the patient") if call.state.value == "agreed" else _("planned")
            parts = [person.name, words.hours(call.starts_at, call.ends_at), f"{call.queue_number} {patient}", agreed]
        else:
            parts.append(spoken(quarter.word) if quarter else "")
        return " · ".join(part for part in parts if part)

    @property
    def _under(self) -> Quarter | None:
        """What is under the cursor."""
        if self._day is None or not self._day.people:
            return None
        return quarter_of(self._day, self._day.people[self._row], self._quarter)

    @staticmethod
    def _time(day: OfficeDay, quarter: int) -> time:
        minute = minute_of(day.hours[0]) + quarter * QUARTER
        return time(minute // 60, minute % 60)

    # -- moving ------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows move over the grid, page keys to the day before and after, Home back to today."""
        self.query_one(SaidLine).key_pressed()
        if self._day is None:
            return
        if event.key in _ARROWS:
            event.stop()
            rows, quarters = _ARROWS[event.key]
            self._row = min(max(0, self._row + rows), max(0, len(self._day.people) - 1))
            self._quarter = min(max(0, self._quarter + quarters), self._quarters - 1)
            self._paint()
        elif event.key in ("pageup", "pagedown", "home"):
            event.stop()
            step = timedelta(days=1 if event.key == "pagedown" else -1)
            self._on = None if event.key == "home" else self._day.day + step
            self._load()

    # -- doing -------------------------------------------------------------------------------------------

    def why_not(self, id: str) -> str | None:
        """Changing the office's calls is for those who move cases; a plan is offered above the set backlog."""
        here = self.bench.desk
        if id in MOVERS and (here is None or here.person.grant(Permission.MOVE_CASES) is Grant.NO):
            return _("Only those who move cases change the office's calls.")
        call = self._under.call if self._under else None
        if id in ("office.open", "office.other_day") and call is None:
            return _("There is no call under the cursor.")
        if id == "office.away" and (self._day is None or not self._day.people):
            return _("Nobody is at work.")
        if id == "office.plan" and self._day is not None and self._day.waiting <= self._day.plan_above:
            return words.too_few(self._day.waiting, self._day.plan_above)
        return None

    def do_office_open(self) -> None:
        """Enter: the case of the call under the cursor."""
        call = self._under.call if self._under else None
        if call is not None:
            number = call.queue_number
            self.ask(lambda: cases.open_case(self.bench.here, number), self._push_case, group="open")

    def _push_case(self, view: CaseView) -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, view))

    def do_office_plan(self) -> None:
        """p: a plan of every waiting call."""
        from screens.proposal import Planning, ProposalScreen

        self.app.push_screen(ProposalScreen(self.bench, Planning()), self._proposal_left)

    def do_office_mend(self) -> None:
        """f: calls that lost their adviser."""
        self._mend(callbacks_repair.NO_TROUBLE)

    def do_office_away(self) -> None:
        """v: the person under the cursor is away, or busy with a call that runs over, until a time."""
        if self._day is None:
            return
        person = self._day.people[self._row]
        title = _("%(name)s is away or busy from now") % {"name": person.name}
        closing = clock_time(self._day.hours[1])

        def asked(given: dict[str, str] | None) -> None:
            """Mends the calls until the time typed."""
            if given is None:
                return
            try:
                until = at(local_date(self.bench.here.clock.now()), typed_time(given["until"]))
            except Unreadable:
                self.say(_("That is no time; write 10.30."), warning=True)
                return
            self._mend(callbacks_repair.Trouble(absent=person.username, until=until))

        self.app.push_screen(FieldsDialog(title, [Field("until", _("Until (time)"), closing)]), asked)

    def do_office_other_day(self) -> None:
        """d: the patient of the call under the cursor asks for another day."""
        call = self._under.call if self._under else None
        if call is not None:
            self._mend(callbacks_repair.Trouble(other_day=call.queue_number))

    def _mend(self, trouble: Trouble) -> None:
        from screens.proposal import Mending, ProposalScreen

        self.app.push_screen(ProposalScreen(self.bench, Mending(trouble)), self._proposal_left)

    def do_office_alarm(self) -> None:
        """a: whose last time will be missed today."""
        from screens.alarm import AlarmScreen

        self.app.push_screen(AlarmScreen(self.bench))

    def do_office_undo(self) -> None:
        """u: the proposal applied last is taken back."""
        self.ask(lambda: callbacks_apply.undo(self.bench.here), self._undone, group="write")

    def _undone(self, done: Applied) -> None:
        self.say(words.undone(done.done))
        self._load()

    def _proposal_left(self, said: str | None) -> None:
        if said:
            self.say(said)

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def quarter_of(day: OfficeDay, person: PersonsDay, number: int) -> Quarter:
    """What most of a quarter of an hour is filled with."""
    minute = minute_of(day.hours[0]) + number * QUARTER
    begins = at(day.day, time(minute // 60, minute % 60))
    ends = begins + timedelta(minutes=QUARTER)
    held = [(callbacks_day.overlap(one, begins, ends), one) for one in person.booked]
    most, call = max(held, key=lambda one: one[0], default=(timedelta(), None))
    if call is not None and most:
        agreed = call.state.value == "agreed"
        mark = bookings.AGREED_MARK if agreed else bookings.PLANNED_MARK
        name = (call.patient_name or str(call.queue_number)).split()[-1]
        return Quarter(f"{mark}{name}", "bold $text-accent" if agreed else "$text-primary", call)
    if any(start < ends and begins < end for start, end in person.away):
        return Quarter("▒" + _("away"), "$text-muted")
    wall = begins.time()
    if any(start <= wall < end for start, end in person.work):
        return Quarter("·", "$text-muted")
    inside = bool(person.work) and person.work[0][0] <= wall < person.work[-1][1]
    return Quarter("─" + _("break") if inside else OFF, "$text-muted")


def written(word: str, width: int) -> str:
    """A word in a stretch of cells, filled up with its sign; where the word has no room the sign stands alone."""
    sign = word[0] if word[0] in "─▒·" else " "
    shown = word if len(word) <= width or sign == " " else sign
    return shown[:width].ljust(width, sign)


def spoken(word: str) -> str:
    """What a stretch without a call is, in a word."""
    return {"·": _("free"), OFF: _("off")}.get(word) or word.lstrip("─▒")
