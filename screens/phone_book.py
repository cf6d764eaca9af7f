"""The phone book: typing finds, Enter rings; from a case its own numbers first, and the call is logged on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes
from pkui.base.words.dates import stamp
from pkui.base.words.phone_book import phone_column, phone_kind
from pkui.domain import phones
from pkui.domain.phone_book import PARTIES, PhoneKind
from pkui.services import contacts, phone_book
from pkui.services.phone_book import EntryRecord
from screens.dialogs.contact import ContactDialog, Logged
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.phone_file import PhoneFile
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from screens.bench import Bench

MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
NEEDS_AN_ENTRY = frozenset({"phone.call", "phone.edit", "phone.history", "phone.end"})
WIDE, NUMBER = 100, 16
"""Cells of a screen that has room for the kind, and of the longest telephone number."""


class PhoneBookScreen(PhoneFile):
    """The line one types in keeps the focus; F-keys and Enter act on the entry under the cursor."""

    SCOPE = Scope.PHONE_BOOK
    CSS = """
    PhoneBookScreen { layers: base said; }
    PhoneBookScreen Input { border: none; height: 1; background: $panel; padding: 0 1; }
    PhoneBookScreen OptionList { border: none; height: 1fr; background: $background; }
    PhoneBookScreen #about { height: 2; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench, *, number: int | None = None) -> None:
        """`number`: the case that rings."""
        super().__init__(bench)
        self.number = number
        self._rows: list[EntryRecord] = []
        self._called = False
        self.today = local_date(bench.here.clock.now())

    def compose(self) -> ComposeResult:
        """What is looked for, who was found, and what is known of the one under the cursor."""
        yield HeadLine()
        yield Input(placeholder=_("Type: department, hospital, town, what it is for"))
        yield Lines(id="rows")
        yield Static(id="about", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Ready to type."""
        case = _("Phone book · case %(number)s") % {"number": self.number} if self.number else _("Phone book")
        self.query_one(HeadLine).say(left=case)
        self.query_one(Input).focus()
        self.load()

    @on(Input.Changed)
    def load(self) -> None:
        """Finds anew what is typed."""
        typed, number = self.query_one(Input).value, self.number
        self.ask(lambda: phone_book.phone_book(self.bench.here, typed, queue_number=number), self._show, group="load")

    def _show(self, found: list[EntryRecord]) -> None:
        options, before = self.query_one(OptionList), self.chosen
        self._rows = found
        options.clear_options()
        width = max(60, self.size.width - 4)
        options.add_options(Option(_line(one, width), id=str(at)) for at, one in enumerate(found))
        same = next((at for at, one in enumerate(found) if before is not None and one.id == before.id), 0)
        options.highlighted = same if found else None
        if not found:
            self.query_one("#about", Static).update(_("Nobody is found. %(key)s: a new entry.") % {
                "key": self.key_of("phone.add")
            })  # fmt: skip

    @property
    def chosen(self) -> EntryRecord | None:
        """The entry under the cursor."""
        at = self.query_one(OptionList).highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        one = self.chosen
        if one is None:
            return
        first = " · ".join(plain(part) for part in (phone_kind(one.row.kind), one.row.hours, one.row.note) if part)
        second = _("{by} {at}, from: {source}").format(by=one.edited_by, at=stamp(one.edited_at), source=one.source)
        self.query_one("#about", Static).update(f"{first}\n{plain(second)}")

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while the line keeps the focus."""
        if event.key in MOVES and self.query_one(Input).has_focus:
            event.stop()
            getattr(self.query_one(OptionList), f"action_{MOVES[event.key]}")()

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_run_command("phone.call")

    def why_not(self, id: str) -> str | None:
        """Most steps need an entry under the cursor."""
        if id in NEEDS_AN_ENTRY and self.chosen is None:
            return _("There is no entry under the cursor.")
        return None

    # -- steps -------------------------------------------------------------------------------------------

    def do_phone_call(self) -> None:
        """Enter: the number large; from a case one more key logs how it ended."""
        one = self.chosen
        if one is None:
            return
        number = f"{one.row.name}\n{phones.display(one.row.phone)}"
        if self.number is None:
            about = [line for line in (one.row.place, one.row.hours, one.row.note) if line]
            lines = [Content.styled(plain(line), "bold") for line in number.splitlines()]
            lines += [Content(plain(line)) for line in about]
            self.app.push_screen(Reading(phone_kind(one.row.kind), Content("\n").join(lines)))
            return
        dialog = ContactDialog(today=self.today, party=PARTIES[one.row.kind], number=number)
        self.app.push_screen(dialog, lambda logged: self._log(one, logged) if logged else None)

    def _log(self, one: EntryRecord, logged: Logged) -> None:
        number = self.number
        if number is None:
            return

        def done(_view: object) -> None:
            """Says so; the case is read anew on leaving."""
            self._called = True
            self.say(f"{plain(one.row.name)}: {codes.result(logged.result)}")

        self.ask(
            lambda: contacts.log_contact(
                self.bench.here,
                number,
                party=logged.party,
                party_name=one.row.name,
                result=logged.result,
                text=logged.text,
                answer_promised_on=logged.answer_promised_on,
            ),
            done,
            group="write",
        )

    def do_phone_edit(self) -> None:
        """F4: correct the entry."""
        one = self.chosen
        if one is not None:
            self._ask_entry(one.row.kind, one)

    def do_phone_add(self) -> None:
        """F5: a new one."""
        choices = [(kind.value, phone_kind(kind)) for kind in PhoneKind]
        self.app.push_screen(
            Pick(_("New entry"), choices), lambda kind: self._ask_entry(PhoneKind(kind), None) if kind else None
        )

    def _ask_entry(
        self, kind: PhoneKind, one: EntryRecord | None, typed: dict[str, str] | None = None, wrong: str = ""
    ) -> None:
        row = one.row if one else None
        shown = {
            "name": row.name if row else self.query_one(Input).value,
            "place": row.place if row else "",
            "phone": phones.display(row.phone) if row else "",
            "hours": row.hours if row else "",
            "note": row.note if row else "",
        } | (typed or {})
        fields = [Field(name, phone_column(name), shown[name]) for name in ("name", "place", "phone", "hours", "note")]
        fields.append(Field("source", _("Where it is written"), shown.get("source", "")))

        def write(values: dict[str, str] | None) -> None:
            """Writes the entry; what is refused stands in the form again."""
            if values is None:
                return
            given = {name: value for name, value in values.items() if name != "source"} | {"kind": kind.value}
            version = one.version if one else None
            self.ask(
                lambda: phone_book.edit_phone(
                    self.bench.here, given, source=values["source"], id=one.id if one else None, version=version
                ),
                lambda _id: self._written(_("The entry is saved.")),
                group="write",
                failed=lambda error: self._ask_entry(kind, one, values, self.words_of(error)),
            )

        self.app.push_screen(FieldsDialog(phone_kind(kind), fields, hint=wrong), write)

    def _written(self, said: str) -> None:
        self.load()
        self.say(said)

    def do_phone_end(self) -> None:
        """F7: the number is right no more."""
        one = self.chosen
        if one is None:
            return

        def end(source: str | None) -> None:
            """Ends the entry on that source's word."""
            if source:
                self.ask(
                    lambda: phone_book.end_phone(self.bench.here, one.id, source=source, version=one.version),
                    lambda _none: self._written(_("The entry is out of the book.")),
                    group="write",
                )

        self.app.push_screen(Line(_("%(name)s: how do you know?") % {"name": one.row.name}), end)

    def do_phone_history(self) -> None:
        """F6: who changed it."""
        one = self.chosen
        if one is not None:
            self.ask(lambda: phone_book.phone_history(self.bench.here, one.id), self._show_history, group="history")

    def _show_history(self, found: list[phone_book.HistoryRow]) -> None:
        words = {"added": _("added"), "changed": _("changed"), "ended": _("ended")}
        lines = []
        for one in found:
            held = one.after or one.before or {}
            number = phones.display(str(held.get("phone", "")))
            lines.append(
                Content(plain(f"{stamp(one.at)} {one.by or ''}: {words[one.kind]}, {number} ({one.source or ''})"))
            )
        self.app.push_screen(Reading(_("History"), Content("\n").join(lines)))

    def do_back(self) -> None:
        """Esc: out of what is typed, then back; a case is told that it was rung from."""
        field = self.query_one(Input)
        if field.value:
            field.value = ""
        else:
            self.leave("called" if self._called else None)


def _line(one: EntryRecord, width: int) -> Content:
    """The number first, where nothing can cut it; then name and place, and on a wide screen the kind."""
    kind = 19 if width > WIDE else 0
    room = width - kind - NUMBER - 4
    name = room // 2
    return Content.assemble(
        (fit(phones.display(one.row.phone), NUMBER) + "  ", "bold"),
        fit(one.row.name, name) + " ",
        (fit(one.row.place, room - name), "$text-muted"),
        (" " + fit(phone_kind(one.row.kind), kind) if kind else "", "$text-muted"),
    )
