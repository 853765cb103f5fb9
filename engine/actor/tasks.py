"""Tasks that are held on to until they are done: the event loop alone would not."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

K = TypeVar("K")


def keep(tasks: dict[K, asyncio.Task[None]], key: K, work: Coroutine[None, None, None]) -> None:
    """Start a task under a key, and let go of it when it is done."""
    task = tasks[key] = asyncio.create_task(work)
    task.add_done_callback(lambda _: tasks.pop(key, None))


def cancel(tasks: dict[K, asyncio.Task[None]], key: K) -> None:
    """Cancel a task, if there is one under this key."""
    task = tasks.get(key)
    if task is not None:
        task.cancel()
