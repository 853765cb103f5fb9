"""A store that keeps nothing, to measure what keeping costs; and the product's server with it.

`python -m tests.bench.turns.nothing serve FLOW ...` is `turnstile serve` without a database.
"""

import sys
from collections.abc import Callable, Mapping
from unittest.mock import patch

from engine.cli.main import main
from engine.clock import Clock
from engine.core.call import Call
from engine.core.events import Event
from engine.settings import Settings
from engine.store.port import Claimed, Hold, Standing, Store


class NoHold:
    """A call that nobody else can have."""

    async def take(self) -> Call | None:
        """Find nothing."""
        return None

    async def begin_anew(self) -> None:
        """Let go of nothing."""

    async def is_ours(self) -> bool:
        """Say yes."""
        return True

    def save(self, call: Call) -> None:
        """Keep nothing."""

    def note(self, event: Event, state: str) -> None:
        """Keep nothing."""

    async def written(self, within_s: float) -> None:
        """Wait for nothing."""

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Say yes."""
        return Claimed()

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep nothing."""

    def abandon(self, key: str) -> None:
        """Keep nothing."""

    def leave(self, call: Call) -> None:
        """Keep nothing."""

    def end(self, call: Call, *, erase: bool = False) -> None:
        """Keep nothing."""


class NoStore:
    """Keeps nothing."""

    def hold(
        self, call_id: str, flow: str, version: str, lost: Callable[[], None], *, transcripts: bool = True
    ) -> Hold:
        """Return a hold of a call."""
        return NoHold()

    async def find(self, call_id: str) -> Call | None:
        """Find nothing."""
        return None

    async def elsewhere(self, flow: str, version: str) -> bool:
        """Say no."""
        return False

    def serve(self, versions: Mapping[str, str]) -> None:
        """Tell nobody."""

    async def withdraw(self) -> None:
        """Tell nobody."""

    async def health(self) -> str:
        """Say what it is."""
        return "nothing: ok"

    def close(self) -> None:
        """Do nothing."""


def open_nothing(_settings: Settings, _clock: Clock) -> Store:
    """Open it."""
    return NoStore()


if __name__ == "__main__":
    with patch("engine.app.open_store", open_nothing):
        sys.exit(main())
