"""What the benchmarks are run with."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.benchmarks import calibration


@dataclass
class Options:
    """`data`: a folder of other data, if given; `quick`: few repetitions; `scratch`: a folder that is removed after.

    `cases`: how long the history of `growth` gets.
    """

    scratch: Path
    data: Path | None = None
    quick: bool = False
    cases: int | None = None

    def times(self, count: int) -> int:
        """How often to repeat what is repeated `count` times in a full run."""
        return max(3, count // 5) if self.quick else count

    @cached_property
    def floor(self) -> calibration.Floor:
        """The bare app, measured once in this run."""
        return calibration.measure(self.times(5), self.times(40))
