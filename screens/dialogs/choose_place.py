"""Choosing a place: the patient's consent, what becomes of the date she has, and a reason where the place is closed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from pkui.base.words import _
from pkui.domain.codes import ConsentMode
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain

_CANCELLED_BY = {"1": "department", "2": "patient", "3": "office"}


@dataclass(frozen=True)
class Agreed:
    """What was agreed with the patient."""

    consent: ConsentMode | None
    present_kept: bool | None
    cancelled_by: str | None
    reason: str | None
    part_of_assessment: bool


class ChoosePlace(Dialog[Agreed]):
    """Letters choose, Enter is done; nothing is guessed: what was not asked stays open."""

    def __init__(self, place: str, *, closed: str | None, has_date: bool, may_be_part: bool = False) -> None:
        """`closed`: why the ladder has the place closed, where it has. `may_be_part`: of an assessment (table 2)."""
        super().__init__(_("Choose this place"), _("Letters: choose · Enter: done · Esc: back"))
        self._place, self._why_closed, self._has_date = place, closed, has_date
        self._consent: ConsentMode | None = None
        self._kept: bool | None = None
        self._by: str | None = None
        self._may_be_part, self._part = may_be_part, False

    def body(self) -> ComposeResult:
        """The place, consent, the present date, the reason."""
        yield Static(plain(self._place), classes="large", markup=False)
        yield Static(id="consent")
        if self._has_date:
            yield Static(id="date")
        if self._may_be_part:
            yield Static(id="part")
        if self._why_closed is not None:
            yield Static(self._why_closed, classes="label", markup=False)
            yield Input(id="reason", placeholder=_("Why all the same?"))

    def on_mount(self) -> None:
        """Nothing has the focus, so that letters choose."""
        self.set_focus(None)
        self._draw()

    def _draw(self) -> None:
        stands, spoken, written = (
            self._option(key, text, on)
            for key, text, on in (
                ("c", _("stands on the case"), self._consent is None),
                ("m", _("given now, spoken"), self._consent is ConsentMode.SPOKEN),
                ("s", _("given now, written"), self._consent is ConsentMode.WRITTEN),
            )
        )
        self.query_one("#consent", Static).update(
            Content.assemble(_("Consent to pass on health information: "), stands, "  ", spoken, "  ", written)
        )
        if self._has_date:
            parts = [
                self._option("k", _("kept until confirmed"), self._kept is True),
                *(self._option(key, text, self._by == _CANCELLED_BY[key]) for key, text in self._cancelling()),
            ]
            self.query_one("#date", Static).update(
                Content.assemble(_("The present date: "), *(part for one in parts for part in (one, "  ")))
            )

        if self._may_be_part:
            option = self._option("d", _("part of an assessment"), self._part)
            self.query_one("#part", Static).update(Content.assemble(_("The examination is: "), option))

    @staticmethod
    def _cancelling() -> tuple[tuple[str, str], ...]:
        return (
            ("1", _("cancelled by the department")),
            ("2", _("cancelled by the patient")),
            ("3", _("cancelled by the office")),
        )

    @staticmethod
    def _option(key: str, text: str, on: bool) -> Content:
        return Content.styled(f"{key} {text}", "bold reverse" if on else "")

    def on_key(self, event: events.Key) -> None:
        """A letter is a choice; Enter is done, by way of the reason where one is asked for."""
        if isinstance(self.focused, Input):
            return
        event.stop()
        match event.key:
            case "c":
                self._consent = None
            case "m":
                self._consent = ConsentMode.SPOKEN
            case "s":
                self._consent = ConsentMode.WRITTEN
            case "k" if self._has_date:
                self._kept, self._by = True, None
            case "1" | "2" | "3" if self._has_date:
                self._kept, self._by = False, _CANCELLED_BY[event.key]
            case "d" if self._may_be_part:
                self._part = not self._part
            case "enter" if self._why_closed is None:
                self._done(None)
            case "enter":
                self.query_one("#reason").focus()
            case "escape":
                self.dismiss(None)
        if self.is_attached:
            self._draw()

    @on(Input.Submitted, "#reason")
    def _reasoned(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._done(event.value.strip())
        else:
            self.say(_("A few words are needed."))

    def _done(self, reason: str | None) -> None:
        self.dismiss(Agreed(self._consent, self._kept, self._by, reason, self._part))
