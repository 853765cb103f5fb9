"""The port of the store: writes are claimed on disk before they are sent, and calls outlive their process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.core.call import Call
from engine.core.events import Event


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
class UnderWay:
    """The write has been sent, and who sent it lives: its outcome can be waited for."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """The write has been sent before, and nobody knows what came of it: who sent it is gone.

    Whoever is told so answers for it from then on; others that ask meanwhile find it under way.
    """


Standing = Claimed | Finished | UnderWay | InDoubt


class StoreAway(Exception):
    """The database can not be reached or written."""


class Superseded(Exception):
    """Another process has taken the call over: nothing that is done for it here counts any more."""


class Hold(Protocol):
    """One call in the hands of this process, until another one takes it over.

    A call that was never taken (`take`) is taken with the first of it that is written down.
    """

    async def take(self) -> Call | None:
        """Take the call over from whoever has it; return it as it was written down last, None if it is new.

        From here on nobody else can claim or write anything of it. Raises StoreAway.
        """

    async def begin_anew(self) -> None:
        """Take the call over, and let go of what was written down: another one begins under its id.

        Raises StoreAway.
        """

    async def is_ours(self) -> bool:
        """Say whether nobody has taken the call over since. Raises StoreAway."""

    def save(self, call: Call) -> None:
        """Write the call down soon, behind whatever goes on; only its newest state is kept."""

    def note(self, event: Event, state: str) -> None:
        """Add what has happened to the journal, soon; it has led to this state of the flow."""

    async def written(self, within_s: float) -> None:
        """Return when all that was to be written down is. Raises StoreAway when it is not in time."""

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write, durably, or say how it stands. The call is written down with the claim, as one.

        A write that has ended without taking place may be claimed anew, but not by a process that has
        `taken_up` one that another process had sent: for that one it has ended. Raises StoreAway when nothing
        could be written, and Superseded: the write must then not be sent.
        """

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended; that is true whoever has the call by now.

        Raises StoreAway, and Superseded once it is kept: another process has the call, and tells the caller.
        """

    def abandon(self, key: str) -> None:
        """Note that nobody here waits for a claimed write any more: for who asks next it is in doubt."""

    def leave(self, call: Call) -> None:
        """Write down, soon, that nobody here goes on with the call, which can still be connected again."""

    def end(self, call: Call, *, erase: bool = False) -> None:
        """Write down, soon, that the call is over: who connects under its id begins another one.

        `erase` leaves nothing of what was said and known in it: only its flow, its times, its state and that
        its writes were sent.
        """


class Store(Protocol):
    """Everything that must outlive the process."""

    def hold(
        self, call_id: str, flow: str, version: str, lost: Callable[[], None], *, transcripts: bool = True
    ) -> Hold:
        """Return a hold of a call that nobody in this process has; `flow` is the one with which it begins.

        `lost` is called on the event loop, at most once, when it turns out that another process has the call.
        Without `transcripts` nothing is written down of what is said; what is known goes when the call ends.
        """

    async def find(self, call_id: str) -> Call | None:
        """Return a call that can be gone on with, as it was written down last. Raises StoreAway."""

    async def elsewhere(self, flow: str, version: str) -> bool:
        """Say whether another process that lives serves a flow in this version. Raises StoreAway."""

    def serve(self, versions: Mapping[str, str]) -> None:
        """Let others know, soon, which flows this process serves too, by name, and in which versions."""

    async def withdraw(self) -> None:
        """Let others know that no more calls go on here: they need not leave any to us. Raises StoreAway."""
