"""What was advised on: a key a line ticks it, Enter makes the draft note."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from pkui.base.words.note import advised_item
from pkui.base.words.rights import answer_word
from pkui.domain.advised import RIGHTS, Advised
from pkui.domain.rights.answers import Hint
from screens.dialogs.frame import Dialog


class AdvisedDialog(Dialog[list[Advised]]):
    """Gives the items that were ticked, in their order."""

    BINDINGS = [Binding("enter", "done", "", show=False)]

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__(_("Advised on"), _("1-6: tick · Enter: draft note · Esc: back"))
        self._hints, self._ticked = hints, set[Advised]()

    def body(self) -> ComposeResult:
        """The items."""
        yield Static(id="items")

    def on_mount(self) -> None:
        """Nothing has the focus: digits tick."""
        self.set_focus(None)
        self._draw()

    def _draw(self) -> None:
        lines = []
        for number, item in enumerate(Advised, 1):
            mark = "x" if item in self._ticked else " "
            answers = [answer_word(hint.answer) for hint in self._hints if hint.right in RIGHTS[item]]
            told = f" ({', '.join(dict.fromkeys(answers))})" if answers else ""
            lines.append(
                Content.assemble(
                    (str(number), "bold $accent"),
                    f" [{mark}] ",
                    (advised_item(item), "bold" if item in self._ticked else ""),
                    (told, "$text-muted"),
                )
            )
        self.query_one("#items", Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """A digit ticks or takes the tick away."""
        items = list(Advised)
        if event.key.isdigit() and 1 <= int(event.key) <= len(items):
            event.stop()
            self._ticked ^= {items[int(event.key) - 1]}
            self._draw()

    def action_done(self) -> None:
        """Enter."""
        self.dismiss([item for item in Advised if item in self._ticked])
