"""The questions that wait for an answer: put to me, mine, the meeting's, and the rest; the whole of one below."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes
from pkui.base.words.dates import near_instant
from pkui.domain.codes import SparringWith
from pkui.services import sparring
from pkui.services.sparring import QuestionRecord
from screens.dialogs.line import Line
from screens.queue_cells import who
from screens.queue_steps import QueueSteps
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines, heading, remark

if TYPE_CHECKING:
    from screens.bench import Bench

SPARRING_REASON = "sparring"
"""Why the one who was asked opens a case of another team."""


class SparringScreen(QueueSteps):
    """One line a question."""

    SCOPE = Scope.SPARRING
    CSS = """
    SparringScreen { layers: base said; }
    SparringScreen OptionList { border: none; height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    SparringScreen #whole { height: 4; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._found: dict[str, QuestionRecord] = {}

    def compose(self) -> ComposeResult:
        """The questions, and the one under the cursor in full."""
        yield HeadLine()
        yield Lines(id="questions")
        yield Static(id="whole", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the list."""
        self.query_one(HeadLine).say(left=_("Sparring: waiting for an answer"))
        self.query_one(OptionList).focus()
        self.load()

    def on_screen_resume(self) -> None:
        """Back from a case: what was answered there is gone from the list."""
        self.load()

    def load(self, *, keep: bool = True, to: int | None = None) -> None:
        """Reads the questions anew; the cursor stays on its question."""
        desk = self.bench.desk
        if desk is not None:
            self.ask(lambda: sparring.open_questions(desk), self._show, group="load")

    def _show(self, found: list[QuestionRecord]) -> None:
        lines, now = self.query_one(OptionList), self.bench.here.clock.now()
        at = lines.highlighted_option
        self._found = {str(one.id): one for one in found}
        lines.clear_options()
        for title, some in groupby(found, key=self._heading):
            lines.add_option(heading(title))
            for one in some:
                first = f"{one.queue_number:>6} {fit(who(one.patient_name, protected=one.protected), 24)}"
                text = f"{first} {fit(near_instant(one.asked_at, now), 11)} {plain(one.text)}"
                lines.add_option(Option(Content(text).truncate(self.size.width - 4, ellipsis=True), id=str(one.id)))
        if not found:
            lines.add_option(remark(_("No question waits for an answer.")))
        ids = [option.id for option in lines.options]
        lines.highlighted = ids.index(at.id) if at is not None and at.id in ids else None
        if lines.highlighted is None:
            lines.action_first()
        self._explain()

    def _heading(self, one: QuestionRecord) -> str:
        me = self.bench.here.person.username
        if one.colleague == me:
            return _("To you")
        if one.asked_by == me:
            return _("You asked")
        return _("Asked by others")

    @property
    def question(self) -> QuestionRecord | None:
        """The question under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        return self._found.get(option.id or "") if option else None

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        one = self.question
        text = ""
        if one is not None:
            whom = one.colleague_name or codes.sparring_with(one.asked_of)
            asked = _("%(by)s asks %(whom)s: %(text)s")
            text = plain(asked % {"by": one.asked_by_name, "whom": whom, "text": one.text})
        self.query_one("#whole", Static).update(text)

    @on(OptionList.OptionSelected)
    def do_question_open(self) -> None:
        """Enter: the case; who was asked may open it in whatever team."""
        one = self.question
        if one is not None:
            asked_me = one.colleague == self.bench.here.person.username
            self.open_case(one.queue_number, reason=SPARRING_REASON if asked_me else None)

    def do_question_answer(self) -> None:
        """s: the answer, without opening the case."""
        one, desk = self.question, self.bench.here
        if one is None:
            return

        def write(text: str | None) -> None:
            """Writes the answer."""
            if text:
                self.ask(
                    lambda: sparring.answer(desk, one.queue_number, text, question=one.id),
                    lambda _view: self._written(),
                    group="write",
                )

        head = _("The answer") if one.asked_of is SparringWith.COLLEAGUE else _("What was answered")
        self.app.push_screen(Line(one.text, head=head), write)

    def _written(self) -> None:
        self.say(_("The answer stands on the case."))
        self.load()

    def do_question_refresh(self) -> None:
        """F5."""
        self.load()

    def why_not(self, id: str) -> str | None:
        """Needs a question under the cursor."""
        if id in ("question.open", "question.answer") and self.question is None:
            return _("There is no question under the cursor.")
        return None

    def do_back(self) -> None:
        """Esc."""
        self.leave()
