"""The engine as it runs in production, in this process, for one call: all but socket, disk and threads."""

import asyncio
import functools
import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from engine.actor.call import CallActor
from engine.actor.link import Link
from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.clock import on_loop
from engine.core.flow import Flow
from engine.core.tool_source import HttpRequest, PythonFunction
from engine.errors import NotDone
from engine.llm.chain.chain import Chain
from engine.llm.chain.link import Link as ModelLink
from engine.llm.offline.model import OfflineModel
from engine.store.port import Store
from engine.testkit.sim.memory import MemoryStore
from engine.testkit.sim.steps import Trouble
from engine.testkit.sim.virtual import LoopClock
from engine.tools.http.answer import Answer
from engine.tools.http.client import HttpClient
from engine.tools.http.request import Message
from engine.tools.means import Means
from engine.tools.threads import Threads

CLEAN = frozenset({1000, 1001, 1005})
GOING_AWAY = 1012

OnFrame = Callable[[str | bytes], None]
OnClose = Callable[[int], None]


@dataclass(slots=True)
class Troubles:
    """What is in store for tools, by name, in order."""

    waiting: dict[str, list[Trouble]] = field(default_factory=lambda: defaultdict(list))

    def arm(self, trouble: Trouble) -> None:
        """Let a tool have this trouble the next time that it is called."""
        self.waiting[trouble.tool].append(trouble)

    async def through(self, tool: str, work: Callable[[], object]) -> object:
        """Do the work of a tool, with the trouble that it has."""
        trouble = self.waiting[tool].pop(0) if self.waiting[tool] else Trouble(tool)
        await asyncio.sleep(trouble.takes_ms / 1000)
        if trouble.fails == "refused":
            raise NotDone("the simulator refused it")
        if trouble.fails == "before":
            raise ConnectionError("the simulator broke the connection before anything happened")
        done = work()
        if trouble.fails == "after":
            raise ConnectionError("the simulator lost the answer")
        return done


class SimulatedThreads(Threads):
    """Runs plain functions of tools at once, with their troubles: virtual time waits for no thread."""

    def __init__(self, names: Mapping[str, str], troubles: Troubles) -> None:
        super().__init__()
        self._names = names
        self._troubles = troubles

    async def run(self, function: Callable[[], object]) -> object:
        """Call a function, and return what it returns. Raises what it raises, or what its trouble is."""
        called = function.func if isinstance(function, functools.partial) else function
        reference = f"{called.__module__}:{called.__qualname__}"
        return await self._troubles.through(self._names.get(reference, reference), function)


class SimulatedServers(HttpClient):
    """Answers requests in the place of servers: nothing leaves the process."""

    def __init__(self, names: Mapping[HttpRequest, str], troubles: Troubles, dice: Random) -> None:
        super().__init__()
        self._names = names
        self._troubles = troubles
        self._dice = dice

    async def send(self, message: Message, request: HttpRequest) -> Answer:
        """Return one of the answers that the flow names, by lot. Raises what its trouble is."""

        def answer() -> object:
            status, rule = self._dice.choice(request.outcomes)
            body: object = self._dice.choice([word for word, _ in rule.cases]) if rule.cases else {}
            for step in reversed(rule.path):
                body = {step: body}
            return Answer(int(status.replace("xx", "00")), json.dumps(body).encode())

        found = await self._troubles.through(self._names.get(request, ""), answer)
        if not isinstance(found, Answer):
            raise TypeError("a simulated server has no answer")
        return found


class World:
    """One call's engine."""

    def __init__(self, flow: Flow, call_id: str, seed: str, store: Store | None = None) -> None:
        tools = flow.tools.values()
        functions = {t.source.reference: t.name for t in tools if isinstance(t.source, PythonFunction)}
        requests = {t.source: t.name for t in tools if isinstance(t.source, HttpRequest)}
        dice = Random(seed)  # noqa: S311 - dice for a simulation
        self.troubles = Troubles()
        self._flow = flow
        self._id = call_id
        clock = LoopClock()
        chain = Chain([ModelLink(OfflineModel(), clock)], clock, on_loop)
        means = Means(
            SimulatedThreads(functions, self.troubles), SimulatedServers(requests, self.troubles, dice)
        )
        self._ports = Ports(chain, store or MemoryStore(), means, clock, on_loop)
        self._roster = Roster(self._ports)

    async def dial(self, on_frame: OnFrame, on_close: OnClose) -> "InProcess":
        """Connect the call, for the first time or again."""
        link = Link()
        actor = await self._roster.join(self._flow, self._id, link)
        return InProcess(link, actor, on_frame, on_close)

    def arm(self, trouble: Trouble) -> None:
        """Let a tool have trouble the next time."""
        self.troubles.arm(trouble)

    async def end(self) -> None:
        """Let what was sent come to its end."""
        await self._roster.end()
        await self._ports.means.close()


class InProcess:
    """A connection without a socket."""

    def __init__(self, link: Link, actor: CallActor, on_frame: OnFrame, on_close: OnClose) -> None:
        self._link = link
        self._actor = actor
        self._on_frame = on_frame
        self._on_close = on_close
        self._gone = False
        self._writing = asyncio.create_task(self._write())

    async def send(self, frame: str) -> None:
        """Let the server read a frame."""
        received = self._link.receive(frame)
        if received.event is not None:
            self._actor.hear(self._link, received.event)

    async def drop(self) -> None:
        """Let the connection break without a word."""
        self._leave(clean=False)
        await asyncio.sleep(0)

    async def hang_up(self) -> None:
        """Close the connection properly: the call is over."""
        self._leave(clean=True)
        await asyncio.sleep(0)

    def _leave(self, *, clean: bool) -> None:
        if not self._gone:
            self._gone = True
            self._writing.cancel()
            self._actor.detach(self._link, clean=clean)
            self._link.close(GOING_AWAY)

    async def _write(self) -> None:
        async for frame in self._link.outgoing():
            self._on_frame(frame)
        code = self._link.close_code or GOING_AWAY
        if not self._gone:
            self._leave(clean=code in CLEAN)
            self._on_close(code)
