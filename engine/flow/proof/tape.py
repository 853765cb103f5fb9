"""The world around one call of a proof: platform, caller, model and tools, and `step` between them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.core.call import Call
from engine.core.effects import Effect
from engine.core.events import (
    Delta,
    Details,
    Event,
    FunctionCall,
    KeyPressed,
    MakeEvent,
    ModelFailed,
    ModelFinished,
    ModelText,
    Moment,
    Opened,
    ResponseAsked,
    Speaker,
    TimerFired,
    ToolFinished,
    Utterance,
)
from engine.core.flow import MESSAGE, Flow
from engine.core.functions import Function
from engine.core.heard import text_of
from engine.core.step import step
from engine.core.timers import Timer, settle
from engine.flow.proof.values import MORNING

BETWEEN_MS = 10_000
"""From one event to the next: all that was said has been spoken by then."""
WORDS = "Well"
"""Whatever a caller says: what it means is for the model to say."""
ANSWER = "All right."
"""What a model says that has nothing to do."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a call, and what came of it."""

    before: Call
    event: Event
    after: Call
    effects: tuple[Effect, ...]


class Tape:
    """One call, going on from where it stands; all that happens to it is kept."""

    def __init__(self, flow: Flow, call: Call) -> None:
        self.flow = flow
        self.call = call
        self.happened: list[Happened] = []

    def open(self, details: Mapping[str, object]) -> None:
        """Let the platform connect the call, and tell what it knows."""
        self.happen(Opened)
        if details or self.flow.wants_details:
            self.happen(lambda when: Details(when, details))

    def ask(self, heard: str | None, *, reminder: bool = False) -> None:
        """Let the platform ask for a response, to the caller's words or to their silence.

        `heard` is what was heard of the last turn; None means all that was said.
        """
        line = self.call.line
        said = text_of(line.turn.pieces) if line.turn is not None and heard is None else heard or ""
        tail = (Utterance(Speaker.AGENT, said.strip()),) if said.strip() else ()
        if not reminder:
            tail = (*tail, Utterance(Speaker.CALLER, WORDS))
        delta = Delta(len(line.transcript), tail)
        number = line.asked + 1
        self.happen(lambda when: ResponseAsked(when, number, delta, reminder))

    @property
    def asked(self) -> int | None:
        """The model request in flight."""
        turn = self.call.line.turn
        return turn.ask if turn is not None and not turn.closed else None

    def answer(self) -> None:
        """Let the model say something, and want nothing."""
        ask = self._ask
        self.happen(lambda when: ModelText(when, ask, ANSWER))
        self.happen(lambda when: ModelFinished(when, ask))

    def fail(self) -> None:
        """Let the model fail."""
        ask = self._ask
        self.happen(lambda when: ModelFailed(when, ask, "no answer", retryable=False))

    def want(self, function: Function, arguments: Mapping[str, object]) -> None:
        """Let the model call a function, and speak its message where it has one."""
        ask = self._ask
        if function.message:
            self.happen(lambda when: ModelText(when, ask, ANSWER, function.name))
            arguments = {MESSAGE: ANSWER, **arguments}
        call = FunctionCall(function.name, json.dumps(arguments), spoke=bool(function.message))
        self.happen(lambda when: ModelFinished(when, ask, (call,)))

    def rest(self) -> None:
        """Let the model say something for as long as it is asked."""
        while self.asked is not None:
            self.answer()

    def send(self, entry: str) -> None:
        """Let a write that waits be sent."""
        self._fire(settle(entry))

    def press(self, key: str) -> None:
        """Let the caller press a key of the telephone."""
        self.happen(lambda when: KeyPressed(when, key))

    def end(self, entry: str, outcome: str, result: object) -> None:
        """Let a tool end, and the caller be told of it."""
        self.happen(lambda when: ToolFinished(when, entry, outcome, result))
        if Timer.NEWS in self.call.line.timers:
            self._fire(Timer.NEWS)

    def end_all(self, outcome: str | None) -> None:
        """Let the tools that run end in this way; None: they go on."""
        for entry in tuple(self.call.line.entries.values()):
            if outcome is not None and entry.running:
                self.end(entry.id, outcome, None)

    def go_unasked(self) -> None:
        """Let a hang-up that was withheld take place after a while."""
        if Timer.WITHHELD in self.call.line.timers:
            self._fire(Timer.WITHHELD)
        else:
            self.ask(None, reminder=True)

    def count(self, *, silences: int = 0, troubles: int = 0, attempts: int = 0) -> None:
        """Begin so many reminders, failures or attempts later: in between nothing else changes."""
        line = replace(self.call.line, troubles=troubles, attempts=attempts)
        self.call = replace(self.call, line=line, talk=replace(self.call.talk, silences=silences))

    def happen(self, make: MakeEvent) -> None:
        """Let an event happen."""
        before, seq = self.call, self.call.line.seq + 1
        ms = seq * BETWEEN_MS
        event = make(Moment(seq, MORNING + timedelta(milliseconds=ms), ms))
        self.call, effects = step(self.flow, before, event)
        self.happened.append(Happened(before, event, self.call, effects))

    @property
    def _ask(self) -> int:
        assert self.asked is not None, "no model was asked"  # noqa: S101 - a bug of ours, not a case to handle
        return self.asked

    def _fire(self, timer: str) -> None:
        number = self.call.line.timers[timer].number
        self.happen(lambda when: TimerFired(when, timer, number))
