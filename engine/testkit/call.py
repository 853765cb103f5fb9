"""A call in a test: you are the caller, the model and the tools; the core does the rest, step by step."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Self

from engine.core.call import Call as CallState
from engine.core.effects import AskModel, Effect, Log
from engine.core.entry import CANCELLED, EntryState
from engine.core.events import (
    Delta,
    Details,
    Disconnected,
    FunctionCall,
    KeyPressed,
    MakeEvent,
    ModelFailed,
    Opened,
    Resumed,
    Speaker,
    ToolFinished,
    TranscriptUpdated,
)
from engine.core.flow import MESSAGE, Flow
from engine.core.functions import exposed
from engine.core.request import Request
from engine.core.states import Action
from engine.core.wordless import without_words
from engine.flow.language.words import DURATION, UNITS_MS
from engine.flow.load import load
from engine.llm.offline.model import OfflineModel
from engine.testkit.clock import MONDAY_MORNING
from engine.testkit.stage import Stage
from engine.tools.find import inspect_tool

DETAILS = frozenset({"from_number", "to_number", "direction", "type", "metadata", "variables"})
"""What platforms tell of a call."""


class Call:
    """One call with a flow.

    Every method that lets something happen returns the call, so that a test reads as the call went. What
    the agent says is taken to be heard to its end, unless `interrupt` says otherwise.

    With `offline=True` the offline model answers by itself; otherwise `model` says what a model would.
    """

    def __init__(
        self,
        flow: Flow | str | Path,
        *,
        offline: bool = False,
        now: datetime = MONDAY_MORNING,
        details_come: bool = True,
        **details: object,
    ) -> None:
        """Open a call with a flow, or a flow file.

        `details` are what the platform knows, such as `from_number`; it tells them unless `details_come`
        is false.
        """
        loaded = flow if isinstance(flow, Flow) else load(Path(flow), inspect_tool)
        if strange := sorted(details.keys() - DETAILS):
            raise TypeError(f"no platform tells {', '.join(strange)}; it tells {', '.join(sorted(DETAILS))}")
        self._stage = Stage(loaded, now, OfflineModel() if offline else None)
        self._stage.happen(Opened)
        if loaded.wants_details and details_come:
            self.details(**details)

    @property
    def state(self) -> str:
        """The state in which the dialogue stands."""
        return self._stage.call.talk.state

    @property
    def slots(self) -> Mapping[str, str]:
        """The slots that are set, in canonical form."""
        return self._stage.call.talk.slots

    @property
    def agreed(self) -> Mapping[str, str]:
        """The values that the caller has heard and agreed to."""
        return self._stage.call.talk.agreed

    @property
    def snapshot(self) -> CallState:
        """The call as it stands, as it would be written down."""
        return self._stage.call

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that the model may call now."""
        return tuple(function.name for function in exposed(self._stage.flow, self._stage.call))

    @property
    def said(self) -> str:
        """What the agent has said since the caller last spoke."""
        return self._stage.said

    @property
    def action(self) -> Action | None:
        """The hang-up, transfer or keys that went out since the caller last spoke."""
        return self._stage.action

    @property
    def closed(self) -> bool:
        """Whether we have closed the call ourselves."""
        return self._stage.closed

    @property
    def effects(self) -> tuple[Effect, ...]:
        """All that the core has asked for since the caller last spoke."""
        return tuple(self._stage.effects)

    @property
    def logged(self) -> tuple[str, ...]:
        """The names of the events that were logged since the caller last spoke."""
        return tuple(effect.event for effect in self._stage.effects if isinstance(effect, Log))

    @property
    def request(self) -> Request:
        """What the model is being asked."""
        return self._asked().request

    @property
    def results(self) -> tuple[str, ...]:
        """What came of the function calls of this turn, as the model is told."""
        turn = self._stage.call.line.turn
        return tuple(c.result for exchange in (turn.exchanges if turn else ()) for c in exchange.calls)

    @property
    def waiting_for(self) -> str | None:
        """What has to happen before the agent goes on: `model`, a tool's name, or nothing."""
        if self._stage.request is not None:
            return "model"
        return next((run.tool for run in self._stage.running.values()), None)

    @property
    def dialogue(self) -> str:
        """The call so far, a line for each utterance."""
        lines = [f"{u.speaker.value:>6}: {u.text}" for u in self._stage.transcript]
        return "\n".join([*lines, f" agent: {self._stage.unheard}"] if self._stage.unheard else lines)

    def caller(self, words: str) -> Self:
        """Let the caller say something and pause, so that the platform asks for a response."""
        self._stage.hear()
        self._stage.utter(words, anew=True)
        return self.pauses()

    def adds(self, words: str) -> Self:
        """Let the caller go on before anything of the answer is heard: the platform asks again."""
        self._stage.unheard = ""
        self._stage.utter(words, anew=False)
        return self.pauses()

    def begins(self, words: str, floor: Speaker = Speaker.CALLER) -> Self:
        """Let the caller begin to say something, or go on, without a pause: nothing is asked of us yet.

        `floor` is whose turn to speak the platform takes it to be.
        """
        self._stage.hear()
        self._stage.utter(words, anew=False)
        delta = Delta(0, tuple(self._stage.transcript))
        return self.happen(lambda when: TranscriptUpdated(when, delta, floor))

    def pauses(self) -> Self:
        """Let the caller stop after `begins`, so that the platform asks for a response."""
        self._stage.ask(reminder=False)
        return self

    def silence(self) -> Self:
        """Let the caller say nothing until the platform asks for a reminder."""
        self._stage.hear()
        self._stage.ask(reminder=True)
        return self

    def interrupt(self, after: str = "") -> Self:
        """Let the agent be heard only up to these words; without them, nothing of what it was saying."""
        end = self._stage.unheard.find(after)
        if end < 0:
            self._fail(f"the agent does not say {after!r}, so nobody can interrupt it there")
        self._stage.unheard = self._stage.unheard[: end + len(after)] if after else ""
        return self

    def model(self, text: str = "", /, **functions: Mapping[str, object] | None) -> Self:
        """Let the model reply with text, with function calls, or both.

        A function's `message` is spoken first, as when it is streamed.
        """
        asked = self._asked()
        if text:
            self._stage.say(asked.ask, text)
        calls = []
        for name, arguments in functions.items():
            message = str((arguments or {}).get(MESSAGE, ""))
            speaks = bool(message) and any(f.name == name and f.message for f in asked.request.functions)
            if speaks:
                self._stage.say(asked.ask, message, name)
            calls.append(FunctionCall(name, json.dumps(arguments or {}), speaks))
        return self.reply_raw(*calls)

    def model_begins(self, text: str) -> Self:
        """Let the model write some text, and more may follow."""
        self._stage.say(self._asked().ask, text)
        return self

    def reply_raw(self, *calls: FunctionCall) -> Self:
        """Let the model end its reply with function calls exactly as given, however broken."""
        asked = self._asked()
        self._stage.request = None
        self._stage.end(asked.ask, calls)
        return self

    def model_fails(self, reason: str = "no answer") -> Self:
        """Let the model break off, or not answer at all."""
        asked = self._asked()
        self._stage.request = None
        return self.happen(lambda when: ModelFailed(when, asked.ask, reason))

    def tool(self, name: str, outcome: str, say: str | None = None, **result: object) -> Self:
        """Let a running tool end. A write that still waits for second thoughts is sent first."""
        clock, entries = self._stage.clock, self._stage.call.line.entries.values()
        due = clock.next_due_ms()
        if due is not None and any(e.tool == name and e.state is EntryState.WAITING for e in entries):
            clock.pass_ms(due - clock.mono_ms())
        run = next((run for run in self._stage.running.values() if run.tool == name), None)
        if run is None:
            self._fail(f"{name} is not running, so it can not end")
        del self._stage.running[run.id]
        return self.happen(lambda when: ToolFinished(when, run.id, outcome, result or None, say))

    def details(self, **details: object) -> Self:
        """Let the platform tell what it knows about the call."""
        return self.happen(lambda when: Details(when, details))

    def presses(self, key: str) -> Self:
        """Let the caller press a key of the telephone."""
        self._stage.hear()
        self._stage.said, self._stage.effects, self._stage.action = "", [], None
        return self.happen(lambda when: KeyPressed(when, key))

    def wait(self, duration: str) -> Self:
        """Let time pass, such as "8s"; timers run out, and nobody says anything."""
        found = DURATION.fullmatch(duration)
        if found is None:
            raise ValueError(f"{duration!r} is no duration; write one such as 8s or 400ms")
        self._stage.clock.pass_ms(round(float(found[1]) * UNITS_MS[found[2]]))
        return self

    def drop(self) -> Self:
        """Let the connection be lost."""
        return self.happen(Disconnected)

    def reconnect(self) -> Self:
        """Let the platform connect again."""
        return self.happen(Resumed)

    def taken_over(self) -> Self:
        """Let the process die, and another one go on with the call as the flow lets it be written down."""
        call = self._stage.call
        self._stage.restore(call if self._stage.flow.transcripts else without_words(call))
        return self

    def numbers_from(self, number: int) -> Self:
        """Let the platform number its next request so."""
        self._stage.asks = number - 1
        return self

    def happen(self, make: MakeEvent) -> Self:
        """Let any event happen; `make` is given its moment."""
        self._stage.happen(make)
        return self

    def runs(self, tool: str) -> int:
        """Return how often a tool has been sent since the call began."""
        sent = (e for e in self._stage.call.line.entries.values() if e.tool == tool)
        return sum(entry.state is not EntryState.WAITING for entry in sent)

    def stopped(self, tool: str) -> int:
        """Return how often a tool that only reads was stopped because nobody waited for it any more."""
        entries = self._stage.call.line.entries.values()
        return sum(entry.tool == tool and entry.outcome == CANCELLED for entry in entries)

    def _asked(self) -> AskModel:
        if self._stage.request is None:
            self._fail("the model has not been asked anything, so it can not reply")
        return self._stage.request

    def _fail(self, what: str) -> NoReturn:
        raise AssertionError(f"{what}. The call so far:\n{self.dialogue}\n(state: {self.state})")
