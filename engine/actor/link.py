"""One connection to the platform: frames in, frames out. It dies with the socket; the call does not."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from engine.core.effects import Effect
from engine.protocol.retell.adapter import Received, RetellAdapter

HANG_UP = 1000
"""The close code by which a platform knows that the call is over."""
SUPERSEDED = 1001
BROKEN = 1011
"""The close code after which a platform connects again, because something went wrong with us."""
GOING_AWAY = 1012
"""The close code that makes a platform connect again: service restart (RFC 6455 registry)."""

MOST_WAITING = 1_000
"""Frames that may wait for a slow reader before the connection is given up."""


class Link:
    """Everything of a connection but the socket itself."""

    def __init__(self) -> None:
        self._adapter = RetellAdapter()
        self._waiting: deque[tuple[Effect, int] | str] = deque()
        self._more = asyncio.Event()
        self.close_code: int | None = None
        """With what to close the socket, once that has been decided."""

    def receive(self, raw: str | bytes) -> Received:
        """Read a frame. A keepalive is answered ahead of all that waits. Raises FrameError."""
        received = self._adapter.receive(raw)
        if received.reply is not None:
            self._waiting.appendleft(received.reply)
            self._more.set()
        return received

    def send(self, effect: Effect) -> None:
        """Let an effect reach the platform, in order, unless it goes stale before."""
        if len(self._waiting) >= MOST_WAITING:
            self.close(BROKEN)
        elif self.close_code is None:
            self._waiting.append((effect, self._adapter.newest))
            self._more.set()

    def close(self, code: int) -> None:
        """Close the socket once what waits has been sent; the first code given counts."""
        if self.close_code is None:
            self.close_code = code
        self._more.set()

    async def outgoing(self) -> AsyncIterator[str]:
        """Yield frames as they are to be sent, until the link is closed.

        What the platform no longer wants is dropped here, at the last moment before the socket: between
        being written and being sent, a newer request may have come.
        """
        while True:
            while self._waiting:
                item = self._waiting.popleft()
                if isinstance(item, str):
                    yield item
                elif not self._adapter.is_stale(*item):
                    for frame in self._adapter.frames(item[0]):
                        yield frame
            if self.close_code is not None:
                return
            self._more.clear()
            await self._more.wait()
