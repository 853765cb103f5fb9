"""Timers of one call, by name, on a clock that tests can put in its place."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from engine.clock import Alarm, Later

T = TypeVar("T")


async def sleep(seconds: float, later: Later) -> None:
    """Wait for a while, on a clock that may be any."""
    over = asyncio.Event()
    alarm = later(seconds, over.set)
    try:
        await over.wait()
    finally:
        alarm.cancel()


async def done_within(task: "asyncio.Task[T]", seconds: float, later: Later) -> bool:
    """Wait until a task is done, though no longer than so many seconds; return whether it is."""
    waiting = asyncio.create_task(sleep(seconds, later))
    try:
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()
    return task.done()


class Timers:
    """The timers of one call; starting one that runs starts it anew."""

    def __init__(self, later: Later, fired: Callable[[str, int], None]) -> None:
        self._later = later
        self._fired = fired
        self._running: dict[str, Alarm] = {}

    def start(self, name: str, ms: int, number: int = 0) -> None:
        """Let `fired` be called with this name and number after so many milliseconds."""
        self.stop(name)
        self._running[name] = self._later(ms / 1000, lambda: self._fire(name, number))

    def stop(self, name: str) -> None:
        """Let it never be called. A timer that does not run is no error."""
        alarm = self._running.pop(name, None)
        if alarm is not None:
            alarm.cancel()

    def stop_all(self) -> None:
        """Stop every timer of the call."""
        for name in tuple(self._running):
            self.stop(name)

    def _fire(self, name: str, number: int) -> None:
        del self._running[name]
        self._fired(name, number)
