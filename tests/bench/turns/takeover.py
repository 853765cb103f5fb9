"""How long a caller waits when the server of the call is killed: take-over to first word.

Two processes share a database, and a model provider that takes no time. The first is killed; at once each
caller connects to the second, and Retell asks for an answer again. What is measured is from the dialling to
the first word: half of the calls one after the other, then the others all at once.
"""

import asyncio
import os
import signal
from collections.abc import Mapping
from statistics import quantiles
from time import perf_counter

from tests.bench.turns.caller import Caller
from tests.bench.turns.loop import run
from tests.bench.turns.servers import PRODUCT, Running, empty_postgresql, empty_sqlite, started

CALLS = 50
TURNS = 5
WRITTEN_S = 0.5
"""What was said is written down behind the turn; a call that is killed before goes on from where it was."""
COLUMNS = ("one at a time p50", "p95", "25 at once p50", "p95")


def row(name: str, model: Mapping[str, str]) -> list[str]:
    """Kill a server with calls, and return how long they take to the first word on another, as cells."""
    empty = {"SQLite": empty_sqlite, "PostgreSQL": empty_postgresql}[name]
    with (
        empty() as data,
        started(*PRODUCT, **model, **data) as first,
        started(*PRODUCT, **model, **data) as second,
    ):
        found = [quantiles(times, n=20) for times in run(_taken_over(first, second))]
    return [f"{times[place]:.0f}" for times in found for place in (9, 18)]


async def _taken_over(first: Running, second: Running) -> tuple[list[float], list[float]]:
    callers = [Caller(f"call_{number}") for number in range(CALLS)]
    for caller in callers:
        await (await caller.dial(first.url)).greeted()
    await asyncio.gather(*map(_talks, callers))
    await asyncio.sleep(WRITTEN_S)
    os.kill(first.process.pid, signal.SIGKILL)
    await asyncio.gather(*(caller.wait_closed() for caller in callers))
    half = CALLS // 2
    alone = [await _goes_on(caller, second.url) for caller in callers[:half]]
    at_once = await asyncio.gather(*(_goes_on(caller, second.url) for caller in callers[half:]))
    return alone, list(at_once)


async def _talks(caller: Caller) -> None:
    for _ in range(TURNS):
        await caller.asks()


async def _goes_on(caller: Caller, url: str) -> float:
    """Connect again and ask; return how long it takes to the first word, in ms."""
    since = perf_counter()
    await caller.dial(url)
    dialled = (perf_counter() - since) * 1000
    return dialled + await caller.says_again()
