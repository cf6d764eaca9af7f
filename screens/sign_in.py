"""Who sits here. On a training database one picks a person; signing in for real takes this screen's place later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from pkui.base.words import _, codes
from screens.widgets.cells import plain
from screens.widgets.head_line import HeadLine
from screens.widgets.lines import Lines

if TYPE_CHECKING:
    from pkui.services.people import StaffRecord

NAME_WIDTH = 28


class SignInScreen(Screen[str]):
    """Gives the username of the person picked."""

    CSS = """
    SignInScreen #say { padding: 1 2; height: auto; }
    SignInScreen OptionList { border: none; padding: 0 1; height: 1fr; background: $background; }
    SignInScreen #keys { height: 1; background: $panel; padding: 0 1; }
    """
    BINDINGS = [Binding("ctrl+q", "app.quit", "", show=False)]

    def __init__(self, people: list[StaffRecord]) -> None:
        super().__init__()
        self._people = people

    def compose(self) -> ComposeResult:
        """What this is, and the people."""
        yield HeadLine()
        yield Static(_("A training database with made-up people. Pick who you are; nothing here is real."), id="say")
        yield Lines(*(Option(_person(one), id=one.username) for one in self._people))
        yield Static(_("Arrows: choose · letter: jump · Enter: sign in · Ctrl+Q: quit"), id="keys", markup=False)

    def on_mount(self) -> None:
        """The first person under the cursor."""
        self.query_one(HeadLine).say(left=_("Who are you?"), right=_("DEMO"))
        people = self.query_one(OptionList)
        people.focus()
        people.highlighted = 0

    def on_key(self, event: object) -> None:
        """A letter jumps to the next name that begins with it."""
        letter = (getattr(event, "character", None) or "").casefold()
        people = self.query_one(OptionList)
        if letter.isalpha():
            count, at = len(self._people), people.highlighted or 0
            order = [(at + step) % count for step in range(1, count + 1)]
            people.highlighted = next((i for i in order if self._people[i].name.casefold().startswith(letter)), at)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


def _person(one: StaffRecord) -> Content:
    from pkui.domain.codes import Role

    roles = sorted(one.roles, key=list(Role).index)
    away = _("away today") if one.absent else ""
    return Content.assemble(
        f"{plain(one.name):<{NAME_WIDTH}} ", ", ".join(codes.role(role) for role in roles), "  ", (away, "$text-muted")
    )
