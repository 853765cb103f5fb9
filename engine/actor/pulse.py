"""Whether this process stood still: stopped, swapped out, or paused together with its machine.

Others may have taken its calls over meanwhile, and nothing has told it so. What it was about to do is due all
at once when it moves again, and nobody must hear of it before it is known whose the calls are.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

BEAT_S = 0.5
STILL_MS = 2_000
"""For how long a process stands still that has missed something: others take a call over within seconds."""


class Pulse:
    """Counts how often the process stood still; without a beat it never does."""

    def __init__(self, mono_ms: Callable[[], int]) -> None:
        """Measure with a clock that goes on meanwhile."""
        self._mono_ms = mono_ms
        self._last: int | None = None
        self._stops = 0

    @property
    def stops(self) -> int:
        """How often it stood still so far, whether or not the next beat has come."""
        return self._stops + self._is_late

    def beat(self) -> None:
        """Move on."""
        self._stops += self._is_late
        self._last = self._mono_ms()

    @property
    def _is_late(self) -> bool:
        return self._last is not None and self._mono_ms() - self._last > STILL_MS


@asynccontextmanager
async def beating(mono_ms: Callable[[], int]) -> AsyncIterator[Pulse]:
    """Let a pulse beat."""
    pulse = Pulse(mono_ms)

    async def beat() -> None:
        while True:
            pulse.beat()
            await asyncio.sleep(BEAT_S)

    beats = asyncio.create_task(beat())
    try:
        yield pulse
    finally:
        beats.cancel()
