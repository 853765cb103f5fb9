"""Whether the database answers, and since when it does not, for those who look after a server."""

from sqlalchemy import select

from engine.clock import Clock
from engine.store.port import StoreAway
from engine.store.thread import DatabaseThread

ASK_S = 0.5
"""How long a question may take whose answer nobody needs."""


class Health:
    """How a database is doing."""

    def __init__(self, name: str, clock: Clock) -> None:
        """Begin with one that is there; `name` is its kind."""
        self._name = name
        self._clock = clock
        self._since_ms: int | None = None
        """Since when it has been away."""

    def note(self, *, away: bool) -> None:
        """Note whether it is away, as its users know it."""
        if not away:
            self._since_ms = None
        elif self._since_ms is None:
            self._since_ms = self._clock.mono_ms()

    async def line(self, reads: DatabaseThread, *, away: bool) -> str:
        """Say how it is doing, after asking it something."""
        try:
            await reads.transaction(lambda connection: connection.execute(select(1)).scalar(), ASK_S)
        except StoreAway:
            away = True
        self.note(away=away)
        if self._since_ms is None:
            return f"{self._name}: ok"
        return f"{self._name}: away for {(self._clock.mono_ms() - self._since_ms) // 1000} s"
