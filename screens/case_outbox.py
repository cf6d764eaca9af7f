"""From a case: a template filled, the note that writes itself, and whom to ring."""

from __future__ import annotations

from textual.widgets import TextArea

from pkui.base.words import _
from pkui.base.words.texts import field_label, text_kind
from pkui.domain.advised import Advised
from pkui.domain.texts import TextKind
from pkui.services import cases, note_draft, texts
from pkui.services.texts import FilledText
from screens.case_together import CaseTogether
from screens.dialogs.advised import AdvisedDialog
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.filled import COPY, DRAFT, FilledDialog
from screens.dialogs.pick import Pick


class CaseOutbox(CaseTogether):
    """What goes out from a case, and what is noted of it."""

    # -- a template --------------------------------------------------------------------------------------

    def do_case_text(self) -> None:
        """l: which template, what is missing, the text."""
        choices = [(kind.value, text_kind(kind)) for kind in TextKind]
        self.app.push_screen(
            Pick(_("Which text?"), choices), lambda kind: self._fill(TextKind(kind), {}) if kind else None
        )

    def _fill(self, kind: TextKind, given: dict[str, str]) -> None:
        self.ask(
            lambda: texts.fill_text(self.bench.here, self.number, kind, given),
            lambda filled: self._ask_missing(filled, given),
            group="fill",
        )

    def _ask_missing(self, filled: FilledText, given: dict[str, str]) -> None:
        """What the case does not know is asked for once; what stays empty stands marked in the text."""
        asked = [name for name in filled.missing if name not in given]
        if not asked:
            self._show_filled(filled, given)
            return
        fields = [Field(name, field_label(name)) for name in asked]
        hint = _("The case does not know this. What stays empty is marked in the text.")

        def told(values: dict[str, str] | None) -> None:
            """Fills the text again with what was told."""
            if values is not None:
                self._fill(filled.kind, given | values)

        self.app.push_screen(FieldsDialog(text_kind(filled.kind), fields, hint=hint), told)

    def _show_filled(self, filled: FilledText, given: dict[str, str]) -> None:
        def done(what: str | None) -> None:
            """Copies it, or makes it a draft."""
            if what == COPY:
                self._copy_text(filled)
            elif what == DRAFT:
                self._draft(filled.kind, given)

        self.app.push_screen(FilledDialog(filled), done)

    def _copy_text(self, filled: FilledText) -> None:
        def copy(_none: None) -> None:
            """The text to the clipboard."""
            self.app.copy_to_clipboard(filled.text)
            self.say(_("The text is copied."))

        self.ask(lambda: cases.copied(self.bench.here, self.number, "text"), copy, group="copy")

    def _draft(self, kind: TextKind, given: dict[str, str]) -> None:
        def saved(_filled: FilledText) -> None:
            """Says so, and shows it on the case."""
            self.say(_("The text waits under Drafts."))
            self.reread()

        self.ask(lambda: texts.draft_text(self.bench.here, self.number, kind, given), saved, group="write")

    # -- the note ----------------------------------------------------------------------------------------

    def do_advised(self) -> None:
        """g: what was advised on becomes a draft note."""
        self.app.push_screen(AdvisedDialog(self.view.rights.hints), self._write_note)

    def _write_note(self, items: list[Advised] | None) -> None:
        if items is not None:
            self.ask(
                lambda: note_draft.note_draft(self.bench.here, self.number, items), self._put_in_note, group="note"
            )

    def _put_in_note(self, text: str) -> None:
        """After what she has typed, never over it; the cursor stands where the draft begins."""
        note = self.query_one("#note", TextArea)
        typed = note.text.rstrip()
        if text in typed:
            self.say(_("That stands in the note already."))
            return
        note.text = f"{typed}\n\n{text}" if typed else text
        note.move_cursor((typed.count("\n") + 2 if typed else 0, 0))
        note.focus()
        self.say(_("A draft note: correct it, then %(key)s saves it.") % {"key": self.key_of("save_note")})

    # -- whom to ring ------------------------------------------------------------------------------------

    def do_case_phones(self) -> None:
        """t: the phone book for this case; a call is logged on it."""
        from screens.phone_book import PhoneBookScreen

        self.app.push_screen(
            PhoneBookScreen(self.bench, number=self.number),
            lambda after: self.reread() if after == "called" else None,
        )
