"""The port of the store: writes are claimed on disk before they are sent, and calls outlive their process."""

from dataclasses import dataclass
from typing import Protocol

from engine.core.call import Call


@dataclass(frozen=True, slots=True)
class Claimed:
    """The write is ours to send."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The write has been sent before, and this came of it."""

    outcome: str
    result: object
    say: str | None


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The write has been sent before, and nobody knows what came of it: its process is gone."""


Standing = Claimed | Finished | InDoubt


class Ledger(Protocol):
    """Remembers which writes were sent, under which key, and how they ended."""

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write, durably, or say how it stands. The call is written down with the claim, as one.

        A write that has ended without taking place may be claimed anew, but not by a process that has
        `taken_up` one that another process had sent: for that one it has ended. Raises StoreAway when nothing
        could be written: the write must then not be sent.
        """

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended. Raises StoreAway."""


class Calls(Protocol):
    """Remembers calls, for the process that has to go on with them."""

    def save(self, call: Call) -> None:
        """Write a call down soon, behind whatever goes on; only its newest state is kept."""

    async def load(self, call_id: str) -> Call | None:
        """Return a call as it was written down last, or None when there is none. Raises StoreAway."""

    async def discard(self, call_id: str) -> None:
        """Let go of what was written down, now: another call will have this id. Raises StoreAway."""

    def forget(self, call_id: str) -> None:
        """Let go of a call that is over, soon."""


class Store(Ledger, Calls, Protocol):
    """Everything that must outlive the process."""


class StoreAway(Exception):
    """The database can not be reached or written."""
