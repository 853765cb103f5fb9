"""The models of a flow, as one: asked in order, and left out for a while when they fail."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from engine.clock import Clock, Later
from engine.core.request import Request
from engine.core.speech import Delta
from engine.errors import ModelError
from engine.llm.chain.link import Link, Opened
from engine.llm.chain.race import Race
from engine.llm.chain.stall import Stall
from engine.llm.model import Answering


class Chain:
    """Several models behind one port.

    A reply that has begun is never begun anew by another model: when it breaks off, that is an error, and
    whoever asked may ask again for the rest of it. The model that failed is left out by then.
    """

    def __init__(self, links: Sequence[Link], clock: Clock, later: Later) -> None:
        self.links = tuple(links)
        self._clock = clock
        self._later = later

    @property
    def name(self) -> str:
        """How banners call it: its models in order."""
        return ", then ".join(link.name for link in self.links)

    async def stream(self, request: Request) -> AsyncGenerator[Delta | Answering, None]:
        """Yield the name of the first model that answers, and its reply. Raises ModelError."""
        links = self._in_order(request)
        if not links:
            raise ModelError(f"none of the models speaks {request.language}", retryable=False)
        began_ms = self._clock.mono_ms()
        opened = await Race(request, links, self._later).winner()
        link = opened.link
        try:
            async with aclosing(opened.rest):
                yield Answering(link.name)
                for delta in opened.head:
                    yield delta
                stall = Stall(request.flow.budget.stall_ms, self._clock, self._later)
                async with aclosing(stall.watched(opened.rest)) as rest:
                    async for delta in rest:
                        yield delta
        except ModelError as error:
            link.failed(request, error)
            raise self._broken_off(opened, error) from error
        except BaseException:
            if self._clock.mono_ms() - began_ms >= request.flow.budget.total_ms:
                link.was_slow(request)  # nobody waits for the end of what trickles in
            else:
                link.circuit.left_alone()
            raise
        link.answered()

    async def warm(self) -> None:
        """Make all of them ready; what is wrong with one is logged, and the others answer."""
        await asyncio.gather(*(link.warm() for link in self.links))

    async def close(self) -> None:
        """Let go of all connections."""
        await asyncio.gather(*(link.model.close() for link in self.links))

    def _in_order(self, request: Request) -> Sequence[Link]:
        """Return the models that may be asked, and behind them, as a last resort, those that are left out."""
        links = [link for link in self.links if link.serves(request)]
        ready = {link: link.ready for link in links}
        return [link for link in links if ready[link]] + [link for link in links if not ready[link]]

    def _broken_off(self, opened: Opened, error: ModelError) -> ModelError:
        others = any(link.ready for link in self.links if link is not opened.link)
        return ModelError(str(error), detail=error.detail, retryable=error.retryable or others)
