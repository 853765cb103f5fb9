"""Models that follow scripts, behind one chain, with time in the hands of a test."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field

from engine.core.request import Request
from engine.core.speech import Delta, TextDelta
from engine.errors import ModelError
from engine.llm.chain.chain import Chain
from engine.llm.chain.link import Link
from engine.llm.model import Answering
from engine.testkit import Call, VirtualClock

Step = str | Delta | Exception | float
"""What a model writes, an error it ends with, or for how many seconds it writes nothing."""
SPINS = 20
"""Rounds of the event loop in which whatever was woken has had its turn."""


@dataclass
class FakeModel:
    """A model that follows one script for each request."""

    name: str
    clock: VirtualClock
    scripts: list[Sequence[Step]]
    asked: int = 0
    closed: int = 0
    cold: ModelError | None = None
    """What is wrong with it when it is made ready."""

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        self.asked += 1
        script = self.scripts.pop(0)
        try:
            for step in script:
                match step:
                    case float():
                        over = asyncio.Event()
                        self.clock.later(step, over.set)
                        await over.wait()
                    case Exception():
                        raise step
                    case str():
                        yield TextDelta(step)
                    case _:
                        yield step
        finally:
            self.closed += 1

    async def warm(self) -> None:
        if self.cold is not None:
            raise self.cold

    async def close(self) -> None:
        """Let go of nothing."""


@dataclass
class Heard:
    """What has come out of a chain."""

    model: str = ""
    text: str = ""
    calls: int = 0
    error: ModelError | None = None
    at_ms: int = 0
    """When the first word of it came."""


@dataclass
class Chained:
    """A chain of models, by the names that a test gives them."""

    scripts: dict[str, list[Sequence[Step]]]
    clock: VirtualClock = field(default_factory=VirtualClock)

    def __post_init__(self) -> None:
        """Put the chain together."""
        self.models = {name: FakeModel(name, self.clock, list(s)) for name, s in self.scripts.items()}
        links = [Link(model, self.clock) for model in self.models.values()]
        self.chain = Chain(links, self.clock, self.clock.later)

    def ask(self, call: Call, *, hang_up_after_ms: int | None = None) -> Heard:
        """Let a call ask, and time pass until the answer has ended, or until the caller interrupts."""
        heard = Heard()
        request = call.request

        async def listen() -> None:
            began = self.clock.mono_ms()
            try:
                async for delta in self.chain.stream(request):
                    match delta:
                        case Answering(model):
                            heard.model, heard.at_ms = model, self.clock.mono_ms() - began
                        case TextDelta(text):
                            heard.text += text
                        case _:
                            heard.calls += 1
            except ModelError as error:
                heard.error = error

        async def play() -> None:
            task = asyncio.create_task(listen())
            await self._settle()
            until = None if hang_up_after_ms is None else self.clock.mono_ms() + hang_up_after_ms
            while not task.done():
                due = self.clock.next_due_ms()
                assert due is not None, "nobody will ever answer"
                if until is not None and due > until:
                    task.cancel()
                    break
                self.clock.pass_ms(due - self.clock.mono_ms())
                await self._settle()
            await asyncio.wait([task])

        asyncio.run(play())
        return heard

    async def _settle(self) -> None:
        for _ in range(SPINS):
            await asyncio.sleep(0)
