"""What time it is, as a value that is handed on: real, running ahead of real time, or frozen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from pkui.domain.office import COPENHAGEN

TRAINING_START = datetime(2026, 11, 23, 9, 0, tzinfo=COPENHAGEN)
"""The instant at which the clock of a training database starts."""


class Clock(Protocol):
    """Tells the instant, aware and in UTC."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        ...


@dataclass(frozen=True)
class RunningClock:
    """Real time plus a fixed shift: none in operation, a training database's own otherwise."""

    shift: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC) + self.shift


@dataclass(frozen=True)
class FrozenClock:
    """Always the same instant (`PKUI_NOW`, tests)."""

    at: datetime

    def now(self) -> datetime:
        """The frozen instant in UTC."""
        return self.at.astimezone(UTC)


def local(instant: datetime) -> datetime:
    """The instant as wall time in the office."""
    return instant.astimezone(COPENHAGEN)


def local_date(instant: datetime) -> date:
    """The date in the office at that instant."""
    return local(instant).date()
