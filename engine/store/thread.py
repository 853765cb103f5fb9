"""Work in a database, done by one thread, for callers who do not wait for ever."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from engine.store.away import is_away
from engine.store.port import StoreAway
from engine.store.wire import Wire

T = TypeVar("T")


class Patience:
    """How long somebody waits: whether the work counts is settled once, by its thread or by who waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._committing = False
        self._over = False

    @property
    def over(self) -> bool:
        """Whether nobody waits any more, so that the work need not begin."""
        return self._over

    def commit(self) -> bool:
        """Ask to commit; False when nobody waits any more, and the work must not count."""
        with self._lock:
            self._committing = not self._over
            return self._committing

    def end(self) -> bool:
        """Stop waiting; False when the work is being committed, and its result will be there in a moment."""
        with self._lock:
            self._over = not self._committing
            return self._over


class DatabaseThread:
    """One thread and its database."""

    def __init__(self, wire: Wire, name: str) -> None:
        self._wire = wire
        self.away = False
        """Whether the database did not answer, or not in time, when it was asked last."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def do(self, work: Callable[[Connection], T], after: Callable[[T], None] = lambda _: None) -> "Future[T]":
        """Let the thread do work in a transaction when it comes to it, and `after` it once it is committed.

        The result raises SQLAlchemyError when it could not be done.
        """

        def run() -> T:
            result = self._done(work)
            after(result)
            return result

        return self._thread.submit(run)

    async def transaction(
        self,
        work: Callable[[Connection], T],
        within_s: float,
        after: Callable[[T], None] = lambda _: None,
        *,
        hopeful: bool = False,
    ) -> T:
        """Do work in one transaction, and return what it returns; `after` it is done by the same thread.

        Raises StoreAway when it fails, or is not done in time: then nothing of it counts, now or later; and
        at once when the database is known to be away, unless who asks is `hopeful` that it will soon be back.
        """
        if self.away and not hopeful:
            raise StoreAway("the database is away")
        patience = Patience()

        def wanted(connection: Connection) -> T:
            result = work(connection)
            if not patience.commit():
                raise StoreAway("nobody waits for it any more")
            return result

        def run() -> T:
            if patience.over:
                raise StoreAway("nobody waits for it any more")
            result = self._done(wanted)
            after(result)
            return result

        job = self._thread.submit(run)
        try:
            return await self._result(job, patience, within_s)
        except SQLAlchemyError as error:
            raise StoreAway(str(error)) from error

    def close(self) -> None:
        """Finish what is waiting, if the database is there, and let go of it."""
        self._thread.shutdown(cancel_futures=self.away)
        self._wire.close()

    def _done(self, work: Callable[[Connection], T]) -> T:
        """Do work in a transaction, and note whether the database answers. Raises SQLAlchemyError."""
        try:
            with self._wire.begin() as connection:
                result = work(connection)
        except SQLAlchemyError as error:
            self.away = is_away(error)
            raise
        except StoreAway:
            self.away = False  # it is there, but too late
            raise
        self.away = False
        return result

    async def _result(self, job: "Future[T]", patience: Patience, within_s: float) -> T:
        future = asyncio.wrap_future(job)
        done, _ = await asyncio.wait({future}, timeout=within_s)
        if not done:
            self.away = True  # before the thread may find that it is not
        if not done and patience.end():
            job.cancel()
            future.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            raise StoreAway(f"the database has not answered for {within_s} s")
        return await future
