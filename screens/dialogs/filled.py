"""A filled template: read it, copy it, or save it as a draft; gaps are marked."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _
from pkui.base.words.texts import field_label, sms_words, text_kind
from pkui.domain.texts import GAP
from pkui.services.texts import FilledText
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain

COPY, DRAFT = "copy", "draft"


class FilledDialog(Dialog[str]):
    """Gives what is to be done with the text."""

    BINDINGS = [Binding("c", "done('copy')", "", show=False), Binding("u", "done('draft')", "", show=False)]
    CSS = "FilledDialog VerticalScroll { height: auto; max-height: 15; }"

    def __init__(self, filled: FilledText) -> None:
        keys = _("c: copy · Esc: back") if filled.spoken else _("u: save as a draft · c: copy · Esc: back")
        super().__init__(text_kind(filled.kind), keys)
        self._filled = filled

    def body(self) -> ComposeResult:
        """The text, and what is to be known of it."""
        with VerticalScroll():
            yield Static(_marked(self._filled.text))
        if self._filled.missing:
            names = ", ".join(field_label(name) for name in self._filled.missing)
            yield Static(Content.styled(_("Missing: %(fields)s") % {"fields": names}, "$text-warning"))
        if self._filled.sms is not None:
            style = "$text-muted" if self._filled.sms.fits else "bold $text-warning"
            yield Static(Content.styled(sms_words(self._filled.sms), style))

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def action_done(self, what: str) -> None:
        """One of the keys."""
        if what == COPY or not self._filled.spoken:
            self.dismiss(what)


def _marked(text: str) -> Content:
    """The text with its gaps standing out, in words too."""
    parts: list[str | tuple[str, str]] = []
    for line in text.splitlines(keepends=True):
        end = "\n" if line.endswith("\n") else ""
        line, at = plain(line.removesuffix("\n")), 0
        for gap in GAP.finditer(line):
            parts += [line[at : gap.start()], (gap[0], "bold $text-warning")]
            at = gap.end()
        parts += [line[at:] + end]
    return Content.assemble(*parts)
