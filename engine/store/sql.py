"""The store in a SQL database: one text for SQLite and PostgreSQL, which differ in who opens them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.clock import Clock
from engine.core.call import Call
from engine.store import statements
from engine.store.behind import Batch, Behind, Noted
from engine.store.grip import Grip
from engine.store.hold import LOAD_S, SqlHold
from engine.store.presence import Presence
from engine.store.statements import Identity
from engine.store.thread import DatabaseThread
from engine.store.written import write_event

CATCH_UP_S = 10.0
"""How long a batch waits for calls to be taken that never were; then it is tried again."""


@dataclass(frozen=True, slots=True)
class Databases:
    """One database, opened three times, so that no kind of work waits for another."""

    claims: Engine
    """One connection, for what takes calls and claims writes; it carries the lock of this process."""
    writes: Engine
    """For what is written behind."""
    reads: Engine


class SqlStore:
    """Calls, their journals and the ledger."""

    def __init__(self, databases: Databases, presence: Presence, clock: Clock) -> None:
        self.presence = presence
        self.clock = clock
        self.claims = DatabaseThread(databases.claims, "store")
        self.reads = DatabaseThread(databases.reads, "store-reader")
        self.sending: set[str] = set()
        """The writes that this process has claimed, and whose end it waits for."""
        self._writes = databases.writes
        self._versions: dict[str, str] = {}
        self._served_as: int | None = None
        """The number under which others were told what this process serves."""
        self.behind = Behind(self._write, "store-writer")

    @property
    def now(self) -> float:
        """The present moment, in seconds since 1970."""
        return self.clock.now().timestamp()

    def hold(self, call_id: str, flow: str, version: str, lost: Callable[[], None]) -> SqlHold:
        """Return a hold of a call that nobody in this process has."""
        loop = asyncio.get_running_loop()

        def tell() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(lost)

        return SqlHold(self, Grip(Identity(call_id, flow, version), tell))

    async def find(self, call_id: str) -> Call | None:
        """Return a call that can be gone on with, as it was written down last. Raises StoreAway."""
        waiting = self.behind.waiting(call_id)
        if waiting is not None:
            return None if waiting.ended else waiting.call
        return await self.reads.transaction(lambda c: statements.find(c, call_id, self.now), LOAD_S)

    async def elsewhere(self, flow: str, version: str) -> bool:
        """Say whether another process that lives serves a flow in this version. Raises StoreAway."""

        def look(connection: Connection) -> bool:
            others = statements.servers(connection, flow, version)
            me = self.presence.node
            return any(node != me and self.presence.lives(connection, node) for node in others)

        return await self.claims.transaction(look, LOAD_S)

    def serve(self, versions: Mapping[str, str]) -> None:
        """Let others know, soon, which flows this process serves, by name, and in which versions."""
        self._versions.update(versions)
        self._served_as = None
        self.announce()

    def announce(self) -> None:
        """Tell it again where it was not told under the number that this process has now."""

        def tell(connection: Connection) -> int:
            node = self.presence.node
            if node != self._served_as:
                for flow, version in self._versions.items():
                    statements.serve(connection, node, flow, version)
            return node

        def told(node: int) -> None:
            self._served_as = node

        self.claims.do(tell, told)

    def lives(self, connection: Connection, key: str, node: int | None) -> bool:
        """Say whether somebody waits for the end of a write that was sent."""
        if key in self.sending:
            return True
        return node != self.presence.node and self.presence.lives(connection, node)

    def close(self) -> None:
        """Write what is still to be written, and let go of the database."""
        self.behind.close()
        self.claims.close()
        self.reads.close()
        self._writes.dispose()
        self.presence.close()

    def _write(self, batch: Batch) -> None:
        """Write a batch, but for what belongs to others by now. Raises SQLAlchemyError."""
        grips = dict.fromkeys([*(save.grip for save in batch.saves), *(noted.grip for noted in batch.events)])
        self._take([grip for grip in grips if grip.epoch is None and not grip.gone])
        lost = set()
        with self._writes.begin() as connection:
            for save in batch.saves:
                epoch = save.grip.epoch
                if epoch is not None and not statements.save(
                    connection, save.call, epoch, self.now, ended=save.ended
                ):
                    lost.add(save.grip)
            written = (_row(noted) for noted in batch.events if noted.grip not in lost)
            statements.add_events(connection, [row for row in written if row is not None])
        for grip in lost:
            grip.lose()

    def _take(self, grips: list[Grip]) -> None:
        """Take calls that were never taken, by the thread that does so. Raises SQLAlchemyError."""
        if not grips:
            return

        def take(connection: Connection) -> list[int]:
            return [self.taken(connection, grip) for grip in grips]

        def taken(epochs: list[int]) -> None:
            for grip, epoch in zip(grips, epochs, strict=True):
                grip.epoch = epoch

        job = self.claims.do(take, taken)
        try:
            job.result(CATCH_UP_S)
        except TimeoutError as error:
            job.cancel()
            raise SQLAlchemyError("calls could not be taken in time") from error

    def taken(self, connection: Connection, grip: Grip) -> int:
        """Take a call that begins here, and return its epoch."""
        return statements.take(connection, grip.call, self.presence.node, self.now, anew=True)[0]


def _row(noted: Noted) -> dict[str, object] | None:
    """Return an event as a row of the journal, unless it can not be written or the call is another's."""
    grip, event = noted.grip, noted.event
    written = write_event(grip.id, event)
    if written is None or grip.epoch is None or grip.gone:
        return None
    return {
        "call_id": grip.id,
        "epoch": grip.epoch,
        "seq": event.when.seq,
        "at": event.when.at.timestamp(),
        "kind": type(event).__name__,
        "state": noted.state,
        "event": written,
    }
