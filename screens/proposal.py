"""A proposal before it is booked: what changes, line by line, what it is worth, and one key that applies it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.words import _, bookings
from pkui.base.words import office_calls as words
from pkui.base.words.dates import near_time
from pkui.domain.callbacks.repair import MoveReason
from pkui.services import callbacks_apply, callbacks_plan, callbacks_repair, people
from pkui.services.callbacks_planner.process import PlannerProcess
from pkui.services.callbacks_proposal import Change
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.callbacks_proposal import Applied, PlannedCall, Proposal
    from pkui.services.callbacks_repair import Trouble
    from pkui.services.desk import Desk
    from screens.bench import Bench

TIME_WIDTH = 30
_WORTH_SAYING = frozenset({MoveReason.DISPLACED, MoveReason.PLACE_GONE})
"""Why a call that had a time changes it; what had none needs no reason."""


class Searching(Message):
    """The planner has come further: what its plan is worth beside the bound."""

    def __init__(self, worth: dict[str, Any]) -> None:
        super().__init__()
        self.worth = worth


class Source(Protocol):
    """What a proposal comes from."""

    def title(self) -> str:
        """The screen's head line."""

    def propose(self, desk: Desk, further: Callable[[dict[str, Any]], None]) -> Proposal:
        """The proposal, made in a thread; `further` is told what a search has so far."""

    def stop(self) -> bool:
        """Ends a search with the best so far; False where there is none."""

    def said(self, proposal: Proposal) -> list[str]:
        """The lines above the list."""


class Mending:
    """What has lost its adviser, and where it would go: there at once."""

    def __init__(self, trouble: Trouble) -> None:
        self._trouble = trouble

    def title(self) -> str:
        """The screen's head line."""
        return _("Proposal: calls that must move")

    def propose(self, desk: Desk, further: Callable[[dict[str, Any]], None]) -> Proposal:
        """Mends what is stored, and the trouble named."""
        return callbacks_repair.repair(desk, self._trouble)

    def stop(self) -> bool:
        """There is nothing to stop."""
        return False

    def said(self, proposal: Proposal) -> list[str]:
        """Where nothing must move that is said."""
        return changes_said(proposal) if proposal.calls else [words.nothing_to_mend()]


class Planning:
    """A plan of every waiting call, searched in a process of its own; stopped at any moment it is valid."""

    def __init__(self) -> None:
        self._planner = PlannerProcess()

    def title(self) -> str:
        """The screen's head line."""
        return _("Plan of the office's calls")

    def propose(self, desk: Desk, further: Callable[[dict[str, Any]], None]) -> Proposal:
        """Waits for the planner."""
        return callbacks_plan.plan(desk, on_progress=further, process=self._planner)

    def stop(self) -> bool:
        """Asks for the best plan so far."""
        self._planner.stop()
        return True

    def said(self, proposal: Proposal) -> list[str]:
        """What it is worth beside what no plan can beat, and who gets no time."""
        lines = ([words.stands()] if proposal.stands else []) + changes_said(proposal)
        if proposal.objective and proposal.bound:
            lines.append(words.worth(proposal.objective, proposal.bound))
        if proposal.unplaced:
            lines.append(words.without_time(why for _number, _case, why in proposal.unplaced))
        return lines


class ProposalScreen(WorkScreen):
    """The difference as a list; nothing is written until `g`."""

    SCOPE = Scope.PROPOSAL
    CSS = """
    ProposalScreen { layers: base said; }
    ProposalScreen OptionList { border: none; height: 1fr; background: $background; }
    ProposalScreen #worth { height: auto; max-height: 5; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench, source: Source) -> None:
        super().__init__(bench)
        self._source = source
        self._proposal: Proposal | None = None
        self._names: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """What it is worth, the lines, the keys."""
        yield HeadLine()
        yield Static(id="worth", markup=False)
        yield Lines(id="calls")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Asks for the proposal."""
        self.query_one(HeadLine).say(left=self._source.title())
        self.query_one("#worth", Static).update(_("Reading what waits …"))
        self.query_one(OptionList).focus()
        self.ask(self._with_names, self._show, group="propose", failed=self._failed)

    def _with_names(self) -> tuple[Proposal, dict[str, str]]:
        """Runs in a thread: the proposal, and everybody's name."""
        names = {one.username: one.name for one in people.list_staff(self.bench.here)}
        return self._source.propose(self.bench.here, self._further), names

    def _further(self, worth: dict[str, Any]) -> None:
        self.post_message(Searching(worth))

    @on(Searching)
    def _searching(self, event: Searching) -> None:
        event.stop()
        if self._proposal is None:
            worth = words.worth(event.worth["objective"], event.worth["bound"])
            self.query_one("#worth", Static).update(
                _("Searching. %(worth)s\n%(key)s stops with the best so far.")
                % {"worth": worth, "key": self.key_of("proposal.stop")}
            )

    def _failed(self, error: PkuiError) -> None:
        self.query_one("#worth", Static).update("")
        self.refused(error)

    def _show(self, found: tuple[Proposal, dict[str, str]]) -> None:
        self._proposal, self._names = found
        now = self.bench.here.clock.now()
        self.query_one("#worth", Static).update("\n".join(self._source.said(self._proposal)))
        options = self.query_one(OptionList)
        options.add_options(Option(self._line(one, now)) for one in changing(self._proposal))
        if options.option_count:
            options.highlighted = 0

    def _line(self, one: PlannedCall, now: datetime) -> Content:
        """Number, time before, time after and why; a patient who must be told is marked in words."""
        before = self._slot(one, before=True, now=now)
        after = self._slot(one, before=False, now=now)
        arrow = f"{fit(before, TIME_WIDTH)}→ {after}" if one.before else after
        parts: list[Content | tuple[str, str]] = [(f"{one.queue_number:>6}  ", "bold"), Content(arrow)]
        if one.to_be_told:
            parts.append((f" · {words.must_be_told()}", "bold $text-warning"))
        if one.reason in _WORTH_SAYING:
            parts.append((f"\n        {words.reason(one.reason, one.by)}", "$text-muted"))
        return Content.assemble(*parts)

    def _slot(self, one: PlannedCall, *, before: bool, now: datetime) -> str:
        slot = one.before if before else one.after
        if slot is None:
            return _("no time")
        kept = one.agreed and (before or not one.to_be_told)
        mark = bookings.AGREED_MARK if kept else bookings.PLANNED_MARK
        return f"{mark} {near_time(slot.start, now)} {plain(self._names.get(slot.adviser, slot.adviser))}"

    def why_not(self, id: str) -> str | None:
        """Applying needs something to apply."""
        if id == "proposal.apply":
            if self._proposal is None:
                return _("The proposal is not ready yet.")
            if not changing(self._proposal):
                return _("There is nothing to change.")
        return None

    def do_proposal_apply(self) -> None:
        """g: books it all at once; it can be taken back."""
        proposal = self._proposal
        if proposal is not None:
            self.ask(lambda: callbacks_apply.apply(self.bench.here, proposal), self._applied, group="write")

    def _applied(self, done: Applied) -> None:
        self.leave(words.applied(done.done, done.skipped))

    def do_proposal_stop(self) -> None:
        """s: the best plan so far is the answer."""
        if self._proposal is not None or not self._source.stop():
            self.say(_("Nothing is being searched."))

    def do_back(self) -> None:
        """Esc ends a search and books nothing."""
        self._source.stop()
        self.forget_answers()
        self.leave()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        """Enter does nothing by itself: a list that long is never booked by accident."""
        self.say(_("g books the proposal; Esc leaves everything as it is."))


def changing(proposal: Proposal) -> list[PlannedCall]:
    """The lines that change something."""
    return [one for one in proposal.calls if one.change is not Change.KEPT]


def changes_said(proposal: Proposal) -> list[str]:
    """How many calls change, and how many patients count on a time that is not kept."""
    told = sum(one.to_be_told for one in proposal.calls)
    return [words.changes(len(changing(proposal))), *([words.to_be_told(told)] if told else [])]
