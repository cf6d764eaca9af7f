"""The office's own hand in the catalogue: waiting times, agreements, what a clinic said, and who changed what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content

from pkui.base.words import _
from pkui.base.words import catalogue as words
from pkui.base.words.dates import plain_date, stamp
from pkui.base.words.providers import change, valid_until
from pkui.domain.folding import fold
from pkui.domain.providers.catalogue import Agreement, AgreementKind, WaitSource
from pkui.domain.typed import Unreadable, near_date, typed_date, typed_yes_no
from pkui.services.providers_edit import (
    HistoryRow,
    add_slip,
    agreements_of,
    edit_agreement,
    edit_waiting_time,
    history,
)
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.widgets.cells import plain
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.providers_search import ProviderRow

T = TypeVar("T")
_NEW = "new"
_WEEKS = ("weeks_examination", "weeks_outpatient", "weeks_inpatient")
_SOURCES = (WaitSource.PHONE, WaitSource.VENTEINFO, WaitSource.AGREEMENT)


class ProviderEdits(WorkScreen):
    """The keys that write in the catalogue; every change says where it is written, none is undone by typing wrong."""

    today: date

    @property
    def chosen(self) -> ProviderRow | None:
        """The place under the cursor; none without a list."""
        return None

    def load(self) -> None:
        """Reads the catalogue anew; a screen with a list adds how."""

    # -- what a clinic said ------------------------------------------------------------------------------

    def do_place_slip(self) -> None:
        """t: what the clinic said on the phone today."""
        row = self.chosen
        if row is None:
            return
        fields = [
            Field("told_by", _("Who said it")),
            Field("weeks", _("Weeks")),
            Field("first_free", _("First free date")),
            Field("text", _("In their words")),
            Field("until", _("Counts until"), "+3"),
        ]

        def wrong(values: Mapping[str, str]) -> str | None:
            """What is missing or cannot be read."""
            if not values["told_by"].strip():
                return _("Say who said it.")
            if not values["weeks"].strip() and not values["first_free"].strip():
                return _("Write weeks, or the first free date.")
            return _wrong_weeks(values, ("weeks",)) or self._wrong_days(values, ("first_free", "until"), typed_date)

        def write(values: dict[str, str] | None) -> None:
            """Keeps what was told."""
            if values is None:
                return
            weeks = values["weeks"].strip()
            self._write(
                lambda: add_slip(
                    self.bench.here,
                    row.entry.service.id,
                    told_by=values["told_by"],
                    weeks=int(weeks) if weeks else None,
                    first_free=self._day(values["first_free"], typed_date),
                    text=values["text"],
                    until=self._day(values["until"], typed_date),
                ),
                _("Noted for everybody."),
            )

        hint = _("0 weeks is under a week. A date is written 27/11, fre or +3.")
        self.app.push_screen(FieldsDialog(_("Said on the phone"), fields, hint=hint, wrong=wrong), write)

    # -- waiting times -----------------------------------------------------------------------------------

    def do_place_wait(self) -> None:
        """v: the waiting time, corrected, with where it is written."""
        row = self.chosen
        if row is not None:
            desk, service = self.bench.here, row.entry.service.id
            self.ask(
                lambda: history(desk, "waiting_times", service), lambda past: self._wait(row, past), group="history"
            )

    def _wait(self, row: ProviderRow, past: list[HistoryRow]) -> None:
        held = row.entry.waiting
        real = held is not None and held.source in _SOURCES
        fields = [
            *(Field(name, words.field(name), _text(getattr(held, name) if real else None)) for name in _WEEKS),
            Field("reported_on", words.field("reported_on"), plain_date(self.today)),
            Field("source", _("Told by"), words.wait_source(WaitSource.PHONE)),
            Field("written", _("Where it is written")),
        ]

        def wrong(values: Mapping[str, str]) -> str | None:
            """What is missing or cannot be read."""
            if _coded(values["source"], _SOURCES, words.wait_source) is None:
                return _("Told by: %(choices)s.") % {"choices": ", ".join(map(words.wait_source, _SOURCES))}
            return (
                _wrong_weeks(values, _WEEKS)
                or self._wrong_days(values, ("reported_on",), near_date)
                or _unwritten(values)
            )

        def write(values: dict[str, str] | None) -> None:
            """Writes the waiting time over the one that was seen."""
            if values is None:
                return
            source = values.pop("written")
            day = self._day(values["reported_on"], near_date)
            values["reported_on"] = day.isoformat() if day else ""
            values["source"] = str(_coded(values["source"], _SOURCES, words.wait_source))
            self._write(
                lambda: edit_waiting_time(self.bench.here, row.entry.service.id, values, source=source, seen=held),
                _("The waiting time is corrected."),
            )

        hint = " ".join((_("Empty is not stated; 0 is under a week."), _last(past)))
        self.app.push_screen(FieldsDialog(_("Waiting time"), fields, hint=hint, wrong=wrong), write)

    # -- agreements --------------------------------------------------------------------------------------

    def do_place_agreement(self) -> None:
        """a: one of the place's agreements, past and coming ones too, or a new one."""
        row = self.chosen
        if row is None:
            return
        desk, place = self.bench.here, row.provider_id

        def choose(held: list[Agreement]) -> None:
            """Asks which agreement; where there is none, for a new one."""
            if not held:
                self._agreement(row, None, [])
                return
            choices = [*((one.id, _called(one)) for one in held), (_NEW, _("A new agreement"))]

            def picked(id: str | None) -> None:
                """Reads the past of the one picked, or starts a new one."""
                one = next((one for one in held if one.id == id), None)
                if one is not None:
                    self.ask(
                        lambda: history(desk, "agreements", one.id),
                        lambda past: self._agreement(row, one, past),
                        group="history",
                    )
                elif id == _NEW:
                    self._agreement(row, None, [])

            self.app.push_screen(Pick(_("Agreements"), choices), picked)

        self.ask(lambda: agreements_of(desk, place), choose, group="agreements")

    def _agreement(self, row: ProviderRow, held: Agreement | None, past: list[HistoryRow]) -> None:
        kinds = tuple(AgreementKind)
        kind = held.kind if held else AgreementKind.PARTNER
        fields = [
            Field("kind", words.field("kind"), words.agreement_kind(kind)),
            Field("areas", words.field("areas"), "; ".join(held.areas) if held else row.entry.service.area),
            Field("region_scope", words.field("region_scope"), held.region_scope if held else "Region Midtjylland"),
            Field("cluster", words.field("cluster"), _text(held.cluster if held else None)),
            Field("valid_from", words.field("valid_from"), _text(held.valid_from if held else self.today)),
            Field("valid_to", words.field("valid_to"), _text(held.valid_to if held else None)),
            Field("capacity_per_month", words.field("capacity_per_month"), _text(held and held.capacity_per_month)),
            Field("direct_referral", words.field("direct_referral"), _text(held.direct_referral if held else None)),
            Field("notes", words.field("notes"), _text(held.notes if held else None)),
            Field("written", _("Where it is written")),
        ]

        def wrong(values: Mapping[str, str]) -> str | None:
            """What is missing or cannot be read."""
            if _coded(values["kind"], kinds, words.agreement_kind) is None:
                return _("Kind: %(choices)s.") % {"choices": ", ".join(map(words.agreement_kind, kinds))}
            return (
                self._wrong_days(values, ("valid_from", "valid_to"), near_date)
                or _wrong_yes_no(values["direct_referral"])
                or _unwritten(values)
            )

        def write(values: dict[str, str] | None) -> None:
            """Writes the agreement over the one that was seen."""
            if values is None:
                return
            source = values.pop("written")
            typed = values | {"organization_id": row.provider_id}
            typed["kind"] = str(_coded(values["kind"], kinds, words.agreement_kind))
            for name in ("valid_from", "valid_to"):
                day = self._day(values[name], near_date)
                typed[name] = day.isoformat() if day else ""
            direct = values["direct_referral"].strip()
            typed["direct_referral"] = str(typed_yes_no(direct)).lower() if direct else ""
            key = held.id if held else None
            self._write(
                lambda: edit_agreement(self.bench.here, typed, source=source, key=key, seen=held),
                _("The agreement is written."),
            )

        hint = _last(past) or _("Several areas are parted by a semicolon.")
        self.app.push_screen(FieldsDialog(_("Agreement"), fields, hint=hint, wrong=wrong), write)

    # -- history -----------------------------------------------------------------------------------------

    def do_place_history(self) -> None:
        """h: who changed what, when, and from which source."""
        row = self.chosen
        if row is None:
            return
        desk, service, place = self.bench.here, row.entry.service.id, row.provider_id

        def read() -> list[HistoryRow]:
            """The waiting times' and the agreements' changes, the newest first."""
            found = history(desk, "waiting_times", service)
            for one in agreements_of(desk, place):
                found += history(desk, "agreements", one.id)
            return sorted(found, key=lambda one: one.at, reverse=True)

        self.ask(read, self._show_history, group="history")

    def _show_history(self, rows: list[HistoryRow]) -> None:
        lines = [line for row in rows for line in _change(row)] or [_("Nothing is written yet.")]
        self.app.push_screen(Reading(_("History"), Content("\n".join(lines))))

    # -- typing ------------------------------------------------------------------------------------------

    def _write(self, call: Callable[[], T], said: str) -> None:
        def done(_value: T) -> None:
            """Says so and shows it."""
            self.say(said)
            self.load()

        self.ask(call, done, group="write")

    def _day(self, text: str, read: Callable[[str, date], date]) -> date | None:
        return read(text, self.today) if text.strip() else None

    def _wrong_days(
        self, values: Mapping[str, str], names: tuple[str, ...], read: Callable[[str, date], date]
    ) -> str | None:
        try:
            for name in names:
                self._day(values[name], read)
        except Unreadable:
            return _("That is no day; write 27/11, fre or +3.")
        return None


def _wrong_weeks(values: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    typed = [values[name].strip() for name in names]
    if all(not one or (one.isascii() and one.isdigit() and len(one) < 4) for one in typed):
        return None
    return _("Write the weeks as a number; 0 is under a week.")


def _wrong_yes_no(text: str) -> str | None:
    try:
        typed_yes_no(text.strip() or "n")
    except Unreadable:
        return _("Direct referral: write j or n, or leave it empty.")
    return None


def _unwritten(values: Mapping[str, str]) -> str | None:
    return None if values["written"].strip() else _("Say where it is written: a letter, a page, who told it.")


def _coded(typed: str, codes: tuple[T, ...], words_of: Callable[[T], str]) -> T | None:
    """The code whose word begins as typed; None where none or several do."""
    wanted = fold(typed.strip())
    found = [one for one in codes if wanted and fold(words_of(one)).startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("y") if value else _("n")
    return "" if value is None else plain_date(value) if isinstance(value, date) else str(value)


def _called(one: Agreement) -> str:
    period = valid_until(one.valid_from, one.valid_to)
    return f"{words.agreement_kind(one.kind)} · {', '.join(one.areas)} · {one.region_scope} · {period}"


def _last(past: list[HistoryRow]) -> str:
    """Who changed a row last, when and from where."""
    if not past:
        return ""
    one = past[0]
    values = {"at": stamp(one.at), "by": plain(one.by or _("the system")), "source": _from(one)}
    return _("Last changed %(at)s by %(by)s (%(source)s).") % values


def _from(row: HistoryRow) -> str:
    return plain(words.change_source(row.source))


def _change(row: HistoryRow) -> list[str]:
    """A change in a line, and a line for each value that is another."""
    who = plain(row.by or _("the system"))
    lines = [f"{stamp(row.at)} {who}: {change(row.kind)} ({_from(row)})"]
    if row.before is not None and row.after is not None:
        lines += [f"    {plain(line)}" for line in words.lines(row.before, row.after)]
    return lines
