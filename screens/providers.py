"""Places of treatment: type and see where a patient can go, rung by rung; with a case, choose one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _
from pkui.services import cases, providers_search
from pkui.services.postcodes import load_postcodes
from pkui.services.providers import Book, is_current, open_book
from pkui.services.providers_aloud import aloud, draft_aloud
from pkui.services.providers_ladder import Ladders
from pkui.services.providers_search import KINDS, PatientContext, ProviderRow, Wanted, patient_context
from screens.dialogs.aloud import COPY, Aloud
from screens.dialogs.fields import FieldsDialog
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.provider_cells import beside, cells, columns, detail, head, limit_line
from screens.provider_limits import ALL_KINDS, kinds, limit_fields, narrowed, typed_limits, wrong_limits
from screens.provider_steps import ProviderSteps
from screens.widgets.cells import RowCells
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from screens.bench import Bench


POLL_SECONDS = 5.0


class ProvidersScreen(ProviderSteps):
    """A search line, the ladder, and what is known of the place under the cursor."""

    SCOPE = Scope.PROVIDERS
    CSS = """
    ProvidersScreen { layers: base said; }
    ProvidersScreen #search { height: 1; border: none; padding: 0 1; background: $panel; }
    ProvidersScreen #limit { height: 1; padding: 0 1; background: $surface; text-style: bold; }
    ProvidersScreen #narrowed { display: none; height: 1; padding: 0 1; background: $surface; color: $text-warning; }
    ProvidersScreen #narrowed.-on { display: block; }
    ProvidersScreen #list { height: 1fr; }
    ProvidersScreen #detail { height: 7; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench, *, number: int | None = None, version: int | None = None) -> None:
        """`number`: the queue number of the case it is for; `version` is what the choice is based on."""
        super().__init__(bench)
        self.number, self.version = number, version
        self.today = local_date(bench.here.clock.now())
        self.book: Book | None = None
        self._ladders: Ladders | None = None
        self.patient: PatientContext | None = None
        self._wanted = Wanted()
        self._rows: list[ProviderRow] = []
        self._marked: str | None = None
        self._stay: str | None = None
        self._kind = ""
        self._told_new = False

    def compose(self) -> ComposeResult:
        """Head, limit, search, list, detail, keys."""
        yield HeadLine(id="head")
        yield Static(id="limit", markup=False)
        yield Static(id="narrowed", markup=False)
        yield Input(placeholder=_("Place, town or treatment"), id="search")
        yield SnapshotList(columns(), self._cells, empty=_("No place fits."), id="list")
        yield Static(id="detail", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """The frame at once, the catalogue when it is read."""
        self.query_one(HeadLine).say(left=_("Places of treatment"))
        self.places.focus()
        self.load()
        self.set_interval(POLL_SECONDS, self._poll)

    def _poll(self) -> None:
        """What a colleague wrote meanwhile is announced; nothing moves under the cursor."""
        desk, book = self.bench.desk, self.book
        if desk is not None and book is not None and self.is_current and not self._told_new:
            self.ask(lambda: is_current(desk, book), lambda same: None if same else self._something_new(), group="poll")

    def _something_new(self) -> None:
        self._told_new = True
        self._name_it()

    @property
    def places(self) -> SnapshotList:
        """The list."""
        return self.query_one(SnapshotList)

    @property
    def chosen(self) -> ProviderRow | None:
        """The place under the cursor."""
        at = self.places.cursor_id
        return self._rows[at] if at is not None and at < len(self._rows) else None

    # -- reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        """Reads the catalogue and the case; narrowing and cursor stay."""
        desk, number, path, today = self.bench.here, self.number, self.bench.settings.postcodes, self.today
        self._stay = self.chosen.entry.service.id if self.chosen is not None else None

        def read() -> tuple[Ladders, Wanted]:
            """The catalogue placed for the patient, and what she needs."""
            patient = patient_context(desk, number) if number is not None else None
            ladders = Ladders(open_book(desk), patient, today)
            ladders.warm()
            return ladders, Wanted(patient=patient, postcodes=load_postcodes(path))

        self.ask(read, lambda answer: self._opened(*answer), group="load")

    def _opened(self, ladders: Ladders, fresh: Wanted) -> None:
        first, self._told_new = self._ladders is None, False
        book, patient = ladders.book, ladders.patient
        self._ladders, self.book, self.patient = ladders, book, patient
        self._wanted = replace(self._wanted, patient=patient, postcodes=fresh.postcodes)
        if first and patient is not None and patient.area is not None:
            self._wanted = replace(self._wanted, area=patient.area)
        self.search()
        if first and self._wanted.area is None and book.areas:
            self.do_place_area()

    def search(self) -> None:
        """Searches with what is wanted now; only the newest answer is shown."""
        book, wanted, today, ladders = self.book, self._wanted, self.today, self._ladders
        if book is None:
            return
        asked = wanted.area is not None or bool(wanted.text.strip())
        keys = {"area": self.key_of("place.area"), "search": self.key_of("place.search")}
        nothing = _("%(area)s: choose an area. %(search)s: type what you look for.") % keys
        self.places.empty = _("No place fits.") if asked else nothing
        if not asked:
            self._show([], {})
            return

        def find() -> tuple[list[ProviderRow], dict[int, RowCells]]:
            """The rows, and the cells of the first screens."""
            rows = providers_search.search(book, wanted, today, ladders)
            return rows, {number: self._cell(row) for number, row in enumerate(rows[:60])}

        self.ask(find, lambda found: self._show(*found), group="search")

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        rows = self._rows
        return {number: self._cell(rows[number]) for number in numbers if number < len(rows)}

    def _cell(self, row: ProviderRow) -> RowCells:
        return cells(row, self.today, marked=row.entry.service.id == self._marked)

    def _show(self, rows: list[ProviderRow], first: dict[int, RowCells]) -> None:
        self._rows = rows
        self.places.show(list(range(len(rows))), keep=False, rows=first)
        self._stay_there()
        book, patient, area = self.book, self.patient, self._wanted.area
        self._name_it()
        if book is not None:
            deadline = patient.deadline(book, area) if patient else None
            self.query_one("#limit", Static).update(limit_line(patient, deadline, len(rows), book))
        line, told = self.query_one("#narrowed", Static), narrowed(self._wanted, self._kind)
        line.update(told)
        line.set_class(bool(told), "-on")
        self._explain()

    def _name_it(self) -> None:
        """The head: what is searched for and from where; and that a colleague has written something new."""
        book, patient = self.book, self.patient
        if book is not None:
            postcode = self._wanted.postcode or (patient.postcode if patient else None)
            name = head(self._wanted.area, book, patient, postcode)
            if self._told_new:
                values = {"name": name, "key": self.key_of("place.refresh")}
                name = _("%(name)s · something is new (%(key)s)") % values
            self.query_one(HeadLine).say(left=name)

    def _stay_there(self) -> None:
        """After something was written the cursor is on the same place, wherever it stands now."""
        stay, self._stay = self._stay, None
        at = next((number for number, row in enumerate(self._rows) if row.entry.service.id == stay), None)
        if at is not None:
            self.places.highlight(at)

    @on(SnapshotList.Highlighted)
    def _explain(self) -> None:
        row = self.chosen
        self.query_one("#detail", Static).update(detail(row) if row else "")

    # -- narrowing ---------------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._wanted = replace(self._wanted, text=event.value)
        self.search()

    @on(Input.Submitted, "#search")
    def _typed_enough(self) -> None:
        self.places.focus()

    def on_key(self, event: events.Key) -> None:
        """From the search line the arrows go into the list."""
        self.query_one(SaidLine).key_pressed()
        if event.key in ("down", "up") and self.query_one("#search").has_focus:
            event.stop()
            self.places.focus()

    def do_place_search(self) -> None:
        """F3: the search line."""
        self.query_one("#search").focus()

    def do_place_area(self) -> None:
        """o: what the patient is referred for."""
        if self.book is None:
            return
        areas = sorted(self.book.areas.values(), key=lambda one: one.name_da)

        def picked(code: str | None) -> None:
            """Searches in that area."""
            if code:
                self._wanted = replace(self._wanted, area=code)
                self.search()

        self.app.push_screen(Pick(_("Area"), [(one.code, one.name_da) for one in areas]), picked)

    def do_place_kind(self) -> None:
        """k: one kind of place only."""

        def picked(kind: str | None) -> None:
            """Searches among those places."""
            if kind is not None:
                self._kind = "" if kind == ALL_KINDS else kind
                self._wanted = replace(self._wanted, relations=KINDS.get(kind, frozenset()))
                self.search()

        self.app.push_screen(Pick(_("Kind"), kinds()), picked)

    def do_place_limits(self) -> None:
        """b: age, BMI, distance, from where, and places that take patients of other regions."""

        def narrow(values: dict[str, str] | None) -> None:
            """Searches within those limits."""
            if values is not None:
                self._wanted = replace(self._wanted, **typed_limits(values))
                self.search()

        fields = limit_fields(self._wanted, self.patient)
        self.app.push_screen(FieldsDialog(_("Limits"), fields, hint=_("Empty: no limit."), wrong=wrong_limits), narrow)

    def do_back(self) -> None:
        """Esc: out of the search line, then what was typed, then away; limits go with the screen."""
        line = self.query_one("#search", Input)
        if line.value:
            line.value = ""
            self.places.focus()
        elif line.has_focus:
            self.places.focus()
        else:
            self.leave()

    # -- looking -----------------------------------------------------------------------------------------

    def do_place_compare(self) -> None:
        """s: marks a place, then shows it beside another."""
        row = self.chosen
        if row is None:
            return
        other = self._marked_row()
        if other is None or other is row:
            self._marked = row.entry.service.id
            self.places.reread()
            self.say(_("Marked; go to another place and press %(key)s.") % {"key": self.key_of("place.compare")})
            return
        self._marked = None
        self.places.reread()
        self.app.push_screen(Reading(_("Side by side"), beside([other, row], self.today)))

    def _marked_row(self) -> ProviderRow | None:
        return next((row for row in self._rows if row.entry.service.id == self._marked), None)

    def do_place_aloud(self) -> None:
        """l: the present date against the place under the cursor and one more."""
        row = self.chosen
        if row is None:
            return
        marked = self._marked_row()
        text = aloud(self.patient, [row, *([marked] if marked is not None else [])], self._rows, self.today)

        def done(what: str | None) -> None:
            """Copies the text, or makes it a draft."""
            if what == COPY:
                self._copy(text)
            elif what is not None and self.number is not None:
                number = self.number
                self.ask(
                    lambda: draft_aloud(self.bench.here, number, text),
                    lambda _none: self.say(_("A draft to the patient is in the outbox.")),
                    group="write",
                )

        self.app.push_screen(Aloud(text, can_send=self.number is not None), done)

    def _copy(self, text: str) -> None:
        def copy(_none: None) -> None:
            """The text to the clipboard."""
            self.app.copy_to_clipboard(text)
            self.say(_("Copied."))

        number = self.number
        if number is None:
            copy(None)
        else:
            self.ask(lambda: cases.copied(self.bench.here, number, "places"), copy, group="copy")
