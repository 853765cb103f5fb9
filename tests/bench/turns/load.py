"""The load, in a process of its own: idle calls, busy calls, and calls that pause between their turns.

`python -m tests.bench.turns.load URL PID` holds calls with the server at URL, watches its process, and prints
what was seen as JSON.
"""

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Iterable
from dataclasses import asdict, dataclass
from itertools import count, islice
from typing import TypeVar

from tests.bench.turns.caller import Caller
from tests.bench.turns.loop import run
from tests.bench.turns.watched import cpu_ms, memory_kb

T = TypeVar("T")

IDLE = 100
BUSY = 50
BUSY_TURNS = 12
PACED_TURNS = 4
PAUSE_S = 0.5
"""Between two turns of a call that is paced, 250 ms more or less: a hundred turns a second in all."""
SETTLE_S = 0.3
"""For what is done behind the turns to come to its end: it is paid for, too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one server did under the load."""

    turn_ms: float
    """CPU a turn, busy."""
    paced_ms: float
    """CPU a turn, paced."""
    firsts: list[float]
    """How long each paced turn took to its first word, in ms."""
    idle_kb: float
    """Memory for a call that has been greeted and waits."""


async def load(base: str, pid: int) -> Seen:
    """Put a server under all of it."""
    ids = (f"call_{number}" for number in count())
    warm = await _dialled(base, ids, 10)
    await _all(_turns(caller, 3) for caller in warm)
    before = memory_kb(pid)
    await _dialled(base, ids, IDLE)
    await asyncio.sleep(SETTLE_S)
    idle_kb = (memory_kb(pid) - before) / IDLE
    busy = await _dialled(base, ids, BUSY)
    await asyncio.sleep(SETTLE_S)
    turn_ms, _ = await _measured(pid, busy, BUSY_TURNS, paced=False)
    paced_ms, firsts = await _measured(pid, busy, PACED_TURNS, paced=True)
    return Seen(turn_ms, paced_ms, firsts, idle_kb)


async def _dialled(base: str, ids: Iterable[str], number: int) -> list[Caller]:
    return await _all(_greeted(base, Caller(call_id)) for call_id in islice(ids, number))


async def _greeted(base: str, caller: Caller) -> Caller:
    await caller.dial(base)
    return await caller.greeted()


async def _measured(pid: int, callers: list[Caller], turns: int, *, paced: bool) -> tuple[float, list[float]]:
    """Let callers take turns; return the CPU for each turn and the times to the first words."""
    before = cpu_ms(pid)
    firsts = await _all(_turns(caller, turns, paced=paced) for caller in callers)
    await asyncio.sleep(SETTLE_S)
    spent = cpu_ms(pid) - before
    return spent / (turns * len(callers)), [first for call in firsts for first in call]


async def _turns(caller: Caller, number: int, *, paced: bool = False) -> list[float]:
    chance = random.Random(caller.id)  # noqa: S311 - each server is given the same pauses
    firsts = []
    for _ in range(number):
        if paced:
            await asyncio.sleep(PAUSE_S * chance.uniform(0.5, 1.5))
        firsts.append(await caller.asks())
    return firsts


async def _all(works: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*works))


async def main(base: str, pid: int) -> None:
    """Print what was seen."""
    print(json.dumps(asdict(await load(base, pid))))


if __name__ == "__main__":
    run(main(sys.argv[1], int(sys.argv[2])))
