"""Where callers wait for each other, each at a moment of its call, until something happens to its node."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from tests.nodes.caller import Caller
from tests.nodes.node import LOOK_S, PATIENCE_S
from tests.nodes.office import Office

LAST = "agreed"
"""The moment that does not last: who waits there agrees when all others have come."""


async def eventually(
    true: Callable[[], object], why: Callable[[], str] = lambda: "it does not come about"
) -> None:
    """Wait until something is so, while calls go on."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while not true():
        assert asyncio.get_running_loop().time() < deadline, why()
        await asyncio.sleep(LOOK_S)


class Meeting:
    """Callers wait at their moments: those of `Caller.at`, `sent` and `done`.

    `sent` is when the office has a booking and has done nothing, `done` when it has booked and not answered.
    """

    def __init__(self, moments: Mapping[str, str], office: Office) -> None:
        """Let calls wait, by their ids."""
        self.moments = moments
        self.over = asyncio.Event()
        """Set when nobody waits any more."""
        self._office = office
        self._arrived: set[str] = set()
        self._others_are_there = asyncio.Event()
        for call_id, moment in moments.items():
            if moment in {"sent", "done"}:
                office.stops[call_id] = "before" if moment == "sent" else "after"

    async def at(self, caller: Caller, moment: str) -> None:
        """Wait, if this is where the caller waits."""
        wanted = self.moments.get(caller.id)
        if wanted == LAST and moment == "read back":
            self._arrived.add(f"{caller.id} before")
            await self._others_are_there.wait()
        elif wanted == moment:
            self._arrived.add(caller.id)
            await self.over.wait()

    async def complete(self, callers: Sequence[Caller], calls: Sequence[asyncio.Task[str]]) -> None:
        """Return when everybody is at its moment."""
        last = {id_ for id_, moment in self.moments.items() if moment == LAST}
        await self._gathered({f"{id_} before" for id_ in last} | self.moments.keys() - last, callers, calls)
        self._others_are_there.set()
        await self._gathered(last, callers, calls)

    async def _gathered(
        self, ids: set[str], callers: Sequence[Caller], calls: Sequence[asyncio.Task[str]]
    ) -> None:
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while missing := ids - self._arrived - self._office.stopped:
            for call in calls:
                if call.done():
                    call.result()
            late = [caller.story for caller in callers if {caller.id, f"{caller.id} before"} & missing]
            assert asyncio.get_running_loop().time() < deadline, "\n".join(late)
            await asyncio.sleep(LOOK_S)
