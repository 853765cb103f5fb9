"""A caller who books a day, over real sockets: when the connection breaks, the platform makes another one.

What Retell does when it connects again is not documented. This platform has kept all that was said, counts
its responses on, and asks once more for one that was not finished: without that no server could know it.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from engine.testkit.platform import RetellPlatform
from tests.nodes.flows import GREETING
from tests.nodes.node import Node, Nodes

PATIENCE_S = 60.0
REMINDED_S = 4.0
"""After how long a silence the platform says that the caller says nothing."""
DIAL_S = 5.0
"""How long the platform waits for a connection."""
MOST_RECONNECTS = 4
"""How often Retell connects a call again (its documentation: up to four times after an abnormal close)."""

SPOKEN = {"response", "agent_interrupt"}

At = Callable[["Caller", str], Awaitable[None]]


async def go_on(_caller: "Caller", _moment: str) -> None:
    """Wait for nothing."""


@dataclass(eq=False)
class Caller:
    """One call, from the greeting to the goodbye."""

    id: str
    policy: str
    nodes: Nodes
    at: At = go_on
    """What the test does at a moment of the call: `greeted`, `asked`, `read back` (and `has answered` each),
    `agreed`, `told`."""
    platform: RetellPlatform = field(default_factory=RetellPlatform)
    node: Node | None = None
    """With which node the call is connected."""
    socket: ClientConnection | None = None
    reconnects: int = 0
    silences: list[float] = field(default_factory=list)
    """How long, in seconds, the caller waited for a word each time that they had spoken, or called."""
    first_words: list[float] = field(default_factory=list)
    """How long it took from dialling another node to its first word, where one was due."""
    codes: list[int | None] = field(default_factory=list)
    """With what connections were closed; None for one that was left."""
    left: list[ClientConnection] = field(default_factory=list)
    """Connections that were left open, and through which nobody speaks any more."""
    second_thoughts: str = ""
    """What the caller says, once, when the call is connected again."""
    races: bool = False
    """Whether the next connection is made with every node at once."""
    _spoke_at: float | None = None
    _dialled_at: float | None = None
    _over: bool = False
    _talking: asyncio.Task[None] | None = None

    async def call(self, first: Node | None = None) -> str:
        """Hold the call until it is over, and return what the caller was told last."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not self._over:
                    await self._connect(first)
                    first = None
        except TimeoutError as error:
            raise AssertionError(f"{self.id} hangs, {self.story}") from error
        return self.told

    async def says(self, words: str) -> None:
        """Say something, and let the platform ask for an answer."""
        assert self.socket is not None
        self._spoke_at = time.monotonic()
        await self.socket.send(self.platform.caller_says(words))

    def leave(self) -> None:
        """Let the platform take its connection for dead, and make another."""
        assert self._talking is not None
        self._talking.cancel()

    @property
    def taken(self) -> int:
        """How often a node has begun to speak with the platform."""
        return sum(frame["response_type"] == "config" for frame in self.platform.frames)

    @property
    def greeted(self) -> int:
        """How often a node has greeted, whether or not that was heard: once, if the call has gone on."""
        return sum(GREETING in str(frame.get("content")) for frame in self.platform.frames)

    @property
    def told(self) -> str:
        """What the caller heard last."""
        agent = [u["content"] for u in self.platform.transcript if u["role"] == "agent"]
        return agent[-1] if agent else ""

    @property
    def story(self) -> str:
        """The call so far, for whoever reads why a test failed."""
        said = "\n".join(f"  {u['role']}: {u['content']}" for u in self.platform.transcript)
        return f"connected with {self.node and self.node.name}, {self.reconnects} reconnects {self.codes}:\n{said}"

    async def _connect(self, first: Node | None) -> None:
        """Hold one connection, with the first node that takes it."""
        self.node = first or self.nodes.pick()
        if self.node is None or not self.node.open:
            await asyncio.sleep(0.02)
            return
        at = time.monotonic()
        rivals = (
            [node for node in self.nodes.all if node.open and node is not self.node] if self.races else []
        )
        racing = [asyncio.create_task(self._rival(node)) for node in rivals]
        try:
            socket = await connect(self._url(self.node), compression=None, open_timeout=DIAL_S)
        except (OSError, TimeoutError, InvalidHandshake):
            await asyncio.sleep(0.02)
            return  # the balancer tries the next
        self.left += await asyncio.gather(*racing)
        self.races = False
        self.socket = socket
        if self.codes:
            self.reconnects += 1
            self._dialled_at = at
        else:
            self._spoke_at = at  # who calls waits for the greeting
        self._talking = asyncio.create_task(self._talk(socket))
        await asyncio.wait({self._talking})
        if self._talking.cancelled():
            self.left.append(socket)
            self.codes.append(None)
            return
        await socket.close()
        try:
            self._talking.result()
        except ConnectionClosed:
            self.codes.append(socket.close_code)

    async def _rival(self, node: Node) -> ClientConnection:
        """Connect with one more node, and return when it has the call, whoever has it next."""
        socket = await connect(self._url(node), compression=None)
        await socket.recv()
        return socket

    def _url(self, node: Node) -> str:
        return f"{node.url}/{self.policy}/{self.id}"

    async def _talk(self, socket: ClientConnection) -> None:
        config = self.platform.take(str(await socket.recv()))
        assert config["response_type"] == "config", config
        await socket.send(self.platform.details(call_id=self.id, from_number="anonymous"))
        if self.platform.response_id and not self.platform.complete:
            self.platform.hear()  # what had been sent was spoken
            if self.second_thoughts:
                await self.says(self.second_thoughts)
                self.second_thoughts = ""
            else:
                await socket.send(self.platform.asks_again())
        else:
            self._dialled_at = None
        while True:
            if self.platform.complete:
                self.platform.hear()
                if self.platform.action is not None:
                    await self._wait(socket, "told")
                    await socket.send(self.platform.ping(0))  # is it still there?
                    await socket.close(1000)
                    self._over = True
                    return
                await self._answer(socket)
            await self._next(socket)

    async def _answer(self, socket: ClientConnection) -> None:
        """Say what the agent waits for."""
        if not self.platform.transcript or self.platform.transcript[-1]["role"] == "user":
            return
        moment, words = self._moment()
        if not words:
            return
        await self._wait(socket, moment)
        await self.says(words)
        await self._wait(socket, f"has answered {moment}")
        if moment == "read back" and self.at is not go_on:
            while "One moment." not in self.platform.said and not self.platform.complete:
                await self._next(socket)
            await self._wait(socket, "agreed")

    def _moment(self) -> tuple[str, str]:
        if self.told.endswith(GREETING):
            return "greeted", "I'd like to come in"
        if self.told.endswith("Which day?"):
            return "asked", "tomorrow"
        if self.told.endswith("?"):
            return "read back", "yes"
        return "", ""

    async def _wait(self, socket: ClientConnection, moment: str) -> None:
        """Let the test do what it does then; a connection that breaks meanwhile is noticed."""
        waiting = asyncio.ensure_future(self.at(self, moment))
        broken = asyncio.ensure_future(socket.wait_closed())
        try:
            await asyncio.wait({waiting, broken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (waiting, broken):
                task.cancel()
        if waiting.done() and not waiting.cancelled():
            waiting.result()

    async def _next(self, socket: ClientConnection) -> None:
        """Take the next frame, or remind the server that the caller says nothing."""
        try:
            async with asyncio.timeout(REMINDED_S if self.platform.complete else None):
                raw = await socket.recv()
        except TimeoutError:
            await socket.send(self.platform.reminder())
            return
        frame = self.platform.take(str(raw))
        if frame["response_type"] in SPOKEN and frame["content"]:
            now = time.monotonic()
            if self._spoke_at is not None:
                self.silences.append(now - self._spoke_at)
            if self._dialled_at is not None:
                self.first_words.append(now - self._dialled_at)
            self._spoke_at = self._dialled_at = None


async def heard_from(socket: ClientConnection) -> tuple[list[object], int | None]:
    """Listen to a connection that was left, until it is closed; return what is spoken, and the close code.

    The code is None for one that stays open.
    """
    spoken = []
    try:
        async with asyncio.timeout(PATIENCE_S / 2):
            while True:
                frame = json.loads(await socket.recv())
                if frame["response_type"] in SPOKEN:
                    spoken.append(frame["content"])
    except (ConnectionClosed, TimeoutError):
        return spoken, socket.close_code
