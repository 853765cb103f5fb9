"""The store in a SQL database: one text for SQLite and PostgreSQL, which differ in who opens them."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.clock import Clock
from engine.core.call import Call
from engine.store import ledger, statements
from engine.store.behind import Batch, Behind, Noted
from engine.store.discreet import DiscreetHold
from engine.store.grip import Grip
from engine.store.health import ASK_S, Health
from engine.store.hold import LOAD_S, SqlHold
from engine.store.port import Hold
from engine.store.presence import Presence
from engine.store.statements import Identity, Saving
from engine.store.thread import DatabaseThread
from engine.store.watch import Watch
from engine.store.wire import Wire
from engine.store.written import write_event

CATCH_UP_S = 10.0
"""How long a batch waits for calls to be taken that never were; then it is tried again."""
EVERY = 1
"""How many looks of the watch pass before others are asked whether they still take this process for alive."""


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
        claims, self._writes, reads = Wire(databases.claims), Wire(databases.writes), Wire(databases.reads)
        self.claims = DatabaseThread(claims, "store")
        self.reads = DatabaseThread(reads, "store-reader")
        self.sending: set[str] = set()
        """The writes that this process has claimed, and whose end it waits for."""
        self._released: set[str] = set()
        """Those whose end nobody waits for any more, which is still to be noted."""
        self._versions: Mapping[str, str] = {}
        self._known_as: int | None = None
        """The number under which others were told what this process serves and has sent."""
        self._told: Mapping[str, str] = self._versions
        """What was told."""
        self._attending: Future[Any] | None = None
        self._asking: Future[Any] | None = None
        self._health = Health(databases.writes.dialect.name, clock)
        self.behind = Behind(self._write, "store-writer")
        self._watch = Watch((claims, self._writes, reads), self._look)

    @property
    def now(self) -> float:
        """The present moment, in seconds since 1970."""
        return self.clock.now().timestamp()

    def hold(
        self, call_id: str, flow: str, version: str, lost: Callable[[], None], *, transcripts: bool = True
    ) -> Hold:
        """Return a hold of a call that nobody in this process has."""
        loop = asyncio.get_running_loop()

        def tell() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(lost)

        hold = SqlHold(self, Grip(Identity(call_id, flow, version, self.now), tell))
        return hold if transcripts else DiscreetHold(hold)

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

    @property
    def away(self) -> bool:
        """Whether the database can not be reached, or not written, as far as is known."""
        return self.claims.away or self.reads.away or self.behind.away

    def serve(self, versions: Mapping[str, str]) -> None:
        """Let others know, soon, which flows this process serves, by name, and in which versions."""
        self._versions = {**self._versions, **versions}
        self._attend()

    async def withdraw(self) -> None:
        """Let others know that no more calls go on here. Raises StoreAway."""
        self._versions = self._told = {}
        node = self.presence.node
        await self.claims.transaction(lambda c: statements.forget_servers(c, [node]), ASK_S)

    async def health(self) -> str:
        """Say which database it is, and whether it answers or how long it has not."""
        return await self._health.line(self.reads, away=self.away)

    def sent(self, key: str) -> None:
        """Note that this process waits for the end of a write. By the thread of claims."""
        self.sending.add(key)
        self._released.discard(key)

    def release(self, key: str) -> None:
        """Note, soon, that nobody here waits for the end of a write any more."""
        self.sending.discard(key)
        self._released.add(key)
        self._attend()

    def _attend(self) -> None:
        """Tell others what has changed about this process, and see whether they still take it for alive."""
        if not _begun(self._attending):
            return

        def tell(connection: Connection) -> tuple[int, Mapping[str, str], frozenset[str]]:
            node, versions, released = self.presence.node, self._versions, frozenset(self._released)
            if node != self._known_as or versions is not self._told:
                self._introduce(connection, node, versions)
            if released:
                ledger.release(connection, released)
            return node, versions, released

        def told(what: tuple[int, Mapping[str, str], frozenset[str]]) -> None:
            self._known_as, self._told, released = what
            self._released -= released

        self._attending = self.claims.do(tell, told)

    def _introduce(self, connection: Connection, node: int, versions: Mapping[str, str]) -> None:
        """Tell under which number this process serves its flows and waits for what it has sent."""
        if self._known_as is not None and self._known_as != node:
            ledger.rename(connection, frozenset(self.sending), self._known_as, node)
            statements.rename(connection, self._known_as, node)
        for flow, version in versions.items():
            statements.serve(connection, node, flow, version)
        others = [other for other in statements.serving(connection) if other != node]
        gone = [other for other in others if not self.presence.lives(connection, other)]
        statements.forget_servers(connection, gone)

    def _look(self, number: int) -> None:
        """Do what is to be done from time to time."""
        self._health.note(away=self.away)
        news = self._released or self._versions is not self._told
        if news or self.claims.away or (self.presence.fleeting and number % EVERY == 0):
            self._attend()
        if self.reads.away and _begun(self._asking):
            self._asking = self.reads.do(_ask)

    def lives(self, connection: Connection, key: str, node: int | None) -> bool:
        """Say whether somebody waits for the end of a write that was sent."""
        if key in self.sending:
            return True
        return node != self.presence.node and self.presence.lives(connection, node)

    def close(self) -> None:
        """Write what is still to be written, and let go of the database."""
        self._watch.hurry()
        self.behind.close()
        self.claims.close()
        self.reads.close()
        self._watch.close()
        self._writes.close()
        self.presence.close()

    def _write(self, batch: Batch) -> None:
        """Write a batch, but for what belongs to others by now. Raises SQLAlchemyError."""
        grips = dict.fromkeys([*(save.grip for save in batch.saves), *(noted.grip for noted in batch.events)])
        new = [grip for grip in grips if grip.epoch is None and not grip.gone]
        self._take(sorted(new, key=lambda grip: grip.id))
        savings = [Saving(s.call, s.grip.epoch, s.fate) for s in batch.saves if s.grip.epoch is not None]
        with self._writes.begin() as connection:
            over = statements.save(connection, savings, self.presence.node, self.now)
            lost = {save.grip for save in batch.saves if save.grip.id in over}
            written = (_row(noted) for noted in batch.events if noted.grip not in lost)
            statements.add_events(connection, [row for row in written if row is not None])
        for grip in lost:
            grip.lose()

    def _take(self, grips: list[Grip]) -> None:
        """Take calls that were never taken, by the thread that does so. Raises SQLAlchemyError."""
        if not grips:
            return

        def take(connection: Connection) -> list[int | None]:
            # One of them may have been taken since, with the claim of a write.
            return [self.taken(connection, grip) if grip.epoch is None else grip.epoch for grip in grips]

        def taken(epochs: list[int | None]) -> None:
            for grip, epoch in zip(grips, epochs, strict=True):
                grip.epoch = epoch
                if epoch is None:
                    grip.lose()

        job = self.claims.do(take, taken)
        try:
            job.result(CATCH_UP_S)
        except TimeoutError as error:
            job.cancel()
            raise SQLAlchemyError("calls could not be taken in time") from error

    def taken(self, connection: Connection, grip: Grip) -> int | None:
        """Take a call that was never taken, and return its epoch; None when another has it by now."""
        return statements.begin(connection, grip.call, self.presence.node, self.now)


def _begun(job: "Future[Any] | None") -> bool:
    """Say whether no such job still waits to be begun: that one will see all that there is by then."""
    return job is None or job.running() or job.done()


def _ask(connection: Connection) -> object:
    return connection.execute(sa.select(1)).scalar()


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
