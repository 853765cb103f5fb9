"""Work in a database, done by one thread, for callers who do not wait for ever."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.store.port import StoreAway

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

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def do(self, work: Callable[[Connection], T], after: Callable[[T], None] = lambda _: None) -> "Future[T]":
        """Let the thread do work in a transaction when it comes to it, and `after` it once it is committed.

        The result raises SQLAlchemyError when it could not be done.
        """

        def run() -> T:
            with self._engine.begin() as connection:
                result = work(connection)
            after(result)
            return result

        return self._thread.submit(run)

    async def transaction(
        self, work: Callable[[Connection], T], within_s: float, after: Callable[[T], None] = lambda _: None
    ) -> T:
        """Do work in one transaction, and return what it returns; `after` it is done by the same thread.

        Raises StoreAway when it fails, or is not done in time: then nothing of it counts, now or later.
        """
        patience = Patience()

        def run() -> T:
            if patience.over:
                raise StoreAway("nobody waits for it any more")
            with self._engine.begin() as connection:
                result = work(connection)
                if not patience.commit():
                    raise StoreAway("nobody waits for it any more")
            after(result)
            return result

        job = self._thread.submit(run)
        try:
            return await self._result(job, patience, within_s)
        except SQLAlchemyError as error:
            raise StoreAway(str(error)) from error

    def close(self) -> None:
        """Finish what is waiting, and let go of the database."""
        self._thread.shutdown()
        self._engine.dispose()

    async def _result(self, job: "Future[T]", patience: Patience, within_s: float) -> T:
        future = asyncio.wrap_future(job)
        done, _ = await asyncio.wait({future}, timeout=within_s)
        if not done and patience.end():
            job.cancel()
            future.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
            raise StoreAway(f"the database has not answered for {within_s} s")
        return await future
