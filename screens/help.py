"""F1: every key of the screen one comes from, drawn from the command table."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from pkui.base.commands import Command, Scope, in_scope, spoken_key
from pkui.base.words import _
from screens.bench import Bench
from screens.widgets.head_line import HeadLine

KEY_WIDTH = 9


class HelpScreen(Screen[None]):
    """Keys in one column, what they do in the other."""

    CSS = """
    HelpScreen VerticalScroll { padding: 0 2; }
    HelpScreen Horizontal { height: auto; }
    HelpScreen Horizontal Static { width: 30; }
    HelpScreen Horizontal Static:last-child { width: 1fr; color: $text-muted; }
    HelpScreen .head { text-style: bold; color: $text-accent; margin-top: 1; }
    HelpScreen #back { height: 1; background: $panel; padding: 0 1; }
    """
    BINDINGS = [Binding("escape,f1", "app.pop_screen", "", show=False)]

    def __init__(self, bench: Bench, scope: Scope) -> None:
        super().__init__()
        self._commands = in_scope(scope, bench.commands)

    def compose(self) -> ComposeResult:
        """The table, then what moves and marks mean."""
        yield HeadLine()
        with VerticalScroll():
            for title, everywhere in ((_("On this screen"), False), (_("Everywhere"), True)):
                yield Static(title, classes="head", markup=False)
                for command in self._commands:
                    if (command.scope is Scope.EVERYWHERE) is everywhere and command.keys:
                        with Horizontal():
                            yield Static(_key(command))
                            yield Static(command.tooltip(), markup=False)
            yield Static(_("Moving"), classes="head", markup=False)
            yield Static(_("Arrows, PgUp, PgDn, Home, End move; Tab goes to the next part; Esc goes one step back."))
            yield Static(_("Letters act when no field is being written in; F-keys and Ctrl+S always do."))
            yield Static(_("Marks"), classes="head", markup=False)
            yield Static(_("‼ maximum waiting time · ! legal deadline · ◂ late · BESK. protected name and address"))
        yield Static(_("Esc: back"), id="back", markup=False)

    def on_mount(self) -> None:
        """Where one is."""
        self.query_one(HeadLine).say(left=_("Help"))
        self.query_one(VerticalScroll).focus()


def _key(command: Command) -> Content:
    keys = ", ".join(spoken_key(key) for key in command.keys)
    return Content.assemble((f"{keys:<{KEY_WIDTH}}", "bold $accent"), command.label())
