"""How long a caller waits when the server of the call is killed: take-over to first word.

Two processes share a database, and a model provider that takes no time. The first is killed; at once each
caller connects to the second, and Retell asks for an answer again. What is measured is from the dialling to
the first word, calls one after the other, and all of them at once.
"""

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import ExitStack
from statistics import quantiles
from time import perf_counter

from tests.bench.turns.caller import Caller
from tests.bench.turns.loop import run
from tests.bench.turns.servers import PRODUCT, Running, empty_postgresql, empty_sqlite, started

CALLS = 50
TURNS = 5
WRITTEN_S = 0.5
"""What was said is written down behind the turn; a call that is killed before goes on from where it was."""
COLUMNS = ("one at a time p50", "p95", "50 at once p50", "p95")


def row(name: str, model: Mapping[str, str]) -> list[str]:
    """Kill a server with calls, twice, and return the times to the first word."""
    empty = {"SQLite": empty_sqlite, "PostgreSQL": empty_postgresql}[name]
    cells = []
    for at_once in (False, True):
        with ExitStack() as stack:
            data = stack.enter_context(empty())
            first, second = (stack.enter_context(started(*PRODUCT, **model, **data)) for _ in range(2))
            times = quantiles(run(_taken_over(first, second, at_once=at_once)), n=20)
        cells += [f"{times[9]:.0f}", f"{times[18]:.0f}"]
    return cells


async def _taken_over(first: Running, second: Running, *, at_once: bool) -> list[float]:
    callers = [Caller(f"call_{number}") for number in range(CALLS)]
    for caller in callers:
        await (await caller.dial(first.url)).greeted()
        for _ in range(TURNS):
            await caller.asks()
    await asyncio.sleep(WRITTEN_S)
    os.kill(first.process.pid, signal.SIGKILL)
    await asyncio.gather(*(caller.wait_closed() for caller in callers))
    if at_once:
        return list(await asyncio.gather(*(_goes_on(caller, second.url) for caller in callers)))
    return [await _goes_on(caller, second.url) for caller in callers]


async def _goes_on(caller: Caller, url: str) -> float:
    """Connect again and ask; return how long it takes to the first word, in ms."""
    since = perf_counter()
    await caller.dial(url)
    dialled = (perf_counter() - since) * 1000
    return dialled + await caller.says_again()
