"""Follow-ups by recipient: whom several cases wait for, the cases of one, and one contact logged on all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.calendar import public_holidays
from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, ngettext
from pkui.base.words import day as words
from pkui.base.words.dates import near_day, plain_date
from pkui.domain.codes import ContactResult
from pkui.domain.typed import Unreadable, typed_date
from pkui.services import followups
from pkui.services.followups import Recipient, WaitingCase
from screens.case_ground import FOLLOW_UP_DAYS
from screens.dialogs.contact import ContactDialog, Logged
from screens.dialogs.line import Line
from screens.queue_cells import who
from screens.queue_steps import QueueSteps
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines, remark

if TYPE_CHECKING:
    from pkui.services.queue import QueueRow
    from screens.bench import Bench

NAME_WIDTH = 46
KEEP = "keep"


class RecipientsScreen(QueueSteps):
    """First the recipients; Enter shows the cases of one, and k logs one contact on those that are marked."""

    SCOPE = Scope.RECIPIENTS
    CSS = """
    RecipientsScreen { layers: base said; }
    RecipientsScreen OptionList { border: none; height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    RecipientsScreen #whole { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._found: list[Recipient] = []
        self._open: tuple[str, str | None] | None = None
        self._left_out: set[int] = set()

    def compose(self) -> ComposeResult:
        """The lines, the one under the cursor in full, the keys."""
        yield HeadLine()
        yield Lines(id="lines")
        yield Static(id="whole", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads whom cases wait for."""
        self.query_one(OptionList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        """Back from a case: what was done there is seen."""
        if self._found:
            self.load()

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the recipients anew; the one opened stays open."""
        desk = self.bench.desk
        if desk is not None:
            self.ask(lambda: followups.recipients(desk), self._show, group="load")

    # -- showing -----------------------------------------------------------------------------------------

    @property
    def recipient(self) -> Recipient | None:
        """The recipient whose cases are shown."""
        return next((one for one in self._found if (one.party.value, one.name) == self._open), None)

    def _show(self, found: list[Recipient]) -> None:
        self._found = found
        if self.recipient is None:
            self._open = None
        self._paint()

    def _paint(self, at: str | None = None) -> None:
        options, one = self.query_one(OptionList), self.recipient
        before = options.highlighted_option
        options.clear_options()
        if one is not None:
            self.query_one(HeadLine).say(left=words.recipient(one.party, plain(one.name) if one.name else None))
            options.add_options(self._case(case) for case in one.cases)
        else:
            self.query_one(HeadLine).say(left=_("Follow-ups by recipient"))
            options.add_options(self._group(number, group) for number, group in enumerate(self._found))
            if not self._found:
                options.add_option(remark(_("No case waits for anybody outside.")))
        wanted = at or (before.id if before else None)
        ids = [option.id for option in options.options]
        options.highlighted = ids.index(wanted) if wanted in ids else (0 if ids[0] else None)
        self._explain()

    def _group(self, number: int, one: Recipient) -> Option:
        today = local_date(self.bench.here.clock.now())
        cases = ngettext("%(n)s case", "%(n)s cases", len(one.cases)) % {"n": len(one.cases)}
        due = sum(case.follow_up_on <= today for case in one.cases)
        first = ngettext("%(n)s is due", "%(n)s are due", due) % {"n": due} if due else near_day(one.first, today)
        name = fit(words.recipient(one.party, one.name), NAME_WIDTH)
        return Option(Content.assemble((name, "bold" if due else ""), f" {cases:>8}  {first}"), id=f"group:{number}")

    def _case(self, case: WaitingCase) -> Option:
        record = case.row.record
        mark = " " if record.queue_number in self._left_out else "x"
        name = fit(who(record.patient_name, protected=record.protected), 22)
        day = fit(near_day(case.follow_up_on, local_date(self.bench.here.clock.now())), 8)
        line = Content(f"[{mark}] {record.queue_number:>6} {name} {day} {plain(case.text or '')}")
        return Option(line.truncate(max(20, self.size.width - 4), ellipsis=True), id=str(record.queue_number))

    @property
    def case(self) -> WaitingCase | None:
        """The case under the cursor; none while recipients are shown."""
        option, one = self.query_one(OptionList).highlighted_option, self.recipient
        if option is None or one is None:
            return None
        return next((case for case in one.cases if str(case.row.record.queue_number) == option.id), None)

    @property
    def chosen(self) -> QueueRow | None:
        """The row of the case under the cursor."""
        case = self.case
        return case.row if case else None

    @property
    def marked(self) -> list[WaitingCase]:
        """The cases the contact is about."""
        one = self.recipient
        return [case for case in one.cases if case.row.record.queue_number not in self._left_out] if one else []

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        case, text = self.case, ""
        if case is not None:
            holder = case.row.record.assignee_name or _("free")
            text = f"{case.row.record.queue_number} · {holder}\n{plain(case.text or '')}"
        self.query_one("#whole", Static).update(text)

    # -- keys --------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def do_recipient_open(self) -> None:
        """Enter: the cases of the recipient, then the case."""
        option = self.query_one(OptionList).highlighted_option
        kind, _colon, number = (option.id or "" if option else "").partition(":")
        if kind == "group":
            group = self._found[int(number)]
            self._open, self._left_out = (group.party.value, group.name), set()
            self._paint()
        else:
            self.do_open()

    def do_recipient_mark(self) -> None:
        """Space: the contact is about this case, or is not."""
        case = self.case
        if case is not None:
            self._left_out ^= {case.row.record.queue_number}
            self._paint()

    def do_recipient_contact(self) -> None:
        """k: one call, logged on every case that is marked."""
        one = self.recipient
        if one is None:
            return
        today = local_date(self.bench.here.clock.now())
        about = ngettext("About %(n)s case.", "About %(n)s cases.", len(self.marked)) % {"n": len(self.marked)}
        self.app.push_screen(ContactDialog(today=today, party=one.party, warning=about), self._ask_day)

    def _ask_day(self, logged: Logged | None) -> None:
        if logged is None:
            return
        today = local_date(self.bench.here.clock.now())
        day = logged.answer_promised_on or public_holidays().on_or_after(today + timedelta(days=FOLLOW_UP_DAYS))

        def then(text: str | None) -> None:
            """Logs the contact with the day typed, or the day each has."""
            if text is None:
                return
            try:
                self._log(logged, typed_date(text, today) if text != KEEP else None)
            except Unreadable:
                self.say(_("That is no day; write 27/11, fre or +3."), warning=True)

        question = _("When do you follow up on your own cases?")
        self.app.push_screen(
            Line(
                question,
                head=_("Follow up on"),
                value=plain_date(day).replace("/", "."),
                suggestions=((KEEP, _("Keep the dates they have")),),
            ),
            then,
        )

    def _log(self, logged: Logged, until: date | None) -> None:
        desk, name = self.bench.here, self.recipient.name if self.recipient else None
        cases = [(case.row.record.queue_number, case.version) for case in self.marked]
        result: ContactResult = logged.result

        def write() -> int:
            """Logs it on all of them; how many."""
            return followups.contact_about(desk, cases, result=result, text=logged.text, name=name, until=until)

        self.ask(write, self._logged, group="write")

    def _logged(self, count: int) -> None:
        text = ngettext("Logged on %(n)s case.", "Logged on %(n)s cases.", count)
        self.say(text % {"n": count})
        self.load()

    def why_not(self, id: str) -> str | None:
        """Marking and logging are about the cases of one recipient."""
        if id in ("recipient.mark", "recipient.contact") and self.recipient is None:
            return _("Open a recipient first (Enter).")
        if id == "recipient.contact" and not self.marked:
            return _("No case is marked.")
        return None

    def do_back(self) -> None:
        """Esc: from the cases to the recipients, from those to where one came from."""
        if self._open is None:
            self.leave()
            return
        place = next((n for n, one in enumerate(self._found) if (one.party.value, one.name) == self._open), 0)
        self._open = None
        self._paint(at=f"group:{place}")
