"""Several short fields in one box: Tab moves, Enter saves all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from pkui.base.words import _
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain


@dataclass(frozen=True)
class Field:
    """One field: its name, its label and what stands in it."""

    name: str
    label: str
    value: str = ""


class FieldsDialog(Dialog[dict[str, str]]):
    """Gives every field by name as it was left."""

    CSS = """
    FieldsDialog .row { height: auto; }
    FieldsDialog .row Static { width: 30; padding-right: 1; color: $text-muted; }
    FieldsDialog .row Input { width: 1fr; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        hint: str = "",
        wrong: Callable[[Mapping[str, str]], str | None] | None = None,
    ) -> None:
        """`wrong` says what cannot be so in the fields: the box stays, and nothing typed is lost."""
        super().__init__(title, _("Tab: next field · Enter: save · Esc: back"))
        self._fields, self._hint, self._wrong = fields, hint, wrong

    def body(self) -> ComposeResult:
        """A line a field."""
        if self._hint:
            yield Static(self._hint, markup=False)
        for number, field in enumerate(self._fields):
            with Horizontal(classes="row"):
                yield Static(field.label, markup=False)
                yield Input(plain(field.value), id=f"field-{number}")

    def on_mount(self) -> None:
        """The first field has the focus."""
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _done(self) -> None:
        values = {one.name: self.query_one(f"#field-{at}", Input).value for at, one in enumerate(self._fields)}
        wrong = self._wrong(values) if self._wrong is not None else None
        if wrong is None:
            self.dismiss(values)
        else:
            self.say(wrong)
