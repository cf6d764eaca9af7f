"""Reporting somebody ill: what goes to whom, and one digit for how long."""

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from pkui.base.words import _, ngettext, people
from pkui.services.absences import Moved, Reported
from screens.dialogs.frame import Dialog
from screens.widgets.cells import plain

TODAY, TOMORROW, OPEN, UNTIL = "1", "2", "3", "4"


class IllDialog(Dialog[str]):
    """Shows what cannot wait and where it goes; 1 to 4 reports, Esc does nothing."""

    CSS = "IllDialog VerticalScroll { height: auto; max-height: 10; }"

    def __init__(self, found: Reported) -> None:
        super().__init__(_("%(name)s is ill") % {"name": plain(found.name)}, _("1-4: report · Esc: back, nothing done"))
        self._found = found

    def body(self) -> ComposeResult:
        """How long, then what goes to whom."""
        keys = [
            (TODAY, _("the rest of today")),
            (TOMORROW, _("today and tomorrow")),
            (OPEN, _("until further notice")),
            (UNTIL, _("until a day …")),
        ]
        yield Static(Content("   ").join(Content.assemble((key, "bold $accent"), f" {words}") for key, words in keys))
        moved = self._found.moved
        yield Static(
            ngettext("%(n)s case cannot wait and goes now:", "%(n)s cases cannot wait and go now:", len(moved))
            % {"n": len(moved)},
            classes="label",
            markup=False,
        )
        with VerticalScroll():
            yield Static(Content("\n").join(moved_line(one) for one in moved) if moved else Content(_("None.")))
        yield Static(_("%(n)s stay for a proposal.") % {"n": self._found.left}, markup=False)

    def on_key(self, event: events.Key) -> None:
        """A digit reports."""
        if event.key in (TODAY, TOMORROW, OPEN, UNTIL):
            event.stop()
            self.dismiss(event.key)


def moved_line(one: Moved) -> Content:
    """One case: number, why, to whom, and its call."""
    to = plain(one.to_name or _("back to the queue"))
    parts = [str(one.queue_number), people.cannot_wait(one.why), to]
    lost = one.call_at is not None and not one.call_kept
    call = people.call(one.call_at, kept=one.call_kept)
    return Content.assemble(" · ".join(parts), (f" · {call}" if call else "", "bold $text-warning" if lost else ""))
