"""Threads for functions that wait: none keeps another waiting, and each ends for whoever waits for it."""

import asyncio
import threading

import pytest

from engine.errors import NotDone
from engine.tools.threads import Threads

PATIENCE_S = 10


def test_a_function_that_hangs_keeps_no_other_waiting() -> None:
    """Another call's tool must not queue behind it."""
    door = threading.Event()

    async def both() -> None:
        threads = Threads()
        hanging = asyncio.create_task(threads.run(lambda: door.wait(PATIENCE_S)))
        assert await asyncio.wait_for(threads.run(lambda: "done"), PATIENCE_S) == "done"
        door.set()
        assert await hanging is True

    asyncio.run(both())


def test_without_a_thread_the_function_is_never_called() -> None:
    """What was not called certainly did not happen."""
    with pytest.raises(NotDone, match="too many tools are running"):
        asyncio.run(Threads(most=0).run(lambda: pytest.fail("it was called")))


def test_an_error_that_no_future_can_hold_ends_the_wait_all_the_same() -> None:
    """Python refuses to put StopIteration into one: who waited would wait for ever."""

    async def wait() -> object:
        return await asyncio.wait_for(Threads().run(lambda: next(iter(()))), PATIENCE_S)

    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(wait())
