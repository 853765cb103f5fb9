"""The conversation that a model is shown: the newest turns that fit, with tool calls where they happened.

A turn is an utterance of the caller with what follows until the next. It is walked from the end until the
budget is full, so a long call costs no more than a short one. The first turn that is shown moves in blocks:
in between, what providers keep of the prompt stays good.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.core.call import Line
from engine.core.entry import Entry
from engine.core.events import Speaker, Utterance
from engine.core.frozen import replace
from engine.core.prompt.message import Message, note
from engine.core.prompt.present import open_turn, own_entries, present
from engine.core.prompt.uses import used
from engine.core.prompt.words import speech
from engine.core.request import Request, last_words
from engine.core.turn import Position

PER_BUDGET = 4
"""One text may take the budget's fourth part, and as much may go when the first shown turn moves."""
NOTHING_SAID = "The caller says nothing."
GO_ON = (
    "Your last words broke off there, and the caller has heard them. Go on with exactly the next word: "
    "finish the sentence, then the rest. Repeat nothing."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a model is shown of a conversation."""

    messages: tuple[Message, ...]
    left_out: int
    """How many utterances of the call stand before them, and are not shown."""


@dataclass(slots=True)
class _Past:
    """What was said and done before the present turn, the newest first."""

    messages: list[Message] = field(default_factory=list)
    turns: list[tuple[int, int]] = field(default_factory=list)
    """Where each turn begins for which there is room: its first utterance's index, and how many messages
    there are from there on."""
    begin: int = 0
    """The index of the oldest utterance for which there is room."""


def conversation(request: Request) -> Shown:
    """Return the newest turns that the flow's `context_tokens` have room for, and the present one."""
    line, budget = request.call.line, request.flow.models.context_tokens
    most = max(budget // PER_BUDGET, 1)
    turn = open_turn(line)
    now = present(line, turn, request.broken_off, most) if turn is not None else []
    end = turn.base if turn is not None else Position(len(line.transcript))
    since = (u for u in line.transcript[end.index :] if u.speaker is Speaker.CALLER and turn is not None)
    now += filter(None, (_said(utterance, most) for utterance in since))
    past = _past(line, end, most, budget - sum(message.tokens for message in now))
    left_out, before = _cut(line, past, end.index, most)
    shown = [*before, *now]
    return Shown((*shown, *_ending(shown, request.broken_off, most)), left_out)


def _past(line: Line, end: Position, most: int, left: int) -> _Past:
    """Return what there is room for of the past."""
    own = {entry.id for entry in own_entries(line, open_turn(line))}
    entries = [entry for entry in line.entries.values() if entry.id not in own]
    past = _Past()
    for index, utterance in _backwards(line, end):
        added = _called_after(entries, index, most)
        said = _said(utterance, most)
        if said is not None:
            added.append(said)
        left -= sum(message.tokens for message in added)
        if left < 0:
            past.begin = index + 1
            return past
        past.messages += added
        if said is not None and utterance.speaker is Speaker.CALLER:
            past.turns.append((index, len(past.messages)))
    past.messages += _called_after(entries, -1, most)
    return past


def _backwards(line: Line, end: Position) -> Iterator[tuple[int, Utterance]]:
    """Yield the utterances before a position, the newest first."""
    transcript = line.transcript
    if end.chars and end.index < len(transcript):
        last = transcript[end.index]
        yield end.index, replace(last, text=last.text[: end.chars])
    for index in range(min(end.index, len(transcript)) - 1, -1, -1):
        yield index, transcript[index]


def _called_after(entries: list[Entry], index: int, most: int) -> list[Message]:
    """Take the tool calls that were made after an utterance, and return them, the newest first."""
    called: list[Message] = []
    while entries and entries[-1].at > index:
        called += reversed(used(entries.pop(), most))
    return called


def _said(utterance: Utterance, most: int) -> Message | None:
    text = speech(utterance.text, most)
    role = "user" if utterance.speaker is Speaker.CALLER else "assistant"
    return Message(role, text) if text else None


def _cut(line: Line, past: _Past, end: int, most: int) -> tuple[int, list[Message]]:
    """Return how much is left out, and what is shown of the past: whole turns.

    When not even the last turn fits, what does is shown with the words of the caller that it answers.
    """
    if not past.begin:
        return 0, past.messages[::-1]
    if not past.turns:
        asked = _said(Utterance(Speaker.CALLER, last_words(line.transcript[:end]).text), most)
        return past.begin, [*([asked] if asked else []), *past.messages[::-1]]
    first, _ = past.turns[-1]
    block = 1 << (max((end - first) // PER_BUDGET, 1).bit_length() - 1)
    wanted = -(-first // block) * block
    begin, length = next((turn for turn in reversed(past.turns) if turn[0] >= wanted), past.turns[-1])
    return begin, past.messages[length - 1 :: -1]


def _ending(shown: list[Message], broken_off: str, most: int) -> Iterator[Message]:
    """Yield what the conversation must end in so that a model says the right thing next."""
    if broken_off.strip():
        yield Message("assistant", speech(broken_off, most))
        yield note(GO_ON)
    elif not shown or shown[-1].role == "assistant":
        yield note(NOTHING_SAID)
