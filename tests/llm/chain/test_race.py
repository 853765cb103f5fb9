"""A caller who speaks at the wrong moment: whatever was begun is closed, and no model is blamed or forgotten."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from engine.core.request import Request
from engine.core.speech import Delta, TextDelta
from engine.errors import ModelError
from engine.llm.chain.link import Link
from engine.llm.chain.race import Race
from engine.testkit import Call, VirtualClock

SPINS = 20


@dataclass
class HeldModel:
    """A model that begins to answer when it is let, and takes its time to close."""

    name: str
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    closes: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        try:
            await self.answers.wait()
            yield TextDelta("Yes?")
        finally:
            await self.closes.wait()
            self.closed = True

    async def warm(self) -> None:
        """Need nothing."""

    async def close(self) -> None:
        """Let go of nothing."""


async def spin() -> None:
    """Give everyone a turn."""
    for _ in range(SPINS):
        await asyncio.sleep(0)


def test_who_interrupts_while_the_loser_is_being_closed_leaves_nothing_behind(asked: Call) -> None:
    """The winner was the one request that tells whether its provider is back: the next one must be let out."""

    async def play() -> None:
        clock = VirtualClock()
        first, second = HeldModel("large"), HeldModel("small")
        links = [Link(first, clock), Link(second, clock)]
        links[0].failed(asked.request, ModelError("InternalServerError 500"))
        clock.pass_ms(10_000)
        race = asyncio.create_task(Race(asked.request, links, clock.later).winner())
        await spin()
        clock.pass_ms(1_950)
        await spin()
        first.answers.set()
        await spin()
        assert not race.done()
        race.cancel()
        first.closes.set()
        second.closes.set()
        await asyncio.wait([race])
        await spin()
        assert (first.closed, second.closed, links[0].ready) == (True, True, True)

    asyncio.run(play())
