"""A hold of a call of which nothing is written down that was said."""

from engine.core.call import Call
from engine.core.events import Event
from engine.core.wordless import without_words
from engine.store.port import Hold, Standing


class DiscreetHold:
    """Another hold, which is given no words.

    What the call knows is written down for as long as it may be gone on with, and erased when it is over.
    """

    def __init__(self, hold: Hold) -> None:
        self._hold = hold
        self._over = False

    async def take(self) -> Call | None:
        """Take the call over. Raises StoreAway."""
        return await self._hold.take()

    async def begin_anew(self) -> None:
        """Take the call over, and let go of what was written down. Raises StoreAway."""
        await self._hold.begin_anew()

    async def is_ours(self) -> bool:
        """Say whether nobody has taken the call over since. Raises StoreAway."""
        return await self._hold.is_ours()

    def save(self, call: Call) -> None:
        """Write the call down soon, without its words."""
        self._hold.save(without_words(call))

    def note(self, event: Event, state: str) -> None:
        """Keep no journal."""

    async def written(self, within_s: float) -> None:
        """Return when all that was to be written down is. Raises StoreAway."""
        await self._hold.written(within_s)

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write, or say how it stands. Raises StoreAway and Superseded."""
        return await self._hold.claim(key, tool, without_words(call), taken_up=taken_up)

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended; what it returned only while the call goes on. Raises StoreAway."""
        if self._over:
            result, say = {}, None
        await self._hold.finish(key, outcome, result, say, happened=happened)

    def abandon(self, key: str) -> None:
        """Note that nobody here waits for a claimed write any more."""
        self._hold.abandon(key)

    def leave(self, call: Call) -> None:
        """Write down, soon, that nobody here goes on with the call."""
        self._hold.leave(without_words(call))

    def end(self, call: Call, *, erase: bool = True) -> None:
        """Write down, soon, that the call is over, and erase what was known in it."""
        self._over = True
        self._hold.end(without_words(call), erase=erase)
