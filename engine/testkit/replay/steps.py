"""The steps of a file of calls that a recorded call is made of."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.core.effects import Close, Patience, Speak, StartTimer, StopTimer
from engine.core.entry import EntryState
from engine.core.events import (
    Details,
    Disconnected,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ModelText,
    ResponseAsked,
    Resumed,
    Speaker,
    TimerFired,
    ToolFinished,
    TranscriptUpdated,
    Utterance,
)
from engine.core.flow import MESSAGE
from engine.core.heard import WORD, heard_of, text_of
from engine.core.states import HangUp, Transfer
from engine.core.timers import settled
from engine.testkit.replay.mask import Mask
from engine.testkit.replay.replay import Replayed

SHOWN = 4
"""Words of the agent by which a cut is found again."""
LEAST_DROP_MS = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and the state in which the call stood before the next one."""

    part: dict[str, object]
    state: str


@dataclass(slots=True)
class Steps:
    """Turns events into steps, one after the other."""

    mask: Mask
    found: list[Step] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)
    """What can not be said in such a file, or is not."""
    details: dict[str, object] | None = None
    ended: bool = False
    _spoken: dict[str | None, str] = field(default_factory=dict)
    """What the model has said of its reply so far, by the function of which it was the message."""
    _left_ms: dict[str, int] = field(default_factory=dict)
    """How long each timer still runs, in the time of the file, in which only waiting takes any."""
    _due: str | None = None
    """The timer that has run out since the last step."""
    _patience_ms: int = 0
    _lost_ms: int | None = None

    def take(self, one: Replayed) -> None:
        """Take an event in."""
        waited = self._due
        parts = list(self._parts(one))
        ends = [str(name) for part in parts for name in _tool(part)]
        if parts and waited is not None:
            entry = one.before.line.entries.get(settled(waited) or "")
            if entry is None or entry.tool not in ends:  # the end of a tool implies that it was sent
                self._wait(waited, one.before.talk.state)
            self._due = None
        for part in parts:
            self.found.append(Step(part, one.after.talk.state))
        if not parts and self.found:
            self.found[-1] = Step(self.found[-1].part, one.after.talk.state)
        self._note(one)

    def finish(self, state: str) -> None:
        """Take in that nothing more happens."""
        if self._due is not None:
            self._wait(self._due, state)

    def _parts(self, one: Replayed) -> Iterable[dict[str, object]]:
        match one.event:
            case Details(values=values):
                self._details(values)
            case ResponseAsked():
                return self._asked(one, one.event)
            case TranscriptUpdated():
                if any(entry.state is EntryState.WAITING for entry in one.before.line.entries.values()):
                    self.left_out["words that came while a write waited"] = None
            case KeyPressed(key=key):
                return [{"key": key}]
            case ModelText(ask=ask, text=text, function=function) if _wanted(one, ask):
                self._spoken[function] = self._spoken.get(function, "") + text
            case ModelFinished(ask=ask) if _wanted(one, ask):
                return [self._reply(one.event)]
            case ModelFailed(ask=ask, reason=reason) if _wanted(one, ask):
                self._spoken = {}
                return [{"model_fails": reason or "no answer"}]
            case ToolFinished():
                return self._ended(one, one.event)
            case TimerFired(timer=timer) if timer in one.before.line.timers and _does_something(one):
                self._due = timer
            case Disconnected(when=when):
                self._lost_ms = when.mono_ms
            case Resumed():
                return self._back(one.event)
            case _:
                pass
        return ()

    def _details(self, values: object) -> None:
        if self.details is None and not self.found:
            self.details = dict(values) if isinstance(values, dict) else {}
        else:
            self.left_out["what the platform told later about the call"] = None

    def _asked(self, one: Replayed, event: ResponseAsked) -> Iterable[dict[str, object]]:
        if event.number <= one.before.line.asked:
            return
        self.ended = False
        if event.reminder:
            if self._patience_ms:
                yield {"silence": f"{self._patience_ms}ms"}
            return
        unanswered = one.before.line.turn is not None and one.before.line.turn.ask is not None
        self._spoken = {}
        words = self.mask.text(_added(one.before.line.transcript, one.after.line.transcript))
        if not words:
            self.left_out["requests of the platform without new words"] = None
            return
        turn = one.before.line.turn
        sent = text_of(turn.pieces) if turn is not None else ""
        heard = heard_of(turn, one.after.line.transcript) if turn is not None else 0
        grows = len(one.after.line.transcript) == len(one.before.line.transcript)
        if unanswered or (not heard and WORD.search(sent) and grows):
            yield {"adds": words}
            return
        if WORD.search(sent, heard):
            yield {"interrupt": self._cut(sent[:heard])}
        yield {"caller": words}

    def _cut(self, heard: str) -> str | dict[str, object]:
        """Return the last words that were heard, as they are said in the file; none: nothing was."""
        return " ".join(self.mask.heard(heard).split()[-SHOWN:]) or {}

    def _reply(self, event: ModelFinished) -> dict[str, object]:
        spoken, self._spoken = self._spoken, {}
        text = self.mask.text(spoken.pop(None, "").strip())
        calls: dict[str, object] = {}
        for call in event.calls:
            try:
                arguments = json.loads(call.arguments or "{}", strict=False)
            except ValueError:
                arguments = None
            if not isinstance(arguments, dict) or call.name in calls:
                self.left_out["function calls that can not be written, broken or of one name twice"] = None
                continue
            masked = self.mask.arguments(arguments)
            if not call.spoke and MESSAGE in masked and not spoken.get(call.name):
                del masked[MESSAGE]
            calls[call.name] = masked
        if not calls:
            return {"model": text} if text else {"model_fails": "the reply was empty"}
        return {"model": calls, "says": text} if text else {"model": calls}

    def _ended(self, one: Replayed, event: ToolFinished) -> Iterable[dict[str, object]]:
        entry, after = one.before.line.entries.get(event.id), one.after.line.entries.get(event.id)
        if entry is None or after is None or not entry.running or after.outcome is None:
            self.left_out["ends of tools that came too late"] = None
            return
        part: dict[str, object] = {"tool": {entry.tool: after.outcome}}
        if event.result:
            part["result"] = self.mask.anything(event.result)
        if event.say:
            part["say"] = self.mask.text(event.say)
        yield part

    def _back(self, event: Resumed) -> Iterable[dict[str, object]]:
        if event.restored:
            self.left_out["that another process took the call over: here only the line is lost"] = None
        lasted = event.when.mono_ms - self._lost_ms if self._lost_ms is not None else 0
        self._lost_ms = None
        yield {"drop": f"{max(lasted, LEAST_DROP_MS)}ms"}

    def _note(self, one: Replayed) -> None:
        """Keep what effects say of timers, of the patience of the platform, and of the end of the call."""
        for effect in one.effects:
            match effect:
                case StartTimer(timer=timer, ms=ms):
                    self._left_ms[timer] = ms
                case StopTimer(timer=timer):
                    self._left_ms.pop(timer, None)
                case Patience(ms=ms):
                    self._patience_ms = ms
                case Close():
                    self.ended = True
                case Speak(action=HangUp() | Transfer()):
                    self.ended = True
                case _:
                    pass

    def _wait(self, timer: str, state: str) -> None:
        ms = self._left_ms.pop(timer, 0)
        if ms:
            self._left_ms = {name: max(left - ms, 0) for name, left in self._left_ms.items()}
            self.found.append(Step({"wait": f"{ms}ms"}, state))


def _wanted(one: Replayed, ask: int) -> bool:
    turn = one.before.line.turn
    return turn is not None and not turn.closed and turn.ask == ask


def _does_something(one: Replayed) -> bool:
    sent = any(not isinstance(effect, StartTimer | StopTimer) for effect in one.effects)
    return sent or one.before.talk != one.after.talk


def _tool(part: dict[str, object]) -> Iterable[object]:
    tool = part.get("tool")
    return tool if isinstance(tool, dict) else ()


def _added(before: tuple[Utterance, ...], after: tuple[Utterance, ...]) -> str:
    """Return what the caller has said since; the last of it, where the platform has changed its mind."""
    was, now = (" ".join(u.text for u in spoken if u.speaker is Speaker.CALLER) for spoken in (before, after))
    if now.startswith(was):
        return now[len(was) :].strip()
    said = [u.text for u in after if u.speaker is Speaker.CALLER]
    return said[-1].strip() if said else ""
