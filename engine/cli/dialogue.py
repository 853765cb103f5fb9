"""What is known of a call, put in order: who said what, which states it came to, what its tools did."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.core.call import Call
from engine.core.entry import Entry
from engine.core.events import (
    Delta,
    Disconnected,
    FunctionCall,
    KeyPressed,
    ModelFailed,
    ModelFinished,
    ResponseAsked,
    Resumed,
    Speaker,
    ToolFinished,
    TranscriptUpdated,
    Utterance,
)
from engine.core.flow import MESSAGE
from engine.core.heard import WORD, heard_of, text_of
from engine.core.request import ends_a_sentence
from engine.store.records import Happened, Written


@dataclass(slots=True)
class Part:
    """One line of the dialogue."""

    at: float
    """In seconds since 1970."""
    text: str
    who: str = ""
    """`caller` or `agent`; empty for what nobody says."""


def dialogue(journal: Sequence[Happened], writes: Sequence[Written], call: Call | None) -> list[Part]:
    """Return the lines of a call; `call` is what was written down of it last."""
    told = Telling(writes, call)
    for happened in journal:
        told.take(happened)
    told.finish()
    return sorted(told.parts, key=lambda part: part.at)


class Telling:
    """A call that is told event by event."""

    def __init__(self, writes: Sequence[Written], call: Call | None) -> None:
        self.parts: list[Part] = []
        self._spoken: list[Part] = []
        """The utterances, as they stand in the transcript."""
        self._call = call
        self._entries: Mapping[str, Entry] = call.line.entries if call is not None else {}
        self._writes = {write.key: write for write in writes}
        self._begun: dict[int, float] = {}
        self._state = ""
        self._ended: set[str] = set()
        """The tool calls whose end was told, and the keys of writes that were."""

    def take(self, happened: Happened) -> None:
        """Tell what an event has brought."""
        at, event = happened.at, happened.event
        self._begun[happened.seq] = at
        match event:
            case ResponseAsked(transcript=delta, reminder=reminder):
                self._hear(delta, at)
                if reminder:
                    self._note(at, "the caller says nothing")
            case TranscriptUpdated(transcript=delta):
                self._hear(delta, at)
            case KeyPressed(key=key):
                self._note(at, f"the caller presses {key}")
            case ModelFinished():
                self._answered(event, at)
            case ModelFailed(reason=reason):
                self._note(at, f"the model failed: {reason}")
            case ToolFinished():
                self._tool(event.id, event.outcome, at)
            case Disconnected():
                self._note(at, "the connection is lost")
            case Resumed(restored=restored):
                how = (
                    f"another process has taken the call over ({happened.epoch})"
                    if restored
                    else "connected again"
                )
                self._note(at, how)
            case None:
                self._note(at, "something that this version can not read")
            case _:
                pass
        if happened.state != self._state:
            self._state = happened.state
            self._note(at, f"-> {happened.state}")

    def finish(self) -> None:
        """Tell what no event tells: what was cut short, what is under way, what was said last."""
        for part, following in zip(self._spoken, self._spoken[1:], strict=False):
            if part.who == Speaker.AGENT.value != following.who and not ends_a_sentence(part.text):
                part.text += " - (interrupted)"
        for entry in self._entries.values():
            if entry.id not in self._ended and (at := self._began(entry)) is not None:
                self._note(at, f"{_of(entry)}: {entry.outcome or entry.state.value}")
                self._ended.add(entry.key)
        for write in self._writes.values():
            if write.key not in self._ended and write.sent_at is not None:
                self._note(write.sent_at, f"{write.tool}: {write.outcome or 'under way, or in doubt'}")
        self._last_words()

    def _note(self, at: float, text: str) -> None:
        self.parts.append(Part(at, text))

    def _hear(self, delta: Delta, at: float) -> None:
        """Take over what is new in the transcript; what is said again on a new connection is not."""
        for index, utterance in enumerate(delta.tail, delta.start):
            if index < len(self._spoken):
                self._spoken[index].who, self._spoken[index].text = utterance.speaker.value, utterance.text
            else:
                self._spoken.append(Part(at, utterance.text, utterance.speaker.value))
                self.parts.append(self._spoken[-1])
        if delta.tail:
            for part in self._spoken[delta.start + len(delta.tail) :]:
                self.parts = [other for other in self.parts if other is not part]
            del self._spoken[delta.start + len(delta.tail) :]

    def _answered(self, event: ModelFinished, at: float) -> None:
        if event.calls or event.first_ms is not None:
            called = ", ".join(map(_called, event.calls)) or "words alone"
            first = f", first word after {event.first_ms} ms" if event.first_ms is not None else ""
            self._note(at, f"{event.model or 'the model'}: {called}{first}")

    def _tool(self, id_: str, outcome: str, at: float) -> None:
        entry = self._entries.get(id_)
        began = self._began(entry) if entry is not None else None
        lasted = f", {at - began:.1f} s" if began is not None else ""
        self._note(at, f"{_of(entry) if entry is not None else id_}: {outcome}{lasted}")
        self._ended |= {id_, entry.key} if entry is not None else {id_}

    def _began(self, entry: Entry) -> float | None:
        """Return when a tool call was sent, or else decided: its id says in which event."""
        write = self._writes.get(entry.key)
        if write is not None and write.sent_at is not None:
            return write.sent_at
        seq = entry.id.split("_")[1]
        return self._begun.get(int(seq)) if seq.isdecimal() else None

    def _last_words(self) -> None:
        """Tell what was sent last, and is not known to have been heard: who hangs up tells no more."""
        turn = self._call.line.turn if self._call is not None else None
        if self._call is None or turn is None or turn.wordless:
            return
        said = tuple(Utterance(Speaker(part.who), part.text) for part in self._spoken)
        sent = text_of(turn.pieces)
        unheard = WORD.search(sent, heard_of(turn, said))
        if unheard is not None and self.parts:
            at = max(part.at for part in self.parts)
            self.parts.append(Part(at, f"{sent[unheard.start() :]} (sent last)", Speaker.AGENT.value))


def _of(entry: Entry) -> str:
    return f"{entry.tool}({_given(entry.arguments)})"


def _called(call: FunctionCall) -> str:
    try:
        arguments = json.loads(call.arguments or "{}", strict=False)
    except (ValueError, RecursionError):
        arguments = call.arguments
    if not isinstance(arguments, dict):
        return f"{call.name}({arguments})"
    return f"{call.name}({_given({k: v for k, v in arguments.items() if k != MESSAGE})})"


def _given(arguments: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value}" for name, value in arguments.items())
