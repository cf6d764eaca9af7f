"""What one key does with the place under the cursor: choose it, say how far it has come, take a catalogue in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import on

from pkui.base.errors import PkuiError
from pkui.base.words import _, codes
from pkui.base.words import providers as words
from pkui.domain.codes import Relation, SegmentState
from pkui.domain.providers.ladder import RungState
from pkui.domain.typed import Unreadable, typed_date
from pkui.services.providers_choose import Choice, choose, set_segment_state
from pkui.services.providers_import import ImportPreview, Parsed, load, preview_import
from pkui.services.providers_refresh import Refreshed, refresh
from screens import case_text
from screens.dialogs.choose_place import Agreed, ChoosePlace
from screens.dialogs.line import Line
from screens.dialogs.pick import Pick
from screens.provider_edits import ProviderEdits
from screens.widgets.snapshot_list import SnapshotList

if TYPE_CHECKING:
    from pkui.services.providers_search import PatientContext, ProviderRow

T = TypeVar("T")
FIRST = 1
FURTHER = "further"
CHANGED = "changed"
"""Told to the case below when it has to be read again."""


class ProviderSteps(ProviderEdits):
    """The steps; search and list are the screen's."""

    number: int | None
    version: int | None
    patient: PatientContext | None

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
        part = row.imaging and row.standing.relation not in (Relation.PUBLIC, Relation.SPECIAL)
        dialog = ChoosePlace(row.entry.organization.name, closed=closed, has_date=dated, may_be_part=part)
        self.app.push_screen(dialog, lambda agreed: self._choose(row, agreed) if agreed else None)

    def _choose(self, row: ProviderRow, agreed: Agreed) -> None:
        choice = Choice(
            row.entry.service.id,
            consent=agreed.consent,
            reason=agreed.reason,
            present_kept=agreed.present_kept,
            cancelled_by=agreed.cancelled_by,
            part_of_assessment=agreed.part_of_assessment,
        )

        def refused(error: PkuiError) -> None:
            """A course that is under way stays: the place may be chosen for a further one."""
            if error.code != "segment_under_way":
                self.refused(error)
                return
            choices = [("", _("Cancel: nothing is chosen")), (FURTHER, _("A further course beside the one under way"))]
            self.app.push_screen(
                Pick(_("A course is under way"), choices),
                lambda picked: self._carry_out(replace(choice, further=True), self.refused) if picked else None,
            )

        self._carry_out(choice, refused)

    def _carry_out(self, choice: Choice, refused: Callable[[PkuiError], None]) -> None:
        number, version = self.number, self.version
        if number is not None:
            self.ask(
                lambda: choose(self.bench.here, number, choice, version=version),
                lambda _view: self.leave(CHANGED),
                group="write",
                failed=refused,
            )

    def do_place_course(self) -> None:
        """g: how far the course of the case has come; of several, which one."""
        courses = self.patient.courses if self.patient is not None else ()
        if len(courses) < 2:
            self._how_far(courses[0].number if courses else FIRST)
            return
        now = self.bench.here.clock.now()
        self.app.push_screen(
            Pick(_("Which course"), [(str(one.number), case_text.course(one, now)) for one in courses]),
            lambda picked: self._how_far(int(picked)) if picked else None,
        )

    def _how_far(self, course: int) -> None:
        states = [one for one in SegmentState if one is not SegmentState.CHOSEN]

        def picked(state: str | None) -> None:
            """Moves the course; a confirmed one asks for its date."""
            if state == SegmentState.CONFIRMED:
                self.app.push_screen(
                    Line(_("Which date has the new place confirmed?"), head=_("Confirmed")),
                    lambda text: self._confirm(course, text),
                )
            elif state:
                self._course(course, SegmentState(state), None)

        self.app.push_screen(Pick(_("How far"), [(one.value, codes.segment_state(one)) for one in states]), picked)

    def _confirm(self, course: int, text: str | None) -> None:
        try:
            day = self._day(text or "", typed_date)
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
            return
        if day is not None:
            self._course(course, SegmentState.CONFIRMED, day)

    def _course(self, course: int, state: SegmentState, confirmed: date | None) -> None:
        number, version = self.number, self.version
        if number is not None:
            self.ask(
                lambda: set_segment_state(
                    self.bench.here, number, course, state, confirmed_date=confirmed, version=version
                ),
                lambda _view: self.leave(CHANGED),
                group="write",
            )

    def do_place_ended(self) -> None:
        """e: places whose agreement ended, and ending the one under the cursor."""
        from screens.endings import EndingsScreen

        row = self.chosen
        place = (row.provider_id, row.entry.organization.name) if row is not None else (None, "")
        self.app.push_screen(EndingsScreen(self.bench, provider_id=place[0], name=place[1]), lambda _told: self.load())

    def do_place_import(self) -> None:
        """i: a file of places or waiting times, seen before it is taken in."""
        question = _("Which file, or folder of CSV files? A catalogue, or waiting times from Venteinfo.")
        self.app.push_screen(Line(question, head=_("Take in")), self._preview)

    def _preview(self, typed: str | None) -> None:
        if typed is None:
            return
        desk, path = self.bench.here, Path(typed).expanduser()

        def read() -> tuple[Parsed, ImportPreview]:
            """The file, and what it would change."""
            parsed = load(path)
            return parsed, preview_import(desk, parsed)

        self.ask(read, lambda found: self._previewed(*found, path.name), group="import")

    def _previewed(self, parsed: Parsed, preview: ImportPreview, name: str) -> None:
        from screens.catalogue_import import TAKEN, ImportScreen

        def done(told: str | None) -> None:
            """Shows the catalogue taken in."""
            if told == TAKEN:
                self.say(_("The catalogue is new."))
                self.load()

        self.app.push_screen(ImportScreen(self.bench, parsed, preview, name), done)

    def do_place_refresh(self) -> None:
        """F5: what colleagues wrote, and the catalogue from its feed where one is set."""
        settings = self.bench.settings
        if not settings.catalogue_url:
            self.say(_("Read anew. No feed is set for the catalogue."))
            self.load()
            return

        def done(found: Refreshed) -> None:
            """Says whether there was anything new."""
            self.say(_("Nothing new since the last time.") if found.changed is None else _("The catalogue is new."))
            self.load()

        self.ask(
            lambda: refresh(self.bench.here, settings.catalogue_url, key=settings.catalogue_key), done, group="feed"
        )
