"""The numbers of the law as they stand, for the supervisor: what is verified, by whom, and setting a verified value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _
from pkui.base.words.dates import plain_date
from pkui.base.words.law import rule_name, unit_name
from pkui.base.words.rights import answer_word
from pkui.domain.typed import Unreadable, near_date
from pkui.services import law, rights
from screens.case_overview import short_name
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.reading import Reading
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

RULE_WIDTH = 30


class LawScreen(WorkScreen):
    """One line a number; Enter sets the office's verified value, the old one stays."""

    SCOPE = Scope.LAW
    CSS = """
    LawScreen { layers: base said; }
    LawScreen OptionList { border: none; height: 1fr; background: $background; }
    LawScreen #source { height: 3; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._rows: list[law.LawRow] = []

    def compose(self) -> ComposeResult:
        """The numbers, and where the one under the cursor is written."""
        yield HeadLine()
        yield Lines(id="rows")
        yield Static(id="source", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the law."""
        self.query_one(HeadLine).say(left=_("The numbers of the law"))
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        self.ask(lambda: law.law(self.bench.here), self._show, group="load")

    def _show(self, rows: list[law.LawRow]) -> None:
        options, at = self.query_one(OptionList), self.query_one(OptionList).highlighted
        self._rows = rows
        options.clear_options()
        options.add_options(Option(_line(row), id=str(number)) for number, row in enumerate(rows))
        options.highlighted = at or 0

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        row = self._rows[int(event.option.id or 0)]
        parts = [row.citation, _("Sources: %(sources)s") % {"sources": ", ".join(row.sources) or "-"}]
        if row.set_by and row.set_on:
            values = {"name": row.set_by, "day": plain_date(row.set_on)}
            parts.append(_("Set by %(name)s on %(day)s.") % values + _before(row))
        elif row.switch:
            parts.append(_("Not in force until the office has verified it."))
        self.query_one("#source", Static).update("\n".join(plain(part) for part in parts))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        row = self._rows[int(event.option.id or 0)]
        today = local_date(self.bench.here.clock.now())
        fields = [
            Field("value", _("Value (%(unit)s)") % {"unit": unit_name(row.unit)}, str(row.value or "")),
            Field("valid_from", _("From"), plain_date(today)),
            Field("source", _("Where it is written")),
        ]
        self.app.push_screen(
            FieldsDialog(rule_name(row.rule), fields, hint=_("The office's verified value; the old one stays.")),
            lambda given: self._set(row.rule, given) if given else None,
        )

    def _set(self, rule: str, given: dict[str, str]) -> None:
        try:
            day = near_date(given["valid_from"], local_date(self.bench.here.clock.now()))
            value = int(given["value"])
        except (Unreadable, ValueError):
            self.say(_("A whole number and a day are needed."), warning=True)
            return
        self.ask(
            lambda: law.set_law_value(self.bench.here, rule, value, valid_from=day, source=given["source"]),
            lambda _none: self._load(),
            group="write",
        )

    def do_overrulings(self) -> None:
        """Where advisers and rules disagree, by right."""
        self.ask(lambda: rights.overrulings(self.bench.here), self._show_overrulings, group="load")

    def _show_overrulings(self, found: list[rights.Overruling]) -> None:
        by_right: dict[str, list[rights.Overruling]] = {}
        for one in found:
            by_right.setdefault(short_name(one), []).append(one)
        parts = [_disagreements(name, by_right[name]) for name in sorted(by_right)]
        text = Content("\n\n").join(parts) if parts else Content(_("Nobody has seen a hint otherwise."))
        self.app.push_screen(Reading(_("Seen otherwise"), text))

    def do_back(self) -> None:
        """Esc."""
        self.leave()


def _disagreements(name: str, found: list[rights.Overruling]) -> Content:
    """What advisers said instead of one right's hints, under its name with how many there are."""
    lines = [Content.styled(f"{name} ({len(found)})", "bold $text-accent")]
    for one in found:
        answers = _("the hint: %(hint)s, the adviser: %(answer)s")
        said = answers % {"hint": answer_word(one.hint), "answer": answer_word(one.answer)}
        lines.append(Content(f"{one.queue_number} · {said}"))
        lines.append(
            Content.styled(f"  {plain(one.by)}, {plain_date(local_date(one.at))}: {plain(one.reason)}", "$text-muted")
        )
    return Content("\n").join(lines)


def _before(row: law.LawRow) -> str:
    """What stood there before the office's value."""
    old = [f"{_value(one.value, row.unit)} ({plain_date(one.start)})" for one in row.before]
    return " " + _("Before: %(values)s.") % {"values": ", ".join(old)} if old else ""


def _value(value: int | None, unit: str) -> str:
    return _("not verified") if value is None else f"{value} {unit_name(unit)}"


def _line(row: law.LawRow) -> Content:
    value = _("suspended") if row.suspended else _value(row.value, row.unit)
    until = plain_date(row.end) if row.end else _("open")
    mark = _("verified by the office") if row.office else _("confidence %(c)s") % {"c": row.confidence}
    return Content.assemble(
        (f"{rule_name(row.rule):<{RULE_WIDTH}} ", "bold" if row.office else ""),
        f"{plain_date(row.start)} - {until}  {value}  ",
        (mark, "$text-accent" if row.office else "$text-muted"),
    )
