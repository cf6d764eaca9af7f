"""Starts the planner in a process of its own and follows it, so that whoever waits is never held up by it."""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from pkui.domain.callbacks.reading import BadInstance

LONGEST_LINE = 64 * 1024 * 1024


class PlannerProcess:
    """One run of the planner. `stop` ends the search early; the best plan so far is then the answer."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(
        self,
        instance: dict[str, Any],
        seconds: float,
        seed: int,
        on_progress: Callable[[dict[str, Any]], None],
        held_back_percent: int = 0,
        longest_wait: int | None = None,
        before: Sequence[dict[str, str]] = (),
    ) -> dict[str, Any]:
        """The plan as `pk-callbacks/1`. Raises BadInstance, and ChildProcessError when the planner ends without."""
        request = {"instance": instance, "seconds": seconds, "seed": seed}
        request |= {"held_back_percent": held_back_percent, "longest_wait": longest_wait}
        request["before"] = list(before)
        self._loop = asyncio.get_running_loop()
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "pkui.services.callbacks_planner",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        )  # fmt: skip
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes, as asked for
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            if self._stopped:
                process.stdin.write(b"stop\n")
            await process.stdin.drain()
            return await self._follow(process.stdout, on_progress)
        finally:
            process.stdin.close()
            if process.returncode is None:
                process.kill()
            await process.wait()

    def stop(self) -> None:
        """Asks for the best plan so far; may be called from any thread."""
        self._stopped = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._say_stop)

    def _say_stop(self) -> None:
        if self._process is not None and self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(b"stop\n")

    @staticmethod
    async def _follow(output: asyncio.StreamReader, on_progress: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        async for line in output:
            message: dict[str, Any] = json.loads(line)
            if "progress" in message:
                on_progress(message["progress"])
            elif "error" in message:
                raise BadInstance(message["error"]["pointer"], message["error"]["code"])
            else:
                plan: dict[str, Any] = message["plan"]
                return plan
        raise ChildProcessError("the planner ended without a plan")
