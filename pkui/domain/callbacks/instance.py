"""An instance of the planning problem as values: advisers at work, fixed meetings and calls waiting for a time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

SIMPLE = "simple"
MINUTES_A_DAY = 24 * 60


class Wall(NamedTuple):
    """A moment in local wall time: a date and minutes after its midnight."""

    day: date
    minute: int

    def text(self) -> str:
        """The moment as `YYYY-MM-DDTHH:MM`, without an offset."""
        return f"{self.day.isoformat()}T{self.minute // 60:02d}:{self.minute % 60:02d}"


class Window(NamedTuple):
    """A weekly window the patient chose: weekday (0 Monday) and minutes after midnight, end excluded."""

    weekday: int
    start: int
    end: int


class Span(NamedTuple):
    """Minutes after midnight on some day, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One adviser's hours on one day, with the breaks inside them."""

    day: date
    hours: Span
    breaks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Adviser:
    """A person who rings; new staff take simple calls only."""

    id: str
    skills: frozenset[str]
    new_staff: bool
    shifts: tuple[Shift, ...]

    def can(self, skill: str) -> bool:
        """Whether this adviser may ring a call that needs the skill."""
        return skill in self.skills and (not self.new_staff or skill == SIMPLE)


@dataclass(frozen=True, slots=True)
class Booking:
    """Time of an adviser that is taken by something else than a call."""

    adviser: str
    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A time agreed with the patient."""

    adviser: str
    start: Wall


@dataclass(frozen=True, slots=True)
class Call:
    """A case that waits for its next call; `minutes` is the length of the call, `due` is inclusive."""

    id: str
    rank: int
    skill: str
    minutes: int
    due: date
    windows: tuple[Window, ...]
    max_attempts: int
    attempts_used: int
    not_before: Wall | None
    previous_adviser: str | None
    confirmed: Confirmed | None
    created: Wall | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole office over the working days of its horizon."""

    name: str
    timezone: str
    slot: int
    now: Wall
    days: tuple[date, ...]
    closed: frozenset[date]
    weights: dict[int, int]
    extra_days: int
    advisers: tuple[Adviser, ...]
    bookings: tuple[Booking, ...]
    calls: tuple[Call, ...]


def instant(wall: Wall, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time: one skipped in spring moves on by the gap, of one met twice it is the first."""
    local = datetime(wall.day.year, wall.day.month, wall.day.day, wall.minute // 60, wall.minute % 60, tzinfo=zone)
    return local.astimezone(UTC)


def wall(moment: datetime, zone: ZoneInfo) -> Wall:
    """The wall time of an aware moment; seconds are dropped."""
    local = moment.astimezone(zone)
    return Wall(local.date(), local.hour * 60 + local.minute)
