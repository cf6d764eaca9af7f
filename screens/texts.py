"""Templates: which wording holds, since when and by whom; a supervisor writes another one and sees it filled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.errors import PkuiError
from pkui.base.words import _
from pkui.base.words.dates import plain_date
from pkui.base.words.texts import field_label, sms_words, text_kind
from pkui.domain.permissions import Grant, Permission
from pkui.domain.texts import TemplateVersion, TextKind, fields_for, sms_length
from pkui.services import texts
from screens.dialogs.reading import Reading
from screens.dialogs.wording import Wording, WordingDialog
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench


class TextsScreen(WorkScreen):
    """The kinds left, the wording under the cursor right, filled with a made-up case."""

    SCOPE = Scope.TEXTS
    CSS = """
    TextsScreen { layers: base said; }
    TextsScreen OptionList { width: 30; border: none; background: $background; }
    TextsScreen #text { width: 1fr; border-left: solid $panel; padding: 0 1; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._rows: list[TemplateVersion] = []

    @property
    def today(self) -> date:
        """The date in the office."""
        return local_date(self.bench.here.clock.now())

    def compose(self) -> ComposeResult:
        """The kinds and the wording."""
        yield HeadLine()
        with Horizontal():
            yield Lines(id="rows")
            with VerticalScroll(id="text", can_focus=False):
                yield Static(markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the templates."""
        self.query_one(HeadLine).say(left=_("Templates"))
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        self.ask(lambda: texts.templates(self.bench.here), self._show, group="load")

    def _show(self, rows: list[TemplateVersion]) -> None:
        options = self.query_one(OptionList)
        at = options.highlighted
        self._rows = rows
        options.clear_options()
        options.add_options(Option(text_kind(row.kind), id=row.kind) for row in rows)
        options.highlighted = at or 0

    @property
    def chosen(self) -> TemplateVersion | None:
        """The template under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        one = self.chosen
        if one is None:
            return
        filled = texts.preview(one.kind, one.text, subject=one.subject, today=self.today).text
        lines = [_whose(one), one.subject, "", *filled.splitlines()]
        if one.kind is TextKind.SMS:
            lines += ["", sms_words(sms_length(filled))]
        self.query_one("#text Static", Static).update("\n".join(plain(line) for line in lines))

    def why_not(self, id: str) -> str | None:
        """Wordings are the supervisor's."""
        if id == "text.edit" and self.bench.here.person.grant(Permission.TEXTS) is Grant.NO:
            return _("Templates are the supervisor's; you can read them and fill them from a case.")
        return None

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_run_command("text.edit")

    def do_text_edit(self) -> None:
        """Enter: another wording from a day on."""
        one = self.chosen
        if one is not None:
            self._write(one.kind, Wording(one.subject, one.text, self.today))

    def _write(self, kind: TextKind, before: Wording) -> None:
        def done(given: Wording | None) -> None:
            """Keeps the wording; what is refused can be mended."""
            if given is not None:
                self.ask(
                    lambda: texts.set_template(
                        self.bench.here, kind, given.text, subject=given.subject, valid_from=given.valid_from
                    ),
                    lambda _version: self._written(given),
                    group="write",
                    failed=lambda error: self._again(kind, given, error),
                )

        self.app.push_screen(WordingDialog(kind, before, self.today), done)

    def _again(self, kind: TextKind, given: Wording, error: PkuiError) -> None:
        self._write(kind, given)
        self.refused(error)

    def _written(self, given: Wording) -> None:
        self._load()
        self.say(_("Holds from %(day)s; the old wording stays in the history.") % {"day": plain_date(given.valid_from)})

    def do_text_history(self) -> None:
        """h: every wording."""
        one = self.chosen
        if one is not None:
            self.ask(
                lambda: texts.template_history(self.bench.here, one.kind),
                lambda found: self._show_history(one.kind, found),
                group="history",
            )

    def _show_history(self, kind: TextKind, found: list[TemplateVersion]) -> None:
        parts: list[Content] = []
        for one in found:
            parts.append(Content.styled(f"{_whose(one)} · {plain(one.subject)}", "bold $text-accent"))
            parts += [Content(plain(line)) for line in one.text.splitlines()] + [Content("")]
        self.app.push_screen(Reading(text_kind(kind), Content("\n").join(parts)))

    def do_text_fields(self) -> None:
        """f: what can be merged in."""
        one = self.chosen
        if one is None:
            return
        width = max(len(name) for name in fields_for(one.kind)) + 4
        lines = [
            Content.assemble((f"{{{name}}}".ljust(width), "bold $accent"), field_label(name))
            for name in fields_for(one.kind)
        ]
        self.app.push_screen(
            Reading(_("Fields of: %(text)s") % {"text": text_kind(one.kind)}, Content("\n").join(lines))
        )

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def _whose(one: TemplateVersion) -> str:
    """Who wrote the wording, and from when it holds."""
    if one.set_by is None:
        return _("Came with the program")
    until = "-" + plain_date(one.valid_to) if one.valid_to else ""
    return _("{name}, from {day}").format(name=one.set_by, day=plain_date(one.valid_from) + until)
