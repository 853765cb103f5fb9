"""A store in memory, for calls that nobody needs afterwards: the same claims; no disk, thread or journal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.core.call import Call
from engine.core.events import Event
from engine.store.port import Claimed, Finished, InDoubt, Standing, UnderWay


@dataclass(slots=True)
class Entry:
    """One write."""

    outcome: str | None = None
    result: object = None
    say: str | None = None
    happened: bool = False
    awaited: bool = True
    """Whether somebody waits for its end."""


@dataclass(slots=True)
class MemoryStore:
    """Calls and claims, until the process ends."""

    calls: dict[str, Call] = field(default_factory=dict)
    writes: dict[str, Entry] = field(default_factory=dict)

    def hold(
        self, call_id: str, flow: str, version: str, lost: Callable[[], None], *, transcripts: bool = True
    ) -> "MemoryHold":
        """Return a hold of a call; nobody else can ever have it."""
        return MemoryHold(self, call_id)

    async def find(self, call_id: str) -> Call | None:
        """Return a call that can be gone on with."""
        return self.calls.get(call_id)

    async def elsewhere(self, flow: str, version: str) -> bool:
        """Say that there is no other process."""
        return False

    def serve(self, versions: Mapping[str, str]) -> None:
        """Tell nobody."""

    async def withdraw(self) -> None:
        """Tell nobody."""

    async def health(self) -> str:
        """Say that all is well."""
        return "memory: ok"

    def close(self) -> None:
        """Let go of nothing."""


@dataclass(slots=True)
class MemoryHold:
    """One call."""

    store: MemoryStore
    id: str

    async def take(self) -> Call | None:
        """Return the call as it was written down last."""
        return self.store.calls.get(self.id)

    async def begin_anew(self) -> None:
        """Let go of what was written down."""
        self.store.calls.pop(self.id, None)

    async def is_ours(self) -> bool:
        """Say that it is."""
        return True

    def save(self, call: Call) -> None:
        """Write the call down."""
        self.store.calls[self.id] = call

    def note(self, event: Event, state: str) -> None:
        """Keep no journal."""

    async def written(self, within_s: float) -> None:
        """Return: everything is."""

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write, or say how it stands."""
        self.save(call)
        found = self.store.writes.get(key)
        again = found is not None and found.outcome is not None and not found.happened and not taken_up
        if found is None or again:
            self.store.writes[key] = Entry()
            return Claimed()
        if found.outcome is not None:
            return Finished(found.outcome, found.result, found.say)
        if found.awaited:
            return UnderWay()
        found.awaited = True
        return InDoubt()

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended."""
        self.store.writes[key] = Entry(outcome, result, say, happened, awaited=False)

    def abandon(self, key: str) -> None:
        """Note that nobody waits for a claimed write any more."""
        found = self.store.writes.get(key)
        if found is not None and found.outcome is None:
            found.awaited = False

    def leave(self, call: Call) -> None:
        """Write the call down."""
        self.save(call)

    def end(self, call: Call, *, erase: bool = False) -> None:
        """Forget the call: who connects under its id begins another one."""
        self.store.calls.pop(self.id, None)
