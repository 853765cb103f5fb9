"""A call in the hands of this process, in a SQL database."""

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from engine.core.call import Call
from engine.core.events import Event
from engine.store import ledger, statements
from engine.store.behind import Noted, Save
from engine.store.fate import Fate
from engine.store.grip import Grip
from engine.store.ledger import Claim
from engine.store.port import Claimed, InDoubt, Standing, StoreAway, Superseded
from engine.store.statements import Saving

if TYPE_CHECKING:
    from engine.store.sql import SqlStore

CLAIM_S = 3.0
"""How long a claim may take: the caller is waiting for the write that follows it."""
LOAD_S = 1.0
"""How long looking for a call may take, or taking it over: the caller is waiting for the first word."""
FINISH_S = 30.0
"""How long keeping an outcome may take: the caller has been told, and the write must not stay in doubt."""


class SqlHold:
    """One call in the hands of this process."""

    def __init__(self, store: "SqlStore", grip: Grip) -> None:
        self._store = store
        self._grip = grip

    async def take(self) -> Call | None:
        """Take the call over; return it as it was written down last, None if it is new. Raises StoreAway."""
        if self._store.behind.waiting(self._grip.id) is not None:  # who had it before was in this process
            if self._store.behind.away:
                raise StoreAway("the database is away")
            await self.written(LOAD_S)
        return await self._taking(anew=False)

    async def begin_anew(self) -> None:
        """Take the call over, and let go of what was written down. Raises StoreAway."""
        await self._taking(anew=True)

    async def is_ours(self) -> bool:
        """Say whether nobody has taken the call over since. Raises StoreAway."""
        if self._grip.gone or self._grip.epoch is None:
            return not self._grip.gone
        return self._grip.epoch == await self._store.reads.transaction(
            lambda connection: statements.epoch_of(connection, self._grip.id), LOAD_S
        )

    def save(self, call: Call) -> None:
        """Write the call down soon; only its newest state is kept."""
        if not self._grip.gone:
            self._store.behind.save(Save(self._grip, call))

    def leave(self, call: Call) -> None:
        """Write down, soon, that nobody here goes on with the call."""
        if not self._grip.gone:
            self._store.behind.save(Save(self._grip, call, Fate.LEFT))

    def end(self, call: Call, *, erase: bool = False) -> None:
        """Write down, soon, that the call is over; `erase` what was said and known in it."""
        if not self._grip.gone:
            self._store.behind.save(Save(self._grip, call, Fate.ERASED if erase else Fate.OVER))

    def note(self, event: Event, state: str) -> None:
        """Add what has happened to the journal, soon."""
        if not self._grip.gone:
            self._store.behind.note(Noted(self._grip, event, state))

    async def written(self, within_s: float) -> None:
        """Return when all that was to be written down is. Raises StoreAway when it is not in time."""
        try:
            await asyncio.wait_for(self._store.behind.written(), within_s)
        except TimeoutError as error:
            raise StoreAway(f"the database has not answered for {within_s} s") from error

    async def claim(self, key: str, tool: str, call: Call, *, taken_up: bool = False) -> Standing:
        """Claim a write with a snapshot of its call, durably, or say how it stands.

        Raises StoreAway, and Superseded.
        """
        store = self._store

        def claim(connection: Connection) -> tuple[int | None, Standing | None]:
            epoch = self._grip.epoch
            if epoch is None and not self._grip.gone:
                epoch = store.taken(connection, self._grip)
            elif epoch != statements.epoch_of(connection, self._grip.id, lock=True):
                epoch = None
            if epoch is None:
                return self._grip.epoch, None
            wanted = Claim(key, tool, self._grip.id, store.presence.node, store.now, taken_up)
            standing = ledger.claim(connection, wanted, lambda node: store.lives(connection, key, node))
            statements.save(connection, [Saving(call, epoch)], store.presence.node, store.now)
            return epoch, standing

        def claimed(found: tuple[int | None, Standing | None]) -> None:
            self._grip.epoch, standing = found
            if isinstance(standing, Claimed | InDoubt):
                self._store.sent(key)

        _, standing = await self._store.claims.transaction(claim, CLAIM_S, claimed, hopeful=True)
        if standing is None:
            self._grip.lose()
            raise Superseded
        return standing

    async def finish(
        self, key: str, outcome: str, result: object, say: str | None, *, happened: bool
    ) -> None:
        """Keep how a claimed write ended. Raises StoreAway, and Superseded once it is kept."""

        def finish(connection: Connection) -> bool:
            ledger.finish(connection, key, outcome, result, say, happened=happened)
            return self._grip.epoch == statements.epoch_of(connection, self._grip.id)

        ours = await self._store.claims.transaction(finish, FINISH_S, hopeful=True)
        self._store.sending.discard(key)
        if not ours:
            self._grip.lose()
            raise Superseded

    def abandon(self, key: str) -> None:
        """Note that nobody here waits for a claimed write any more."""
        if key in self._store.sending:
            self._store.release(key)

    async def _taking(self, *, anew: bool) -> Call | None:
        def take(connection: Connection) -> tuple[int, Call | None]:
            node, now = self._store.presence.node, self._store.now
            return statements.take(connection, self._grip.call, node, now, anew=anew)

        def taken(found: tuple[int, Call | None]) -> None:
            self._grip.epoch = found[0]

        return (await self._store.claims.transaction(take, LOAD_S, taken))[1]
