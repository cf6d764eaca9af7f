"""A bar on standard error for what takes over a second; nothing where nobody sits at a terminal."""

import sys
from time import monotonic
from types import TracebackType

SHOW_AFTER_SECONDS = 1.0
REPAINT_SECONDS = 0.1
_WIDTH = 24


class Progress:
    """Counts what is done of a known total; used with `with`, so that the line is cleared however it ends."""

    def __init__(self, label: str, total: int = 0) -> None:
        self._label = label
        self._total = total
        self._done = 0
        self._terminal = sys.stderr.isatty()
        self._next_paint = monotonic() + SHOW_AFTER_SECONDS
        self._painted = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Takes the bar off the line, for what is printed there; it comes back with the next amount."""
        if self._painted:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._painted = False

    def advance(self, amount: int) -> None:
        """So much more is done."""
        self.reached(self._done + amount, self._total)

    def reached(self, done: int, total: int) -> None:
        """So much of so much is done."""
        self._done, self._total = done, total
        if self._terminal and monotonic() >= self._next_paint:
            self._paint()

    def _paint(self) -> None:
        share = min(self._done / self._total, 1.0) if self._total else 0.0
        bar = ("█" * int(share * _WIDTH)).ljust(_WIDTH, "░")
        text = f"\r\x1b[K{self._label} {bar} {share:4.0%}"
        sys.stderr.write(text.encode(sys.stderr.encoding or "utf-8", "replace").decode(sys.stderr.encoding or "utf-8"))
        sys.stderr.flush()
        self._painted = True
        self._next_paint = monotonic() + REPAINT_SECONDS
