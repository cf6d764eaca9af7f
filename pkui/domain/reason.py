"""Why, as a code with parameters; base/words makes the sentence."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A code and its parameters; the parameters are values that JSON holds."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)
