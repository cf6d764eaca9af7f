"""What one key does with the place under the cursor: choose it, note what was said, correct it, fetch the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.content import Content

from pkui.base.words import _, codes
from pkui.base.words import providers as words
from pkui.base.words.dates import stamp
from pkui.domain.codes import SegmentState
from pkui.domain.providers.catalogue import AgreementKind
from pkui.domain.providers.ladder import RungState
from pkui.domain.typed import Unreadable, typed_date
from pkui.services.providers_choose import Choice, choose, set_segment_state
from pkui.services.providers_edit import HistoryRow, add_slip, edit_agreement, edit_waiting_time, history
from pkui.services.providers_refresh import Refreshed, refresh
from screens.dialogs.choose_place import Agreed, ChoosePlace
from screens.dialogs.fields import Field, FieldsDialog
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.dialogs.reading import Reading
from screens.widgets.cells import plain
from screens.widgets.snapshot_list import SnapshotList
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from pkui.services.providers_search import PatientContext, ProviderRow

T = TypeVar("T")
MAIN_COURSE = 1
CHANGED = "changed"
"""Told to the case below when it has to be read again."""


class ProviderSteps(WorkScreen):
    """The steps; search and list are the screen's."""

    number: int | None
    version: int | None
    today: date
    patient: PatientContext | None

    @property
    def chosen(self) -> ProviderRow | None:
        """The place under the cursor; none without a list."""
        return None

    def load(self) -> None:
        """Reads the catalogue anew; a screen with a list adds how."""

    def why_not(self, id: str) -> str | None:
        """Choosing and courses need a case; the rest a place under the cursor."""
        if id in ("place.choose", "place.course") and self.number is None:
            return _("Open the places from a case to choose one.")
        needs = ("choose", "aloud", "compare", "slip", "wait", "agreement", "history")
        if id.removeprefix("place.") in needs and self.chosen is None:
            return _("There is no place under the cursor.")
        return None

    @on(SnapshotList.Chosen)
    def _enter(self) -> None:
        self.action_run_command("place.choose")

    def do_place_choose(self) -> None:
        """Enter: the place under the cursor, for the case."""
        row = self.chosen
        if row is None:
            return
        closed = words.why(row.verdict.why) if row.verdict.state is RungState.CLOSED else None
        dated = self.patient is not None and self.patient.present_date is not None
        dialog = ChoosePlace(row.entry.organization.name, closed=closed, has_date=dated)
        self.app.push_screen(dialog, lambda agreed: self._choose(row, agreed) if agreed else None)

    def _choose(self, row: ProviderRow, agreed: Agreed) -> None:
        number, version = self.number, self.version
        if number is None:
            return
        choice = Choice(
            row.entry.service.id,
            consent=agreed.consent,
            reason=agreed.reason,
            present_kept=agreed.present_kept,
            cancelled_by=agreed.cancelled_by,
        )
        self.ask(
            lambda: choose(self.bench.here, number, choice, version=version),
            lambda _view: self.leave(CHANGED),
            group="write",
        )

    def do_place_course(self) -> None:
        """g: how far the course of the case has come."""
        states = [one for one in SegmentState if one is not SegmentState.CHOSEN]

        def picked(state: str | None) -> None:
            if state == SegmentState.CONFIRMED:
                self.app.push_screen(Line(_("Which date has the new place confirmed?")), self._confirm)
            elif state:
                self._course(SegmentState(state), None)

        self.app.push_screen(Pick(_("How far"), [(one.value, codes.segment_state(one)) for one in states]), picked)

    def _confirm(self, text: str | None) -> None:
        day = self._day(text) if text else None
        if day is not None:
            self._course(SegmentState.CONFIRMED, day)

    def _course(self, state: SegmentState, confirmed: date | None) -> None:
        number, version = self.number, self.version
        if number is not None:
            self.ask(
                lambda: set_segment_state(
                    self.bench.here, number, MAIN_COURSE, state, confirmed_date=confirmed, version=version
                ),
                lambda _view: self.leave(CHANGED),
                group="write",
            )

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

        def write(values: dict[str, str] | None) -> None:
            if values is None:
                return
            first = self._day(values["first_free"]) if values["first_free"].strip() else None
            until = self._day(values["until"]) if values["until"].strip() else None
            if (values["first_free"].strip() and first is None) or (values["until"].strip() and until is None):
                return
            weeks = values["weeks"].strip()
            if weeks and not (weeks.isascii() and weeks.isdigit() and len(weeks) < 4):
                self.say(_("Write the weeks as a number; 0 is under a week."), warning=True)
                return
            self._write(
                lambda: add_slip(
                    self.bench.here,
                    row.entry.service.id,
                    told_by=values["told_by"],
                    weeks=int(weeks) if weeks else None,
                    first_free=first,
                    text=values["text"],
                    until=until,
                ),
                _("Noted for everybody."),
            )

        self.app.push_screen(FieldsDialog(_("Said on the phone"), fields), write)

    def do_place_wait(self) -> None:
        """v: the waiting time, corrected, with where it is written."""
        row = self.chosen
        if row is None:
            return
        held = row.entry.waiting
        fields = [
            *(
                Field(name, label, "" if held is None else _text(getattr(held, name)))
                for name, label in (
                    ("weeks_examination", _("Weeks, examination")),
                    ("weeks_outpatient", _("Weeks, out-patient")),
                    ("weeks_inpatient", _("Weeks, in-patient")),
                )
            ),
            Field("reported_on", _("Reported on"), self.today.isoformat()),
            Field("written", _("Where it is written")),
        ]

        def write(values: dict[str, str] | None) -> None:
            if values is not None:
                source = values.pop("written")
                self._write(
                    lambda: edit_waiting_time(self.bench.here, row.entry.service.id, values, source=source),
                    _("The waiting time is corrected."),
                )

        hint = _("Empty is not stated; 0 is under a week.")
        self.app.push_screen(FieldsDialog(_("Waiting time"), fields, hint=hint), write)

    def do_place_agreement(self) -> None:
        """a: the agreement the place stands by, or a first one."""
        row = self.chosen
        if row is None:
            return
        held = row.agreement
        fields = [
            Field("kind", _("Kind"), held.kind.value if held else AgreementKind.PARTNER.value),
            Field("areas", _("Areas"), ";".join(held.areas) if held else row.entry.service.area),
            Field("region_scope", _("Region"), held.region_scope if held else "Region Midtjylland"),
            Field("valid_from", _("Valid from"), _text(held.valid_from if held else self.today)),
            Field("valid_to", _("Valid to"), _text(held.valid_to if held else None)),
            Field("notes", _("Note"), _text(held.notes if held else None)),
            Field("written", _("Where it is written")),
        ]

        def write(values: dict[str, str] | None) -> None:
            if values is not None:
                source = values.pop("written")
                typed = values | {"organization_id": row.provider_id}
                self._write(
                    lambda: edit_agreement(self.bench.here, typed, source=source, key=held.id if held else None),
                    _("The agreement is written."),
                )

        hint = _("Kind: partner, agreement, tied or friklinik. Days as 2026-12-31.")
        self.app.push_screen(FieldsDialog(_("Agreement"), fields, hint=hint), write)

    def do_place_history(self) -> None:
        """h: who changed what, when, and from which source."""
        row = self.chosen
        if row is None:
            return
        desk, service, agreement = self.bench.here, row.entry.service.id, row.agreement

        def read() -> list[HistoryRow]:
            found = history(desk, "waiting_times", service)
            found += history(desk, "agreements", agreement.id) if agreement else []
            return sorted(found, key=lambda one: one.at, reverse=True)

        self.ask(read, self._show_history, group="history")

    def _show_history(self, rows: list[HistoryRow]) -> None:
        lines = [Content("\n".join(_change(row))) for row in rows]
        self.app.push_screen(Reading(_("History"), Content("\n").join(lines)))

    def do_place_ended(self) -> None:
        """e: places whose agreement ended, and ending the one under the cursor."""
        from screens.endings import EndingsScreen

        row = self.chosen
        place = (row.provider_id, row.entry.organization.name) if row is not None else (None, "")
        self.app.push_screen(EndingsScreen(self.bench, provider_id=place[0], name=place[1]), lambda _told: self.load())

    def do_place_refresh(self) -> None:
        """F5: the catalogue from its feed."""
        settings = self.bench.settings

        def done(found: Refreshed) -> None:
            self.say(_("Nothing new since the last time.") if found.changed is None else _("The catalogue is new."))
            self.load()

        self.ask(
            lambda: refresh(self.bench.here, settings.catalogue_url, key=settings.catalogue_key), done, group="feed"
        )

    def _write(self, call: Callable[[], T], said: str) -> None:
        def done(_value: T) -> None:
            self.say(said)
            self.load()

        self.ask(call, done, group="write")

    def _day(self, text: str) -> date | None:
        try:
            return typed_date(text, self.today)
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
            return None


def _text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _change(row: HistoryRow) -> list[str]:
    """A change in a line, and a line for each value that is another."""
    who = plain(row.by or _("the system"))
    lines = [f"{stamp(row.at)} {who}: {words.change(row.kind)} ({plain(row.source or '-')})"]
    before, after = row.before or {}, row.after or {}
    if row.before is not None and row.after is not None:
        changed = [name for name in after if before.get(name) != after[name]]
        lines += [f"    {name}: {plain(str(before.get(name)))} -> {plain(str(after[name]))}" for name in changed]
    return lines
