"""The access log at the desk: a reviewer's work of the week, the supervisor's figures, everybody else's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, ngettext
from pkui.base.words import access as words
from pkui.base.words.dates import plain_date, stamp
from pkui.domain.access_codes import ReviewDecision
from pkui.domain.permissions import Grant, Permission
from pkui.services import audit, review
from screens.dialogs.line import Line
from screens.dialogs.reading import Reading
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

NAME_WIDTH = 22
_DECIDING = ("log.in_order", "log.ask", "log.breach")


class LogReviewScreen(WorkScreen):
    """One line a pair of person and patient; 1, 2 and 3 decide, Enter shows the rows of the log."""

    SCOPE = Scope.LOG
    CSS = """
    LogReviewScreen { layers: base said; }
    LogReviewScreen #sum { height: 1; padding: 0 1; background: $surface; }
    LogReviewScreen OptionList { border: none; height: 1fr; background: $background; }
    LogReviewScreen #about { height: 2; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        person = bench.here.person
        self._reviews = person.grant(Permission.ALL_ACCESS_LOG) is not Grant.NO
        self._counts = person.grant(Permission.ACCESS_LOG_FIGURES) is not Grant.NO
        self._rows: list[review.ReviewRow] = []

    def compose(self) -> ComposeResult:
        """A sum, the lines, what the one under the cursor is about."""
        yield HeadLine()
        yield Static(id="sum", markup=False)
        yield Lines(id="rows")
        yield Static(id="about", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads what is for this person."""
        self.query_one(HeadLine).say(left=_("Log review"))
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        desk = self.bench.here
        if self._reviews:
            self.ask(lambda: review.to_review(desk), self._show_pairs, group="load")
        elif self._counts:
            self.ask(lambda: review.figures(desk), self._show_figures, group="load")
        else:
            self.ask(lambda: audit.own_rows(desk), self._show_own, group="load")

    # -- a reviewer --------------------------------------------------------------------------------------

    def _show_pairs(self, rows: list[review.ReviewRow]) -> None:
        options, at = self.query_one(OptionList), self.query_one(OptionList).highlighted or 0
        self._rows = rows
        options.clear_options()
        options.add_options(Option(_pair(row), id=str(row.id)) for row in rows)
        if rows:
            options.highlighted = min(at, len(rows) - 1)
            text = ngettext("%(n)s waits for you", "%(n)s wait for you", len(rows)) % {"n": len(rows)}
        else:
            text = _("Nothing waits for review.")
            self.query_one("#about", Static).update("")
        self.query_one("#sum", Static).update(text)

    @property
    def _chosen(self) -> review.ReviewRow | None:
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        row = self._chosen
        if row is None:
            return
        whose = _("BESK.") if row.protected else plain(row.patient_name or _("no name"))
        times = ngettext("%(n)s look-up", "%(n)s look-ups", row.look_ups) % {"n": row.look_ups}
        about = _("%(who)s looked at %(whose)s") % {"who": plain(row.name), "whose": whose}
        self.query_one("#about", Static).update(f"{about} · {times}\n{words.marks(row.marks)}")

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        row, desk = self._chosen, self.bench.here
        if row is not None:
            self.ask(lambda: review.look_into(desk, row.id), self._show_detail, group="detail")

    def _show_detail(self, found: review.Detail) -> None:
        lines = [
            Content(f"{stamp(row.at)}  {words.access_kind(row.kind)}  {row.case_number or ''}  "
                    f"{words.purpose_or_code(row.purpose)}")
            for row in found.log
        ]  # fmt: skip
        said = [Content.styled(f"{stamp(at)}  {plain(text)}", "$text-muted") for at, text in found.words]
        self.app.push_screen(Reading(plain(found.row.name), Content("\n").join([*lines, *said])))

    def do_log_in_order(self) -> None:
        """1."""
        self._decide(ReviewDecision.IN_ORDER, "")

    def do_log_ask(self) -> None:
        """2: with a note."""
        self._noted(ReviewDecision.ASK)

    def do_log_breach(self) -> None:
        """3: with a note."""
        self._noted(ReviewDecision.BREACH)

    def _noted(self, decision: ReviewDecision) -> None:
        asked = _("what was found?")
        title = f"{words.review_decision(decision)}: {asked}"
        self.app.push_screen(Line(title), lambda note: self._decide(decision, note) if note else None)

    def _decide(self, decision: ReviewDecision, note: str) -> None:
        row, desk = self._chosen, self.bench.here
        if row is None:
            return

        def done(_none: None) -> None:
            """Says what was decided and shows what is left."""
            self.say(f"{plain(row.name)}: {words.review_decision(decision)}")
            self._load()

        self.ask(lambda: review.decide(desk, row.id, decision, note=note), done, group="write")

    # -- others ------------------------------------------------------------------------------------------

    def _show_figures(self, found: review.Figures) -> None:
        late = ngettext("Review is overdue for %(n)s week.", "Review is overdue for %(n)s weeks.", found.overdue)
        text = late % {"n": found.overdue} if found.overdue else _("No review is overdue.")
        self.query_one("#sum", Static).update(text)
        lines = [_week(one) for one in found.weeks]
        lines.append(Content.styled(_("Protected people and colleagues opened with a reason:"), "bold"))
        lines += [_opening(one) for one in found.openings] or [Content(_("None."))]
        self.query_one(OptionList).add_options(Option(line) for line in lines)

    def _show_own(self, rows: list[audit.LogRow]) -> None:
        text = ngettext("%(n)s row about what you did", "%(n)s rows about what you did", len(rows))
        self.query_one("#sum", Static).update(text % {"n": len(rows)})
        self.query_one(OptionList).add_options(Option(_own(row)) for row in rows)

    def why_not(self, id: str) -> str | None:
        """Only a reviewer decides, and only on a line."""
        if id in _DECIDING and not self._reviews:
            return _("Only a log reviewer decides.")
        if id in _DECIDING and self._chosen is None:
            return _("Nothing waits for review.")
        return super().why_not(id)

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def _pair(row: review.ReviewRow) -> Content:
    return Content.assemble(
        f"{plain_date(row.week)}  {plain(row.name):<{NAME_WIDTH}} {row.look_ups:>3}  ",
        (words.marks(row.marks), "$text-accent" if row.marks else "$text-muted"),
    )


def _week(one: review.WeekFigures) -> Content:
    values = {"week": plain_date(one.week), "done": one.decided, "drawn": one.drawn, "pairs": one.pairs}
    text = _("Week of %(week)s: %(done)s of %(drawn)s reviewed, of %(pairs)s pairs") % values
    late = _("overdue")
    return Content.assemble(text, (f"  {late}", "bold $text-warning") if one.overdue else "")


def _opening(one: review.Opening) -> Content:
    why = one.words or words.purpose(one.purpose)
    return Content(f"{stamp(one.at)}  {plain(one.name)}  {one.case_number}  {plain(why)}")


def _own(row: audit.LogRow) -> Content:
    return Content(
        f"{stamp(row.at)}  {words.access_kind(row.kind):<12} {row.case_number or '':<12} "
        f"{words.purpose_or_code(row.purpose)}"
    )
