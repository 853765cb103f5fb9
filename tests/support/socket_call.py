"""A call like the one of the test kit, over a real socket: the same words happen to the whole server.

The platform, the model and the tools are played by the test, and time passes when it says so; everything
between them is the engine as it runs in production. Each step runs the event loop until nothing moves.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from engine.actor.call import CallActor
from engine.actor.ports import Ports
from engine.actor.roster import Roster
from engine.core.entry import EntryState
from engine.core.events import FunctionCall, Moment, TimerFired
from engine.core.flow import Flow
from engine.core.request import Request
from engine.core.speech import CallDelta, TextDelta
from engine.core.states import Action, HangUp, Press, Transfer
from engine.errors import ModelError
from engine.flow.schema import DURATION, UNITS_MS
from engine.server.paths import Paths
from engine.server.websocket import CallServer
from engine.store.sqlite import SqliteStore
from engine.testkit import VirtualClock
from engine.testkit.platform import RetellPlatform
from engine.tools import Outcome
from tests.support.desk import DESK, End
from tests.support.scripted import ScriptedModel

PATIENCE_S = 10
SPINS = 30
"""Rounds of the event loop in which whatever was woken has had its turn."""


class SocketCall:
    """One call to a server of its own; `close` it at the end."""

    def __init__(self, flow: Flow, folder: Path, **details: object) -> None:
        self.platform = RetellPlatform()
        self._runner = asyncio.Runner()
        self._clock = VirtualClock()
        self._model = ScriptedModel()
        self._store = SqliteStore(folder / "turnstile.db")
        ports = Ports(self._model, self._store, clock=self._clock, later=self._clock.later)
        self._roster = Roster(ports)
        self._server = CallServer(Paths({flow.name: flow}, flow), self._roster)
        self._actor: CallActor | None = None
        self._details = details
        self._reader: asyncio.Task[None] | None = None
        self._socket: ClientConnection | None = None
        self._run(self._open())

    def close(self) -> None:
        """Stop the server, and insist that it never spoke under a void response."""
        self._run(self._end())
        self._runner.close()
        self._store.close()
        assert self.platform.dropped == []

    @property
    def state(self) -> str:
        """The state in which the dialogue stands."""
        return self.actor.call.talk.state

    @property
    def slots(self) -> Mapping[str, str]:
        """The slots that are set."""
        return self.actor.call.talk.slots

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that the model has been offered."""
        return tuple(function.name for function in self.request.functions)

    @property
    def said(self) -> str:
        """What the platform was sent to speak since it asked last."""
        return self.platform.said.strip()

    @property
    def action(self) -> Action | None:
        """The hang-up, transfer or keys that the platform is to bring about."""
        match self.platform.action:
            case ("end_call", _):
                return HangUp()
            case ("transfer_number", number):
                return Transfer(str(number))
            case ("digit_to_press", digits):
                return Press(str(digits))
            case _:
                return None

    @property
    def closed(self) -> bool:
        """Whether we have closed the call ourselves."""
        return self._socket is not None and self._socket.close_code == 1000

    @property
    def request(self) -> Request:
        """What the model is being asked."""
        assert self._model.request is not None, f"the model is asked nothing: {self.platform.transcript}"
        return self._model.request

    @property
    def results(self) -> tuple[str, ...]:
        """What came of the function calls of this turn, as the model is told."""
        turn = self.actor.call.line.turn
        return tuple(c.result for exchange in (turn.exchanges if turn else ()) for c in exchange.calls)

    @property
    def waiting_for(self) -> str | None:
        """What has to happen before the agent goes on: `model`, a tool's name, or nothing."""
        if self._model.request is not None:
            return "model"
        entries = self.actor.call.line.entries.values()
        return next((entry.tool for entry in entries if entry.state is EntryState.STARTED), None)

    @property
    def actor(self) -> CallActor:
        """The call inside the server."""
        assert self._actor is not None
        return self._actor

    def caller(self, words: str) -> Self:
        """Let the caller hear what was said, say something and pause."""
        self.platform.hear()
        return self._send(self.platform.caller_says(words))

    def adds(self, words: str) -> Self:
        """Let the caller go on before anything of the answer is heard."""
        return self._send(self.platform.caller_says(words))

    def begins(self, words: str) -> Self:
        """Let the caller begin to say something, or go on, without a pause."""
        self.platform.hear()
        return self._send(self.platform.caller_adds(words))

    def pauses(self) -> Self:
        """Let the caller stop after `begins`."""
        return self._send(self.platform.asks_again())

    def silence(self) -> Self:
        """Let the caller say nothing for long."""
        self.platform.hear()
        return self._send(self.platform.reminder())

    def interrupt(self, after: str = "") -> Self:
        """Let the agent be heard only up to these words; without them, nothing of what it was saying."""
        end = self.platform.unspoken.find(after)
        assert end >= 0, f"the agent does not say {after!r}: {self.platform.unspoken!r}"
        self.platform.unspoken = self.platform.unspoken[: end + len(after)] if after else ""
        self.platform.action = None
        return self

    def model(self, text: str = "", /, **functions: Mapping[str, object] | None) -> Self:
        """Let the model reply with text, with function calls, or both."""
        calls = [CallDelta(i, name, json.dumps(a or {})) for i, (name, a) in enumerate(functions.items())]
        return self._model_says(*([TextDelta(text)] if text else []), *calls, None)

    def reply_raw(self, *calls: FunctionCall) -> Self:
        """Let the model end its reply with function calls exactly as given, however broken."""
        says = (CallDelta(index, call.name, call.arguments) for index, call in enumerate(calls))
        return self._model_says(*says, None)

    def model_begins(self, text: str) -> Self:
        """Let the model write some text, and not end."""
        return self._model_says(TextDelta(text))

    def model_fails(self) -> Self:
        """Let the model break off, or not answer at all."""
        return self._model_says(ModelError("no answer"))

    def tool(self, name: str, outcome: str | Exception, say: str | None = None, **result: object) -> Self:
        """Let a running tool end. A write that still waits for second thoughts is sent first."""
        settles = [t for t in self.actor.call.line.timers if t.startswith("settle:")]
        if settles and not DESK.waiting.get(name):
            self.wait("1s")
        end: End = outcome if isinstance(outcome, Exception) else Outcome(outcome, result, say)
        return self.tool_ends(name, end)

    def tool_ends(self, name: str, end: End) -> Self:
        """Let a running tool return anything, or raise it."""

        async def ends() -> None:
            await _until(lambda: bool(DESK.waiting.get(name)))
            before = self.actor.call.line.entries
            DESK.waiting[name].pop(0).set_result(end)
            await _until(lambda: self.actor.call.line.entries != before)
            await self._settle()

        self._run(ends())
        return self

    def wait(self, duration: str) -> Self:
        """Let time pass; timers run out, each at its moment, and nobody says anything."""
        found = DURATION.fullmatch(duration)
        assert found is not None
        self._run(self._pass(round(float(found[1]) * UNITS_MS[found[2]])))
        return self

    def drop(self) -> Self:
        """Let the connection be lost, without a word."""

        async def drop() -> None:
            assert self._socket is not None
            self._socket.transport.abort()
            await self._socket.wait_closed()
            await _until(lambda: not self.actor.call.line.connected)
            await self._settle()

        self._run(drop())
        return self

    def reconnect(self) -> Self:
        """Let the platform connect again."""
        self.platform.interrupt()
        self._run(self._dial())
        return self

    def ping(self) -> Self:
        """Let the platform send a keepalive, and insist that it is echoed whatever else goes on."""
        self._send(self.platform.ping(1763900000000))
        assert self.platform.frames[-1] == {"response_type": "ping_pong", "timestamp": 1763900000000}
        return self

    def runs(self, tool: str) -> int:
        """Return how often a tool was really called; every call that was sent has begun by then."""
        self._run(_until(self._begun))
        return DESK.begun.count(tool)

    def stopped(self, tool: str) -> int:
        """Return how often a tool at work was really cancelled."""
        return sum(end.cancelled() for end in DESK.waiting.get(tool, ()))

    def _begun(self) -> bool:
        """Whether every tool that was sent is at work: its claim goes through a thread first."""
        entries = self.actor.call.line.entries.values()
        sent = Counter(entry.tool for entry in entries if entry.state is EntryState.STARTED)
        return all(len(DESK.waiting.get(tool, ())) >= count for tool, count in sent.items())

    async def _open(self) -> None:
        self._listening = await self._server.listen("127.0.0.1", 0)
        port = next(iter(self._listening.sockets)).getsockname()[1]
        self._url = f"ws://127.0.0.1:{port}/llm-websocket/call_1"
        await self._dial()
        assert self._socket is not None
        await self._socket.send(self.platform.details(**self._details))
        await self._settle()

    async def _dial(self) -> None:
        self._socket = await connect(self._url, compression=None)
        self._reader = asyncio.create_task(self._read(self._socket))
        await _until(lambda: self._roster.find("call_1") is not None)
        self._actor = self._roster.find("call_1")
        await self._settle()

    async def _end(self) -> None:
        for ends in DESK.waiting.values():
            for end in ends:
                if not end.done():
                    end.set_exception(ConnectionError("the test is over"))
        self._model.say(None)
        await self._server.drain(self._listening, within_s=0)
        if self._reader is not None:
            await self._reader

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                self.platform.take(str(frame))

    def _send(self, frame: str) -> Self:
        async def send() -> None:
            assert self._socket is not None
            await self._socket.send(frame)
            await self._settle()

        self._run(send())
        return self

    def _model_says(self, *says: TextDelta | CallDelta | Exception | None) -> Self:
        async def say() -> None:
            await _until(lambda: self._model.request is not None)
            self._model.say(*says)
            await self._settle()

        self._run(say())
        return self

    async def _pass(self, ms: int) -> None:
        await _until(self._begun)
        until = self._clock.mono_ms() + ms
        while (due := self._clock.next_due_ms()) is not None and due <= until:
            self._clock.pass_ms(due - self._clock.mono_ms())
            await self._settle()
        self._clock.pass_ms(until - self._clock.mono_ms())

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

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._runner.run(asyncio.wait_for(work, PATIENCE_S))


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


async def _until(true: Callable[[], bool]) -> None:
    """Wait for something that a thread of the server does."""
    while not true():
        await _spin()
