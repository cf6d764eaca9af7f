"""A catalogue before it is taken in: what looks wrong, and every row that would be new, changed, ended or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, ngettext
from pkui.base.words import catalogue as words
from pkui.base.words.providers import change, list_name
from pkui.domain.providers.differences import Change, ChangeKind
from pkui.domain.providers.reading import CatalogueWarning
from pkui.services.providers_import import ImportPreview, Parsed, import_catalogue
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.dialogs.sure import Sure
from screens.widgets.cells import Cell, Column, RowCells, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

TAKEN = "taken"
"""Told to the screen below when the catalogue was taken in."""
_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.CHANGED: "~", ChangeKind.ENDED: "-", ChangeKind.KEPT: "="}
_STYLES = {ChangeKind.ENDED: "snapshot-list--warning", ChangeKind.KEPT: "snapshot-list--muted"}
_WARNINGS, _ALL = "warnings", "all"
_LINES = 5


@dataclass(frozen=True)
class _Row:
    """One line: something that looks wrong, or a change."""

    warning: CatalogueWarning | None = None
    change: Change | None = None


class ImportScreen(WorkScreen):
    """Nothing is written until `i` and a second answer; Esc leaves everything as it was."""

    SCOPE = Scope.IMPORT
    CSS = """
    ImportScreen { layers: base said; }
    ImportScreen #counts { height: auto; max-height: 3; padding: 0 1; background: $surface; text-style: bold; }
    ImportScreen #list { height: 1fr; }
    ImportScreen #detail { height: 5; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench, parsed: Parsed, preview: ImportPreview, name: str) -> None:
        """`name`: what the file is called, for the head line alone."""
        super().__init__(bench)
        self._parsed, self.preview, self._name = parsed, preview, name
        self._kind = _ALL
        self._rows: list[_Row] = []

    def compose(self) -> ComposeResult:
        """Head, counts, list, the change under the cursor, keys."""
        columns = [
            Column("sign", "", 1),
            Column("kind", _("What"), 13),
            Column("list", _("List"), 18, min_terminal_width=100),
            Column("title", _("Row"), 30, grow=3),
            Column("fields", _("Changes"), 22, grow=2),
        ]
        yield HeadLine()
        yield Static(id="counts", markup=False)
        yield SnapshotList(columns, self._cells, empty=_("Nothing would change."), id="list")
        yield Static(id="detail", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Everything is known already."""
        self.query_one(HeadLine).say(left=_("Before taking in: %(name)s") % {"name": plain(self._name)})
        self.query_one("#counts", Static).update(self._counts())
        self.query_one(SnapshotList).focus()
        self._show()

    def _counts(self) -> str:
        found = self.preview
        parts = [
            f"{count} {change(kind)}"
            for kind in ChangeKind
            if (count := sum(held[kind.value] for held in found.counts.values()))
        ]
        wrong = len(found.warnings)
        if wrong:
            parts.append(ngettext("%(n)s warning", "%(n)s warnings", wrong) % {"n": wrong})
        if found.far_smaller:
            parts.append(_("FAR FEWER ROWS THAN BEFORE: look twice"))
        return " · ".join(parts) or _("Nothing would change.")

    def _show(self) -> None:
        wanted = self._kind
        self._rows = [_Row(warning=one) for one in self.preview.warnings if wanted in (_ALL, _WARNINGS)]
        self._rows += [_Row(change=one) for one in self.preview.changes if wanted in (_ALL, one.kind.value)]
        self.query_one(SnapshotList).show(list(range(len(self._rows))), keep=False)
        self._explain()

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        return {number: self._line(self._rows[number]) for number in numbers if number < len(self._rows)}

    def _line(self, row: _Row) -> RowCells:
        if row.warning is not None:
            style, one = "snapshot-list--alarm", row.warning
            where = _("row %(n)s") % {"n": one.row}
            return (
                Cell("!"),
                Cell(_("look"), style),
                Cell(list_name(one.list)),
                Cell(plain(one.value), style),
                Cell(where),
            )
        found = row.change
        if found is None:
            return ()
        style = _STYLES.get(found.kind, "")
        fields = ", ".join(words.field(name) for name in found.fields)
        return (
            Cell(_SIGNS[found.kind], style),
            Cell(change(found.kind), style),
            Cell(list_name(found.list)),
            Cell(self._title(found), style),
            Cell(fields, "snapshot-list--muted"),
        )

    def _title(self, found: Change) -> str:
        row = found.after or found.before
        return plain(words.title(row, self.preview.rows)) if row is not None else plain(found.key)

    @on(SnapshotList.Highlighted)
    def _explain(self) -> None:
        row = self._chosen
        self.query_one("#detail", Static).update("" if row is None else "\n".join(self._told(row)[:_LINES]))

    @property
    def _chosen(self) -> _Row | None:
        at = self.query_one(SnapshotList).cursor_id
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def _told(self, row: _Row) -> list[str]:
        if row.warning is not None:
            return [plain(words.warning(row.warning)), words.warning_means(row.warning)]
        if row.change is None:
            return []
        one = row.change
        head = f"{list_name(one.list)} · {self._title(one)}: {change(one.kind)}"
        if one.kind is ChangeKind.KEPT:
            return [head, _("Written by hand: it stays until a person ends it, or a later report comes.")]
        return [head, *(plain(line) for line in words.lines(one.before, one.after))]

    @on(SnapshotList.Chosen)
    def _opened(self) -> None:
        row = self._chosen
        if row is not None:
            self.app.push_screen(Reading(_("Row"), Content("\n".join(self._told(row)))))

    def do_import_kind(self) -> None:
        """k: one kind of change only."""
        choices = [
            (_ALL, _("Everything")),
            (_WARNINGS, _("Warnings")),
            *((one.value, change(one)) for one in ChangeKind),
        ]

        def picked(kind: str | None) -> None:
            """Shows that kind alone."""
            if kind:
                self._kind = kind
                self._show()

        self.app.push_screen(Pick(_("Show"), choices), picked)

    def why_not(self, id: str) -> str | None:
        """Nothing to take in is said."""
        if id == "import.take" and not any(one.kind is not ChangeKind.KEPT for one in self.preview.changes):
            return _("Nothing would change.")
        return None

    def do_import_take(self) -> None:
        """i: asks once more, with Cancel under the cursor, and writes everything in one piece."""
        text = _("%(counts)s\nRows that leave are ended, not deleted: courses keep the agreement they were made under.")
        dialog = Sure(_("Take in the catalogue"), text % {"counts": self._counts()}, go=_("Take in"))
        self.app.push_screen(dialog, lambda go: self._take() if go else None)

    def _take(self) -> None:
        desk, parsed, based_on = self.bench.here, self._parsed, self.preview.based_on
        self.ask(
            lambda: import_catalogue(desk, parsed, based_on=based_on), lambda _found: self.leave(TAKEN), group="write"
        )

    def do_back(self) -> None:
        """Esc: nothing is changed."""
        self.leave()
