"""Booking a call: an adviser's week with the patient's call times shaded, the five best times, and any other one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pkui.base.clock import local, local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, bookings, ngettext
from pkui.base.words import office_calls as words
from pkui.base.words.dates import clock_time, near_instant, near_time, span, weekday
from pkui.domain.bookings import SLOT_MINUTES, minute_of
from pkui.domain.office import at
from pkui.services import callbacks, callbacks_week, cases
from pkui.services.callbacks_day import clock_change_near
from screens.dialogs.pick import Pick
from screens.queue_cells import who
from screens.reasons import reasoned
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

STEP_MINUTES = 30
BEST_KEYS = ("1", "2", "3", "4", "5")
_ARROWS = {"up": (0, -STEP_MINUTES), "down": (0, STEP_MINUTES), "left": (-1, 0), "right": (1, 0),
           "pageup": (-7, 0), "pagedown": (7, 0), "plus": (0, SLOT_MINUTES), "minus": (0, -SLOT_MINUTES)}  # fmt: skip
"""What a key moves: days and minutes."""


class CallbacksScreen(WorkScreen):
    """One week of one adviser; the cursor is a time, Enter plans it and `a` books it as agreed with the patient."""

    SCOPE = Scope.CALLBACKS
    CSS = """
    CallbacksScreen { layers: base said; }
    CallbacksScreen #case, CallbacksScreen #at { height: 1; padding: 0 1; }
    CallbacksScreen #best { height: auto; max-height: 3; padding: 0 1; background: $surface; }
    CallbacksScreen #grid { height: 1fr; padding: 0 1; }
    """

    def __init__(self, bench: Bench, number: int) -> None:
        super().__init__(bench)
        self.number = number
        self._week: callbacks_week.Week | None = None
        self._best: callbacks.FreeTimes | None = None
        self._adviser: str | None = None
        self._at: datetime | None = None

    def compose(self) -> ComposeResult:
        """Whose week, for whom, the grid, the time under the cursor, the best times, the keys."""
        yield HeadLine()
        yield Static(id="case", markup=False)
        yield Static(id="grid", markup=False)
        yield Static(id="at", markup=False)
        yield Static(id="best", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the best times first: the grid opens on the week of the soonest."""
        self.query_one(HeadLine).say(left=_("Book call"))
        self._read_best(None)

    def _read_best(self, reason: str | None) -> None:
        """Where the case is not hers and is not open yet, the reason is asked for first."""

        def read() -> callbacks.FreeTimes:
            """The free times, of a case opened for the reason given."""
            if reason is not None:
                cases.open_case(self.bench.here, self.number, reason=reason)
            return callbacks.free(self.bench.here, self.number)

        self.ask(read, self._offered, group="best", failed=lambda error: reasoned(self, error, self._read_best))

    def _offered(self, found: callbacks.FreeTimes) -> None:
        self._best = found
        if self._at is None and found.times:
            self._at, self._adviser = found.times[0].start, found.times[0].adviser
        self._load()

    def _load(self) -> None:
        on = local_date(self._at) if self._at else None
        adviser = self._adviser
        self.ask(
            lambda: callbacks_week.week(self.bench.here, self.number, username=adviser, on=on),
            self._show,
            group="week",
        )

    def _show(self, week: callbacks_week.Week) -> None:
        self._week, self._adviser = week, week.adviser.username
        if self._at is None:
            now = local(self.bench.here.clock.now())
            self._at = at(max(week.days[0].day, now.date()), week.hours[0])
        self._paint()

    # -- showing -----------------------------------------------------------------------------------------

    def _paint(self) -> None:
        week, now = self._week, self.bench.here.clock.now()
        if week is None or self._at is None:
            return
        number = week.days[0].day.isocalendar().week
        head = _("Week %(week)s · %(name)s") % {"week": number, "name": week.adviser.name}
        ends = (week.days[0].day, week.days[-1].day)
        moved = next((found for day in ends if (found := clock_change_near(day))), None)
        head += f" · {words.clock_moves(moved)}" if moved else ""
        self.query_one(HeadLine).say(left=plain(head))
        patient = who(week.patient_name, protected=week.protected)
        due = _("answer by %(when)s") % {"when": near_instant(week.due_at, now)}
        self.query_one("#case", Static).update(plain(f"{week.queue_number} · {patient} · {due} · {self._wishes(week)}"))
        self.query_one("#grid", Static).update(self._grid(week))
        self.query_one("#at", Static).update(plain(self._cursor_words(week, now)))
        self.query_one("#best", Static).update(plain(self._best_words(now)))

    def _wishes(self, week: callbacks_week.Week) -> str:
        if week.any_time:
            return _("may be rung at any hour")
        days = [
            f"{weekday(day.day)} {', '.join(span(*one) for one in day.windows)}" for day in week.days if day.windows
        ]
        return _("call times: %(times)s") % {"times": "; ".join(days) or _("none this week")}

    def _grid(self, week: callbacks_week.Week) -> Content:
        width = max(10, (self.size.width - 9) // len(week.days))
        head = "".join(f"{weekday(day.day)} {day.day.day}/{day.day.month}".ljust(width) for day in week.days)
        lines = [Content.styled(" " * 7 + head, "bold")]
        first, last = (minute_of(one) for one in week.hours)
        for minute in range(first, last, STEP_MINUTES):
            row = [Content.styled(f"{clock_time(time(minute // 60, minute % 60))}  ", "$text-muted")]
            for day in week.days:
                text, style = cell(week, day, minute)
                under = self._is_under_cursor(day.day, minute)
                shown = f"{'▌' if under else ' '}{plain(text)}"[: width - 1].ljust(width)
                row.append(Content.styled(shown, "reverse" if under else style))
            lines.append(Content("").join(row))
        return Content("\n").join(lines)

    def _is_under_cursor(self, day: date, minute: int) -> bool:
        if self._at is None:
            return False
        wall = local(self._at)
        return wall.date() == day and minute <= minute_of(wall.time()) < minute + STEP_MINUTES

    def _cursor_words(self, week: callbacks_week.Week, now: datetime) -> str:
        found = _("Cursor: %(when)s") % {"when": near_time(self._at, now)} if self._at else ""
        minutes = ngettext("%(n)s minute", "%(n)s minutes", week.length.talk) % {"n": week.length.talk}
        parts = [found, minutes]
        if week.booking is not None:
            agreed = week.booking.state.value == "agreed"
            parts.append(bookings.booked(week.booking.starts_at, now, agreed=agreed, adviser=week.booking.adviser_name))
        return " · ".join(parts)

    def _best_words(self, now: datetime) -> str:
        if self._best is None:
            return ""
        if self._best.why_none is not None:
            return bookings.no_time(self._best.why_none.value)
        found = [
            f"{key} {near_time(one.start, now)} {one.adviser_name.split()[0]}{' ◂' if one.days_late else ''}"
            for key, one in zip(BEST_KEYS, self._best.times, strict=False)
        ]
        return " · ".join(found) + (f"\n{bookings.few()}" if self._best.few else "")

    # -- moving ------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A figure takes one of the best; arrows move by half hours and days, + and - by five minutes."""
        self.query_one(SaidLine).key_pressed()
        if event.key in BEST_KEYS and self._best is not None:
            event.stop()
            place = BEST_KEYS.index(event.key)
            if place < len(self._best.times):
                one = self._best.times[place]
                self._book(one.start, one.adviser, agreed=False)
        elif event.key in _ARROWS and self._week is not None and self._at is not None:
            event.stop()
            self._move(*_ARROWS[event.key])

    def _move(self, days: int, minutes: int) -> None:
        week, wall = self._week, local(self._at) if self._at else None
        if week is None or wall is None:
            return
        day = self._weekday(wall.date(), days)
        first, last = (minute_of(one) for one in week.hours)
        minute = min(max(minute_of(wall.time()) + minutes, first), last - SLOT_MINUTES)
        self._at = at(day, time(minute // 60, minute % 60))
        if day in {one.day for one in week.days}:
            self._paint()
        else:
            self._load()

    @staticmethod
    def _weekday(day: date, by: int) -> date:
        """Another day; past Friday comes Monday."""
        day += timedelta(days=by)
        if day.weekday() > 4:
            day += timedelta(days=(7 - day.weekday()) if by > 0 else (4 - day.weekday()))
        return day

    # -- doing -------------------------------------------------------------------------------------------

    def do_call_plan(self) -> None:
        """Enter: the time under the cursor, planned."""
        self._book_cursor(agreed=False)

    def do_call_agree(self) -> None:
        """a: the time under the cursor, agreed with the patient."""
        self._book_cursor(agreed=True)

    def _book_cursor(self, *, agreed: bool) -> None:
        week = self._week
        if week is None or self._at is None:
            return
        known = week.booking
        if agreed and known is not None and (known.starts_at, known.adviser) == (self._at, week.adviser.username):
            self.ask(lambda: callbacks.agree(self.bench.here, self.number), self._booked, group="write")
        else:
            self._book(self._at, week.adviser.username, agreed=agreed)

    def _book(self, when: datetime, adviser: str, *, agreed: bool) -> None:
        version = self._week.version if self._week else None
        self.ask(
            lambda: callbacks.book(
                self.bench.here, self.number, at=when, adviser=adviser, agreed=agreed, move=True, version=version
            ),
            self._booked,
            group="write",
        )

    def _booked(self, _one: callbacks.BookedRecord) -> None:
        self.leave("booked")

    def do_call_colleague(self) -> None:
        """k: another adviser's week."""
        week = self._week
        if week is None:
            return
        choices = [(one.username, one.name) for one in week.colleagues]

        def chosen(username: str | None) -> None:
            """Shows the week of whoever was picked."""
            if username:
                self._adviser = username
                self._load()

        self.app.push_screen(Pick(_("Whose week?"), choices), chosen)

    def do_call_cancel(self) -> None:
        """z: the case's call is cancelled."""
        self.ask(lambda: callbacks.cancel(self.bench.here, self.number), self._cancelled, group="write")

    def _cancelled(self, _one: callbacks.BookedRecord) -> None:
        self.say(_("The call is cancelled."))
        self.ask(lambda: callbacks.free(self.bench.here, self.number), self._offered, group="best")

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def cell(week: callbacks_week.Week, day: callbacks_week.Day, minute: int) -> tuple[str, str]:
    """What stands in half an hour of a day, and its style: words first, colour beside them."""
    if day.closed:
        return _("closed"), "$text-muted"
    begins = at(day.day, time(minute // 60, minute % 60))
    ends = begins + timedelta(minutes=STEP_MINUTES)
    for one in day.booked:
        if callbacks_week.holds(one, begins, ends):
            mark = bookings.AGREED_MARK if one.state.value == "agreed" else bookings.PLANNED_MARK
            name = (one.patient_name or str(one.queue_number)).split()[-1]
            return f"{mark} {name}", "bold $text-accent"
    if any(start < ends and begins < end for start, end in day.away):
        return "▒ " + _("away"), "$text-muted"
    wall, until = begins.time(), local(ends).time()
    if not any(start <= wall and until <= end for start, end in day.work):
        return "▒ " + (_("break") if _inside(day, wall) else _("off")), "$text-muted"
    if any(start < until and wall < end for start, end in day.windows):
        return "░ " + _("free"), "$text-success"
    return "·", "$text-muted"


def _inside(day: callbacks_week.Day, wall: time) -> bool:
    """Whether the day's work has begun and is not over."""
    return bool(day.work) and day.work[0][0] <= wall < day.work[-1][1]
