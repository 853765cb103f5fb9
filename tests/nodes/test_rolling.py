"""Three nodes are restarted one after the other while people call: no call is dropped, nobody waits long."""

import asyncio
from collections import Counter
from itertools import count

from tests.nodes.caller import MOST_RECONNECTS, Caller
from tests.nodes.conftest import StartNodes
from tests.nodes.flows import BOOKED, POLICIES
from tests.nodes.office import Office

CALLERS = 12
"""Who call at the same time, and again when their call is over."""
THINKS_S = 1.0
"""How long a caller thinks before each answer: then the call is at rest."""
LONGEST_SILENCE_S = 2.0
RESTART = 1012


async def think(_caller: Caller, moment: str) -> None:
    """Let the caller think before speaking, and not before hanging up."""
    if moment in {"greeted", "asked", "read back"}:
        await asyncio.sleep(THINKS_S)


def test_no_call_is_dropped_while_three_nodes_are_restarted(start: StartNodes, booking: Office) -> None:
    """Their calls go on elsewhere, whether they were at rest or in the middle of a turn."""
    nodes = start()
    callers: list[Caller] = []
    exits: list[int] = []

    async def happen() -> None:
        restarted = asyncio.Event()

        async def keeps_calling(policy: str, numbers: "count[int]") -> None:
            while not restarted.is_set():
                caller = Caller(f"call_{next(numbers)}", policy, nodes, think)
                callers.append(caller)
                await caller.call()

        async def restart() -> None:
            for node in nodes.all:
                exits.append(await asyncio.to_thread(node.terminate))
                await asyncio.to_thread(node.start)
            restarted.set()

        numbers = count(1)
        load = (keeps_calling(POLICIES[i % 3], numbers) for i in range(CALLERS))
        async with asyncio.timeout(120):
            await asyncio.gather(restart(), *load)

    asyncio.run(happen())
    assert exits == [0, 0, 0]
    assert [caller.story for caller in callers if not caller.told.endswith(BOOKED)] == []
    assert [caller.story for caller in callers if caller.greeted != 1] == []
    assert booking.booked == booking.asked == Counter(caller.id for caller in callers)
    codes = Counter(code for caller in callers for code in caller.codes)
    assert set(codes) == {RESTART}, codes
    assert max(caller.reconnects for caller in callers) <= MOST_RECONNECTS
    silences = sorted(silence for caller in callers for silence in caller.silences)
    print(
        f"{len(callers)} calls, {codes[RESTART]} reconnects; silences: median {silences[len(silences) // 2]:.2f} s, longest {silences[-1]:.2f} s"
    )
    assert silences[-1] < LONGEST_SILENCE_S
