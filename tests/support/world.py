"""Everything around the core, played at random: the test draws what it does next, what it knows is checked."""

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from engine.core.call import Call
from engine.core.effects import (
    AdoptModel,
    AskModel,
    CancelModel,
    CancelTool,
    Close,
    Effect,
    Log,
    RunTool,
    Speak,
    StartTimer,
    StopTimer,
)
from engine.core.entry import EntryState
from engine.core.events import (
    Delta,
    Details,
    Event,
    KeyPressed,
    MakeEvent,
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
from engine.core.functions import exposed
from engine.core.heard import MASK, WORD
from engine.core.step import begin, step
from engine.core.talk import Talk
from engine.core.timers import Timer, settle, settled
from engine.core.turns import Phase
from engine.core.wordless import without_words
from engine.testkit import VirtualClock

SNAPSHOT = TypeAdapter(Call)
SECRET = "hunter2"  # noqa: S105
"""Stands in every argument and result that is not meant to be spoken."""


@dataclass
class World:
    """A platform, a model, tools and timers, with everything they must never see happen."""

    flow: Flow
    call: Call = field(init=False)
    journal: list[Event] = field(default_factory=list)
    effects: list[tuple[Effect, ...]] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    restored: dict[int, Call] = field(default_factory=dict)
    """What another process had read back before an event, by the number of that."""
    transcript: list[Utterance] = field(default_factory=list)
    unspoken: str = ""
    asked: int = 0
    newest: int = 0
    """The newest number asked for on this connection."""
    model: AskModel | None = None
    early: AskModel | None = None
    running: dict[str, RunTool] = field(default_factory=dict)
    timers: dict[str, int] = field(default_factory=dict)
    open: TurnId | None = field(default_factory=lambda: TurnId(0))
    """The response that may still be spoken under."""
    closed: set[TurnId] = field(default_factory=set)
    stands: dict[str, str] = field(default_factory=dict)
    """Writes that took place or may have, by key; the last outcome, or `started`."""
    connected: bool = True
    decided: dict[TurnId, Talk] = field(default_factory=dict)
    """What had been decided before each turn, as long as it can be undone to just that."""

    def __post_init__(self) -> None:
        self.call = begin(self.flow, "call_1")
        self._clock = VirtualClock()

    def happen(self, make: MakeEvent) -> None:
        """Let an event happen, and check everything that must hold of what comes of it."""
        self._clock.pass_ms(7)
        event = make(Moment(len(self.journal) + 1, self._clock.now(), self._clock.mono_ms()))
        before = SNAPSHOT.dump_json(self.call)
        self.previous = self.call
        call, effects = step(self.flow, self.call, event)
        assert SNAPSHOT.dump_json(self.call) == before, "a call was changed in place"
        self.call = call
        self.journal.append(event)
        self.effects.append(effects)
        self.states.append(call.talk.state)
        self._note(event)
        for effect in effects:
            self._perform(effect, event)
        self._check()
        self._check_undone(event, effects)

    def ask(self, *, reminder: bool = False) -> None:
        """Let the platform ask for a response; every older one is void."""
        self.asked += 1
        self.ask_for(self.asked, reminder=reminder)

    def ask_for(self, number: int, *, reminder: bool = False) -> None:
        """Let the platform ask for a response of any number; one that is not newer asks for nothing."""
        if number > self.newest:
            self.newest = number
            self.open = TurnId(number)
            self.closed.discard(self.open)
        delta = Delta(0, tuple(self.transcript))
        self.happen(lambda when: ResponseAsked(when, number, delta, reminder))

    def reconnect(self, *, anew: bool) -> None:
        """Let the platform connect again; its numbers go on or begin `anew`."""
        self.asked = 0 if anew else self.asked
        self._connect()
        self.happen(Resumed)

    def restart(self, *, wordless: bool = False) -> None:
        """Let the process die and another one take the call up, from what was written down of it."""
        call = without_words(self.call) if wordless else self.call
        written = SNAPSHOT.validate_json(SNAPSHOT.dump_json(call))
        assert written == call, "a call does not come back as it was"
        assert not wordless or without_words(call) == call, "more is lost each time"
        self.call = self.restored[len(self.journal)] = written
        self.model, self.early, self.running, self.timers, self.open = None, None, {}, {}, None
        self._connect()
        self.happen(lambda when: Resumed(when, restored=True))

    def _connect(self) -> None:
        """Expect the greeting on the new connection, when nothing has been said on an earlier one."""
        self.connected, self.unspoken, self.newest = True, "", 0
        if self.call.line.phase is Phase.CONNECTING:
            self.open = TurnId(0)

    def hear(self, words: int) -> None:
        """Let the caller hear some of what was said, and cut the rest."""
        heard = " ".join(self.unspoken.split()[:words])
        self.unspoken = ""
        if heard:
            self.transcript.append(Utterance(Speaker.AGENT, heard))

    def utter(self, words: str) -> None:
        """Let the caller say something, going on with what they said last if the agent said nothing between."""
        last = self.transcript[-1] if self.transcript else None
        if last is not None and last.speaker is Speaker.CALLER:
            self.transcript[-1] = Utterance(Speaker.CALLER, f"{last.text} {words}")
        else:
            self.transcript.append(Utterance(Speaker.CALLER, words))

    def fire(self, timer: str) -> None:
        """Let a timer run out."""
        number = self.timers.pop(timer)
        self.happen(lambda when: TimerFired(when, timer, number))

    def replay(self) -> None:
        """Let the same events happen once more: the same call must come of them, effect for effect."""
        call = begin(self.flow, "call_1")
        for number, (event, effects) in enumerate(zip(self.journal, self.effects, strict=True)):
            call, again = step(self.flow, self.restored.get(number, call), event)
            assert again == effects
        assert call == self.call

    def _note(self, event: Event) -> None:
        if isinstance(event, ToolFinished) and event.id in self.call.line.entries:
            entry = self.call.line.entries[event.id]
            tool = self.flow.tools[entry.tool]
            if tool.writes and entry.outcome is not None:
                if entry.outcome not in {*tool.happened, "unknown"}:
                    self.stands.pop(entry.key, None)
                else:
                    self.stands[entry.key] = entry.outcome

    def _perform(self, effect: Effect, event: Event) -> None:
        match effect:
            case Speak():
                self._speak(effect)
            case AskModel(early=True):
                assert self.early is None, "two requests were made early"
                self.early = effect
            case AdoptModel(ask=ask):
                self._adopt(ask)
            case CancelModel(ask=ask) if self.early is not None and self.early.ask == ask:
                self.early = None
            case AskModel():
                assert self.model is None or self.model.ask < effect.ask
                self.model = effect
            case CancelModel(ask=ask):
                assert self.model is not None, "a request was cancelled twice"
                assert self.model.ask == ask, "another request was cancelled"
                self.model = None
            case RunTool():
                self._run(effect, event)
            case CancelTool(id=id_):
                assert not self.flow.tools[self.running.pop(id_).tool].writes, "a write was cancelled"
            case StartTimer(timer=name, number=number):
                self.timers[name] = number
            case StopTimer(timer=name):
                del self.timers[name]
            case Close():
                self.connected, self.open = False, None

    def _adopt(self, ask: int) -> None:
        """Take the answer of a model that was asked early: it must have been asked the very same."""
        assert self.early is not None
        assert self.early.ask == ask, "another request was adopted"
        asked, turn = self.early.request, self.call.line.turn
        assert turn is not None
        assert asked.words == turn.words
        assert asked.call.talk == self.call.talk
        assert asked.call.line.transcript == self.call.line.transcript
        assert asked.call.line.entries == self.call.line.entries
        assert asked.functions == exposed(self.flow, self.call)
        self.model, self.early = self.early, None

    def _speak(self, effect: Speak) -> None:
        assert SECRET not in effect.text, "something was spoken that nobody should hear"
        assert MASK not in effect.text, "what stands for a word was spoken"
        assert self.connected, "something was said to nobody"
        assert effect.turn not in self.closed, "something was said under a response that was closed"
        if effect.turn.interrupt:
            self.open = effect.turn
        assert effect.turn == self.open, "something was said under a void response"
        self.unspoken += effect.text
        if effect.complete:
            self.closed.add(effect.turn)
            self.open = None

    def _run(self, effect: RunTool, event: Event) -> None:
        tool = self.flow.tools[effect.tool]
        taken_up = isinstance(event, Resumed) and event.restored
        if tool.writes and not taken_up:
            assert effect.key not in self.stands, "a write was sent again that stands"
            same = [key for key in self.stands if key.split(":")[1] == tool.name]
            assert len(same) < tool.at_most, "more writes than the flow allows"
            waited = isinstance(event, TimerFired) and settled(event.timer)
            assert waited, "a write did not wait"
            for slot in tool.needs:
                if slot in effect.arguments:
                    value, talk = effect.arguments[slot], self.previous.talk
                    assert talk.agreed.get(slot) == value, f"nobody agreed to {slot}"
                    assert talk.heard.get(slot) == value, f"nobody heard {slot}"
                    assert self._was_heard(slot, str(value)), f"{slot} was never said to its end"
            self.stands[effect.key] = "started"
        self.running[effect.id] = effect

    def _was_heard(self, slot: str, value: str) -> bool:
        """Whether the caller has really heard a value, by the transcript alone."""
        said = " ".join(u.text for u in self.transcript if u.speaker is Speaker.AGENT)
        kind, now = self.flow.slots[slot].type, self._clock.now()
        ways = (kind.spoken(value, now, language) for language in self.flow.languages)
        return any(" ".join(WORD.findall(spoken)) in " ".join(WORD.findall(said)) for spoken in ways)

    def _check(self) -> None:
        line, pending = self.call.line, self.call.talk.pending
        for entry in line.entries.values():
            assert entry.state is not EntryState.WAITING or settle(entry.id) in self.timers, (
                "a write waits for nothing"
            )
        turn = line.turn
        told = turn is not None and not turn.closed
        if (line.news or line.cut_off) and line.connected and not (told or line.closing):
            assert Timer.NEWS in self.timers, "there is news, and nothing will ever tell it"
        if pending is not None and pending.withheld and not told and self.flow.silence is None:
            assert Timer.WITHHELD in self.timers, "a hang-up waits for nothing"
        if turn is not None and not turn.closed:
            asked = turn.ask is not None and self.model is not None and self.model.ask == turn.ask
            awaited = any(self._will_end(id_) for id_ in turn.awaits)
            assert asked or awaited, "a response is open and nothing will ever close it"
        waits = Timer.DETAILS in self.timers  # for what the greeting names
        if self.open and not self.open.interrupt and self.connected and not waits:
            assert turn is not None, "a request was forgotten"
            assert turn.id == self.open, "a request was forgotten"
            assert not turn.closed, "a request was closed without a word to the platform"

    def _check_undone(self, event: Event, effects: tuple[Effect, ...]) -> None:
        """Insist that a turn that is undone leaves nothing of what it decided behind."""
        logged = {effect.event for effect in effects if isinstance(effect, Log)}
        last, turn = self.previous.line.turn, self.call.line.turn
        before = self.decided.get(last.id) if last else None
        undone, dropped, moved = (name in logged for name in ("turn.undone", "tool.dropped", "state.entered"))
        if undone and before is not None and not moved and not dropped:
            assert (self.call.talk.state, self.call.talk.visit) == (before.state, before.visit)
            assert self.call.talk.slots == before.slots, "a discarded turn has left a value behind"
            assert self.call.talk.agreed == before.agreed, "a discarded turn has left an agreement behind"
        sent = any(isinstance(e, RunTool) and self.flow.tools[e.tool].writes for e in effects)
        untold = dropped or (undone and before is None)
        if sent or untold or isinstance(event, Details | KeyPressed | ToolFinished | Resumed):
            self.decided.clear()
        elif turn is not None and (last is None or turn.id != last.id):
            # What an undone turn had begun from is where the next one begins, too.
            self.decided = {turn.id: before if undone and before is not None else self.previous.talk}

    def _will_end(self, id_: str) -> bool:
        return id_ in self.running or any(settled(timer) == id_ for timer in self.timers)
