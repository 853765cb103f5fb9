"""Time, injected: nothing else in the engine asks what time it is."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day and measures durations."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""

    def mono_ms(self) -> int:
        """Return milliseconds that never go backwards; only differences mean something."""


class Alarm(Protocol):
    """Something that will happen, unless it is cancelled."""

    def cancel(self) -> None:
        """Let it not happen."""


class Later(Protocol):
    """Calls back after a while."""

    def __call__(self, delay_s: float, callback: Callable[[], None]) -> Alarm:
        """Arrange for `callback` to be called in `delay_s` seconds."""


def on_loop(delay_s: float, callback: Callable[[], None]) -> Alarm:
    """Call back through the running event loop."""
    return asyncio.get_running_loop().call_later(delay_s, callback)


class SystemClock:
    """The clock of the machine, or one that is ahead of it or behind."""

    def __init__(self, pretended: datetime | None = None) -> None:
        """Begin at the present moment, or at a `pretended` one (aware)."""
        self._ahead = pretended - datetime.now(UTC) if pretended is not None else timedelta()

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC) + self._ahead

    def mono_ms(self) -> int:
        """Return the machine's monotonic clock in milliseconds."""
        return time.monotonic_ns() // 1_000_000
