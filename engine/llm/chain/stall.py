"""A reply that has begun and then stops coming."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from engine.clock import Alarm, Clock, Later
from engine.errors import ModelError

T = TypeVar("T")


class Stall:
    """Gives a stream up when nothing has come of it for too long."""

    def __init__(self, ms: int, clock: Clock, later: Later) -> None:
        self._ms = ms
        self._clock = clock
        self._later = later
        self._alarm: Alarm | None = None
        self._task: asyncio.Task[object] | None = None
        """Whose wait for the next piece would be cut short; None while nothing is waited for."""
        self._since_ms = 0
        self._over = False

    async def watched(self, stream: AsyncIterator[T]) -> AsyncGenerator[T, None]:
        """Yield what comes of a stream. Raises ModelError when it stalls."""
        self._since_ms = self._clock.mono_ms()
        self._start(self._ms)
        task = asyncio.current_task()
        try:
            while True:
                self._task = task
                piece = await anext(stream)
                self._task = None
                self._since_ms = self._clock.mono_ms()
                yield piece
        except StopAsyncIteration:
            return
        except asyncio.CancelledError:
            if self._over and task is not None and task.uncancel() == 0:
                raise ModelError(f"nothing more has come for {self._ms} ms") from None
            raise
        finally:
            self._task = None
            if self._alarm is not None:
                self._alarm.cancel()

    def _start(self, ms: int) -> None:
        self._alarm = self._later(ms / 1000, self._look)

    def _look(self) -> None:
        """Cut the wait short if it has been long enough. One timer for many pieces costs least."""
        left_ms = self._since_ms + self._ms - self._clock.mono_ms()
        if self._task is None:
            self._start(self._ms)
        elif left_ms > 0:
            self._start(left_ms)
        else:
            self._over = True
            self._task.cancel()
