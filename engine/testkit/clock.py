"""Time that passes only when a test says so."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Ten o'clock in New York: where a test's time begins unless it says otherwise."""


@dataclass(order=True, slots=True)
class Alarm:
    """Something that will happen, unless it is cancelled."""

    due_ms: int
    number: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Let it not happen."""
        self.cancelled = True


class VirtualClock:
    """A clock for the engine, and the timers that run on it."""

    def __init__(self, start: datetime = MONDAY_MORNING) -> None:
        self._start = start
        self._ms = 0
        self._alarms: list[Alarm] = []
        self._made = 0

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._start + timedelta(milliseconds=self._ms)

    def mono_ms(self) -> int:
        """Return the milliseconds since the test began."""
        return self._ms

    def later(self, delay_s: float, callback: Callable[[], None]) -> Alarm:
        """Arrange for `callback` to be called when that much time has passed."""
        self._made += 1
        alarm = Alarm(self._ms + round(delay_s * 1000), self._made, callback)
        heapq.heappush(self._alarms, alarm)
        return alarm

    def pass_ms(self, ms: int) -> None:
        """Let time pass; what falls due happens in order, each at its own moment."""
        until = self._ms + ms
        while (due := self.next_due_ms()) is not None and due <= until:
            alarm = heapq.heappop(self._alarms)
            self._ms = alarm.due_ms
            alarm.callback()
        self._ms = until

    def next_due_ms(self) -> int | None:
        """Return when the next timer falls due, or None when none runs."""
        while self._alarms and self._alarms[0].cancelled:
            heapq.heappop(self._alarms)
        return self._alarms[0].due_ms if self._alarms else None
