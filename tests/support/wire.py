"""A server for one call, its socket and its time: every step runs the event loop until nothing moves."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from engine.actor.call import CallActor
from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.core.entry import EntryState
from engine.core.events import Moment, TimerFired
from engine.core.flow import Flow
from engine.llm.chain.chain import Chain
from engine.llm.chain.link import Link
from engine.llm.model import Model
from engine.server.paths import Paths
from engine.server.websocket import CallServer
from engine.store.sqlite import open_sqlite
from engine.testkit import VirtualClock
from engine.testkit.platform import RetellPlatform
from tests.support.desk import DESK

PATIENCE_S = 10
SPINS = 30
"""Rounds of the event loop in which whatever was woken has had its turn."""


class Wire:
    """The engine as it runs in production, with time and the platform in the hands of a test."""

    def __init__(self, flow: Flow, model: Model, platform: RetellPlatform, folder: Path) -> None:
        self._platform = platform
        self._runner = asyncio.Runner()
        self._clock = VirtualClock()
        self._store = open_sqlite(folder / "turnstile.db")
        chain = Chain([Link(model, self._clock)], self._clock, self._clock.later)
        self._roster = Roster(Ports(chain, self._store, clock=self._clock, later=self._clock.later))
        self._server = CallServer(Paths({flow.name: flow}, flow), self._roster)
        self._actor: CallActor | None = None
        self._reader: asyncio.Task[None] | None = None
        self._socket: ClientConnection | None = None
        self.run(self._listen())
        self.dial()

    @property
    def actor(self) -> CallActor:
        """The call inside the server."""
        assert self._actor is not None
        return self._actor

    @property
    def close_code(self) -> int | None:
        """With what the server has closed the socket."""
        return self._socket.close_code if self._socket is not None else None

    def send(self, frame: str) -> None:
        """Let the platform send a frame."""

        async def send() -> None:
            assert self._socket is not None
            await self._socket.send(frame)

        self.run(send())

    def dial(self) -> None:
        """Let the platform connect."""

        async def dial() -> None:
            self._socket = await connect(self._url, compression=None)
            self._reader = asyncio.create_task(self._read(self._socket))
            await until(lambda: self._joined() is not None)
            self._actor = self._joined()

        self.run(dial())

    def drop(self) -> None:
        """Let the connection be lost, without a word."""

        async def drop() -> None:
            assert self._socket is not None
            self._socket.transport.abort()
            await self._socket.wait_closed()
            await until(lambda: not self.actor.call.line.connected)

        self.run(drop())

    def pass_ms(self, ms: int) -> None:
        """Let time pass: what falls due happens at its own moment, with all its consequences."""

        async def pass_ms() -> None:
            await until(self._begun)
            end = self._clock.mono_ms() + ms
            while (due := self._clock.next_due_ms()) is not None and due <= end:
                self._clock.pass_ms(due - self._clock.mono_ms())
                await self._settle()
            self._clock.pass_ms(end - self._clock.mono_ms())

        self.run(pass_ms())

    def until_begun(self) -> None:
        """Wait until every tool that was sent is at work."""
        self.run(until(self._begun))

    def close(self) -> None:
        """Stop the server."""

        async def end() -> None:
            await self._server.drain(self._listening, within_s=0)
            if self._reader is not None:
                await self._reader

        self._runner.run(asyncio.wait_for(end(), PATIENCE_S))
        self._runner.close()
        self._store.close()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something, and let it have all its consequences."""

        async def settled() -> None:
            await work
            await self._settle()

        self._runner.run(asyncio.wait_for(settled(), PATIENCE_S))

    async def _listen(self) -> None:
        self._listening = await self._server.listen("127.0.0.1", 0)
        port = next(iter(self._listening.sockets)).getsockname()[1]
        self._url = f"ws://127.0.0.1:{port}/llm-websocket/call_1"

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                self._platform.take(str(frame))

    def _joined(self) -> CallActor | None:
        """Return the call once the server has joined it with the socket."""
        actor = self._roster.find("call_1")
        return actor if actor is not None and actor.connected and not actor.leaving else None

    def _begun(self) -> bool:
        """Whether every tool that was sent is at work: its claim goes through a thread first."""
        entries = self.actor.call.line.entries.values()
        sent = Counter(entry.tool for entry in entries if entry.state is EntryState.STARTED)
        return all(len(DESK.waiting.get(tool, ())) >= count for tool, count in sent.items())

    async def _settle(self) -> None:
        """Run the event loop until what has happened has had all its consequences."""
        if self._socket is None or self._socket.close_code is not None:
            await _spin()
            return
        await (await self._socket.ping())  # the server has read what was sent
        await _spin()
        if self._actor is not None and not self._actor.leaving:
            await _fence(self._actor)  # and the call has taken it in
        await _spin()
        if self._socket.close_code is None:
            await (await self._socket.ping())  # and what it answers is here
        await _spin()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that a thread of the server does."""
    while not true():
        await _spin()


async def _fence(actor: CallActor) -> None:
    """Wait until everything posted so far has happened: a timer that never ran fires, which means nothing."""
    passed = asyncio.Event()

    def fence(when: Moment) -> TimerFired:
        passed.set()
        return TimerFired(when, "fence", 0)

    actor.post(fence)
    await passed.wait()


async def _spin() -> None:
    for _ in range(SPINS):
        await asyncio.sleep(0)
