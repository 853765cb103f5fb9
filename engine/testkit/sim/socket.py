"""A server at a URL, dialled as Retell dials it: our own, or anybody's."""

import asyncio
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from engine.testkit.sim.steps import Trouble

OPEN_S = 7.0
"""How long Retell waits for a connection."""


class AtUrl:
    """A server that is dialled under a base URL; the id of the call is appended, as Retell does."""

    def __init__(self, url: str, call_id: str) -> None:
        self._url = f"{url.rstrip('/')}/{call_id}"

    async def dial(
        self, on_frame: Callable[[str | bytes], None], on_close: Callable[[int], None]
    ) -> "Socket":
        """Connect the call. Raises OSError when there is no connection."""
        try:
            socket = await connect(self._url, compression=None, open_timeout=OPEN_S, max_size=None)
        except (InvalidHandshake, InvalidURI) as error:
            raise ConnectionError(str(error)) from error
        return Socket(socket, on_frame, on_close)

    def arm(self, trouble: Trouble) -> None:
        """Do nothing: tools of another process are out of reach."""

    async def end(self) -> None:
        """Wait for nothing: what the server does afterwards can not be seen."""


class Socket:
    """One connection."""

    def __init__(
        self,
        socket: ClientConnection,
        on_frame: Callable[[str | bytes], None],
        on_close: Callable[[int], None],
    ) -> None:
        self._socket = socket
        self._on_frame = on_frame
        self._on_close = on_close
        self._ours = False
        self._reading = asyncio.create_task(self._read())

    async def send(self, frame: str) -> None:
        """Send a frame; when the connection is gone, that is told by itself."""
        try:
            await self._socket.send(frame)
        except ConnectionClosed:
            return

    async def drop(self) -> None:
        """Let the connection break without a word."""
        self._ours = True
        self._socket.transport.abort()
        await self._reading

    async def hang_up(self) -> None:
        """Close the connection properly."""
        self._ours = True
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                self._on_frame(frame)
        except ConnectionClosed:
            pass
        if not self._ours:
            self._on_close(self._socket.close_code or 1006)
