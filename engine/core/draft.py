"""The working copy of one step: a call being changed, and the effects that this asks for.

It lives for one event, inside `step`; from outside nothing is ever seen to change.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.core.call import Call, Line, Running
from engine.core.effects import Effect, Log, Speak, StartTimer, StopTimer
from engine.core.events import Moment
from engine.core.flow import Flow
from engine.core.frozen import replace
from engine.core.states import Action, State
from engine.core.talk import Talk, with_slots
from engine.core.template import Mark
from engine.core.turn import Piece, Turn
from engine.core.turns import TURN_TAKING, Cue
from engine.core.wording import Wording

SPEECH_MS = 65
"""How long a character takes to be spoken, roughly: 150 words a minute."""


class Draft:
    """A call on its way from one event to the next."""

    def __init__(self, flow: Flow, call: Call, when: Moment) -> None:
        self.flow = flow
        self._call = call
        self.line: Line = replace(call.line, last=when)
        self.talk: Talk = call.talk
        self.when = when
        self.effects: list[Effect] = []
        self.quiet_from = 0
        """How many pieces the turn had when what is being carried out began; -1 when that has spoken."""
        self.troubled = False
        """Whether something failed in this step, and that was said."""
        self.decided: Talk | None = None
        """What had been decided before the function call that is being carried out."""

    @property
    def call(self) -> Call:
        """The call as it stands now."""
        return replace(self._call, line=self.line, talk=self.talk)

    @property
    def state(self) -> State:
        """The state in which the dialogue stands now."""
        return self.flow.states[self.talk.state]

    @property
    def turn(self) -> Turn:
        """The last turn. Only for events that can not happen before there is one."""
        assert self.line.turn is not None  # noqa: S101 - a bug of ours, not a case to handle
        return self.line.turn

    @property
    def open(self) -> bool:
        """Whether a response is open."""
        return self.line.turn is not None and not self.line.turn.closed

    @property
    def now(self) -> datetime:
        """The moment of the event in the flow's time zone."""
        return self.when.at.astimezone(self.flow.timezone)

    @property
    def quiet(self) -> bool:
        """Whether nothing has been said since what is being carried out began."""
        return self.line.turn is not None and len(self.line.turn.pieces) == self.quiet_from

    def cue(self, cue: Cue) -> None:
        """Move turn-taking on."""
        self.line = replace(self.line, phase=TURN_TAKING[self.line.phase][cue])

    def change_turn(self, **changes: object) -> None:
        """Change the last turn."""
        self.line = replace(self.line, turn=replace(self.turn, **changes))  # type: ignore[arg-type]

    def do(self, effect: Effect) -> None:
        """Ask the shell for something."""
        self.effects.append(effect)

    def log(self, event: str, **fields: object) -> None:
        """Ask for one event in the log."""
        self.effects.append(Log(event, fields))

    def warn(self, event: str, **fields: object) -> None:
        """Ask for one event in the log that somebody should look into."""
        self.effects.append(Log(event, fields, warning=True))

    def start_timer(self, timer: str, ms: int) -> None:
        """Let `TimerFired` happen after a while; one of this name that runs is started anew."""
        running = Running(self.when.seq, self.when.mono_ms + ms)
        self.line = replace(self.line, timers={**self.line.timers, timer: running})
        self.do(StartTimer(timer, ms, running.number))

    def stop_timer(self, timer: str) -> None:
        """Let a timer never fire; one that does not run is no error."""
        if timer in self.line.timers:
            rest = {name: running for name, running in self.line.timers.items() if name != timer}
            self.line = replace(self.line, timers=rest)
            self.do(StopTimer(timer))

    def say(
        self, text: str, *, filler: bool = False, marks: tuple[Mark, ...] = (), interruptible: bool = True
    ) -> None:
        """Send text to be spoken under the open response, as a sentence of its own."""
        if text:
            space = self._space()
            moved = tuple(replace(mark, end=mark.end + len(space)) for mark in marks)
            self._send(Piece(space + text, None, filler, moved, interruptible))

    def stream(self, text: str, source: tuple[int, str | None]) -> None:
        """Send a fragment of what a model says; `source` is its request, and the function it belongs to."""
        pieces = self.turn.pieces
        if pieces and pieces[-1].stream == source:
            self.do(Speak(self.turn.id, text))
            longer = replace(pieces[-1], text=pieces[-1].text + text)
            self.change_turn(pieces=(*pieces[:-1], longer), spoken_ms=self._spoken_ms(text))
        else:
            space = "" if text[:1].isspace() else self._space()
            self._send(Piece(space + text, source))

    @property
    def language(self) -> str:
        """The language that is spoken now."""
        return self.talk.language or self.flow.language

    def say_wording(
        self, wording: Wording, *, of: str = "", filler: bool = False, interruptible: bool = True
    ) -> None:
        """Speak a line of the flow, filled with the slots as they are now; log what is left out by mistake.

        `of` names the line, so that its variants are used in turn.
        """
        count = self.talk.told.get(of, 0)
        if of and wording.varies:
            self.talk = replace(self.talk, told={**self.talk.told, of: count + 1})
        template = wording.variant(self.language, count)
        unset = [slot for slot in template.needed if slot not in self.talk.slots]
        if unset:
            self.log("line.incomplete", line=of, slots=unset)
        text, marks = template.render(self.value)
        self.say(text, filler=filler, marks=marks, interruptible=interruptible)

    def say_line(self, wording: Wording) -> None:
        """Say a line of the engine's own, which bridges a wait and tells nothing."""
        self.say(wording.text(self.language), filler=True)

    def set_slots(self, values: Mapping[str, str], cleared: Iterable[str] = ()) -> None:
        """Set and clear slots, and those that depend on them."""
        self.talk = with_slots(self.talk, values, cleared, self.flow.clears)

    def value(self, slot: str) -> tuple[str, str] | None:
        """Return a slot's canonical and spoken value, or None when it is not set."""
        if slot not in self.talk.slots:
            return None
        canonical = self.talk.slots[slot]
        spoken = self.flow.slots[slot].type.spoken(canonical, self.now, self.language)
        return canonical, spoken

    def close(self, action: Action | None) -> None:
        """Close the open response; what was sent in this step and the closing become one effect."""
        for index in range(len(self.effects) - 1, -1, -1):
            last = self.effects[index]
            if isinstance(last, Speak) and last.turn == self.turn.id:
                self.effects[index] = replace(last, complete=True, action=action)
                break
        else:
            self.do(Speak(self.turn.id, "", complete=True, action=action))
        self.change_turn(closed=True, closed_ms=self.when.mono_ms, ask=None, action=action)
        self.cue(Cue.CLOSED)

    def done(self) -> tuple[Call, tuple[Effect, ...]]:
        """Return what the step has made."""
        return self.call, tuple(self.effects)

    def _spoken_ms(self, text: str) -> int:
        return max(self.when.mono_ms, self.turn.spoken_ms or 0) + len(text) * SPEECH_MS

    def _space(self) -> str:
        """Return what keeps a new sentence apart from what was said before it in this turn."""
        before = self.turn.pieces[-1].text if self.turn.pieces else " "
        return "" if before[-1:].isspace() else " "

    def _send(self, piece: Piece) -> None:
        self.do(Speak(self.turn.id, piece.text, interruptible=piece.interruptible))
        self.change_turn(pieces=(*self.turn.pieces, piece), spoken_ms=self._spoken_ms(piece.text))
        self.cue(Cue.SPOKE)
