"""What a person must look at: submissions nobody could understand, and ordinary forms whose words may be grave."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes, ngettext
from pkui.base.words.dates import near_instant
from pkui.base.words.intake import field_name, problem_line
from pkui.base.words.queue import LATE
from pkui.domain.intake.form_reading import form_of
from pkui.services import cases, parked
from screens.dialogs.line import Line
from screens.queue_cells import who
from screens.reasons import reasoned
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.case_view import CaseView
    from pkui.services.parked import Flagged, OpenedParked, Waiting
    from screens.bench import Bench

CASE, BODY = "case", "body"


class ParkedScreen(WorkScreen):
    """The grave words first, then the submissions, the oldest first; under the list why the one chosen waits."""

    SCOPE = Scope.PARKED
    CSS = """
    ParkedScreen { layers: base said; }
    ParkedScreen OptionList { height: 1fr; border: none; background: $background; padding: 0; }
    ParkedScreen #why { height: 4; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._flagged: dict[str, Flagged] = {}
        self._waiting: dict[str, Waiting] = {}

    def compose(self) -> ComposeResult:
        """The list, and why."""
        yield HeadLine()
        yield Lines(id="rows")
        yield Static(id="why", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads what waits."""
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        desk = self.bench.here
        self.ask(lambda: (parked.flagged(desk), parked.waiting(desk)), lambda found: self._show(*found), group="load")

    def _show(self, flagged: list[Flagged], waiting: list[Waiting]) -> None:
        rows, at, now = self.query_one(OptionList), self.query_one(OptionList).highlighted, self.bench.here.clock.now()
        self._flagged = {f"{CASE}-{one.row.record.queue_number}": one for one in flagged}
        self._waiting = {f"{BODY}-{one.id.hex}": one for one in waiting}
        rows.clear_options()
        more = max(0, self.size.width - 80) // 3
        rows.add_options(Option(_case_line(one, now, more), id=id) for id, one in self._flagged.items())
        rows.add_options(Option(_body_line(one, now, more), id=id) for id, one in self._waiting.items())
        rows.highlighted = min(at or 0, rows.option_count - 1) if rows.option_count else None
        text = ngettext("%(n)s to look at", "%(n)s to look at", rows.option_count) % {"n": rows.option_count}
        self.query_one(HeadLine).say(left=_("Parked") + f" · {text}")
        if not rows.option_count:
            self.query_one("#why", Static).update(_("Nothing waits for a person."))

    @property
    def _chosen(self) -> str:
        option = self.query_one(OptionList).highlighted_option
        return option.id or "" if option else ""

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        id = event.option.id or ""
        if id in self._flagged:
            words = ", ".join(self._flagged[id].words)
            lines = [_("Look at the words: %(words)s") % {"words": words}]
        else:
            lines = [problem_line(one.pointer, one.code.value) for one in self._waiting[id].problems[:3]]
            number = self._waiting[id].queue_number
            if number is not None:
                lines.append(_("Another form of the same submission is case %(number)s.") % {"number": number})
        self.query_one("#why", Static).update("\n".join(plain(line) for line in lines))

    def why_not(self, id: str) -> str | None:
        """What the row under the cursor allows."""
        if id in ("parked.open", "parked.attach", "parked.seen", "parked.urgent") and not self._chosen:
            return _("Nothing waits for a person.")
        if id == "parked.attach" and self._chosen not in self._waiting:
            return _("That one is a case already.")
        if id in ("parked.seen", "parked.urgent") and self._chosen not in self._flagged:
            return _("Complete it first; then its words can be judged.")
        return None

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_run_command("parked.open")

    def do_parked_open(self) -> None:
        """Enter: the form filled in as far as it can be read, or the case."""
        id, desk = self._chosen, self.bench.here
        if id in self._flagged:
            self._open_flagged(self._flagged[id].row.record.queue_number)
        else:
            key = self._waiting[id].id
            self.ask(lambda: parked.open_parked(desk, key), self._open_form, group="open")

    def _open_flagged(self, number: int, reason: str | None = None) -> None:
        self.ask(
            lambda: cases.open_case(self.bench.here, number, reason=reason),
            self._open_case,
            group="open",
            failed=lambda error: reasoned(self, error, lambda why: self._open_flagged(number, why)),
        )

    def _open_case(self, view: CaseView) -> None:
        from screens.case import CaseScreen

        self.app.push_screen(CaseScreen(self.bench, view), lambda _after: self._load())

    def _open_form(self, opened: OpenedParked) -> None:
        from screens.enquiry import EnquiryScreen

        one = opened.waiting
        form = form_of(opened.values, id=str(one.id), begun_at=one.registered_at)
        wrong = [(problem.pointer, problem.code.value) for problem in one.problems]
        self.app.push_screen(EnquiryScreen(self.bench, form, wrong=wrong), lambda _after: self._load())

    def do_parked_attach(self) -> None:
        """t: it belongs to a case that is there."""
        one = self._waiting[self._chosen]
        suggestions = [(str(one.queue_number), str(one.queue_number))] if one.queue_number else []

        def attach(text: str | None) -> None:
            """Puts it on the case typed."""
            if text:
                self._put_on(one.id, text)

        self.app.push_screen(Line(_("Belongs to which case? Queue or case number"), suggestions=suggestions), attach)

    def _put_on(self, id: UUID, text: str) -> None:
        desk = self.bench.here
        self.ask(
            lambda: parked.attach(desk, id, cases.find_number(desk, text)),
            lambda done: self._done(_("Put on case %(number)s.") % {"number": done.queue_number}),
            group="write",
        )

    def do_parked_seen(self) -> None:
        """s: nothing grave."""
        self._check(urgent=False, said=_("Looked at: the case stays where it is."))

    def do_parked_urgent(self) -> None:
        """m: to the team for maximum waiting times."""
        self._check(urgent=True, said=_("The case is one of maximum waiting times now."))

    def _check(self, *, urgent: bool, said: str) -> None:
        number, desk = self._flagged[self._chosen].row.record.queue_number, self.bench.here
        self.ask(lambda: parked.check_flags(desk, number, urgent=urgent), lambda _view: self._done(said), group="write")

    def _done(self, said: str) -> None:
        self.say(said)
        self._load()

    def on_key(self, event: events.Key) -> None:
        """What was said is read."""
        self.query_one(SaidLine).key_pressed()

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def _look(by: datetime, now: datetime) -> str:
    """Until when somebody should look; late is a mark."""
    return _("look by %(when)s") % {"when": near_instant(by, now)} + (f" {LATE}" if now > by else "")


def _case_line(one: Flagged, now: datetime, more: int) -> Content:
    record = one.row.record
    name = who(record.patient_name, protected=record.protected)
    return Content.assemble(
        ("‼ ", "bold $text-warning"),
        (f"{record.queue_number:>6}  ", "bold $accent"),
        f"{fit(name, 23 + more)} {fit(codes.topic_short(record.topic), 18 + more)} ",
        (_look(one.look_by, now), "$text-warning"),
    )


def _body_line(one: Waiting, now: datetime, more: int) -> Content:
    waits, form = _("waits"), plain(one.form_id or one.source_system or _("unknown sender"))
    fields = ", ".join(dict.fromkeys(field_name(problem.pointer) for problem in one.problems))
    tail = _look(one.look_by, now) if one.look_by else near_instant(one.registered_at, now)
    return Content.assemble(
        ("‼ " if one.flagged_words else "? ", "bold $text-warning" if one.flagged_words else "$text-muted"),
        (f"{waits:>6}  ", "bold"),
        f"{fit(fields, 23 + more)} ",
        (f"{fit(form, 18 + more)} ", "$text-muted"),
        (tail, "$text-warning" if one.look_by else "$text-muted"),
    )
