"""The world around the core in a test: time, timers, tools and the platform's transcript, all in memory."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.core.call import Call
from engine.core.effects import (
    AdoptModel,
    AskModel,
    CancelModel,
    CancelTool,
    Close,
    Effect,
    Patience,
    RunTool,
    Speak,
    StartTimer,
    StopTimer,
)
from engine.core.entry import EntryState
from engine.core.events import (
    Delta,
    Event,
    FunctionCall,
    MakeEvent,
    ModelFailed,
    ModelFinished,
    ModelText,
    Moment,
    ResponseAsked,
    Resumed,
    Speaker,
    TimerFired,
    ToolFinished,
    TurnId,
    Utterance,
)
from engine.core.flow import Flow
from engine.core.speech import Speech
from engine.core.states import Action
from engine.core.step import begin, step
from engine.llm.offline.model import OfflineModel
from engine.testkit.clock import Alarm, VirtualClock
from engine.testkit.story import Story
from engine.testkit.taken import GATHERED, Mark, taken


class Stage:
    """Lets events happen to one call, and performs what the core asks for, without doing any of it."""

    def __init__(self, flow: Flow, now: datetime, offline: OfflineModel | None) -> None:
        self.flow = flow
        self.call: Call = begin(flow, "call_1")
        self.clock = VirtualClock(now)
        self.request: AskModel | None = None
        self.early: AskModel | None = None
        self.running: dict[str, RunTool] = {}
        self.transcript: list[Utterance] = []
        self.unheard = ""
        """What the agent has said that has not been heard yet, nor cut."""
        self.said = ""
        self.all_said = ""
        self.story = Story()
        self.journal: list[tuple[Event, str]] = []
        self.taken: set[Mark] = set()
        self._gathered = GATHERED.setdefault(str(Path(flow.path).resolve()), set()) if flow.path else set()
        self.patience: Patience | None = None
        self.effects: list[Effect] = []
        self.action: Action | None = None
        self.closed = False
        self.asks = 0
        self._offline = offline
        self._seq = 0
        self._timers: dict[str, Alarm] = {}
        self._stall: Alarm | None = None
        self._turn: TurnId | None = None

    def happen(self, make: MakeEvent) -> None:
        """Let an event happen now; `make` is given its moment."""
        self._seq += 1
        event = make(Moment(self._seq, self.clock.now(), self.clock.mono_ms()))
        before = self.call
        self.call, effects = step(self.flow, before, event)
        self.journal.append((event, self.call.talk.state))
        marks = set(taken(self.flow, before, event, effects))
        self.taken |= marks
        self._gathered |= marks
        self.effects += effects
        for effect in effects:
            self._perform(effect)
        if self._offline is not None and self.request is not None:
            self._reply(self._offline)

    def restore(self, call: Call) -> None:
        """Let another process go on with a call as it was written down: nothing of it runs any more."""
        self.call, self.request, self.early, self.running = call, None, None, {}
        for alarm in (*self._timers.values(), self._stall):
            if alarm is not None:
                alarm.cancel()
        self._timers, self._stall = {}, None
        self.happen(lambda when: Resumed(when, restored=True))

    def ask(self, *, reminder: bool) -> None:
        """Let the platform ask for a response."""
        self.asks += 1
        self.said, self.effects, self.action = "", [], None
        delta = Delta(0, tuple(self.transcript))
        self.happen(lambda when: ResponseAsked(when, self.asks, delta, reminder))

    def hear(self) -> None:
        """Let the caller hear what the agent has said."""
        if self.unheard.strip():
            self.transcript.append(Utterance(Speaker.AGENT, self.unheard.strip()))
        self.unheard = ""

    def utter(self, words: str, *, anew: bool) -> None:
        """Let the caller say something, as an utterance of its own or going on with the last one."""
        last = self.transcript[-1] if self.transcript else None
        if last is not None and last.speaker is Speaker.CALLER and not anew:
            self.transcript[-1] = replace(last, text=f"{last.text} {words}")
        else:
            self.transcript.append(Utterance(Speaker.CALLER, words))

    def _reply(self, model: OfflineModel) -> None:
        while (asked := self.request) is not None:
            self.request = None
            speech = Speech(asked.request.functions)
            for delta in model.reply(asked.request):
                for piece in speech.feed(delta):
                    self.say(asked.ask, piece.text, piece.function)
            for piece in speech.finish():
                self.say(asked.ask, piece.text, piece.function)
            self.end(asked.ask, speech.calls())

    def stay_silent(self, ms: int) -> None:
        """Let the caller say nothing for so long; the platform asks for reminders as it was told to."""
        reminded = 0
        while (told := self.patience) is not None and ms >= told.ms and reminded < told.times:
            ms -= told.ms
            self.clock.pass_ms(told.ms)
            self.hear()
            self.ask(reminder=True)
            reminded = reminded + 1 if self.patience is told else 0
        self.clock.pass_ms(ms)

    def send(self, tool: str) -> None:
        """Let second thoughts about a write be over, so that it is sent."""
        while any(e.tool == tool and e.state is EntryState.WAITING for e in self.call.line.entries.values()):
            due = self.clock.next_due_ms()
            if due is None:
                return
            self.clock.pass_ms(due - self.clock.mono_ms())

    def say(self, ask: int, text: str, function: str | None = None) -> None:
        """Let a model write something that can be spoken."""
        self._watch(ask, self.flow.budget.stall_ms)
        self.happen(lambda when: ModelText(when, ask, text, function))

    def end(self, ask: int, calls: tuple[FunctionCall, ...]) -> None:
        """Let a model end its reply."""
        self.story.calls(calls)
        before = self.results()
        self.happen(lambda when: ModelFinished(when, ask, calls))
        for result in self.results()[len(before) :]:
            if "refused" in result or "Not recorded" in result:
                self.story.notes("model", f"(is told: {result})")

    def results(self) -> tuple[str, ...]:
        """Return what came of the function calls of this turn, as the model is told."""
        turn = self.call.line.turn
        return tuple(c.result for exchange in (turn.exchanges if turn else ()) for c in exchange.calls)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Speak():
                self._speak(effect)
            case AskModel(early=True):
                self.early = effect
            case AskModel():
                self._ask(effect)
            case AdoptModel() if self.early is not None:
                self._ask(self.early)
            case CancelModel(ask=ask):
                self.early = None
                if self.request is not None and self.request.ask == ask:
                    self.request = None
            case RunTool():
                self._run(effect)
            case CancelTool(id=id_):
                self.running.pop(id_, None)
            case StartTimer(timer=name, ms=ms, number=number):
                self._stop(name)
                self._timers[name] = self.clock.later(ms / 1000, lambda: self._fire(name, number))
            case StopTimer(timer=name):
                self._stop(name)
            case Patience():
                self.patience = effect
            case Close():
                self.closed = True
            case _:
                pass

    def _ask(self, asked: AskModel) -> None:
        """Let the model be asked. One that was asked early answers when it is adopted, all at once."""
        self.request, self.early = asked, None
        self._watch(asked.ask, self.flow.budget.no_answer_ms)

    def _speak(self, effect: Speak) -> None:
        apart = " " if effect.turn != self._turn else ""
        self._turn = effect.turn
        self.story.says(apart + effect.text)
        self.all_said += apart + effect.text
        self.said += (apart if self.said else "") + effect.text
        self.unheard += (apart if self.unheard else "") + effect.text
        self.action = effect.action or self.action

    def _watch(self, ask: int, ms: int) -> None:
        """Give a model up when it writes nothing, or nothing more, for too long."""

        def stalled() -> None:
            if self.request is not None and self.request.ask == ask:
                self.request = None
                self.happen(lambda when: ModelFailed(when, ask, "nothing has come for too long"))

        if self._stall is not None:
            self._stall.cancel()
        self._stall = self.clock.later(ms / 1000, stalled)

    def _run(self, effect: RunTool) -> None:
        """Let a tool work until the test ends it, or its time is over; a write may end even after that."""
        tool = self.flow.tools[effect.tool]
        self.running[effect.id] = effect

        def too_late() -> None:
            if effect.id in self.running:
                outcome = "unknown" if tool.writes else "timeout"
                if not tool.writes:
                    del self.running[effect.id]
                self.happen(lambda when: ToolFinished(when, effect.id, outcome))

        self.clock.later(tool.timeout_ms / 1000, too_late)

    def _fire(self, name: str, number: int) -> None:
        del self._timers[name]
        self.happen(lambda when: TimerFired(when, name, number))

    def _stop(self, name: str) -> None:
        alarm = self._timers.pop(name, None)
        if alarm is not None:
            alarm.cancel()
