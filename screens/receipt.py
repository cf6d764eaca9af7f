"""The receipt: the number in large figures, until when the office calls, and what to say. It fills the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes, help_line
from pkui.base.words.intake import field_name
from pkui.domain.codes import ReceiptStatus
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.domain.intake.receipt import Registered
    from screens.bench import Bench


class ReceiptScreen(WorkScreen):
    """Read aloud, then left with Enter."""

    SCOPE = Scope.RECEIPT
    CSS = """
    ReceiptScreen { layers: base said; }
    ReceiptScreen #receipt { height: 1fr; align: center middle; }
    ReceiptScreen #receipt > * { width: 100%; height: auto; text-align: center; }
    ReceiptScreen Digits { color: $accent; text-style: bold; margin: 1 0; }
    ReceiptScreen #latest { text-style: bold; margin: 0 0 1 0; }
    ReceiptScreen #say { padding: 0 4; }
    """

    def __init__(self, bench: Bench, done: Registered) -> None:
        super().__init__(bench)
        self._done = done

    def compose(self) -> ComposeResult:
        """The number, the promise, the words."""
        done, now = self._done, self.bench.here.clock.now()
        yield HeadLine()
        with Vertical(id="receipt"):
            yield Static(_("Queue number"), markup=False)
            yield Digits(str(done.queue_number))
            yield Static(help_line.latest(done, now), id="latest", markup=False)
            yield Static(Content("\n").join(Content(plain(line)) for line in help_line.to_say(done, now)), id="say")
            yield Static(Content.styled(self._about(), "$text-muted"))
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def _about(self) -> str:
        done = self._done
        parts = [_("Case %(case)s") % {"case": done.case_number}, codes.topic(done.topic)]
        if done.status is ReceiptStatus.REPLAYED:
            parts.append(_("registered before: the same number"))
        elif done.status is ReceiptStatus.CHANGED:
            parts.append(_("sent again: put on the same case"))
        if done.left_out:
            fields = ", ".join(dict.fromkeys(field_name(pointer) for pointer in done.left_out))
            parts.append(_("left out: %(fields)s") % {"fields": fields})
        return " · ".join(parts)

    def on_mount(self) -> None:
        """What is shown."""
        self.query_one(HeadLine).say(left=_("Receipt"))

    def do_receipt_done(self) -> None:
        """Enter: back to the work."""
        self.leave()

    def do_back(self) -> None:
        """Esc: the same."""
        self.leave()
