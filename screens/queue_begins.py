"""What begins by itself while the queue is open: the day's places, and absences whose hour has come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pkui.base.clock import local_date
from pkui.base.words import ngettext
from screens.queue_marks import QueueMarks

if TYPE_CHECKING:
    from pkui.services.absences import Reported
    from screens.bench import Bench

BEGIN_AFTER = 1.0
"""Seconds after a list is shown before any of this begins, so that it never holds up the list itself."""


class QueueBegins(QueueMarks):
    """The part of the queue that looks at the clock."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._placed_on: date | None = None

    def begin_day(self) -> None:
        """Once a day, as deadlines come nearer, the queue is placed anew beside the work and shown when it differs."""
        self.begin_absences()
        desk = self.bench.desk
        if desk is None:
            return
        today = local_date(desk.clock.now())
        if self._placed_on == today:
            return
        self._placed_on = today

        def place() -> int:
            """How many cases got another place."""
            from pkui.services import standing

            return standing.place_for_today(desk)

        self.ask(place, lambda moved: self.load() if moved else None, group="place")

    def begin_absences(self) -> None:
        """What cannot wait for somebody whose absence has begun goes to cover."""
        desk = self.bench.desk
        if desk is None:
            return

        def begin() -> tuple[Reported, ...]:
            """Whose absence has begun, and what was moved."""
            from pkui.services import absences

            return absences.begin(desk)

        self.ask(begin, self._begun, group="absences")

    def _begun(self, found: tuple[Reported, ...]) -> None:
        for one in found:
            count = len(one.moved)
            text = ngettext(
                "%(name)s is away; %(n)s case went to cover.", "%(name)s is away; %(n)s cases went to cover.", count
            )
            if one.moved:
                self.say(text % {"name": one.name, "n": count})
