"""A call like the one of the test kit, over a real socket: the same words happen to the whole server.

The platform, the model and the tools are played by the test, and time passes when it says so; everything
between them is the engine as it runs in production. Each step runs the event loop until nothing moves.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from engine.core.entry import EntryState
from engine.core.events import FunctionCall
from engine.core.flow import Flow
from engine.core.request import Request
from engine.core.speech import CallDelta, TextDelta
from engine.core.states import Action, HangUp, Press, Transfer
from engine.errors import ModelError
from engine.flow.language.words import DURATION, UNITS_MS
from engine.testkit.platform import RetellPlatform
from engine.tools import Outcome
from tests.support.desk import DESK, End
from tests.support.scripted import ScriptedModel
from tests.support.wire import Wire, until


class SocketCall:
    """One call to a server of its own; `close` it at the end."""

    def __init__(self, flow: Flow, folder: Path, **details: object) -> None:
        self.platform = RetellPlatform()
        self._model = ScriptedModel()
        self._wire = Wire(flow, self._model, self.platform, folder)
        self._wire.send(self.platform.details(**details))

    def close(self) -> None:
        """Stop the server, and insist that it never spoke under a void response."""
        for end in (end for ends in DESK.waiting.values() for end in ends if not end.done()):
            end.set_exception(ConnectionError("the test is over"))
        self._model.say(None)
        self._wire.close()
        assert self.platform.dropped == []

    @property
    def state(self) -> str:
        """The state in which the dialogue stands."""
        return self._wire.actor.call.talk.state

    @property
    def slots(self) -> Mapping[str, str]:
        """The slots that are set."""
        return self._wire.actor.call.talk.slots

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
        return self._wire.close_code == 1000

    @property
    def request(self) -> Request:
        """What the model is being asked."""
        assert self._model.request is not None, f"the model is asked nothing: {self.platform.transcript}"
        return self._model.request

    @property
    def results(self) -> tuple[str, ...]:
        """What came of the function calls of this turn, as the model is told."""
        turn = self._wire.actor.call.line.turn
        return tuple(c.result for exchange in (turn.exchanges if turn else ()) for c in exchange.calls)

    @property
    def waiting_for(self) -> str | None:
        """What has to happen before the agent goes on: `model`, a tool's name, or nothing."""
        if self._model.request is not None:
            return "model"
        entries = self._wire.actor.call.line.entries.values()
        return next((entry.tool for entry in entries if entry.state is EntryState.STARTED), None)

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
        settles = [t for t in self._wire.actor.call.line.timers if t.startswith("settle:")]
        if settles and not DESK.waiting.get(name):
            self.wait("1s")
        end: End = outcome if isinstance(outcome, Exception) else Outcome(outcome, result, say)
        return self.tool_ends(name, end)

    def tool_ends(self, name: str, end: End) -> Self:
        """Let a running tool return anything, or raise it."""

        async def ends() -> None:
            await until(lambda: bool(DESK.waiting.get(name)))
            before = self._wire.actor.call.line.entries
            DESK.waiting[name].pop(0).set_result(end)
            await until(lambda: self._wire.actor.call.line.entries != before)

        self._wire.run(ends())
        return self

    def wait(self, duration: str) -> Self:
        """Let time pass; timers run out, each at its moment, and nobody says anything."""
        found = DURATION.fullmatch(duration)
        assert found is not None
        self._wire.pass_ms(round(float(found[1]) * UNITS_MS[found[2]]))
        return self

    def drop(self) -> Self:
        """Let the connection be lost, without a word."""
        self._wire.drop()
        return self

    def reconnect(self) -> Self:
        """Let the platform connect again."""
        self.platform.interrupt()
        self._wire.dial()
        return self

    def ping(self) -> Self:
        """Let the platform send a keepalive, and insist that it is echoed whatever else goes on."""
        self._send(self.platform.ping(1763900000000))
        assert self.platform.frames[-1] == {"response_type": "ping_pong", "timestamp": 1763900000000}
        return self

    def runs(self, tool: str) -> int:
        """Return how often a tool was really called; every call that was sent has begun by then."""
        self._wire.until_begun()
        return DESK.begun.count(tool)

    def stopped(self, tool: str) -> int:
        """Return how often a tool at work was really cancelled."""
        return sum(end.cancelled() for end in DESK.waiting.get(tool, ()))

    def _send(self, frame: str) -> Self:
        self._wire.send(frame)
        return self

    def _model_says(self, *says: TextDelta | CallDelta | Exception | None) -> Self:
        async def say() -> None:
            await until(lambda: self._model.request is not None)
            self._model.say(*says)

        self._wire.run(say())
        return self
