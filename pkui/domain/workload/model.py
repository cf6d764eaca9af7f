"""What the load consists of: people with minutes on days, and cases with minutes and a day they are due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

UNIT = 5
"""Minutes are counted in steps of five, as calls are."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at work: free minutes by day, shifts and absences taken into account, and what she may finish."""

    username: str
    free: Mapping[date, int]
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """An open case as load. `skill` is what it asks for, `lane` the team it is counted in.

    `pinned`: it stays with its holder whatever happens. `known_by`: who has spoken with the patient.
    `open_on`: the days on which she may be rung, all where it is None.
    """

    number: int
    holder: str | None
    rank: int
    due: date
    minutes: int
    skill: str
    lane: str
    pinned: bool = False
    known_by: frozenset[str] = frozenset()
    open_on: frozenset[date] | None = None

    @property
    def units(self) -> int:
        """The minutes in whole steps, one at least."""
        return max(1, -(-self.minutes // UNIT))
