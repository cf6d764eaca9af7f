"""A waiting time read for one patient: which of the three kinds counts, what date it gives, how old it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from pkui.domain.providers.catalogue import WaitingTime

OLD_AFTER_DAYS = 30
"""A figure older than this is shown as old."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """Weeks to a free time (0: under a week), the day it was reported, where, and whether it is invented.

    `first_free` is a date a clinic named on the phone; it beats the weeks.
    """

    weeks: int | None
    reported_on: date
    source: str
    illustrative: bool = False
    first_free: date | None = None
    present_date: bool = False

    def age_days(self, today: date) -> int:
        """Calendar days since the report."""
        return (today - self.reported_on).days

    def old(self, today: date) -> bool:
        """Whether it is too old to decide anything; a date in the patient's own letter is not."""
        return not self.present_date and self.age_days(today) > OLD_AFTER_DAYS

    def earliest(self, today: date) -> date | None:
        """The first date it could mean, counted from today; None where nothing is stated."""
        if self.first_free is not None:
            return self.first_free
        return None if self.weeks is None else today + timedelta(days=_WEEK * self.weeks)

    def latest(self, today: date) -> date | None:
        """The last date it still promises: under a week ends on the sixth day."""
        if self.first_free is not None:
            return self.first_free
        if self.weeks == 0:
            return today + timedelta(days=_WEEK - 1)
        return self.earliest(today)

    def meets(self, deadline: date | None, today: date) -> bool | None:
        """Whether the date lies inside the limit, that day included; None where one of them is not known."""
        first, last = self.earliest(today), self.latest(today)
        if deadline is None or first is None or last is None:
            return None
        if first > deadline:
            return False
        return True if last <= deadline else None


def figure_for(waiting: WaitingTime, *, examination: bool) -> Figure:
    """The figure that counts: the examination's for assessment and imaging, else out-patient, else in-patient."""
    weeks = waiting.weeks_examination
    if not examination:
        weeks = waiting.weeks_outpatient if waiting.weeks_outpatient is not None else waiting.weeks_inpatient
    return Figure(weeks, waiting.reported_on, waiting.source.value, waiting.illustrative)
