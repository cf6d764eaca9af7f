"""The people of the office: who is here, who is away and until when, who stands in; reporting somebody ill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes, ngettext
from pkui.base.words import people as words
from pkui.base.words.dates import plain_date, short_date
from pkui.domain.absences import Half
from pkui.domain.codes import AbsenceKind, Role
from pkui.domain.permissions import Grant, Permission
from pkui.domain.typed import Unreadable, typed_date
from pkui.services import absences, roster, staff
from pkui.services.people import main_role
from pkui.services.roster import PersonToday, Roster
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.ill import OPEN, TOMORROW, UNTIL, IllDialog
from screens.dialogs.line import Line
from screens.people_terms import PeopleTerms
from screens.widgets.cells import Cell, Column, RowCells, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from screens.bench import Bench

NEEDS = {
    "person.ill": Permission.REPORT_ILLNESS,
    "person.undo": Permission.REPORT_ILLNESS,
    "person.back": Permission.REPORT_ILLNESS,
    "person.away": Permission.MOVE_CASES,
    "person.terms": Permission.PEOPLE,
    "person.hours": Permission.PEOPLE,
    "person.history": Permission.PEOPLE,
    "person.cover": Permission.PEOPLE,
    "person.duty": Permission.PEOPLE,
    "person.import": Permission.PEOPLE,
}
ONE_DAY = timedelta(days=1)


class PeopleScreen(PeopleTerms):
    """One line a person; under the list what else is known of the one under the cursor."""

    SCOPE = Scope.PEOPLE
    CSS = """
    PeopleScreen { layers: base said; }
    PeopleScreen #about { height: 4; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._found: Roster | None = None

    @property
    def chosen(self) -> PersonToday | None:
        """The person under the cursor."""
        at = self.query_one(SnapshotList).cursor_id
        return self._found.people[at] if self._found is not None and at is not None else None

    def compose(self) -> ComposeResult:
        """Head, list, about the one under the cursor, keys."""
        columns = [
            Column("name", _("Name"), 19, grow=1),
            Column("role", _("Role"), 20, grow=1),
            Column("today", _("Today"), 22, grow=1),
            Column("cover", _("Stands in"), 14, grow=1),
        ]
        yield HeadLine()
        yield SnapshotList(columns, self._cells, empty=_("Nobody works here."), id="list")
        yield Static(id="about")
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the people."""
        self.query_one(HeadLine).say(left=_("People"))
        self.query_one(SnapshotList).focus()
        self.load()

    def load(self) -> None:
        """Reads them anew; the cursor stays."""
        self.ask(lambda: roster.roster(self.bench.here), self._show, group="load")

    def _show(self, found: Roster) -> None:
        self._found = found
        numbers = list(range(len(found.people)))
        self.query_one(SnapshotList).show(numbers, rows=self._cells(numbers))
        self._about()

    def _cells(self, numbers: list[int]) -> Mapping[int, RowCells]:
        if self._found is None:
            return {}
        return {number: self._line(self._found.people[number]) for number in numbers}

    def _line(self, one: PersonToday) -> RowCells:
        record, now = one.record, self.bench.here.clock.now()
        held = next((gone for gone in one.away if gone.starts_at <= now), None)
        state = words.away(held.kind, held.starts_at, held.ends_at, now) if held else words.shifts(one.shifts)
        duty = " · " + _("coordinator") if Role.DAY_COORDINATOR in record.roles else ""
        return (
            Cell(record.name, "" if held or not one.shifts else "snapshot-list--strong"),
            Cell(codes.role(main_role(record)) if record.roles else "-"),
            Cell(state + duty, "snapshot-list--warning" if held else ""),
            Cell(", ".join(one.cover) or "-", "snapshot-list--muted"),
        )

    @on(SnapshotList.Highlighted)
    def _about(self) -> None:
        one = self.chosen
        if one is None or self._found is None:
            return
        now = self.bench.here.clock.now()
        head, teams = _("Teams"), ", ".join(codes.team(team) for team in sorted(one.record.teams)) or "-"
        ahead = "; ".join(words.away(gone.kind, gone.starts_at, gone.ends_at, now) for gone in one.away) or "-"
        lines = [
            f"{one.record.name} · {head}: {teams}",
            _("Away: %(times)s") % {"times": ahead},
            _("Stand-ins, nearest first: %(names)s") % {"names": ", ".join(one.cover) or "-"},
        ]
        text = Content("\n").join(Content(plain(line)) for line in lines)
        for gap in self._found.gaps[:1]:
            values = {"day": short_date(gap.day, self.today), "names": ", ".join(gap.names) or "-"}
            warning = _("Nobody for maximum waiting times %(day)s; could take it: %(names)s") % values
            text = Content.assemble(text, ("\n" + plain(warning), "bold $text-warning"))
        self.query_one("#about", Static).update(text)

    def why_not(self, id: str) -> str | None:
        """A person under the cursor, and the right to do it."""
        needed = NEEDS.get(id)
        if needed is not None and self.bench.here.person.grant(needed) is Grant.NO:
            return _("Your role may not %(permission)s.") % {"permission": codes.permission(needed)}
        if id.startswith("person.") and self.chosen is None:
            return _("There is nobody under the cursor.")
        return super().why_not(id)

    # -- away and back -----------------------------------------------------------------------------------

    def do_person_ill(self) -> None:
        """s: what would go to whom; one more key reports."""
        one = self.chosen
        if one is not None:
            name = one.record.username
            self.ask(lambda: absences.preview(self.bench.here, name), self._ask_ill, group="write")

    def _ask_ill(self, found: absences.Reported) -> None:
        def reported(key: str | None) -> None:
            """Reports the illness until the day picked."""
            if key == UNTIL:
                self.app.push_screen(
                    Line(_("Ill until and including which day?")), lambda text: self._ill_until(found, text)
                )
            elif key == OPEN:
                self._ill(found, None, open_ended=True)
            elif key is not None:
                self._ill(found, self.today + ONE_DAY if key == TOMORROW else self.today)

        self.app.push_screen(IllDialog(found), reported)

    def _ill_until(self, found: absences.Reported, text: str | None) -> None:
        if text is not None and (day := self._day(text)) is not None:
            self._ill(found, day)

    def _ill(self, found: absences.Reported, last: date | None, *, open_ended: bool = False) -> None:
        name = found.username
        self.ask(
            lambda: absences.report(self.bench.here, name, last=last, open_ended=open_ended), self._told, group="write"
        )

    def _told(self, told: absences.Reported) -> None:
        text = ngettext("%(name)s is away; %(n)s case went to cover.", "%(name)s is away; %(n)s cases went to cover.",
                        len(told.moved)) % {"name": told.name, "n": len(told.moved)}  # fmt: skip
        lost = [one for one in told.moved if one.call_at is not None and not one.call_kept]
        if lost:
            numbers = ", ".join(str(one.queue_number) for one in lost)
            text += " " + _("Nobody is free for the call of %(numbers)s.") % {"numbers": numbers}
        self.say(text, warning=bool(lost))
        self.load()

    def do_person_undo(self) -> None:
        """z: today's report is taken back."""
        one = self.chosen
        if one is not None:
            name = one.record.username
            self.ask(lambda: absences.undo(self.bench.here, name), self._undone, group="write")

    def _undone(self, done: absences.TakenBack) -> None:
        text = ngettext("Taken back; %(n)s case is back.", "Taken back; %(n)s cases are back.", done.done)
        text %= {"n": done.done}
        if done.moved_on:
            numbers = ", ".join(str(number) for number in done.moved_on)
            text += " " + _("Moved on since: %(numbers)s.") % {"numbers": numbers}
        self.say(text, warning=bool(done.moved_on))
        self.load()

    def do_person_back(self) -> None:
        """r: the absence ends now."""
        one = self.chosen
        if one is not None:
            name = one.record.username
            self.ask(lambda: absences.back(self.bench.here, name), lambda _record: self.load(), group="write")

    def do_person_away(self) -> None:
        """f: days or half a day."""
        one = self.chosen
        if one is None:
            return
        today = plain_date(self.today)
        fields = [
            Field("kind", _("h holiday, k course, a other"), "h"),
            Field("first", _("First day"), today),
            Field("last", _("Last day"), today),
            Field("half", _("Half: f morning, e after"), ""),
        ]
        self.app.push_screen(
            FieldsDialog(_("Absence of %(name)s") % {"name": plain(one.record.name)}, fields),
            lambda given: self._away(one.record.username, given) if given else None,
        )

    def _away(self, name: str, given: dict[str, str]) -> None:
        kinds = {"h": AbsenceKind.HOLIDAY, "k": AbsenceKind.COURSE, "a": AbsenceKind.OTHER}
        halves = {"": Half.DAY, "f": Half.MORNING, "e": Half.AFTERNOON}
        kind, half = kinds.get(given["kind"].strip().casefold()), halves.get(given["half"].strip().casefold())
        first, last = self._day(given["first"]), self._day(given["last"])
        if kind is None or half is None:
            self.say(_("One of the letters is needed."), warning=True)
        elif first is not None and last is not None:
            self.ask(
                lambda: absences.report(self.bench.here, name, kind=kind, first=first, last=last, half=half),
                self._told,
                group="write",
            )

    def _day(self, text: str) -> date | None:
        try:
            return typed_date(text, self.today)
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
            return None

    # -- cover, duty, file ---------------------------------------------------------------------------------

    def do_person_cover(self) -> None:
        """v: usernames in order."""
        one = self.chosen
        if one is None:
            return
        names = {other.record.name: other.record.username for other in self._found.people} if self._found else {}
        now = ", ".join(names[name] for name in one.cover if name in names)

        def write(text: str | None) -> None:
            """Sets the chain typed; a dash is nobody."""
            if text is None:
                return
            chosen = [part.strip() for part in text.split(",") if part.strip(" -")]
            self.ask(
                lambda: roster.set_cover(self.bench.here, one.record.username, chosen),
                lambda _chain: self.load(),
                group="write",
            )

        question = _("Who stands in for %(name)s? Usernames in order, commas between; - for nobody")
        self.app.push_screen(Line(question % {"name": one.record.name}, value=now), write)

    def do_person_duty(self) -> None:
        """d: for one day."""
        one = self.chosen
        if one is None:
            return

        def write(text: str | None) -> None:
            """Sets the duty on the day typed."""
            day = self._day(text) if text is not None else None
            if day is not None:
                self.ask(
                    lambda: roster.set_duty(self.bench.here, one.record.username, day),
                    lambda record: self._duty_set(record.name, day),
                    group="write",
                )

        question = _("%(name)s is day coordinator on which day?") % {"name": one.record.name}
        self.app.push_screen(Line(question, value=plain_date(self.today)), write)

    def _duty_set(self, name: str, day: date) -> None:
        values = {"name": name, "day": short_date(day, self.today)}
        self.say(_("%(name)s is day coordinator %(day)s.") % values)
        self.load()

    def do_person_import(self) -> None:
        """i: a file, seen before it is taken in."""

        def look(text: str | None) -> None:
            """Reads the file typed."""
            if text:
                self.ask(lambda: self._read(Path(text).expanduser()), self._seen, group="file")

        self.app.push_screen(Line(_("Which file (CSV or JSON)?")), look)

    def _read(self, path: Path) -> tuple[bytes, staff.FilePreview]:
        data = staff.read_file(path)
        return data, staff.preview_staff(self.bench.here, data)

    def _seen(self, found: tuple[bytes, staff.FilePreview]) -> None:
        data, seen = found
        values = {"people": seen.people, "new": len(seen.new), "shifts": seen.shifts, "absences": seen.absences}
        text = _("%(people)s people (%(new)s new), %(shifts)s shifts, %(absences)s absences. Write ja to take it in.")

        def take(answer: str | None) -> None:
            """Takes the people in where that was the answer."""
            if answer is not None and answer.strip().casefold() in ("ja", "yes"):
                self.ask(lambda: staff.import_staff(self.bench.here, data), lambda _people: self.load(), group="write")

        self.app.push_screen(Line(text % values), take)

    def do_back(self) -> None:
        """Esc."""
        self.leave()
