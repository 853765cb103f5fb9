"""The pings of one connection, and the echoes that are owed."""

from dataclasses import dataclass, field

from engine.testkit.sim.turn import Habits


@dataclass(slots=True)
class Keepalive:
    """Counts what was sent and not echoed. Times are milliseconds of the call."""

    habits: Habits
    _due: int | None = None
    _owed: dict[int, int] = field(default_factory=dict)

    def start(self, now: int) -> None:
        """Ping from here on: the server wants it."""
        self._due = now + self.habits.ping_ms

    def stop(self) -> None:
        """Ping no more: the connection is gone."""
        self._due = None
        self._owed.clear()

    def next_due_ms(self) -> int | None:
        """Return when the next ping is to be sent, or the next echo is late."""
        late = min(self._owed.values()) + self.habits.pong_ms if self._owed else None
        return min((each for each in (self._due, late) if each is not None), default=None)

    def ping(self, now: int) -> bool:
        """Say whether a ping is to be sent now, and note that it was."""
        if self._due is None or self._due > now:
            return False
        self._owed[now] = now
        self._due = now + self.habits.ping_ms
        return True

    def echoed(self, timestamp: int) -> None:
        """Note an echo."""
        self._owed.pop(timestamp, None)

    def broken(self, now: int) -> bool:
        """Say whether an echo is late, so that the connection counts as broken."""
        return bool(self._owed) and now - min(self._owed.values()) >= self.habits.pong_ms
