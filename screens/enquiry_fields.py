"""The rows of the help line's form: a question left, its answer right; a letter, a line, some words, a grid."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from pkui.base.words import codes
from pkui.base.words.help_line import choice, label, letters
from pkui.domain.codes import Topic
from screens.widgets.call_grid import CallGrid
from screens.widgets.cells import plain

LONGEST = {"cpr": 13, "phone": 30, "caller_phone": 30, "received": 30}
NOT_CHOSEN = "–"


class Step(Message):
    """One goes to the question before (-1) or after (1)."""

    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by


class Answered(Message):
    """A question has another answer."""

    def __init__(self, name: str, value: str, *, go_on: bool = False) -> None:
        super().__init__()
        self.name, self.value, self.go_on = name, value, go_on


class Chooser(Static, can_focus=True):
    """A question answered by one letter; `topic` opens its list instead."""

    class Wanted(Message):
        """The list of topics is asked for."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(id=f"answer-{name}", markup=False)
        self.name_, self.value = name, value

    def on_mount(self) -> None:
        """Shows the answer."""
        self.show(self.value)

    def show(self, value: str) -> None:
        """Another answer."""
        self.value = value
        self.update(self._words() or NOT_CHOSEN)

    def _words(self) -> str:
        if self.name_ == "topic":
            return codes.topic(Topic(self.value)) if self.value in set(Topic) else plain(self.value)
        return choice(self.name_, self.value)

    def on_key(self, event: events.Key) -> None:
        """A letter answers and goes on."""
        if event.key in ("enter", "space") and self.name_ == "topic":
            event.stop()
            self.post_message(self.Wanted())
        elif event.key in ("enter", "down", "up"):
            event.stop()
            self.post_message(Step(-1 if event.key == "up" else 1))
        elif (code := letters(self.name_).get(event.key)) is not None:
            event.stop()
            self.show(code)
            self.post_message(Answered(self.name_, code, go_on=True))
        elif self.name_ == "topic" and event.is_printable:
            event.stop()
            self.post_message(self.Wanted())


class Line(Input):
    """One line; Enter and the arrows go on or back."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(plain(value), id=f"answer-{name}", max_length=LONGEST.get(name, 500))
        self.name_ = name

    def on_key(self, event: events.Key) -> None:
        """Up and down."""
        if event.key in ("up", "down"):
            event.stop()
            self.post_message(Step(-1 if event.key == "up" else 1))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.post_message(Step(1))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter."""
        event.stop()
        self.post_message(Answered(self.name_, event.value))


class Prose(TextArea):
    """The caller's own words; Enter goes on, as everywhere in the form."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(value, id=f"answer-{name}", soft_wrap=True, tab_behavior="focus", show_line_numbers=False)
        self.name_ = name

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(Step(1))
            return
        await super()._on_key(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Every letter."""
        event.stop()
        self.post_message(Answered(self.name_, self.text))


class Times(CallGrid):
    """The grid as a question of the form: Enter goes on, up from the first day goes back."""

    def key_enter(self) -> None:
        """On."""
        self.post_message(Step(1))

    def action_move(self, down: int, right: int) -> None:
        """Above the first day lies the question before."""
        if down < 0 and self._row == 0 and self._pen is None:
            self.post_message(Step(-1))
        else:
            super().action_move(down, right)


class Question(Horizontal):
    """One row of the form."""

    def __init__(self, name: str, answer: Widget) -> None:
        super().__init__(id=f"row-{name}", classes="question")
        self.name_, self.answer = name, answer

    def compose(self) -> ComposeResult:
        """The question, the answer."""
        yield Static(label(self.name_), classes="asks", markup=False)
        yield self.answer

    def mark(self, wrong: bool) -> None:
        """A question whose answer cannot be used begins with a mark."""
        self.query_one(".asks", Static).update(f"! {label(self.name_)}" if wrong else label(self.name_))
        self.set_class(wrong, "-wrong")
