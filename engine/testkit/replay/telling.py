"""A replayed call as a dialogue: what was said, what was possible, and what was decided over it and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.effects import AskModel, CancelModel, Log, RunTool, Speak
from engine.core.entry import EntryState
from engine.core.events import (
    Details,
    Disconnected,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    Opened,
    ResponseAsked,
    Resumed,
    Speaker,
    TimerFired,
    ToolFinished,
    TranscriptUpdated,
)
from engine.core.flow import Flow
from engine.core.states import Action, HangUp, Press, Transfer
from engine.core.timers import filled, settled
from engine.testkit.replay.closed import closed
from engine.testkit.replay.reasons import Reasons
from engine.testkit.replay.replay import Replayed
from engine.testkit.story import called


@dataclass(slots=True)
class Line:
    """One line of the dialogue."""

    at: float
    """In seconds since 1970."""
    text: str
    who: str = ""
    """`caller`, `agent`, `model` or `tool`; empty for what nobody says."""


class Telling:
    """Tells a call, event by event."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._heard: list[str] = []
        """The caller's utterances that were told, by their place in the transcript; those of others empty."""
        self._lines: list[Line] = []
        self._speaks: Line | None = None
        """The agent's line that goes on, for as long as nothing else happens."""

    def take(self, replayed: Replayed) -> Iterator[Line]:
        """Yield the lines that an event brings, once nothing is added to them any more."""
        at = replayed.happened.at
        reasons = Reasons(self._flow, replayed)
        for who, text in self._happened(replayed):
            self._say(Line(at, text, who))
        if replayed.stumbled:
            self._say(Line(at, f"the engine stumbled over this ({replayed.stumbled}), and went on"))
        for effect in replayed.effects:
            match effect:
                case Speak(text=text, action=action):
                    self._speak(at, text)
                    if action is not None:
                        self._say(Line(at, done(action)))
                case Log():
                    for reason in reasons.of(effect):
                        self._say(Line(at, f"  {reason}"))
                case RunTool():
                    arguments = ", ".join(f"{name}={value}" for name, value in effect.arguments.items())
                    again = ", which may have been sent before" if effect.taken_up else ""
                    self._say(Line(at, f"{effect.tool}({arguments}) is sent{again}", "tool"))
                case AskModel():
                    self._asks(at, effect)
                case CancelModel():
                    self._say(Line(at, "  nobody waits for the model's answer any more"))
                case _:
                    pass
        for reason in (*reasons.refusals(), *reasons.waits()):
            self._say(Line(at, f"  {reason}"))
        yield from self._ready()

    def finish(self) -> Iterator[Line]:
        """Yield what is left to be told."""
        self._speaks = None
        yield from self._ready()

    def _happened(self, replayed: Replayed) -> Iterator[tuple[str, str]]:
        """Yield what has happened, and who did it."""
        match replayed.event:
            case Opened():
                yield "", "the platform connects"
            case Details(values=values):
                yield (
                    "",
                    f"the platform tells {', '.join(f'{k}={v}' for k, v in values.items()) or 'nothing'}",
                )
            case ResponseAsked(reminder=reminder):
                yield from self._words(replayed)
                if reminder:
                    yield "caller", "(says nothing)"
            case KeyPressed(key=key):
                yield "caller", f"(presses {key})"
            case ModelFinished(calls=calls):
                yield from (("model", called(call)) for call in calls)
            case ModelFailed(reason=reason):
                yield "model", f"(fails: {reason})"
            case ToolFinished(id=id_, outcome=outcome):
                entry = replayed.before.line.entries.get(id_)
                late = entry is None or not entry.running
                yield "tool", f"{entry.tool if entry else id_} is {outcome}" + (" (too late)" if late else "")
            case TimerFired(timer=timer):
                yield from _timer(replayed, timer)
            case Disconnected():
                yield "", "the connection is lost"
            case Resumed(restored=True):
                yield "", f"another process goes on with the call ({replayed.happened.epoch})"
            case Resumed():
                yield "", "the platform connects again"
            case TranscriptUpdated() | ModelText():
                pass

    def _words(self, replayed: Replayed) -> Iterator[tuple[str, str]]:
        """Yield what the caller has said since it was told last; what has grown, whole."""
        spoken = replayed.after.line.transcript
        said = [u.text if u.speaker is Speaker.CALLER else "" for u in spoken]
        told = self._heard + [""] * (len(said) - len(self._heard))
        yield from (
            ("caller", text) for text, before in zip(said, told, strict=False) if text not in {"", before}
        )
        self._heard = said

    def _asks(self, at: float, effect: AskModel) -> None:
        request = effect.request
        may = [function.name for function in request.functions]
        early = ", asked before the caller has paused" if effect.early else ""
        self._say(Line(at, f"  may: {', '.join(may) or 'nothing'}{early}"))
        for name, why in closed(self._flow, request.call, may):
            self._say(Line(at, f"  may not: {name}: {why}"))

    def _speak(self, at: float, text: str) -> None:
        if self._speaks is not None:
            self._speaks.text += text
        elif text.strip():
            self._speaks = Line(at, text.lstrip(), "agent")
            self._lines.append(self._speaks)

    def _say(self, line: Line) -> None:
        self._speaks = None
        self._lines.append(line)

    def _ready(self) -> Iterator[Line]:
        kept = [self._speaks] if self._speaks is not None else []
        yield from (line for line in self._lines if line is not self._speaks)
        self._lines = kept


def done(action: Action) -> str:
    """Return what the agent does to the line."""
    match action:
        case HangUp():
            return "the agent hangs up"
        case Transfer(number):
            return f"the caller is put through to {number}"
        case Press(digits):
            return f"the agent presses {digits}"


def _timer(replayed: Replayed, timer: str) -> Iterator[tuple[str, str]]:
    """Yield that a timer has run out, unless it was only to say a word."""
    running = replayed.before.line.timers.get(timer)
    counts = running is not None and not filled(timer)
    entry = replayed.before.line.entries.get(settled(timer) or "")
    if counts and entry is not None and entry.state is EntryState.WAITING:
        yield "", f"the caller has not taken {entry.tool} back"
    elif counts:
        yield "", f"(time is up: {timer})"
