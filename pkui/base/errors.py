"""What is told when something is refused: a code, parameters without personal data, an exit code."""

from typing import ClassVar


class PkuiError(Exception):
    """A refusal with a fixed code; `details` hold codes, numbers and dates, never names, CPR numbers or free text."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Refused(PkuiError):
    """A rule says no: conflict, not allowed, nothing to do."""

    exit_code = 1


class BadInput(PkuiError):
    """What was given cannot be used: input, usage or settings."""

    exit_code = 2


class Unreachable(PkuiError):
    """Storage or network cannot be reached now."""

    exit_code = 3


class Stale(Refused):
    """The case has moved on since the version this change was based on; nothing was written."""

    def __init__(self, *, based_on: int, now_at: int) -> None:
        super().__init__("stale", based_on=based_on, now_at=now_at)
