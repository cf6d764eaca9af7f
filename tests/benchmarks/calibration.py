"""The floor of the machine right now: a bare one-widget Textual app, measured the same way as ours."""

from dataclasses import dataclass

from tests.benchmarks.pty_app import PtyApp, python
from tests.benchmarks.tables import p50, p95


@dataclass(frozen=True)
class Floor:
    """A bare app's start and keys, in milliseconds, and its memory in MiB."""

    first_frame: float
    start_cpu: float
    key_p50: float
    key_p95: float
    peak: float


def start_once(size: tuple[int, int] = (80, 24)) -> tuple[float, float]:
    """One start of the bare app: first frame and processor time, ms. Take it between the starts it is held against."""
    with PtyApp(python("tests.benchmarks.floor_app"), size=size) as app:
        return app.wait_for("bare"), app.cpu_ms()


def measure(starts: int = 5, keys: int = 40, size: tuple[int, int] = (80, 24)) -> Floor:
    """Starts the bare app several times and presses keys in the last."""
    frames, cpu = zip(*(start_once(size) for _ in range(starts)), strict=True)
    with PtyApp(python("tests.benchmarks.floor_app"), size=size) as app:
        app.wait_for("bare")
        app.quiet(0.3)
        times = [app.press("x") for _ in range(keys)]
        peak = app.peak_mib()
    return Floor(p50(frames), p50(cpu), p50(times), p95(times), peak)
