"""The way to the database: it can be cut, or hang, and be there again."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import make_url

PATIENCE_S = 10
MOST_BYTES = 65_536
Trouble = Literal["cut", "hangs"]
"""`cut`: connections break, and new ones are refused; `hangs`: connections stay, and nothing comes through."""


class Proxy:
    """Forwards connections to a server, in a thread of its own."""

    def __init__(self, host: str, port: int) -> None:
        """Let the server stand there."""
        self._server = (host, port)
        self._loop = asyncio.new_event_loop()
        self._flows = asyncio.Event()
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._listening: asyncio.Server | None = None
        self.port = 0
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self.come_back()

    def go_away(self, trouble: Trouble) -> None:
        """Let the server be away from now on."""
        self._run(self._cut() if trouble == "cut" else self._hang())

    def come_back(self) -> None:
        """Let everything through again."""
        self._run(self._open())

    def close(self) -> None:
        """End."""
        self._run(self._cut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _open(self) -> None:
        self._flows.set()
        if self._listening is None:
            self._listening = await asyncio.start_server(self._forward, "127.0.0.1", self.port)
            self.port = self._listening.sockets[0].getsockname()[1]

    async def _hang(self) -> None:
        self._flows.clear()

    async def _cut(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for task, writer in tuple(self._connections.items()):
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            await self._flows.wait()
            far_reader, far_writer = await asyncio.open_connection(*self._server)
            try:
                pumps = [self._pump(reader, far_writer), self._pump(far_reader, writer)]
                await asyncio.wait(
                    [asyncio.ensure_future(p) for p in pumps], return_when=asyncio.FIRST_COMPLETED
                )
            finally:
                far_writer.transport.abort()
        except (OSError, asyncio.CancelledError):
            pass  # cut, which is what it is for
        finally:
            writer.transport.abort()
            del self._connections[task]

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(MOST_BYTES):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()


@contextmanager
def between(database: str) -> Iterator[tuple[Proxy, str]]:
    """Stand between a database and those who use it; yield the proxy, and the address through it."""
    url = make_url(database)
    proxy = Proxy(url.host or "127.0.0.1", url.port or 5432)
    through = url.set(host="127.0.0.1", port=proxy.port)
    try:
        yield proxy, through.render_as_string(hide_password=False)
    finally:
        proxy.close()
