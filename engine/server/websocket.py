"""The `websockets` server: one connection for each call, and what load balancers ask."""

import asyncio
import http
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from engine.actor.call import CallActor
from engine.actor.link import BROKEN, GOING_AWAY, Link
from engine.actor.roster import Elsewhere, Roster
from engine.core.flow import Flow
from engine.errors import FrameError
from engine.server.paths import Paths

MOST_BYTES = 16 * 2**20
"""A frame carries the whole transcript; with word timings a long call passes the usual 1 MiB."""
KEEPALIVE_S = 20
CLOSE_S = 3
CLEAN = frozenset({1000, 1001, 1005})
"""Close codes of a platform that is done with the call; 1006 and others are accidents."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Listening:
    """What accepts connections: one server, or one for each of several sockets."""

    servers: tuple[Server, ...]

    @property
    def sockets(self) -> tuple[socket.socket, ...]:
        """All sockets that are listened on."""
        return tuple(one for server in self.servers for one in server.sockets)

    @property
    def port(self) -> int:
        """The port that an operator is told."""
        port: int = self.sockets[0].getsockname()[1]
        return port


async def _nothing() -> Sequence[str]:
    """Tell nothing of what the calls need."""
    return ()


class CallServer:
    """Listens for the platform, and joins each connection with its call."""

    def __init__(
        self, paths: Paths, roster: Roster, health: Callable[[], Awaitable[Sequence[str]]] = _nothing
    ) -> None:
        """Serve the flows of these paths; `health` says, a line each, how what they need is doing."""
        self._paths = paths
        self._roster = roster
        self._health = health
        self._draining = False

    def offer(self, flow: Flow) -> None:
        """Give a flow to new calls, in place of the one of its name; calls that run keep theirs."""
        self._paths = self._paths.offering(flow)
        self._roster.serve([flow])

    async def listen(self, host: str, port: int) -> Listening:
        """Begin to accept connections. Raises OSError when the address can not be used."""
        return Listening((await self._listen(host=host, port=port),))

    async def listen_on(self, sockets: Sequence[socket.socket]) -> Listening:
        """Begin to accept connections on sockets that are bound. Raises OSError when they can not be used."""
        return Listening(tuple([await self._listen(sock=one) for one in sockets]))

    async def _listen(self, **where: Any) -> Server:
        return await serve(
            self._hold,
            **where,
            process_request=self._admit,
            compression=None,  # four times the memory of a connection, and nothing gained between servers
            max_size=MOST_BYTES,
            ping_interval=KEEPALIVE_S,
            ping_timeout=KEEPALIVE_S,
            close_timeout=CLOSE_S,
            server_header=None,
        )

    async def drain(self, listening: Listening, within_s: float, hurry: asyncio.Event | None = None) -> None:
        """Take no more calls, let those that are live go on elsewhere, and close.

        Until then the health check says that the server is stopping, for load balancers to see.
        """
        self._draining = True
        log.info("server.draining", calls=len(self._roster))
        await self._roster.drain(within_s, hurry)
        for server in listening.servers:
            server.close(close_connections=True, code=GOING_AWAY)
        for server in listening.servers:
            await server.wait_closed()

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer what is no call; let a call through.

        Whether the database is there makes no difference to `/readyz`: calls go on without it, and a balancer
        that asked would take all servers out at once.
        """
        asks = request.path in {"/healthz", "/readyz"}
        if not asks and self._paths.call(request.path) is None:
            return connection.respond(http.HTTPStatus.NOT_FOUND, "there is nothing here\n")
        if self._draining:
            return connection.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, "draining\n")
        if not asks:
            return None
        lines = ["ready"] if request.path == "/readyz" else ["ok", *await self._health()]
        return connection.respond(http.HTTPStatus.OK, "".join(f"{line}\n" for line in lines))

    async def _hold(self, connection: ServerConnection) -> None:
        """Hold one connection until either side ends it."""
        found = self._paths.call(connection.request.path if connection.request else "")
        if found is None or self._draining:
            await connection.close(GOING_AWAY)
            return
        link = Link()
        try:
            actor = await self._roster.join(*found, link)
        except Elsewhere:
            log.warning("call.elsewhere", call_id=found[1], flow=found[0].name, version=found[0].version)
            await connection.close(GOING_AWAY, "this call goes on with another version of its flow")
            return
        writing = asyncio.create_task(_write(connection, link))
        try:
            await _read(connection, link, actor)
        finally:
            actor.detach(link, clean=connection.close_code in CLEAN)
            link.close(GOING_AWAY)
            await writing


async def _read(connection: ServerConnection, link: Link, actor: CallActor) -> None:
    """Post what the platform sends. A frame that can not be read is left out, and the call goes on."""
    try:
        async for raw in connection:
            try:
                received = link.receive(raw)
            except FrameError as error:
                log.warning("frame.unreadable", call_id=actor.call.id, pii_error=str(error))
                continue
            if received.event is not None:
                actor.hear(link, received.event)
    except ConnectionClosed:
        pass


async def _write(connection: ServerConnection, link: Link) -> None:
    """Send what the call says, then close; the only writer of this connection.

    Falling off the end of the handler would close with 1000, which Retell takes for a hang-up.
    """
    try:
        async for frame in link.outgoing():
            await connection.send(frame)
        code = link.close_code or GOING_AWAY
    except ConnectionClosed:
        return
    except Exception as error:  # noqa: BLE001 - a bug of ours: without a writer the caller would hear nothing
        log.error("engine.bug", where="writer", error=type(error).__name__, pii_error=str(error))
        code = BROKEN
    await connection.close(code)
