"""A telephone line for tests: a server on a real socket, and a platform that dials it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from websockets.asyncio.client import ClientConnection, connect

from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.clock import Alarm, SystemClock
from engine.core.flow import Flow
from engine.llm.chain.chain import Chain
from engine.llm.chain.link import Link
from engine.llm.model import Model
from engine.llm.offline.model import OfflineModel
from engine.server.paths import Paths
from engine.server.websocket import CallServer
from engine.store.sqlite import open_sqlite
from engine.testkit.clock import VirtualClock
from engine.testkit.platform import RetellPlatform

PATIENCE_S = 10
"""Nothing that a test waits for takes longer; a frame that never comes fails it."""
HASTE = 20
"""The core's timers run this much faster, so that nobody waits a second for second thoughts."""


def soon(delay_s: float, callback: Callable[[], None]) -> Alarm:
    """Call back earlier than asked."""
    return asyncio.get_running_loop().call_later(delay_s / HASTE, callback)


@asynccontextmanager
async def serving(
    flow: Flow,
    model: Model | Sequence[Model],
    folder: Path,
    *,
    secret: str | None = None,
    grace_s: float = 60,
    time: VirtualClock | None = None,
) -> AsyncIterator[str]:
    """Serve a flow on a free port, and yield the URL that a platform is given.

    `model` may be several, in the order in which they are asked. With a `time` of its own, nothing falls due
    before the test lets it pass.
    """
    store = open_sqlite(folder / "turnstile.db")
    clock, later = (time, time.later) if time is not None else (SystemClock(), soon)
    models = model if isinstance(model, Sequence) else [model]
    chain = Chain([Link(each, clock) for each in models], clock, later)
    ports = Ports(chain, store, clock=clock, later=later)
    roster = Roster(ports, grace_s=grace_s)
    roster.serve([flow])
    paths = Paths({flow.name: flow}, flow, secret)
    server = CallServer(paths, roster)
    listening = await server.listen("127.0.0.1", 0)
    try:
        yield paths.base("127.0.0.1", next(iter(listening.sockets)).getsockname()[1])
    finally:
        await server.drain(listening, within_s=0)
        await chain.close()
        await ports.means.close()
        store.close()


class Phone:
    """A caller on a real socket, through Retell."""

    def __init__(self, socket: ClientConnection, platform: RetellPlatform) -> None:
        self.socket = socket
        self.platform = platform

    @property
    def frames(self) -> list[dict[str, object]]:
        """Every frame that the server has sent."""
        return self.platform.frames

    async def answered(self) -> str:
        """Wait until the response that was asked for is closed, hear it, and return what was said."""
        while not self.platform.complete:
            await self.next()
        return self.platform.hear()

    async def says(self, words: str) -> str:
        """Say something, and return the answer."""
        await self.begins(words)
        return await self.answered()

    async def begins(self, words: str) -> None:
        """Say something, and wait for nothing."""
        await self.socket.send(self.platform.caller_says(words))

    async def next(self, kind: str | None = None) -> dict[str, object]:
        """Wait for the next frame, or the next of a kind, and return it."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame = self.platform.take(str(await self.socket.recv()))
                if kind in {None, frame["response_type"]}:
                    return frame

    async def heard(self, words: str) -> Self:
        """Wait until these words have been sent."""
        while words not in self.platform.unspoken:
            await self.next()
        return self


@asynccontextmanager
async def dialled(
    url: str, call_id: str = "call_1", platform: RetellPlatform | None = None, **details: object
) -> AsyncIterator[Phone]:
    """Connect a call as Retell does; with the `platform` of an earlier connection, connect it again."""
    async with connect(f"{url}/{call_id}", compression=None) as socket:
        phone = Phone(socket, platform or RetellPlatform())
        config = await phone.next("config")
        if json.loads(json.dumps(config))["config"]["call_details"]:
            await socket.send(phone.platform.details(call_id=call_id, **details))
        yield phone


def told(flow: Flow, folder: Path, *words: str, from_number: str = "anonymous") -> list[str]:
    """Call the offline model, say these words one after the other, and return what is answered to each."""

    async def call() -> list[str]:
        async with (
            serving(flow, OfflineModel(), folder) as url,
            dialled(url, from_number=from_number) as phone,
        ):
            await phone.answered()
            return [await phone.says(word) for word in words]

    return asyncio.run(call())
