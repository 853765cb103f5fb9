"""A model that says what the test says, when the test says it."""

import asyncio
from collections.abc import AsyncGenerator

from engine.core.request import Request
from engine.core.speech import Delta


class ScriptedModel:
    """A model with a person behind it, who is asked one thing at a time."""

    name = "scripted"

    def __init__(self) -> None:
        self.request: Request | None = None
        """What it is being asked; None when it is asked nothing."""
        self.requests = 0
        self._says: asyncio.Queue[Delta | Exception | None] = asyncio.Queue()

    def say(self, *says: Delta | Exception | None) -> None:
        """Write fragments; an error breaks the reply off, and None ends it."""
        for said in says:
            self._says.put_nowait(said)

    async def stream(self, request: Request) -> AsyncGenerator[Delta, None]:
        """Yield what is said until the end."""
        self.request, self._says = request, asyncio.Queue()
        self.requests += 1
        try:
            while (said := await self._says.get()) is not None:
                if isinstance(said, Exception):
                    raise said
                yield said
        finally:
            if self.request is request:
                self.request = None

    async def warm(self) -> None:
        """Be ready, as always."""

    async def close(self) -> None:
        """Let go of nothing."""
