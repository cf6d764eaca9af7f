"""One line of text, such as a reason; ready answers stand below and can be taken with the arrows."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pkui.base.words import _
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain
from screens.widgets.lines import Lines


class Line(Dialog[str]):
    """Asks for one line; an empty one is not taken."""

    def __init__(
        self, title: str, *, value: str = "", suggestions: Sequence[tuple[str, str]] = (), head: str | None = None
    ) -> None:
        """`suggestions`: ready answers as value and words. `head`: what the line is, where it is no reason."""
        keys = (
            _("Type it, or ↓: a ready one · Enter: done · Esc: back") if suggestions else _("Enter: done · Esc: back")
        )
        super().__init__(head or _("Reason"), keys)
        self._question, self._value, self._suggestions = title, value, suggestions

    def body(self) -> ComposeResult:
        """The question, the line, the ready answers."""
        from textual.widgets import Static

        yield Static(plain(self._question), markup=False)
        yield Input(self._value)
        if self._suggestions:
            yield Lines(*(Option(Content(text), id=value) for value, text in self._suggestions))

    def on_mount(self) -> None:
        """The line is where one types; no ready answer is taken by accident."""
        self.query_one(Input).focus()
        for answers in self.query(OptionList):
            answers.highlighted = None

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.say(_("A few words are needed."))

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def on_key(self, event: events.Key) -> None:
        """The arrow down goes from the line to the first of the ready answers."""
        if event.key == "down" and self._suggestions and self.query_one(Input).has_focus:
            event.stop()
            event.prevent_default()
            answers = self.query_one(OptionList)
            answers.focus()
            answers.highlighted = 0
