"""Threads for plain functions, so that they may wait: one each, so that none waits for another's.

A pool would do for functions that end. One that hangs can not be stopped, and a pool full of those would
keep every other call waiting, and the process from ending.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future

from engine.errors import NotDone

MOST_THREADS = 256


class Threads:
    """Runs functions, each in a thread that ends with it, or with the process."""

    def __init__(self, most: int = MOST_THREADS) -> None:
        self._free = threading.BoundedSemaphore(most)

    async def run(self, function: Callable[[], object]) -> object:
        """Call a function and return what it returns.

        Raises what it raises, and NotDone when there is no thread for it: it is then never called.
        """
        if not self._free.acquire(blocking=False):
            raise NotDone("too many tools are running")
        future: Future[object] = Future()
        try:
            threading.Thread(target=self._work, args=(function, future), name="tool", daemon=True).start()
        except RuntimeError as error:
            self._free.release()
            raise NotDone(f"no thread could be started: {error}") from error
        return await asyncio.wrap_future(future)

    def _work(self, function: Callable[[], object], future: Future[object]) -> None:
        try:
            if future.set_running_or_notify_cancel():
                future.set_result(function())
        except StopIteration as error:
            # No future can hold this one (PEP 479 has the reason): whoever waits would wait for ever.
            future.set_exception(RuntimeError(f"StopIteration: {error}"))
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits, like a result
            future.set_exception(error)
        finally:
            self._free.release()
