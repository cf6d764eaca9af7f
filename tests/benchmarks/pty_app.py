"""A program in a real pseudo-terminal: keys go in, frames come out, and the time between is taken.

The terminal answers the query for synchronized output, so that the program marks the end of each frame; a frame's time
is when its last byte was read, before it is parsed. Needs Linux (/proc).
"""

import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType

import pyte

ROOT = Path(__file__).resolve().parents[2]
SYNC_QUERY, SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
SYNC_START, SYNC_END = b"\x1b[?2026h", b"\x1b[?2026l"
# What pyte does not know or would print: private sequences, window titles, device control strings.
_UNPARSED = re.compile(rb"\x1b\[[?<=>][0-9;]*[$ ]?[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:[\[][0-9;?<=>$ ]*|\][^\x07\x1b]*|P[^\x1b]*)?\Z")
KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "enter": "\r", "escape": "\x1b", "tab": "\t",
    "backspace": "\x7f", "space": " ", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~",
}  # fmt: skip
Until = Callable[[Sequence[str]], bool]


class PtyApp:
    """A running program and its screen. Times are milliseconds of wall time unless said otherwise."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        size: tuple[int, int] = (80, 24),
        cwd: Path = ROOT,
    ) -> None:
        """Starts the command (its first word looked up in PATH) with `env` over ours; `size` is columns, rows."""
        self.size = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._pending = b""
        self._ended = False
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.started = perf_counter()
        self.pid, self._fd = os.forkpty()
        if self.pid == 0:
            self._become(command, environment, cwd)
        os.set_blocking(self._fd, False)

    def _become(self, command: Sequence[str], environment: Mapping[str, str], cwd: Path) -> None:
        try:
            columns, rows = self.size
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(cwd)
            os.execvpe(command[0], list(command), environment)
        except OSError as error:
            os.write(2, f"{command[0]}: {error}".encode())
        finally:
            os._exit(127)

    def __enter__(self) -> "PtyApp":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    # The screen

    @property
    def lines(self) -> list[str]:
        """The text on the screen, line by line."""
        return list(self.screen.display)

    def first_frame(self, timeout: float = 60) -> float:
        """From the start to the first frame with any text."""
        return self.wait(lambda lines: any(line.strip() for line in lines), timeout)

    def wait_for(self, text: str, timeout: float = 60) -> float:
        """From the start to the frame that shows the text; when it stands there already, to now."""
        return self.wait(lambda lines: any(text in line for line in lines), timeout)

    def wait(self, until: Until, timeout: float = 60) -> float:
        """From the start to the first frame that satisfies `until`. Raises TimeoutError with the screen."""
        at, deadline = perf_counter(), perf_counter() + timeout
        while not until(self.lines):
            at = self._frame(deadline)
        return (at - self.started) * 1000

    def press(self, key: str, until: Until | None = None, timeout: float = 10) -> float:
        """From the key to the first frame that differs from before (and satisfies `until`); then waits for quiet."""
        before = self._look()
        start = perf_counter()
        self.send(KEYS.get(key) or (chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else key))
        while True:
            at = self._frame(start + timeout)
            if self._look() != before and (until is None or until(self.lines)):
                break
        self.quiet()
        return (at - start) * 1000

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal another size; the program is told."""
        self.size = (columns, rows)
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, text: str) -> None:
        """Types text."""
        os.write(self._fd, text.encode())

    def quiet(self, seconds: float = 0.03) -> None:
        """Reads until nothing has come for that long."""
        while not self._ended:
            if not self._read(seconds):
                return
            self._parse()

    def _look(self) -> list[tuple[object, ...]]:
        columns, rows = self.size
        return [tuple(self.screen.buffer[y][x] for x in range(columns)) for y in range(rows)]

    def _frame(self, deadline: float) -> float:
        """Reads to the end of a frame, then parses it; the time of its last byte."""
        while True:
            left = deadline - perf_counter()
            if left <= 0 or self._ended or not self._read(left):
                raise TimeoutError("\n".join(["the screen shows:", *self.lines]))
            at = perf_counter()
            if self._pending.rfind(SYNC_START) <= self._pending.rfind(SYNC_END):
                self._parse()
                return at

    def _read(self, timeout: float) -> bool:
        if not select.select([self._fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # the way Linux reports that the other side has closed
            data = b""
        self._ended = not data
        if SYNC_QUERY in data:
            os.write(self._fd, SYNC_ANSWER)
        self._pending += data
        return bool(data)

    def _parse(self) -> None:
        cut = _UNFINISHED.search(self._pending)
        whole, self._pending = (
            (self._pending[: cut.start()], self._pending[cut.start() :]) if cut else (self._pending, b"")
        )
        self._stream.feed(_UNPARSED.sub(b"", whole))

    # The process

    def cpu_ms(self) -> float:
        """Processor time of all its threads so far."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6

    def peak_mib(self) -> float:
        """The most memory it has held at once."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs one of our modules in this Python."""
    return [sys.executable, "-m", module, *map(str, arguments)]
