"""The office's dated settings: what holds now, what held before and will hold, and a new value with its first day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.clock import local_date
from pkui.base.commands import Scope, in_scope
from pkui.base.words import _, codes
from pkui.base.words.dates import plain_date
from pkui.base.words.settings import setting_name, setting_value
from pkui.domain.permissions import Grant, Permission
from pkui.domain.typed import Unreadable, near_date
from pkui.services.office import DatedSetting, list_settings, set_setting
from screens.dialogs.fields import Field, FieldsDialog
from screens.widgets.cells import fit, plain
from screens.widgets.head_line import HeadLine
from screens.widgets.key_line import KeyLine, SaidLine
from screens.widgets.lines import Lines
from screens.work_screen import WorkScreen

if TYPE_CHECKING:
    from screens.bench import Bench

NAME_WIDTH, VALUE_WIDTH = 32, 28
SPARE = 10
"""Cells beside the three columns."""


class SettingsScreen(WorkScreen):
    """One line a setting; Enter gives it another value from a day on, the old one stays."""

    SCOPE = Scope.SETTINGS
    CSS = """
    SettingsScreen { layers: base said; }
    SettingsScreen OptionList { border: none; height: 1fr; background: $background; }
    SettingsScreen #history { height: 5; padding: 0 1; background: $surface; }
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._values: dict[str, list[DatedSetting]] = {}

    def compose(self) -> ComposeResult:
        """The settings, and the history of the one under the cursor."""
        yield HeadLine()
        yield Lines(id="rows")
        yield Static(id="history", markup=False)
        yield KeyLine(in_scope(self.SCOPE, self.bench.commands))
        yield SaidLine()

    def on_mount(self) -> None:
        """Reads the settings."""
        self.query_one(HeadLine).say(left=_("Settings · Enter: another value"))
        self.query_one(OptionList).focus()
        self._load()

    def _load(self) -> None:
        self.ask(lambda: list_settings(self.bench.here), self._show, group="load")

    def _show(self, found: list[DatedSetting]) -> None:
        options, at = self.query_one(OptionList), self.query_one(OptionList).highlighted
        self._values = {}
        for one in found:
            self._values.setdefault(one.key, []).append(one)
        options.clear_options()
        options.add_options(Option(self._line(key), id=key) for key in self._values)
        options.highlighted = at or 0

    def _now(self, key: str) -> DatedSetting:
        today = local_date(self.bench.here.clock.now())
        held = [one for one in self._values[key] if one.from_ is None or one.from_ <= today]
        return held[-1]

    def _line(self, key: str) -> Content:
        one = self._now(key)
        value = setting_value(one.value)
        room = max(VALUE_WIDTH, self.size.width - NAME_WIDTH - len(plain_date(date.max)) - SPARE)
        shown = fit(value, room)
        since = plain_date(one.from_) if one.from_ else _("from the start")
        return Content.assemble(
            (f"{setting_name(key):<{NAME_WIDTH}} ", "bold" if one.from_ else ""),
            f"{shown} ",
            (since, "$text-muted"),
        )

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        lines = []
        for one in reversed(self._values[event.option.id or ""]):
            days = plain_date(one.from_) if one.from_ else _("from the start")
            until = f" - {plain_date(one.to)}" if one.to else ""
            by = f" · {one.by}" if one.by else ""
            lines.append(plain(f"{days}{until}{by}: {setting_value(one.value)}"))
        self.query_one("#history", Static).update("\n".join(lines))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        person, key = self.bench.here.person, event.option.id or ""
        if person.grant(Permission.SETTINGS) is Grant.NO:
            values = {"permission": codes.permission(Permission.SETTINGS)}
            self.say(_("Your role may not %(permission)s.") % values, warning=True)
            return
        today = local_date(self.bench.here.clock.now())
        fields = [
            Field("value", _("Value"), setting_value(self._now(key).value)),
            Field("valid_from", _("From"), plain_date(today)),
        ]
        self.app.push_screen(
            FieldsDialog(setting_name(key), fields, hint=_("The old value stays for the days it held.")),
            lambda given: self._set(key, given) if given else None,
        )

    def _set(self, key: str, given: dict[str, str]) -> None:
        try:
            day = near_date(given["valid_from"], local_date(self.bench.here.clock.now()))
        except Unreadable:
            self.say(_("That is no day; write 27/11, fre or +3."), warning=True)
            return
        self.ask(
            lambda: set_setting(self.bench.here, key, given["value"], valid_from=day),
            lambda one: self._saved(one),
            group="write",
        )

    def _saved(self, one: DatedSetting) -> None:
        values = {"name": setting_name(one.key), "day": plain_date(one.from_) if one.from_ else ""}
        self.say(_("%(name)s: the new value holds from %(day)s.") % values)
        self._load()

    def do_back(self) -> None:
        """Esc."""
        self.leave()
